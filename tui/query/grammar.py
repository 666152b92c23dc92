"""Parsing an expression, in time linear in its length.

or   := and { "or" and }
and  := not { "and" not }
not  := { "not" } ( "(" or ")" | FIELD [ OP VALUE ] )
"""

from __future__ import annotations

from tui.query.expression import Bare, Column, Comparison, Expression, Not, all_of, any_of
from tui.query.tokens import ExpressionError, Token, shown, tokens

DEEPEST = 50
"""How many brackets and `not` may be within one another."""


def parse(text: str) -> Expression:
    """The tree of an expression; whether its fields and values exist is not checked. Raises ExpressionError."""
    return _Parser(text).whole()


class _Parser:
    def __init__(self, text: str) -> None:
        self._tokens = tokens(text)
        self._position = 0
        self._depth = 0

    def whole(self) -> Expression:
        if self._next.kind == "end":
            raise ExpressionError(1, "the expression is empty: write one such as tag = opinion")
        expression = self._or()
        rest = self._next
        if rest.kind == "close":
            raise ExpressionError(rest.column, "this bracket closes none: remove it")
        if rest.kind != "end":
            raise ExpressionError(
                rest.column,
                f"{shown(rest.text)} does not continue the expression: put and or or before it, "
                "or quotation marks around a value of several words",
            )
        return expression

    @property
    def _next(self) -> Token:
        return self._tokens[self._position]

    def _advance(self) -> Token:
        token = self._next
        self._position += token.kind != "end"
        return token

    def _or(self) -> Expression:
        parts = [self._and()]
        while self._next.is_word("or"):
            self._advance()
            parts.append(self._and())
        return any_of(parts)

    def _and(self) -> Expression:
        parts = [self._not()]
        while self._next.is_word("and"):
            self._advance()
            parts.append(self._not())
        return all_of(parts)

    def _not(self) -> Expression:
        negations = 0
        while self._next.is_word("not"):
            self._enter(self._advance())
            negations += 1
        expression = self._condition()
        for _ in range(negations):
            expression = Not(expression)
        self._depth -= negations
        return expression

    def _condition(self) -> Expression:
        token = self._advance()
        if token.kind == "open":
            self._enter(token)
            expression = self._or()
            closing = self._advance()
            if closing.kind != "close":
                at = f"the bracket at column {token.column} is not closed"
                raise ExpressionError(closing.column, f"{at}: add a ) here, or and, or or")
            self._depth -= 1
            return expression
        if token.kind != "word" or token.is_word("and", "or"):
            raise ExpressionError(token.column, f"a field is missing{_before(token)}: write one such as tag")
        if self._next.kind != "operator":
            return Bare(token.text.casefold(), Column(token.column))
        operator = self._advance()
        return self._comparison(token, operator)

    def _comparison(self, field: Token, operator: Token) -> Expression:
        value = self._advance()
        if value.kind not in {"word", "quoted"} or value.is_word("and", "or", "not"):
            quoting = f', or quote it: "{value.text}"' if value.kind == "word" else ""
            raise ExpressionError(
                value.column, f"a value is missing after {field.text[:40]} {operator.text}: add one{quoting}"
            )
        text = value.text
        if value.kind == "word" and self._next.kind == "word" and self._next.text == "%":
            self._advance()
            text += "%"
        return Comparison(
            field.text.casefold(),
            operator.text,
            text,
            Column(field.column),
            Column(operator.column),
            Column(value.column),
        )

    def _enter(self, token: Token) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise ExpressionError(
                token.column, f"more than {DEEPEST} brackets and not within one another: write it with fewer"
            )


def _before(token: Token) -> str:
    return "" if token.kind == "end" else f" before {shown(token.text)}"

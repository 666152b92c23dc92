"""The words, values, operators and brackets of an expression, each with its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

LONGEST = 50_000
"""Characters of an expression."""

OPERATORS = ("=", "!=", "<", "<=", ">", ">=", "~")

_SHOWN = 40
"""Characters of a word that a message repeats."""

Kind = Literal["word", "quoted", "operator", "open", "close", "end"]


class ExpressionError(Exception):
    """An expression that cannot be used; `str()` is one line with the column and the fix."""

    def __init__(self, column: int, problem: str) -> None:
        super().__init__(f"column {column}: {problem}")
        self.column = int(column)
        """Counted in characters, from 1."""
        self.problem = problem


class Token(NamedTuple):
    """A piece of an expression."""

    kind: Kind
    text: str
    """Of a quoted value, what it means: without the quotation marks, its escapes read."""
    column: int

    def is_word(self, *words: str) -> bool:
        """True for one of these keywords, in any case."""
        return self.kind == "word" and self.text.casefold() in words


_TOKEN = re.compile(
    r"""\s+
    | (?P<open>\()
    | (?P<close>\))
    | (?P<operator>[=!<>~&|]+)
    | "(?P<double>(?:[^"\\]|\\.)*)"
    | '(?P<single>(?:[^'\\]|\\.)*)'
    | (?P<word>[^\s()=!<>~&|"'][^\s()=!<>~&|"]*)""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = {"n": "\n", "t": "\t", "\\": "\\", '"': '"', "'": "'"}
_PLAIN_VALUE = re.compile(r"[^\s()=!<>~&|\"'%][^\s()=!<>~&|\"]*")
_INSTEAD = {
    "==": "=",
    "<>": "!=",
    "=<": "<=",
    "=>": ">=",
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "!": "not",
}


def tokens(text: str) -> Sequence[Token]:
    """The pieces of the text; the last is the end. Raises ExpressionError."""
    if len(text) > LONGEST:
        raise ExpressionError(
            LONGEST + 1,
            f"the expression has {len(text):,} characters, at most {LONGEST:,} are read: shorten it",
        )
    pieces: list[Token] = []
    position = 0
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise ExpressionError(
                position + 1, f"the quotation mark {text[position]} is not closed: close it"
            )
        column, position = position + 1, match.end()
        name = match.lastgroup
        if name is None:
            continue
        word = match[name]
        match name:
            case "open":
                pieces.append(Token("open", word, column))
            case "close":
                pieces.append(Token("close", word, column))
            case "operator":
                pieces.append(_operator(word, column))
            case "word":
                pieces.append(Token("word", word, column))
            case _:
                pieces.append(Token("quoted", _unescaped(word, column + 1), column))
    pieces.append(Token("end", "", len(text) + 1))
    return pieces


def _unescaped(text: str, column: int) -> str:
    """The text between quotation marks, of which the text begins at `column`. Raises ExpressionError."""

    def meant(escape: re.Match[str]) -> str:
        if escape[1] not in _ESCAPED:
            raise ExpressionError(
                column + escape.start(),
                "the backslash begins no escape: write \\\\ for a backslash, \\n for a line break, \\t for a tab",
            )
        return _ESCAPED[escape[1]]

    return _ESCAPE.sub(meant, text)


def quoted(value: str) -> str:
    """The value as an expression has it: in quotation marks if it would be read as something else."""
    if _PLAIN_VALUE.fullmatch(value) and value.casefold() not in {"and", "or", "not"}:
        return value
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def shown(word: str) -> str:
    """The word as a message repeats it."""
    return f"“{word[:_SHOWN]}…”" if len(word) > _SHOWN else f"“{word}”"


def _operator(word: str, column: int) -> Token:
    if word in OPERATORS:
        return Token("operator", word, column)
    instead = _INSTEAD.get(word)
    fix = f"use {instead}" if instead is not None else f"use one of {' '.join(OPERATORS)}"
    raise ExpressionError(column, f"{shown(word)} is not an operator: {fix}")

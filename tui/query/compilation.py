"""From an expression to a TinyDB query over documents.

A condition on marks asks for one mark of the sentence, and one on sentences, in a list, for one sentence of
the article. Conditions that are joined by `and` ask for the same one. `not` joined to such a condition is
about that one too; a `not` that has none to join says that there is no such mark, or no such sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, cast

from tinydb.queries import Query, QueryInstance

from tui.model.scheme import Scheme
from tui.query.expression import And, Bare, Comparison, Expression, Not, Or
from tui.query.fields import INDEX_KEYS, MARKS, PASSAGES, SENTENCES, SHARE_KEY, Level, View, field_named
from tui.query.grammar import parse
from tui.query.values import Test, is_something, is_there, key_and_test


class Condition(NamedTuple):
    """A compiled expression."""

    query: QueryInstance
    """To be called with a document, or given to a TinyDB table."""
    index_query: QueryInstance | None
    """What must hold in any case and needs only the keys of `INDEX_KEYS`; None if nothing does."""
    keys: frozenset[str]
    """The keys of documents that it looks at."""
    needs_sentences: bool
    """True if what annotators did must be read; always for a record."""


def compiled(text: str, view: View, scheme: Scheme) -> Condition:
    """The query of an expression. Raises ExpressionError."""
    expression = parse(text)
    compiler = _Compiler(view, scheme)
    tree = compiler.resolved(expression)
    levels = (Level.SENTENCE, Level.MARK) if view == "articles" else (Level.MARK,)
    query = compiler.query(tree, levels)
    parts = tree.parts if isinstance(tree, _Group) and tree.joins_all else (tree,)
    indexed = [part for part in parts if part.keys <= INDEX_KEYS and not part.levels & {*levels}]
    index_query = _joined([compiler.query(part, levels) for part in indexed], "and") if indexed else None
    return Condition(query, index_query, tree.keys, view == "records" or bool(tree.levels & {*levels}))


class _Leaf(NamedTuple):
    query: QueryInstance
    keys: frozenset[str]
    levels: frozenset[Level]


class _Negation(NamedTuple):
    part: _Node
    keys: frozenset[str]
    levels: frozenset[Level]


class _Group(NamedTuple):
    parts: tuple[_Node, ...]
    joins_all: bool
    """Whether it is an `and`; else it is an `or`."""
    keys: frozenset[str]
    levels: frozenset[Level]


_Node = _Leaf | _Negation | _Group


class _Compiler:
    def __init__(self, view: View, scheme: Scheme) -> None:
        self._view: View = view
        self._scheme = scheme

    def resolved(self, expression: Expression) -> _Node:
        """The tree with a query for each condition, from left to right. Raises ExpressionError."""
        match expression:
            case Not(Not(part)):
                return self.resolved(part)
            case Not(part):
                inner = self.resolved(part)
                return _Negation(inner, inner.keys, inner.levels)
            case And(parts) | Or(parts):
                joins_all = isinstance(expression, And)
                nodes: list[_Node] = []
                for node in map(self.resolved, parts):
                    # Two `not` in a row may have hidden a group of the same kind.
                    is_same = isinstance(node, _Group) and node.joins_all == joins_all
                    nodes += node.parts if isinstance(node, _Group) and is_same else (node,)
                return _Group(
                    tuple(nodes),
                    joins_all,
                    frozenset[str]().union(*(node.keys for node in nodes)),
                    frozenset[Level]().union(*(node.levels for node in nodes)),
                )
            case Bare() | Comparison():
                return self._leaf(expression)

    def _leaf(self, condition: Bare | Comparison) -> _Leaf:
        field = field_named(condition.field, self._view, int(condition.column))
        if isinstance(condition, Comparison):
            key, test = key_and_test(condition, field, self._view, self._scheme)
            described = f"{condition.operator} {condition.value}"
        else:
            key, described = field.key(self._view) or field.name, "is true or not empty"
            test = is_there if field.name in PASSAGES else is_something
        is_article_wide = field.level is Level.ARTICLE or key == SHARE_KEY
        levels = frozenset[Level]() if is_article_wide else frozenset({field.level})
        described = f"{described} in {self._scheme.label}"
        return _Leaf(_condition(key, test, described), frozenset({key}), levels)

    def query(self, node: _Node, levels: Sequence[Level]) -> QueryInstance:
        """The query of a node, over a document in which one of each of `levels` is still to be chosen."""
        level = levels[0] if levels else None
        if level is None or not _reaches(node, level):
            return self._plain(node, levels[1:] if levels else ())
        if _chooses(node, level):
            return self._exists(node, levels)
        match node:
            case _Negation(part):
                return ~self.query(part, levels)
            case _Group(parts, joins_all):
                return _joined([self.query(part, levels) for part in parts], "and" if joins_all else "or")
            case _Leaf():
                raise AssertionError("a condition chooses what it is about")

    def _exists(self, node: _Node, levels: Sequence[Level]) -> QueryInstance:
        """That one of the first level fits; what is not about it is asked once, and first."""
        level, rest = levels[0], levels[1:]
        parts = node.parts if isinstance(node, _Group) and node.joins_all else (node,)
        about = [part for part in parts if _reaches(part, level)]
        first = [self._plain(part, rest) for part in parts if not _reaches(part, level)]
        # The rest may still choose one of the next level together.
        inner = self.query(_and(about), rest)
        chosen = Query()[SENTENCES if level is Level.SENTENCE else MARKS].any(inner)
        return _joined([*first, chosen], "and")

    def _plain(self, node: _Node, levels: Sequence[Level]) -> QueryInstance:
        """The query of a node that is not about the levels before `levels`."""
        if levels:
            return self.query(node, levels)
        match node:
            case _Leaf(query):
                return query
            case _Negation(part):
                return ~self._plain(part, levels)
            case _Group(parts, joins_all):
                return _joined([self._plain(part, levels) for part in parts], "and" if joins_all else "or")


def _reaches(node: _Node, level: Level) -> bool:
    """True if it is about something of the level, or within it: marks are within sentences."""
    return level in node.levels or (level is Level.SENTENCE and Level.MARK in node.levels)


def _chooses(node: _Node, level: Level) -> bool:
    """True if it can be so only where there is one of the level: then the others joined to it are about that one."""
    match node:
        case _Leaf():
            return _reaches(node, level)
        case _Negation():
            return False
        case _Group(parts, joins_all):
            return (any if joins_all else all)(_chooses(part, level) for part in parts)


def _and(parts: list[_Node]) -> _Node:
    if len(parts) == 1:
        return parts[0]
    return _Group(
        tuple(parts),
        True,
        frozenset[str]().union(*(part.keys for part in parts)),
        frozenset[Level]().union(*(part.levels for part in parts)),
    )


def _condition(key: str, test: Test, described: str) -> QueryInstance:
    """That the value at the key passes, or one element of a list of values does; one that is null does not."""

    def passes(value: object) -> bool:
        if isinstance(value, list | tuple):
            return any(map(test, cast("Sequence[object]", value)))
        return value is not None and test(value)

    # TinyDB's types leave open what a document maps.
    return Query()[key].test(_Named(passes, described))  # pyright: ignore[reportUnknownMemberType]


class _Named:
    """A test that is equal to another of the same words, as TinyDB's cache of queries needs it."""

    def __init__(self, passes: Callable[[object], bool], described: str) -> None:
        self._passes = passes
        self._described = described

    def __call__(self, value: object) -> bool:
        return self._passes(value)

    def __hash__(self) -> int:
        return hash(self._described)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Named) and self._described == other._described


def _joined(queries: Sequence[QueryInstance], word: str) -> QueryInstance:
    """All of them, in their order, by a tree that stays shallow however many there are."""
    while len(queries) > 1:
        pairs = zip(queries[::2], queries[1::2], strict=False)
        joined = [first & second if word == "and" else first | second for first, second in pairs]
        queries = [*joined, *queries[len(joined) * 2 :]]
    return queries[0]

"""An expression as a tree. `str()` is its text: parsed again, it gives the same tree."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from tui.query.tokens import quoted


class Column(int):
    """Where something is in an expression. Two trees are the same wherever their parts were."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Column)

    def __hash__(self) -> int:
        return 0


_NOWHERE = Column(1)


class Comparison(msgspec.Struct, frozen=True):
    """FIELD OP VALUE."""

    field: str
    operator: str
    value: str
    column: Column = _NOWHERE
    operator_column: Column = _NOWHERE
    value_column: Column = _NOWHERE

    def __str__(self) -> str:
        return f"{self.field} {self.operator} {quoted(self.value)}"


class Bare(msgspec.Struct, frozen=True):
    """A field alone: true, or not empty."""

    field: str
    column: Column = _NOWHERE

    def __str__(self) -> str:
        return self.field


class Not(msgspec.Struct, frozen=True):
    part: Expression

    def __str__(self) -> str:
        return f"not {_bracketed(self.part)}" if isinstance(self.part, And | Or) else f"not {self.part}"


class And(msgspec.Struct, frozen=True):
    """At least two parts, none of which is an And."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " and ".join(_bracketed(part) if isinstance(part, Or) else str(part) for part in self.parts)


class Or(msgspec.Struct, frozen=True):
    """At least two parts, none of which is an Or."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " or ".join(map(str, self.parts))


Expression: TypeAlias = Comparison | Bare | Not | And | Or


def _bracketed(part: Expression) -> str:
    return f"({part})"


def all_of(parts: list[Expression]) -> Expression:
    """The parts joined by `and`: brackets around an `and` in an `and` change nothing."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, And) else (part,))]
    return flat[0] if len(flat) == 1 else And(tuple(flat))


def any_of(parts: list[Expression]) -> Expression:
    """The parts joined by `or`."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Or) else (part,))]
    return flat[0] if len(flat) == 1 else Or(tuple(flat))

"""Reading the value of a comparison, and comparing with what is stored."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta, timezone
from math import isfinite
from typing import TypeAlias

from tui.model.scheme import Scheme
from tui.query.expression import Comparison
from tui.query.fields import SHARE_KEY, Field, Kind, View, closest_value
from tui.query.tokens import ExpressionError, shown
from tui.session.search import folded

Test: TypeAlias = Callable[[object], bool]
"""Of one stored value, which is never None."""

_TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.,][0-9]{1,18})?")
_TIME = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,6}))?)?)?)?)?)?"
    r"(Z|[+-]\d\d:?\d\d)?",
    re.ASCII | re.IGNORECASE,
)
_STORED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
_ORDERED = frozenset({"<", "<=", ">", ">="})


def key_and_test(comparison: Comparison, field: Field, view: View, scheme: Scheme) -> tuple[str, Test]:
    """Which key of a document is compared, and how. Raises ExpressionError for a value that cannot be."""
    key = field.key(view)
    assert key is not None
    match field.kind:
        case Kind.SHARE if comparison.value.endswith("%"):
            return SHARE_KEY, _number(comparison, comparison.value[:-1].rstrip())
        case Kind.TRUTH | Kind.SHARE:
            return key, _truth(comparison, field)
        case Kind.NUMBER:
            return key, _number(comparison, comparison.value)
        case Kind.TIME:
            return key, _time(comparison)
        case Kind.RANKED:
            return key, _ranked(comparison, field, scheme)
        case Kind.ID:
            return key, _id(comparison, field, scheme)
        case Kind.TEXT:
            return key, _text(comparison)


def is_something(value: object) -> bool:
    """What a bare field asks: true, or not empty. A number is never empty."""
    return bool(value) if isinstance(value, bool) or not isinstance(value, int | float) else True


def is_there(value: object) -> bool:
    """What a bare field of words asks: a mark without words, such as an omission, is a mark."""
    return value is not None


def _text(comparison: Comparison) -> Test:
    _refuse(comparison, _ORDERED, "a text: use =, != or ~")
    expected = folded(comparison.value)
    match comparison.operator:
        case "~":
            return lambda value: expected in folded(str(value))
        case "=":
            return lambda value: folded(str(value)) == expected
        case _:
            return lambda value: folded(str(value)) != expected


def _id(comparison: Comparison, field: Field, scheme: Scheme) -> Test:
    known = field.values(scheme)
    if not known:
        return _text(comparison)
    _refuse(comparison, _ORDERED, f"a {field.name}: use =, != or ~")
    ids = _fitting(comparison, field, known)
    return (lambda value: value not in ids) if comparison.operator == "!=" else (lambda value: value in ids)


def _ranked(comparison: Comparison, field: Field, scheme: Scheme) -> Test:
    known = field.values(scheme)
    if comparison.operator == "~":
        ids = _fitting(comparison, field, known)
        return lambda value: value in ids
    ranked = sorted(scheme.severities, key=lambda severity: severity.multiplier)
    ranks: dict[object, int] = {severity.id: rank for rank, severity in enumerate(ranked)}
    [chosen] = _fitting(comparison, field, known)
    compare, limit = _COMPARE[comparison.operator], ranks[chosen]

    def test(value: object) -> bool:
        rank = ranks.get(value)
        return rank is not None and compare(rank, limit)

    return test


def _fitting(comparison: Comparison, field: Field, known: dict[str, str]) -> frozenset[str]:
    """The ids that the value means. Raises ExpressionError if there are none."""
    expected = folded(comparison.value)
    if comparison.operator == "~":
        return frozenset(
            id for id, label in known.items() if expected in folded(id) or expected in folded(label)
        )
    ids = [id for id in known if folded(id) == expected] or [
        id for id, label in known.items() if folded(label) == expected
    ]
    if not ids:
        closest = closest_value(expected, [*known])
        raise ExpressionError(
            comparison.value_column,
            f"{shown(comparison.value)} is not a {field.name}: {closest}{_sentence(closest)} {', '.join(known)}",
        )
    return frozenset(ids[:1])


def _sentence(closest: str) -> str:
    return "There are" if closest else "there are"


def _truth(comparison: Comparison, field: Field) -> Test:
    or_share = ", or a share such as 50%" if field.kind is Kind.SHARE else ""
    _refuse(
        comparison,
        _ORDERED | {"~"},
        f"{field.name}, which is true or false: use = or !=, or the field alone{or_share}",
    )
    expected = _TRUTHS.get(comparison.value.casefold())
    if expected is None:
        share = ", or a share such as 80%" if field.kind is Kind.SHARE else ""
        raise ExpressionError(
            comparison.value_column,
            f"{shown(comparison.value)} is neither true nor false: use one of them{share}",
        )
    expected = expected == (comparison.operator == "=")
    return lambda value: bool(value) == expected


def _number(comparison: Comparison, text: str) -> Test:
    _refuse(comparison, {"~"}, "a number: use = != < <= > >=")
    if _NUMBER.fullmatch(text) is None or not isfinite(limit := float(text.replace(",", "."))):
        raise ExpressionError(
            comparison.value_column, f"{shown(comparison.value)} is not a number: write one such as 12"
        )
    compare = _COMPARE[comparison.operator]
    return lambda value: isinstance(value, int | float) and compare(value, limit)


_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "=": lambda value, limit: value == limit,
    "!=": lambda value, limit: value != limit,
    "<": lambda value, limit: value < limit,
    "<=": lambda value, limit: value <= limit,
    ">": lambda value, limit: value > limit,
    ">=": lambda value, limit: value >= limit,
}


def _time(comparison: Comparison) -> Test:
    """A value such as 2026-11 is all of that month: `>` is after its end, `=` within it."""
    start, end = _period(comparison)
    match comparison.operator:
        case "<":
            return lambda value: "" < _utc(value) < start
        case "<=":
            return lambda value: "" < _utc(value) < end
        case ">":
            return lambda value: _utc(value) >= end
        case ">=":
            return lambda value: _utc(value) >= start
        case "!=":
            return lambda value: bool(stamp := _utc(value)) and not start <= stamp < end
        case _:
            return lambda value: start <= _utc(value) < end


def _period(comparison: Comparison) -> tuple[str, str]:
    """The first moment of the period that the value names, and the first after it, as times are stored."""
    match = _TIME.fullmatch(comparison.value.strip())
    try:
        if match is None:
            raise ValueError
        numbers = [int(part) for part in match.groups()[:6] if part is not None]
        fraction = match[7] or ""
        start = datetime(*(numbers + [1, 1][len(numbers) - 1 :])[:6], tzinfo=_zone(match[8]))  # type: ignore[arg-type]
        start += timedelta(microseconds=int(fraction.ljust(6, "0") or 0))
        first = _stamp(start)
    except (ValueError, OverflowError) as error:
        raise ExpressionError(
            comparison.value_column,
            f"{shown(comparison.value)} is not a time: write one such as 2026-11-30, 2026-11 or 2026-11-30T18:00+01:00",
        ) from error
    return first, _stamp_after(start, len(numbers), fraction)


def _zone(text: str | None) -> timezone:
    if text is None or text in "Zz":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[-2:])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _stamp_after(start: datetime, given: int, fraction: str) -> str:
    """The first moment after the year, month, day, hour, minute, second or part of one that begins at `start`."""
    try:
        match given:
            case 1:
                end = start.replace(year=start.year + 1)
            case 2:
                end = start.replace(year=start.year + start.month // 12, month=start.month % 12 + 1)
            case 6 if fraction:
                end = start + timedelta(microseconds=10 ** max(3, 6 - len(fraction)))
            case _:
                end = start + timedelta(**{("days", "hours", "minutes", "seconds")[given - 3]: 1})
        return _stamp(end)
    except (ValueError, OverflowError):
        return "~"


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3].rjust(23, "0") + "Z"


def _utc(value: object) -> str:
    """A stored time in the form that compares as text; empty for what is no time."""
    text = str(value)
    if _STORED.fullmatch(text):
        return text
    try:
        moment = datetime.fromisoformat(text)
        return _stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return ""


def _refuse(comparison: Comparison, operators: Iterable[str], what: str) -> None:
    if comparison.operator in operators:
        raise ExpressionError(int(comparison.operator_column), f"{comparison.operator} cannot compare {what}")

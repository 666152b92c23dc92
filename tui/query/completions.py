"""What can come next in an expression, for shells."""

from __future__ import annotations

import re

from tui.model.scheme import Scheme
from tui.query.fields import Kind, View, field_named, names
from tui.query.tokens import OPERATORS, ExpressionError, quoted

_LAST = re.compile(r"(?:(\w+)\s*([=!<>~]+)\s*)?([^\s()=!<>~\"']*)$")
_AFTER_A_FIELD = re.compile(r"(?:^|[\s(])(\w+)\s+$")


def completions(typed: str, view: View, scheme: Scheme) -> list[str]:
    """The expressions that `typed` may become by one more word."""
    field = _AFTER_A_FIELD.search(typed)
    if field and field[1].casefold() in names(view):
        return [typed + word for word in (*OPERATORS, "and", "or")]
    match = _LAST.search(typed)
    if match is None:
        return []
    before, begun = typed[: match.start(3)], match[3].casefold()
    known = _values(match[1].casefold(), view, scheme) if match[1] and match[2] else [*names(view), "not"]
    return [before + word for word in known if word.startswith(begun)]


def _values(name: str, view: View, scheme: Scheme) -> list[str]:
    try:
        field = field_named(name, view, 1)
    except ExpressionError:
        return []
    if field.kind in {Kind.TRUTH, Kind.SHARE}:
        return ["true", "false"]
    return [quoted(value) for value in field.values(scheme)]

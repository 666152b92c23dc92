"""Telling an expression from words to search for, where both can be typed.

A text is an expression if it can be read as one. A single word is one only if it is a field that is true or
false, such as `unsure`: any other, such as `source`, is searched for. A text that begins like an expression, with
a word and an operator or with a field and `and` or `or`, and cannot be read gets a message besides.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from tui.model.scheme import Scheme
from tui.query.expression import Bare
from tui.query.fields import Kind, View, field_named, is_field
from tui.query.grammar import parse
from tui.query.tokens import ExpressionError

if TYPE_CHECKING:
    from tui.query.compilation import Condition

_BEGINNING = re.compile(r"(?:\s|\(|not\b)*([^\W\d]\w*)\s*([=!<>~]|(?:and|or)\b)?", re.IGNORECASE)


class Recognised(NamedTuple):
    """What a typed text is."""

    condition: Condition | None
    """None for words to search for."""
    problem: str = ""
    """What is wrong with it, if it was meant as an expression."""


def recognised(text: str, view: View, scheme: Scheme) -> Recognised:
    """The condition that the text is, or why it is none. Imports TinyDB only for one."""
    beginning = _BEGINNING.match(text)
    if beginning is None:
        return Recognised(None)
    word, joint = beginning[1].casefold(), (beginning[2] or "").casefold()
    try:
        expression = parse(text)
        if isinstance(expression, Bare) and not _is_truth(expression, view):
            return Recognised(None)
        from tui.query.compilation import compiled

        return Recognised(compiled(text, view, scheme))
    except ExpressionError as error:
        was_meant = joint not in {"", "and", "or"} or (joint != "" and is_field(word))
        return Recognised(None, str(error) if was_meant else "")


def read(text: str, view: View, scheme: Scheme) -> Recognised:
    """As `recognised`, where only an expression can be meant: a field alone is one too."""
    from tui.query.compilation import compiled

    try:
        return Recognised(compiled(text, view, scheme))
    except ExpressionError as error:
        return Recognised(None, str(error))


def _is_truth(bare: Bare, view: View) -> bool:
    return field_named(bare.field, view, int(bare.column)).kind in {Kind.TRUTH, Kind.SHARE}

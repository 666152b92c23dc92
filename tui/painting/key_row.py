"""The bottom row: keys and what they do, one message, a question with its keys, or a line that is being typed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from tui.painting.cells import shortened
from tui.painting.styles import Styles
from tui.text.clean import visible

if TYPE_CHECKING:
    from typing import Protocol

    class TypedLine(Protocol):
        """A line of text that is being typed."""

        is_chosen: bool
        """True while the next character replaces the whole text."""

        @property
        def problem(self) -> str:
            """Why the text cannot be used; empty if it can."""
            ...

        def shown(self, cells: int) -> tuple[str, str, str]:
            """What is before, under and after the cursor, as much as fits in `cells`."""
            ...


Keys = Sequence[tuple[str, str]]
"""A key and what it does, in a word or two."""

_LEAST_TYPED = 12
"""Cells of what is typed that a long question leaves, with the blanks around it."""


def keys(styles: Styles, keys: Keys, width: int) -> list[Segment]:
    """As many keys as fit, in their order; the last one always stays."""
    return _fitting(styles, keys, width, lead="  ")


def message(styles: Styles, text: str, width: int) -> list[Segment]:
    """One line of text, cut to fit."""
    return [Segment("  " + shortened(visible(text), width - 4), styles.raised)]


def question(styles: Styles, asks: str, choices: Keys, width: int) -> list[Segment]:
    """What is expected next, and the keys for it."""
    words = f"  {visible(asks)}   "
    return [
        Segment(words, styles.raised),
        *_fitting(styles, choices, width - cell_len(words), lead=""),
    ]


def typed(styles: Styles, asks: str, line: TypedLine, width: int) -> list[Segment]:
    """A question and the line as far as it is typed, with the cursor."""
    asks = shortened(visible(asks), max(0, width - _LEAST_TYPED if line.problem else width // 2))
    before, under, after = line.shown(max(2, width - cell_len(asks) - 6))
    ground = styles.raised
    text = ground + Style(underline=True) if line.is_chosen else ground
    return [
        Segment(f"  {asks} ", styles.raised_key),
        Segment(before, text),
        Segment(under, ground + Style(reverse=True)),
        Segment(after, text),
    ]


def has_room_for(asks: str, choices: Keys, width: int) -> bool:
    """True if a question and all its keys fit in `width` cells."""
    cells = sum(cell_len(key + visible(name)) + 4 for key, name in choices)
    return cell_len(visible(asks)) + 5 + cells <= width


def _fitting(styles: Styles, keys: Keys, width: int, lead: str) -> list[Segment]:
    gap = "   " if width >= 110 else "  "
    shown = [(visible(key), visible(name)) for key, name in keys if key]
    room = width - len(lead)
    while len(shown) > 1 and sum(cell_len(key + name) + 1 + len(gap) for key, name in shown) > room:
        del shown[-2]
    segments = [Segment(lead, styles.raised)]
    for key, name in shown:
        segments += [Segment(key, styles.raised_key), Segment(f" {name}{gap}", styles.raised_dim)]
    return segments

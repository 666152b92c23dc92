"""The reader's top row, in pieces that repaint alone: title, score, count, and what is saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.model.article import Article
from tui.painting.cells import shortened
from tui.painting.styles import Styles
from tui.text.clean import visible

SaveState = Literal["saved", "saving", "failed", "read-only"]

SAVED_CELLS = 12

_SAVE_WORDS: dict[SaveState, str] = {
    "saved": "saved ✓",
    "saving": "saving",
    "failed": "NOT SAVED",
    "read-only": "read-only",
}

_PROGRAM = "  postil  "
_LEAST_FILTER = 6
"""Cells below which the name of a filter is not shown."""
_LEAST_TITLE = 12
"""Cells below which the languages give way to the title."""


def languages(article: Article) -> str:
    """`it → fr`, or `fr` if the article has no known source language."""
    return f"{article.source_language} → {article.language}" if article.source_language else article.language


def title(styles: Styles, title: str, right: str, width: int) -> list[Segment]:
    """The program's name, a title cut to fit, and what is right of it."""
    title, right = visible(title), visible(right)
    program = Segment(_PROGRAM, styles.raised_key)
    room = width - len(_PROGRAM) - cell_len(right) - 3
    if width < len(_PROGRAM):
        return [Segment(_PROGRAM[: max(0, width)], styles.raised_key)]
    if room < _LEAST_TITLE:
        return [program, Segment(shortened(title, width - len(_PROGRAM)), styles.raised)]
    return [
        program,
        Segment(set_cell_size(shortened(title, room), room), styles.raised),
        Segment(f"  {right} ", styles.raised_dim),
    ]


def modes_words(modes: Sequence[str], filter_name: str, cells: int) -> str:
    """Such as `blind · filter: unsure`, in at most so many cells: what the filter is goes first, then it is cut."""
    in_full = " · ".join([*modes, f"filter: {filter_name}"] if filter_name else modes)
    if cell_len(visible(in_full)) <= cells or not filter_name:
        return shortened(visible(in_full), cells) if cells > 0 else ""
    rest = " · ".join([*modes, "filter: "])
    least = " · ".join([*modes, "filter"])
    if cells >= cell_len(rest) + _LEAST_FILTER:
        return rest + shortened(visible(filter_name), cells - cell_len(rest))
    return shortened(least, cells) if cells > 0 else ""


def modes(styles: Styles, words: str) -> list[Segment]:
    """What `modes_words` returned."""
    return [Segment(f" {words} ", styles.raised_key)]


def score_words(points: float, words: int, uncounted: int = 0) -> str:
    """Penalty points, and points for each 1000 words once the words are counted; empty if there is nothing to score.

    `uncounted` sentences are tagged as errors, but have no mark that could count.
    """
    if not points and not uncounted:
        return ""
    rate = f" · {1000 * points / words:.1f}/1000" if words and points else ""
    return f"MQM {points:g}{rate}" + (f" · {uncounted} unmarked" if uncounted else "")


def score(styles: Styles, words: str) -> list[Segment]:
    """What `score_words` returned."""
    return [Segment(f"  {words}", styles.raised_dim)]


def count_cells(total: int) -> int:
    """The cells that a count needs, however many sentences are decided."""
    return 2 * len(str(total)) + len("/ decided") + 3


def count(styles: Styles, done: int, total: int, what: str, width: int) -> list[Segment]:
    """`3/41 decided`, at the right."""
    return [Segment(f"{done}/{total} {what}".rjust(width - 2), styles.raised)]


def saved(styles: Styles, state: SaveState) -> list[Segment]:
    """The one word about what is on disk."""
    by_state = {"saved": styles.raised_good, "failed": styles.alarm}
    return [
        Segment(" ", styles.raised),
        Segment(_SAVE_WORDS[state], by_state.get(state, styles.raised_dim)),
    ]

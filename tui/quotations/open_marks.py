"""Quotation marks that are open, each within the one before, and which of them a mark closes."""

from __future__ import annotations

from typing import NamedTuple

CLOSING = {
    "«": "»",
    "“": "”",
    "„": "“”‟",
    "‟": "”",
    "‹": "›",
    "‚": "‘’",
    "「": "」",
    "『": "』",
    '"': '"',
    "»": "«»",
    "”": "”",
}
"""From an opening mark to the marks that close it; `»` and `”` open in some languages, or by mistake."""
_CLOSED_BY = {
    mark: tuple(opening for opening, closing in CLOSING.items() if mark in closing)
    for mark in "".join(CLOSING.values())
}
"""From a closing mark to the marks that it closes."""


class Open(NamedTuple):
    place: int
    mark: str


class OpenMarks:
    """Marks that are open, each within the one before; a mark finds what it closes at once, however many there are."""

    def __init__(self, outer: Open | None = None) -> None:
        self._marks: list[Open] = []
        self._levels: dict[str, list[int]] = {}
        if outer is not None:
            self.add(outer)

    def __len__(self) -> int:
        return len(self._marks)

    @property
    def outer(self) -> Open:
        return self._marks[0]

    @property
    def inner(self) -> Open:
        return self._marks[-1]

    def add(self, opened: Open) -> None:
        self._levels.setdefault(opened.mark, []).append(len(self._marks))
        self._marks.append(opened)

    def level_closed_by(self, mark: str) -> int | None:
        """The level, 0 for the outermost, of the innermost mark that this one closes."""
        levels = (
            self._levels[opening][-1] for opening in _CLOSED_BY.get(mark, ()) if self._levels.get(opening)
        )
        return max(levels, default=None)

    def close(self, level: int) -> Open:
        """Take away the mark of a level and all within it."""
        opened = self._marks[level]
        for inner in self._marks[level:]:
            self._levels[inner.mark].pop()
        del self._marks[level:]
        return opened

"""Leaving out rows that have not changed: Textual often redraws the whole screen."""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len

_ROW = re.compile(
    # A cursor position, then styles and text, and perhaps a line break.
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H(?P<drawn>(?:[^\x00-\x1f\x7f-\x9f]+|\x1b\[[\d;]*m)*)(?:\r?\n)?"
)
_HARMLESS = re.compile(r"(?:\x1b\[\?2026[hl])*")
"""What may come between rows without changing them: the start and end of a frame."""
_STYLE = re.compile(r"\x1b\[[\d;]*m")
_TRIES = 8
"""Maximum number of positions tried when searching a row for a new part: blanks match in many places."""
_BEGIN, _PLAIN = "\x1b[", "\x1b[0m"


class _Drawn(NamedTuple):
    column: int
    what: str
    """Text and styles; begins and ends in the terminal's plain style."""

    def has(self, column: int, what: str) -> bool:
        """True if drawing this would not change the row."""
        offset = -1
        for _ in range(_TRIES):
            offset = self.what.find(what, offset + 1)
            if offset < 0:
                return False
            before = self.what[:offset]
            reached = self.column + cell_len(_STYLE.sub("", before))
            if reached >= column:
                return reached == column and _ends_plain(before)
        return False


class RowCache:
    """Remembers what was last drawn in each row. Call `forget` after anything else has written to the terminal."""

    def __init__(self) -> None:
        self._rows: dict[str, _Drawn] = {}
        """By row: the last part drawn there, which is still completely visible."""

    def forget(self) -> None:
        """Discard all knowledge of the screen."""
        self._rows.clear()

    def skip_unchanged(self, frame: str) -> str:
        """The parts of `frame` that change the current screen."""
        kept: list[str] = []
        end = 0
        for piece in _ROW.finditer(frame):
            between = frame[end : piece.start()]
            if between:
                kept.append(between)
                self._track(between)
            end = piece.end()
            row, column, what = piece.group("row", "column", "drawn")
            if not what:
                kept.append(piece[0])
                continue
            known = self._rows.get(row)
            if known is None or not known.has(int(column), what):
                self._rows[row] = _Drawn(int(column), what)
                kept.append(piece[0])
        rest = frame[end:]
        if rest:
            kept.append(rest)
            self._track(rest)
        return "".join(kept)

    def _track(self, other: str) -> None:
        if not _HARMLESS.fullmatch(other):
            self.forget()


def _ends_plain(before: str) -> bool:
    """True if the plain style is active at the end, and no sequence is cut in two."""
    last = before.rfind(_BEGIN)
    return last < 0 or before.startswith(_PLAIN, last)

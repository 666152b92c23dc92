"""Rows that are drawn again just as they stand are not sent: Textual draws the whole screen on many an occasion."""

from __future__ import annotations

import re
from typing import NamedTuple

from rich.cells import cell_len

_ROW = re.compile(
    # A place, then styles and text, and perhaps the next line.
    r"\x1b\[(?P<row>\d+);(?P<column>\d+)H(?P<drawn>(?:[^\x00-\x1f\x7f-\x9f]+|\x1b\[[\d;]*m)*)(?:\r?\n)?"
)
_HARMLESS = re.compile(r"(?:\x1b\[\?2026[hl])*")
"""What may stand between rows and changes none: the bounds of a frame."""
_STYLE = re.compile(r"\x1b\[[\d;]*m")
_TRIES = 8
"""Places at which something that is drawn is looked for in what stands there: a few blanks are anywhere."""
_BEGIN, _PLAIN = "\x1b[", "\x1b[0m"


class _Drawn(NamedTuple):
    column: int
    what: str
    """Text and styles. All that is drawn begins and ends in the terminal's plain style."""

    def has(self, column: int, what: str) -> bool:
        """Whether drawing this would change nothing of it."""
        place = -1
        for _ in range(_TRIES):
            place = self.what.find(what, place + 1)
            if place < 0:
                return False
            before = self.what[:place]
            reached = self.column + cell_len(_STYLE.sub("", before))
            if reached >= column:
                return reached == column and _is_plain_behind(before)
        return False


class RowCache:
    """Knows what was drawn last in each row. Whoever else writes to the terminal has to say so by `forget`."""

    def __init__(self) -> None:
        self._rows: dict[str, _Drawn] = {}
        """By row: the last thing that was drawn there, which is still there whole."""

    def forget(self) -> None:
        """Nothing is known of the screen any more."""
        self._rows.clear()

    def skip_unchanged(self, frame: str) -> str:
        """What draws the same as `frame` on the screen as it is."""
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


def _is_plain_behind(before: str) -> bool:
    """Whether the plain style is in force behind this, and no sequence is cut in two."""
    last = before.rfind(_BEGIN)
    return last < 0 or before.startswith(_PLAIN, last)

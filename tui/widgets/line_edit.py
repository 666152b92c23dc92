"""One line of text that keys change."""

from __future__ import annotations

from rich.cells import cell_len

from tui.text.clean import is_safe, visible
from tui.widgets.wrap import thinned

LONGEST = 4096
"""Code points."""


class LineEdit:
    """A text and a cursor in it. Only what can be painted is taken in, typed or pasted."""

    def __init__(self, text: str, *, chosen: bool = False) -> None:
        """With `chosen`, what is typed first takes the place of the whole text."""
        self.text = text
        self.is_chosen = chosen and bool(text)
        self.cursor = len(text)
        """Code points before it."""

    def insert(self, words: str) -> None:
        """Put in what can be painted of `words`, as far as there is room."""
        if self.is_chosen:
            self.press("ctrl+u")
        taken = "".join(filter(is_safe, words))[: max(0, LONGEST - len(self.text))]
        self.text = self.text[: self.cursor] + taken + self.text[self.cursor :]
        self.cursor += len(taken)

    def press(self, key: str) -> None:
        """Do what a key that types nothing does on a line; nothing for one that has no business there."""
        was_chosen, self.is_chosen = self.is_chosen, False
        match key:
            case "backspace" | "delete" if was_chosen:
                self._delete(0, len(self.text))
            case "left":
                self.cursor = max(0, self.cursor - 1)
            case "right":
                self.cursor = min(len(self.text), self.cursor + 1)
            case "home" | "ctrl+a":
                self.cursor = 0
            case "end" | "ctrl+e":
                self.cursor = len(self.text)
            case "backspace":
                self._delete(self.cursor - 1, self.cursor)
            case "delete" | "ctrl+d":
                self._delete(self.cursor, self.cursor + 1)
            case "ctrl+w":
                before = self.text[: self.cursor].rstrip()
                self._delete(len(before) - len(before.split(" ")[-1]), self.cursor)
            case "ctrl+u":
                self._delete(0, self.cursor)
            case "ctrl+k":
                self._delete(self.cursor, len(self.text))
            case _:
                pass

    def shown(self, cells: int) -> tuple[str, str, str]:
        """What is before, under and after the cursor: as much as fits in `cells`, safe to paint."""
        text = visible(self.text)
        under = text[self.cursor : self.cursor + 1] or " "
        room = cells - cell_len(under)
        start, end = self.cursor, self.cursor + 1
        while start > 0 and (wide := cell_len(text[start - 1])) <= room:
            start, room = start - 1, room - wide
        while end < len(text) and (wide := cell_len(text[end])) <= room:
            end, room = end + 1, room - wide
        return thinned(text[start : self.cursor]), under, thinned(text[self.cursor + 1 : end])

    def _delete(self, start: int, end: int) -> None:
        start = max(0, start)
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

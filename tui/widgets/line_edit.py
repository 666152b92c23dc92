"""One line of text that keys change."""

from __future__ import annotations

from rich.cells import cell_len

from tui.painting.wrap import thinned
from tui.text.clean import is_safe, visible
from tui.text.plurals import counted

LONGEST = 4_096
"""Code points of a line such as a path, or words to search for."""

LONGEST_TEXT = 20_000
"""Code points of a note or a correction. Each later step on its sentence repeats it twice in the journal."""

MOST_HELD = 1_000_000
"""Code points that a line can have while its text is shortened."""

_IN_A_CELL = 64
"""Code points looked at for each cell; more than that in one cell are not shown."""


class LineEdit:
    """A text and a cursor in it. Only what can be painted is taken in, typed or pasted, and never a part of it."""

    def __init__(
        self, text: str, *, chosen: bool = False, longest: int = LONGEST, held: int | None = None
    ) -> None:
        """With `chosen`, what is typed first takes the place of the whole text.

        Up to `longest` code points are fit to be used, or as many as `text` has. Up to `held` are taken in
        (default: no more than fit).
        """
        self.text = text
        self.is_chosen = chosen and bool(text)
        self.cursor = len(text)
        """Code points before it."""
        self._longest = max(longest, len(text))
        self._held = max(held or longest, len(text))
        self._refused = 0
        """Code points of what was typed or pasted last and did not fit."""

    @property
    def problem(self) -> str:
        """Why the text is not fit to be used, or what was pasted last was not taken; empty where all is well."""
        if self._refused:
            refused = counted(self._refused, "character does", "characters do")
            return f"{refused} not fit, at most {self._longest:,} do: nothing was taken"
        if len(self.text) > self._longest:
            return f"{counted(len(self.text), 'character')}, at most {self._longest:,} fit: shorten it"
        return ""

    def insert(self, words: str) -> None:
        """Put in what can be painted of `words`; nothing of them where the whole does not fit."""
        before = 0 if self.is_chosen else len(self.text)
        # What cannot be held by far is not even looked at.
        taken = "".join(filter(is_safe, words)) if len(words) <= MOST_HELD else words
        self._refused = len(taken) if before + len(taken) > self._held else 0
        if self._refused:
            return
        if self.is_chosen:
            self.press("ctrl+u")
        self.text = self.text[: self.cursor] + taken + self.text[self.cursor :]
        self.cursor += len(taken)

    def press(self, key: str) -> None:
        """Do what a key that types nothing does on a line; nothing for one that has no business there."""
        was_chosen, self.is_chosen = self.is_chosen, False
        self._refused = 0
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
        # Not the whole text: it may be long, and characters without a width may fill no cell.
        first = max(0, self.cursor - cells * _IN_A_CELL)
        text, at = visible(self.text[first : self.cursor + cells * _IN_A_CELL]), self.cursor - first
        under = text[at : at + 1] or " "
        room = cells - cell_len(under)
        start, end = at, at + 1
        while start > 0 and (wide := cell_len(text[start - 1])) <= room:
            start, room = start - 1, room - wide
        while end < len(text) and (wide := cell_len(text[end])) <= room:
            end, room = end + 1, room - wide
        return thinned(text[start:at]), under, thinned(text[at + 1 : end])

    def _delete(self, start: int, end: int) -> None:
        start = max(0, start)
        self.text = self.text[:start] + self.text[end:]
        self.cursor = start

"""A list to choose from, as pure state: what is typed, what fits it, which row is chosen, what is in view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from tui.widgets.line_edit import LineEdit
from tui.widgets.matching import best_first, plain

Value_co = TypeVar("Value_co", covariant=True)


class Row(NamedTuple, Generic[Value_co]):
    """One thing to choose, and what is shown of it."""

    value: Value_co
    text: str
    left: str = ""
    right: str = ""
    short_forms: tuple[str, ...] = ()
    """Typed in full, they put this row first."""


class Choices:
    """The rows, narrowed down by what is typed.

    Digits go to the row of that number, counted from 1, where rows are `numbered`.
    """

    def __init__(self, rows: Sequence[Row[object]], *, numbered: bool = False, at: int = 0) -> None:
        """`rows` may be made as they are looked at: without words typed, only those in view are."""
        self.rows = rows
        self.numbered = numbered
        self.edit = LineEdit("")
        self.fitting: Sequence[int] = range(len(rows))
        """Places in `rows`, in the order in which they are shown."""
        self.cursor = max(0, min(at, len(rows) - 1))
        """Counted in `fitting`."""
        self.top = 0
        """The first that is in view, counted in `fitting`."""
        self._page = 1

    @property
    def chosen(self) -> int | None:
        """Place in `rows`; None when nothing fits."""
        return self.fitting[self.cursor] if self.fitting else None

    @property
    def page(self) -> int:
        """How many rows are in view at once."""
        return self._page

    @page.setter
    def page(self, rows: int) -> None:
        self._page = max(1, rows)
        self.move(0)

    def move(self, rows: int) -> None:
        self.cursor = max(0, min(self.cursor + rows, len(self.fitting) - 1))
        self.top = max(self.cursor - self._page + 1, min(self.top, self.cursor))

    def insert(self, characters: str) -> None:
        """Type, or paste."""
        self._edited(lambda: self.edit.insert(characters))

    def press(self, key: str) -> None:
        """Take a key that types nothing."""
        self._edited(lambda: self.edit.press(key))

    def _edited(self, change: Callable[[], None]) -> None:
        before = self.edit.text
        change()
        if self.edit.text != before:
            self._narrow(self.edit.text.strip())

    def _narrow(self, typed: str) -> None:
        self.cursor = self.top = 0
        if not typed:
            self.fitting = range(len(self.rows))
        elif self.numbered and typed.isdecimal():
            self.fitting = range(len(self.rows))
            self.move(int(typed[:9]) - 1)
        else:
            meant = [index for index, row in enumerate(self.rows) if typed in row.short_forms]
            self.fitting = meant + [at for at in best_first(typed, self._compared) if at not in meant]

    @cached_property
    def _compared(self) -> list[str]:
        if self.numbered:
            return [plain(row.text) for row in self.rows]
        return [plain(f"{row.left}\n{row.text}" if row.left else row.text) for row in self.rows]

"""A path that is being typed, and what may follow: completion as pure state."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tui.input_paths import SUFFIXES, as_path
from tui.widgets.line_edit import LineEdit
from tui.widgets.matching import plain


class Candidate(NamedTuple):
    """A name in a folder."""

    name: str
    is_folder: bool
    compared: str
    """`name` without case and accents."""

    @property
    def completed(self) -> str:
        return f"{self.name}/" if self.is_folder else self.name


def listing(folder: str) -> list[Candidate]:
    """What there is to choose from in a folder, as it is typed, sorted: folders, and files of texts.

    What cannot be typed is left out. Raises OSError.
    """
    candidates: list[Candidate] = []
    with os.scandir(as_path(folder or ".")) as entries:
        for entry in entries:
            if not entry.name.isprintable():
                continue
            is_folder = _is_folder(entry)
            if is_folder or Path(entry.name).suffix.lower() in SUFFIXES:
                candidates.append(Candidate(entry.name, is_folder, plain(entry.name)))
    return sorted(candidates, key=lambda candidate: (candidate.compared, candidate.name))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


class PathLine:
    """The line, and the names that fit what is typed after its last `/`."""

    def __init__(self, text: str = "") -> None:
        self.edit = LineEdit(text)
        self.fitting: Sequence[Candidate] = ()
        self.cursor: int | None = None
        """The candidate under the bar, in `fitting`; None while there is no bar."""
        self.top = 0
        """The first candidate in view."""
        self._problem = ""
        self._page = 1
        self._listed: str | None = None
        self._all: Sequence[Candidate] = ()

    @property
    def text(self) -> str:
        """What is typed, without blanks around it or the quotes that a terminal puts there."""
        text = self.edit.text.strip()
        quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "'\""
        return text[1:-1] if quoted else text

    @property
    def folder(self) -> str:
        """The text up to the last `/`, which is included."""
        return self.edit.text[: self.edit.text.rfind("/") + 1]

    @property
    def needs_listing(self) -> bool:
        return self._listed != self.folder

    @property
    def problem(self) -> str:
        """Why nothing fits, where that is worth a word."""
        return "" if self.needs_listing else self._problem

    @property
    def page(self) -> int:
        return self._page

    @page.setter
    def page(self, rows: int) -> None:
        self._page = max(1, rows)
        self._keep_in_view()

    def offer(self, folder: str, candidates: Sequence[Candidate], problem: str = "") -> None:
        """Take in what is in a folder; too late when another is typed by now."""
        if folder != self.folder:
            return
        self._listed, self._all, self._problem = folder, candidates, problem
        self._fit()

    # -- keys --------------------------------------------------------------

    def insert(self, characters: str) -> None:
        self._edited()
        self.edit.insert(characters)
        self._fit()

    def press(self, key: str) -> None:
        """Take a key that types nothing."""
        self._edited()
        self.edit.press(key)
        self._fit()

    def move(self, rows: int) -> None:
        """Put the bar on a candidate, or above the first on none."""
        at = -1 if self.cursor is None else self.cursor
        at = max(-1, min(at + rows, len(self.fitting) - 1))
        self.cursor = None if at < 0 else at
        self._keep_in_view()

    def complete(self) -> None:
        """Write what all candidates have in common; else the only one; else put the bar on the next one."""
        if self.edit.text == "~":
            self.insert("/")
            return
        prefix = self._prefix
        common = _common_beginning([candidate.completed for candidate in self.fitting])
        if len(self.fitting) == 1:
            self.take(self.fitting[0])
        elif common != prefix and plain(common).startswith(plain(prefix)) and self.cursor is None:
            self._write(common)
        elif self.fitting:
            last = self.cursor is not None and self.cursor == len(self.fitting) - 1
            self.move(-self.cursor if last and self.cursor else +1)

    def take(self, candidate: Candidate) -> None:
        """Write a candidate's name."""
        self._write(candidate.completed)

    # -- within ------------------------------------------------------------

    @property
    def _prefix(self) -> str:
        return self.edit.text[len(self.folder) :]

    def _write(self, name: str) -> None:
        self._edited()
        self.edit = LineEdit(self.folder + name)
        self._fit()

    def _edited(self) -> None:
        self.cursor, self.top = None, 0

    def _fit(self) -> None:
        """Narrow down what was listed; nothing while another folder is still to be read."""
        prefix = self._prefix
        beginning = plain(prefix)
        self.fitting = (
            []
            if self.needs_listing
            else [
                candidate
                for candidate in self._all
                if candidate.compared.startswith(beginning)
                and (not candidate.name.startswith(".") or prefix.startswith("."))
            ]
        )
        self._keep_in_view()

    def _keep_in_view(self) -> None:
        at = self.cursor or 0
        self.top = max(at - self._page + 1, min(self.top, at))


def _common_beginning(names: Sequence[str]) -> str:
    if not names:
        return ""
    first, last = min(names), max(names)
    same = (index for index, (left, right) in enumerate(zip(first, last, strict=False)) if left != right)
    return first[: next(same, min(len(first), len(last)))]

"""What the reader's keys do besides moving through pages. Loaded after the first paint."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.painting.article.rows import Matches
from tui.reader.keys.entities import NameKeys
from tui.reader.keys.hints import HintKeys
from tui.reader.keys.lists import ChoiceKeys
from tui.reader.keys.marks import MarkKeys
from tui.reader.keys.movement import MoveKeys
from tui.reader.keys.navigation import NavigationKeys
from tui.reader.keys.search import SearchKeys
from tui.reader.keys.sentences import DividingKeys
from tui.reader.keys.tags import DecideKeys
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.reader.desk import Desk


class ReaderKeys:
    """Those who handle keys at one desk."""

    def __init__(self, desk: Desk, workspace: Workspace, show_matches: Callable[[Matches], None]) -> None:
        self.names = NameKeys(desk)
        self.hints = HintKeys(desk)
        self.marks = MarkKeys(desk, self.names, self.hints)
        self.choices = ChoiceKeys(desk, search := SearchKeys(desk, show_matches))
        self.going = NavigationKeys(desk, workspace, self.choices, self.focused_stretch)
        self.handlers: dict[str, Callable[[], None]] = {}
        """What an action does, by its id."""
        for keys in (
            MoveKeys(desk),
            DecideKeys(desk),
            DividingKeys(desk),
            self.names,
            self.marks,
            self.hints,
            self.going,
        ):
            self.handlers |= keys.handlers()
        self.handlers |= search.handlers() | self.choices.handlers()

    def focused_stretch(self) -> tuple[int, int] | None:
        """Start and end of the focused mark; None without one, or if it has no words."""
        focused = self.names.focused() or self.marks.focused() or self.hints.focused()
        return (focused.start, focused.end) if focused is not None and focused.start < focused.end else None

"""The reader's keys that lead off the page: to other screens, to the clipboard, to the shell, and out."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.reader.keys.lists import ChoiceKeys
from tui.settings.actions import Scope
from tui.text.plurals import counted
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.reader.desk import Desk

Stretch = tuple[int, int]


class NavigationKeys:
    """What the reader does with those keys."""

    def __init__(
        self,
        desk: Desk,
        workspace: Workspace,
        choices: ChoiceKeys,
        focused_stretch: Callable[[], Stretch | None],
    ) -> None:
        """`focused_place` is start and end of what has the focus."""
        self._desk = desk
        self._workspace = workspace
        self._choices = choices
        self._focused_stretch = focused_stretch
        self._warned_of = 0
        """Things that were missing when leaving was last tried."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        desk = self._desk
        return {
            "article.next": self._next_article,
            "palette": self._show_palette,
            "library": lambda: self._leave(to_library=True),
            "help": lambda: self.help("review" if desk.is_review else "reader"),
            "suspend": lambda: desk.say(desk.app.to_shell() or desk.failure),
            "back": self._back,
            "copy": self._copy,
            "quit": lambda: self._leave(to_library=False),
        }

    def copy_or_tell(self) -> None:
        """What ctrl+c does: copy the focused mark, or show how to quit."""
        if self._desk.focus_mark is not None:
            self._copy()
        else:
            self._desk.say(f"{self._desk.key('quit')} quits")

    def help(self, page: str) -> None:
        """Show a page of the help, and tell the sentence's tags apart."""
        session = self._desk.session
        annotation = session.annotation(session.cursor)
        recogniser = session.article.prepared_by.get("entities")
        self._desk.app.show_help(page, recogniser, annotation.tags if annotation is not None else ())

    def _copy(self) -> None:
        """The focused mark, or the sentence."""
        from tui.screens.copying import copy

        session = self._desk.session
        article, cursor = session.article, session.cursor
        stretch = self._focused_stretch() or (article.starts[cursor], article.ends[cursor])
        self._desk.say(copy(self._desk.app, article.text[slice(*stretch)]))

    def _back(self) -> None:
        if self._desk.focus_mark is not None:
            self._desk.focus_mark = None

    def _show_palette(self) -> None:
        from tui.screens.palette import palette, used

        app = self._desk.app

        def run(action: str | None) -> None:
            if action is not None:
                app.recent_commands = used(app.recent_commands, action)
                self._desk.perform(action)

        places: tuple[Scope, ...] = ("reader", "mark")
        if self._desk.is_review:
            places = ("review", *places)
        app.push_screen(palette(self._workspace, places, app.recent_commands), run)

    def _next_article(self) -> None:
        session = self._desk.session
        if session.is_all_decided:
            self._desk.open_next_article()
        else:
            left = len(session.article) - session.decided_count
            self._desk.say(f"{counted(left, 'sentence is', 'sentences are')} still undecided")

    def _leave(self, *, to_library: bool) -> None:
        """Leave. If everything is decided but something is missing, show it once first."""
        desk = self._desk
        if desk.has_changed and not desk.is_review and desk.session.is_all_decided:
            left = len(self._choices.missing())
            if left and left != self._warned_of:
                self._warned_of = left
                self._choices.check()
                desk.say(f"something is missing: {desk.key('quit')} again leaves anyway")
                return
        desk.close(to_library=to_library)

"""What the reader shows: its widgets, and what each of them shows of the session."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.model.annotation import Step
from tui.painting import key_row
from tui.painting.footer import Footer, Keys
from tui.painting.mark_lines import KEYS
from tui.painting.styles import Styles
from tui.reader.article_view.widget import ArticleView
from tui.reader.header import Header
from tui.reader.panel import Panel
from tui.settings.theme import Palette
from tui.widgets.bars import KeyBar, ProgressBar
from tui.workspace import Opened, Workspace

if TYPE_CHECKING:
    from tui.painting.version_columns import VersionColumns
    from tui.screens.modes import Mode
    from tui.widgets.choice_grid import ChoiceGrid

PANEL_AFTER = 0.4
"""Seconds without a key until the panel follows on a slow line: it costs half as much as the page."""


class Row(Widget):
    """Widgets next to each other."""

    DEFAULT_CSS = "Row { layout: horizontal; width: 1fr; height: 1fr; }"

    def render_lines(self, crop: Region) -> list[Strip]:
        """Blank: the widgets cover it."""
        return [Strip.blank(crop.width)] * crop.height


class Display:
    """The widgets of one reader. It changes nothing of the session: the screen does, and calls it."""

    def __init__(
        self,
        workspace: Workspace,
        opened: Opened,
        *,
        ask: Callable[[], str],
        columns: VersionColumns | None = None,
        review_keys: Callable[[], Keys] | None = None,
        styles: Styles,
    ) -> None:
        """`ask` returns the question about the hint at the cursor. `columns` and `review_keys` belong to a review."""
        self._workspace = workspace
        self._session = session = opened.session
        self._reviewing = opened.reviewing
        self._styles = styles
        self._ask = ask
        self._question = ""
        """What the line of keys last asked about a hint."""
        self.focus: str | None = None
        """The id of the mark that has the focus."""
        keys = {action: workspace.keymap.first_key(action) for action in KEYS}
        state = "saved" if opened.writer else "read-only"
        lines = None
        if opened.reviewing is not None and columns is not None:
            from tui.painting.version_lines import VersionLines

            lines = VersionLines(opened.reviewing, columns, styles).of
        review = "" if opened.reviewing is None else "blind review" if opened.reviewing.blind else "review"
        self.header = Header(session, styles, state, self._progress if review else None, review=review)
        self.view = ArticleView(session, styles, columns)
        self.panel = Panel(session, styles, keys, lines)
        self.progress = ProgressBar(styles, len(session.article))
        self._footer = Footer(session, workspace.keymap, workspace.scheme, review_keys)
        self.keys = KeyBar(styles, self._footer.of())

    def compose(self) -> ComposeResult:
        """From top to bottom."""
        yield self.header
        yield Row(self.view, self.panel)
        yield self.progress
        yield self.keys

    @cached_property
    def grid(self) -> ChoiceGrid:
        """The choices of a question that has no room in the line of keys. Comes late: the first paint needs none."""
        from tui.widgets.choice_grid import ChoiceGrid

        grid = ChoiceGrid(self._styles)
        self.view.screen.mount(grid)
        return grid

    def restyle(self, palette: Palette) -> None:
        """Paint less from now on, and in other colours."""
        self._styles.set_palette(palette, self._workspace.scheme)
        self.paint_less()
        self.view.restyle()
        self.panel.restyle()
        for bar in (*self.header.bars, self.progress, self.keys):
            bar.refresh()
        self.grid.refresh()

    def paint_less(self) -> None:
        """As a slow line needs it."""
        self.panel.pause = PANEL_AFTER
        self.progress.display = False

    # -- the line of keys --------------------------------------------------

    def say(self, message: str) -> None:
        """Show one line in place of the keys, until the next key."""
        self.keys.say(message)

    def ask_hint(self) -> None:
        """Ask about the hint at the cursor in the line of keys, if the panel does not show it."""
        session = self._session
        is_shown = self.panel.display or not session.open_hints(session.cursor)
        before, self._question = self._question, "" if is_shown else self._ask()
        if self.keys.message in ("", before):
            self.keys.say(self._question)

    def show_mode(self, mode: Mode | None, width: int) -> None:
        """Show what a mode asks; None shows the keys again."""
        if mode is None:
            self.grid.show((), width)
            self.keys.ask("", ())
            self.view.point(None)
            return
        choices = mode.choices
        ways_out = [("esc", "give up")]
        fits = key_row.has_room_for(mode.asks, [*choices, *ways_out], width)
        self.grid.show(() if fits else choices, width)
        self.keys.ask(mode.asks, [*choices, *ways_out] if fits else ways_out, mode.line)
        self.view.point(mode.letters, mode.chosen)

    # -- what has changed --------------------------------------------------

    def show_focus(self, mark: str | None) -> None:
        """Show another focused mark of the current sentence, or none."""
        self.focus = mark
        self.view.focus_mark(mark)
        self.show_panel()
        self.keys.show(self._footer.of(mark))
        self.ask_hint()

    def forget_focus(self) -> None:
        """Show no focused mark, before the cursor goes to another sentence."""
        if self.focus is not None:
            self.focus = None
            self.view.focus_mark(None)
            self.keys.show(self._footer.of())

    def show_cursor(self, *, scroll: bool = True) -> None:
        """Show the current sentence."""
        self.view.move_to(self._session.cursor, scroll=scroll)
        self.show_panel()
        self.ask_hint()

    def show_panel(self) -> None:
        """Show in the panel what is known of the current sentence."""
        self.panel.show(self._session.cursor, self.focus)

    def show_search(self, searched: int | None) -> None:
        """Show what percentage of the article has been searched for names; None: none are looked for."""
        if searched != self.panel.searched:
            self.panel.searched = searched
            self.show_panel()

    def show_hints(self) -> None:
        """Show other hints, or none."""
        self.view.hints_changed()
        self.header.show_modes()
        if self.focus is None:
            self.keys.show(self._footer.of())
        self.show_panel()
        self.ask_hint()

    def show_step(self, step: Step) -> None:
        """Show in the text what a step changed."""
        if step.sentences:
            self.view.rebuilt()
            self.view.move_to(self._session.cursor)
            self.progress.total = len(self._session.article)
        elif step.entities:
            self.view.entities_changed()
        for change in step.changes:
            self.view.touch(self._session.article.sentence_at(change.start))

    def show_versions(self, sentences: list[int], *, columns: bool) -> None:
        """Show the annotators' work as it is now; `columns` if the columns or the highlighted one changed."""
        if columns:
            self.view.rebuilt()
            if self.focus is None:
                self.keys.show(self._footer.of())
        for sentence in sentences:
            self.view.touch(sentence)
        self.show_panel()
        self.show_decided()

    def show_decided(self) -> None:
        """Show how many sentences are decided, or settled in a review."""
        self.header.show_decided()
        self.show_progress()

    def show_progress(self) -> None:
        done, total = self._progress()
        if self._reviewing is not None:
            self.progress.total = total
        self.progress.show(done)

    def _progress(self) -> tuple[int, int]:
        if self._reviewing is not None:
            return self._reviewing.progress
        return self._session.decided_count, len(self._session.article)

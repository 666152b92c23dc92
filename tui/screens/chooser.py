"""Choosing from a list over the bottom of a screen: typing narrows it down, enter takes the row under the bar."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Generic, TypedDict, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.painting.styles import Styles
from tui.screens.typeahead import passed_on
from tui.widgets.choices import Choices, Row
from tui.widgets.sheet import Sheet
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.app_base import AppBase

Value = TypeVar("Value")


class ChooserOptions(TypedDict, total=False):
    """What a list may be given besides its title and rows; `ChooserScreen` explains it and has the defaults."""

    takes: str
    numbered: bool
    at: int


class ChooserScreen(ModalScreen[Value | None], Generic[Value]):
    """Ends with the value of the row that was taken, or None."""

    DEFAULT_CSS = "ChooserScreen { align: left bottom; }"
    app: AppBase

    def __init__(
        self,
        workspace: Workspace,
        title: str,
        rows: Sequence[Row[Value]],
        *,
        takes: str = "choose",
        prompt: str = "›",
        numbered: bool = False,
        at: int = 0,
    ) -> None:
        """`takes` says what enter does; the bar begins on row `at`.

        `rows` may be made as they are looked at. Where they are `numbered`, digits go to the row of that number,
        counted from 1.
        """
        super().__init__()
        self._rows = rows
        # The page shines through; the app's own sheet gives every screen a ground.
        self.styles.background = "transparent"
        self._choices = Choices(rows, numbered=numbered, at=at)
        styles = Styles(workspace.palette, workspace.scheme)
        self._sheet = Sheet(styles, self._choices, title=title, takes=takes, prompt=prompt)
        self._closing_keys = {
            key for action in ("back", "quit") for key in workspace.keymap.keys_beside_typing(action)
        }

    def compose(self) -> ComposeResult:
        self._sheet.fit(self.app.size.height)
        yield self._sheet

    def on_resize(self, event: events.Resize) -> None:
        self._sheet.fit(event.size.height)

    def on_key(self, event: events.Key) -> None:
        if passed_on(self.app, self, event):
            return
        event.stop()
        event.prevent_default()
        choices = self._choices
        if event.key in self._closing_keys or (event.key == "backspace" and not choices.edit.text):
            self.dismiss(None)
            return
        match event.key:
            case "enter":
                self._take()
            case "down" | "tab" | "ctrl+n":
                choices.move(+1)
            case "up" | "shift+tab" | "ctrl+p":
                choices.move(-1)
            case "pagedown":
                choices.move(+choices.page)
            case "pageup":
                choices.move(-choices.page)
            case _ if event.is_printable and event.character is not None:
                choices.insert(event.character)
            case key:
                choices.press(key)
        self._sheet.refresh()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._choices.insert(event.text)
        self._sheet.refresh()

    def on_sheet_clicked(self, message: Sheet.Clicked) -> None:
        self._choices.move(message.at - self._choices.cursor)
        self._take()

    def _take(self) -> None:
        index = self._choices.chosen
        if index is not None:
            self.dismiss(self._rows[index].value)

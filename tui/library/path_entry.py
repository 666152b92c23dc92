"""Typing the path of what to add: tab completes, enter takes it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen

from tui.input_paths import as_path, exists, matching
from tui.library.path_line import Candidate, PathLine, listing
from tui.library.path_sheet import PathSheet
from tui.painting.styles import Styles
from tui.prepare.web_address import refusal
from tui.screens.typeahead import passed_on
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.app_base import AppBase


class PathScreen(ModalScreen[str | None]):
    """Ends with a path or a pattern that fits something, or None."""

    DEFAULT_CSS = "PathScreen { align: left bottom; }"
    app: AppBase

    def __init__(self, workspace: Workspace, text: str = "") -> None:
        super().__init__()
        # The page shines through; the app's own sheet gives every screen a ground.
        self.styles.background = "transparent"
        self._line = PathLine(text)
        styles = Styles(workspace.palette, workspace.scheme)
        hint = "a file, a folder, or a pattern like *.txt"
        self._sheet = PathSheet(styles, self._line, title="Add to the library", hint=hint)
        self._closing_keys = {
            key for action in ("back", "quit") for key in workspace.keymap.keys_beside_typing(action)
        }

    def compose(self) -> ComposeResult:
        self._sheet.fit(self.app.size.height)
        yield self._sheet

    def on_mount(self) -> None:
        self._look()

    def on_resize(self, event: events.Resize) -> None:
        self._sheet.fit(event.size.height)

    def on_key(self, event: events.Key) -> None:
        if passed_on(self.app, self, event):
            return
        event.stop()
        event.prevent_default()
        line, self._sheet.notice = self._line, ""
        if event.key in self._closing_keys or (event.key == "backspace" and not line.edit.text):
            self.dismiss(None)
            return
        match event.key:
            case "enter":
                self._take()
            case "tab":
                line.complete()
            case "down" | "ctrl+n":
                line.move(+1)
            case "up" | "ctrl+p" | "shift+tab":
                line.move(-1)
            case "pagedown":
                line.move(+line.page)
            case "pageup":
                line.move(-line.page)
            case _ if event.is_printable and event.character is not None:
                line.insert(event.character)
                self._sheet.notice = line.edit.problem
            case key:
                line.press(key)
        self._look()

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        self._line.insert(event.text)
        self._sheet.notice = self._line.edit.problem
        self._look()

    def on_path_sheet_clicked(self, message: PathSheet.Clicked) -> None:
        self._take_candidate(self._line.fitting[message.at])
        self._look()

    # -- what there is -----------------------------------------------------

    def _look(self) -> None:
        """Show the line, and read the folder that is typed if that is another one by now."""
        if self._line.needs_listing:
            self.run_worker(self._list(self._line.folder), group="listing", exclusive=True)
        self._sheet.refresh()

    async def _list(self, folder: str) -> None:
        candidates: list[Candidate] = []
        problem = ""
        try:
            candidates = await asyncio.to_thread(listing, folder)
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            problem = f"{folder} cannot be looked into ({reason})"
        self._line.offer(folder, candidates, problem)
        self._sheet.refresh()

    # -- taking ------------------------------------------------------------

    def _take(self) -> None:
        line = self._line
        if line.cursor is not None:
            self._take_candidate(line.fitting[line.cursor])
        elif line.text:
            self.run_worker(self._take_typed(line.text), group="taking", exclusive=True)

    def _take_candidate(self, candidate: Candidate) -> None:
        """A file is what was wanted, a folder leads on."""
        self._line.take(candidate)
        if not candidate.is_folder:
            self.dismiss(self._line.edit.text)

    async def _take_typed(self, text: str) -> None:
        if await asyncio.to_thread(_stands_for_something, text):
            self.dismiss(text)
            return
        self._sheet.notice = refusal(text) or f"there is no {text}: tab completes what is typed"
        self._sheet.refresh()


def _stands_for_something(text: str) -> bool:
    try:
        return exists(as_path(text)) or bool(matching(text))
    except ValueError:
        return False

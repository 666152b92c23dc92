"""The smallest app with Postil's reader of keys: it writes each key that it hears to the file that it is given."""

from __future__ import annotations

import sys
from pathlib import Path

from textual import events
from textual.app import App, ComposeResult
from textual.widgets import Static

from tui.terminal.driver import TerminalDriver


class KeyEcho(App[None], inherit_bindings=False):
    ENABLE_COMMAND_PALETTE = False
    is_lean = may_become_lean = False
    bound_keys = frozenset({"alt+x", "ctrl+right"})

    def __init__(self, heard: Path) -> None:
        super().__init__(driver_class=TerminalDriver)
        self._heard = heard

    def compose(self) -> ComposeResult:
        yield Static("listening")

    def on_key(self, event: events.Key) -> None:
        self._write(event.key)

    def on_paste(self, event: events.Paste) -> None:
        self._write(f"paste {event.text!r}")

    def _write(self, heard: str) -> None:
        with self._heard.open("a", encoding="utf-8") as file:
            file.write(heard + "\n")


if __name__ == "__main__":
    KeyEcho(Path(sys.argv[1])).run()

"""The smallest Textual app that shows text: the minimum start time of any Textual program."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = "first words"


class FloorApp(App[None]):
    """One line of text."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        yield Static(WORDS)


if __name__ == "__main__":
    FloorApp().run()

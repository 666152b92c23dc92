"""Help: the keys for where you are and what the tags mean, on one page."""

from __future__ import annotations

from itertools import zip_longest
from typing import cast

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from tui.actions import Place, actions
from tui.keymap import shown
from tui.screens.reader import key_of
from tui.text.clean import visible
from tui.widgets.bars import KeyBar, shortened
from tui.widgets.ink import Ink
from tui.widgets.wrap import wrap
from tui.workspace import Workspace

Line = list[tuple[str, Style]]

_TWO_COLUMNS_FROM = 78
_KEYS = 18
"""Most cells that the keys of a line may take."""
_GAP = 4


class HelpScreen(ModalScreen[None]):
    """Closes on the keys that close or open it; scrolls where the terminal is small."""

    DEFAULT_CSS = "HelpScreen { layout: vertical; background: $background; }"

    def __init__(self, workspace: Workspace, place: str, recogniser: str | None) -> None:
        super().__init__()
        known = actions(workspace.scheme)
        where = cast(Place, place)
        self._by_key = workspace.keymap.by_key(known, where)
        ink = Ink(workspace.palette, workspace.scheme)
        self._page = HelpPage(workspace, where, recogniser, ink)
        close, more = workspace.keymap.first_key("back"), workspace.keymap.first_key("sentence.next")
        self._keys = KeyBar(ink, [(more, "further down"), (close, "close")])

    def compose(self) -> ComposeResult:
        yield self._page
        yield self._keys

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        action = self._by_key.get(key_of(event))
        if action in {"sentence.next", "page.down"}:
            self._page.scroll_rows(+1 if action == "sentence.next" else +10)
        elif action in {"sentence.previous", "page.up"}:
            self._page.scroll_rows(-1 if action == "sentence.previous" else -10)
        else:
            self.dismiss()


class HelpPage(Widget):
    """Two columns of lines where there is room for two."""

    DEFAULT_CSS = "HelpPage { width: 1fr; height: 1fr; }"

    def __init__(self, workspace: Workspace, place: Place, recogniser: str | None, ink: Ink) -> None:
        super().__init__()
        self._workspace = workspace
        self._place: Place = place
        self._recogniser = recogniser
        self._ink = ink
        self._rows: list[list[Line]] = []
        self._top = 0

    def scroll_rows(self, rows: int) -> None:
        lowest = max(0, len(self._rows) + 1 - self.size.height)
        top = max(0, min(self._top + rows, lowest))
        if top != self._top:
            self._top = top
            self.refresh()

    def on_resize(self, event: events.Resize) -> None:
        width = event.size.width
        columns = 2 if width >= _TWO_COLUMNS_FROM else 1
        room = (min(width, 110) - 4 - (columns - 1) * _GAP) // columns
        left = [line for group in ("Move", "Look") for line in self._group(group, room)]
        right = self._group("Decide", room) + self._tags(room)
        if columns == 1:
            self._rows = [[line] for line in right + left]
        else:
            height = max(len(left), len(right))
            left += [[]] * (height - len(left))
            right += [[]] * (height - len(right))
            self._rows = [[a, b] for a, b in zip(left, right, strict=True)]
        self._room = room
        self.scroll_rows(0)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        ink = self._ink
        row = self._top + y - 1
        segments = [Segment("  ", ink.ground)]
        if 0 <= row < len(self._rows):
            for line in self._rows[row]:
                cells = 0
                for words, style in line:
                    segments.append(Segment(words, style))
                    cells += cell_len(words)
                segments.append(Segment(" " * (self._room + _GAP - cells), ink.ground))
        return Strip(segments).adjust_cell_length(self.size.width, ink.ground)

    def _group(self, group: str, room: int) -> list[Line]:
        """A heading, and one line for the actions that are explained together."""
        ink, keymap = self._ink, self._workspace.keymap
        rows: dict[str, list[tuple[str, ...]]] = {}
        for action in actions(self._workspace.scheme):
            if action.group == group and self._place in action.places:
                rows.setdefault(action.row, []).append(keymap.keys.get(action.id, ()))
        names = {row: " ".join(map(shown, _interleaved(keys))) for row, keys in rows.items()}
        cells = min(_KEYS, 2 + max((cell_len(keys) for keys in names.values()), default=0))
        lines: list[Line] = [
            [
                (set_cell_size(shortened(keys, cells - 1), cells), ink.accent),
                (shortened(row, room - cells), ink.ground),
            ]
            for row, keys in names.items()
            if keys
        ]
        return [[(group, ink.heading)], *lines, []] if lines else []

    def _tags(self, room: int) -> list[Line]:
        if self._place != "reader":
            return []
        ink, scheme = self._ink, self._workspace.scheme
        lines: list[Line] = [[("What the tags mean", ink.heading)]]
        for tag in scheme.tags:
            definition = self._wrapped(visible(tag.definition), room - 2)
            lines.append([(f"{tag.letter} ", ink.tags[tag.id]), (definition[0], ink.ground)])
            lines += [[("  ", ink.ground), (more, ink.ground)] for more in definition[1:]]
        if self._recogniser:
            lines += [
                [],
                [
                    (line, ink.dim)
                    for line in self._wrapped(f"Entities by {visible(self._recogniser)}", room)[:1]
                ],
            ]
        return lines

    @staticmethod
    def _wrapped(text: str, width: int) -> list[str]:
        return [text[start:end] for start, end in wrap(text, 0, len(text), width)]


def _interleaved(keys: list[tuple[str, ...]]) -> list[str]:
    """The first key of each action, then their second ones: `j k ↓ ↑`."""
    return [key for together in zip_longest(*keys) for key in together if key is not None]

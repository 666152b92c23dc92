"""The rows above and below the article: title, count, what is saved, progress, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.text.clean import visible
from tui.widgets.styles import Styles

if TYPE_CHECKING:
    from tui.widgets.line_edit import LineEdit

SaveState = Literal["saved", "saving", "failed", "read-only"]

_SAVE_WORDS: dict[SaveState, str] = {
    "saved": "saved ✓",
    "saving": "saving",
    "failed": "NOT SAVED",
    "read-only": "read-only",
}


class Bar(Widget):
    """One row of styled words on a ground of its own."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, ink: Styles, *, raised: bool = True) -> None:
        """`raised` sets it off from the page."""
        super().__init__()
        self.ink = ink
        self._is_raised = raised

    @property
    def ground(self) -> Style:
        return self.ink.raised if self._is_raised else self.ink.ground

    def segments(self, width: int) -> list[Segment]:
        """What to paint in `width` cells; the rest of the row is filled."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return Strip(self.segments(width)).adjust_cell_length(width, self.ground)


class TitleBar(Bar):
    """The program's name, the article's title cut to fit, and its languages."""

    DEFAULT_CSS = "TitleBar { width: 1fr; }"

    def __init__(self, ink: Styles, title: str, languages: str) -> None:
        super().__init__(ink)
        self._title = visible(title)
        self._languages = visible(languages)

    def segments(self, width: int) -> list[Segment]:
        name = "  postil  "
        room = width - len(name) - cell_len(self._languages) - 3
        if room < 12:
            return [
                Segment(name, self.ink.raised_key),
                Segment(shortened(self._title, width - len(name)), self.ground),
            ]
        return [
            Segment(name, self.ink.raised_key),
            Segment(set_cell_size(shortened(self._title, room), room), self.ground),
            Segment(f"  {self._languages} ", self.ink.raised_dim),
        ]


class CountBar(Bar):
    """How many sentences are decided. A widget of its own, so that a tag repaints no more than this."""

    def __init__(self, ink: Styles, total: int, what: str = "decided") -> None:
        super().__init__(ink)
        self._decided = 0
        self._what = what
        self.total = total

    @property
    def total(self) -> int:
        return self._total

    @total.setter
    def total(self, total: int) -> None:
        self._total = total
        self.styles.width = 2 * len(str(total)) + len("/ decided") + 3
        self.refresh()

    def show(self, decided: int) -> None:
        if decided != self._decided:
            self._decided = decided
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        return [Segment(f"{self._decided}/{self._total} {self._what}".rjust(width - 2), self.ground)]


class ScoreBar(Bar):
    """The MQM score of what is marked, once anything is."""

    def __init__(self, ink: Styles) -> None:
        super().__init__(ink)
        self._shown = ""
        self.display = False

    def show(self, points: float, words: int) -> None:
        """Penalty points, and what they come to in 1000 words once the words are counted."""
        shown = f"MQM {points:g}" + (f" · {1000 * points / words:.1f}/1000" if words else "")
        if not points:
            shown = ""
        if shown != self._shown:
            self._shown = shown
            self.styles.width = len(shown) + 2
            self.display = bool(shown)
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        return [Segment(f"  {self._shown}", self.ink.raised_dim)]


class SavedBar(Bar):
    """Whether everything is on disk."""

    DEFAULT_CSS = "SavedBar { width: 12; }"

    def __init__(self, ink: Styles, state: SaveState = "saved") -> None:
        super().__init__(ink)
        self.state: SaveState = state

    def show(self, state: SaveState) -> None:
        if state != self.state:
            self.state = state
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        styles = {"saved": self.ink.raised_good, "failed": self.ink.alarm}
        style = styles.get(self.state, self.ink.raised_dim)
        return [Segment(" ", self.ground), Segment(_SAVE_WORDS[self.state], style)]


class ProgressBar(Bar):
    """A thin line: how much of the article is decided."""

    _START = 2
    """Cells that stay free at either end."""

    def __init__(self, ink: Styles, total: int) -> None:
        super().__init__(ink, raised=False)
        self.total = total
        self._decided = 0
        self._painted = 0
        """Cells that are filled."""

    def show(self, decided: int) -> None:
        """Tell the count; only the cells that change are painted."""
        self._decided = decided
        before, now = self._painted, self._filled(self.size.width)
        if now != before:
            self._painted = now
            self.refresh(Region(self._START + min(before, now), 0, abs(now - before), 1))

    def _filled(self, width: int) -> int:
        room = max(0, width - 2 * self._START)
        return room * self._decided // self.total if self.total else 0

    def segments(self, width: int) -> list[Segment]:
        filled = self._painted = self._filled(width)
        return [
            Segment(" " * self._START, self.ground),
            Segment("━" * filled, self.ink.bar),
            Segment("━" * max(0, width - 2 * self._START - filled), self.ink.faint),
        ]


_LEAST_TYPED = 12
"""Cells of what is typed that a long message leaves, with the blanks around it."""


class KeyBar(Bar):
    """The keys that matter now; or one message, a question with its keys, or a line that is being typed."""

    def __init__(self, ink: Styles, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(ink)
        self._keys = list(keys)
        self._asks = ""
        self._choices: Sequence[tuple[str, str]] = ()
        self._line: LineEdit | None = None
        self.message = ""

    def show(self, keys: Sequence[tuple[str, str]]) -> None:
        """Let other keys be the ones that matter."""
        self._keys = list(keys)
        self.refresh()

    def say(self, message: str) -> None:
        """Show a message instead of the keys; an empty one brings the keys back."""
        if message != self.message:
            self.message = message
            self.refresh()

    def ask(self, asks: str, choices: Sequence[tuple[str, str]], line: LineEdit | None = None) -> None:
        """Say what is expected next, and the keys for it or the line as far as it is typed; empty ends it."""
        self._asks, self._choices, self._line = visible(asks), choices, line
        self.refresh()

    def has_room_for(self, asks: str, choices: Sequence[tuple[str, str]], width: int) -> bool:
        """Whether a question and all its keys can be shown in so many cells."""
        keys = sum(cell_len(key + visible(name)) + 4 for key, name in choices)
        return cell_len(visible(asks)) + 5 + keys <= width

    def segments(self, width: int) -> list[Segment]:
        if self._line is not None:
            return self._typed(width, self._line)
        if self._asks:
            asks = Segment(f"  {self._asks}   ", self.ink.raised)
            return [asks, *self._fitting(width - cell_len(asks.text), self._choices, lead="")]
        if self.message:
            return [Segment("  " + shortened(visible(self.message), width - 4), self.ground)]
        return self._fitting(width, self._keys, lead="  ")

    def _typed(self, width: int, line: LineEdit) -> list[Segment]:
        asks = shortened(self._asks, max(0, width - _LEAST_TYPED if line.problem else width // 2))
        before, under, after = line.shown(max(2, width - cell_len(asks) - 6))
        text = self.ground + Style(underline=True) if line.is_chosen else self.ground
        return [
            Segment(f"  {asks} ", self.ink.raised_key),
            Segment(before, text),
            Segment(under, self.ground + Style(reverse=True)),
            Segment(after, text),
        ]

    def _fitting(self, width: int, wanted: Sequence[tuple[str, str]], lead: str) -> list[Segment]:
        """As many keys as fit, in their order; the last one always stays."""
        gap = "   " if width >= 110 else "  "
        keys = [(visible(key), visible(name)) for key, name in wanted if key]
        room = width - len(lead)
        while len(keys) > 1 and sum(cell_len(key + name) + 1 + len(gap) for key, name in keys) > room:
            del keys[-2]
        segments = [Segment(lead, self.ground)]
        for key, name in keys:
            segments += [Segment(key, self.ink.raised_key), Segment(f" {name}{gap}", self.ink.raised_dim)]
        return segments


def shortened(text: str, cells: int) -> str:
    """`text` if it fits in `cells`, else its beginning and `…`."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, max(0, cells - 1)).rstrip() + "…" if cells > 0 else ""

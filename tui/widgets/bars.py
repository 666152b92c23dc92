"""The rows above and below the article: title, count, what is saved, progress, keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.painting import header, key_row
from tui.painting.header import SAVED_CELLS, SaveState
from tui.painting.progress import START, filled_cells, progress_line
from tui.painting.styles import Styles

if TYPE_CHECKING:
    from tui.widgets.line_edit import LineEdit


class Bar(Widget):
    """One row of styled words on a ground of its own."""

    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(self, styles: Styles, *, raised: bool = True) -> None:
        """`raised` sets it off from the page."""
        super().__init__()
        self.palette_styles = styles
        self._is_raised = raised

    @property
    def ground(self) -> Style:
        return self.palette_styles.raised if self._is_raised else self.palette_styles.ground

    def segments(self, width: int) -> list[Segment]:
        """What to paint in `width` cells; the rest of the row is filled."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        return Strip(self.segments(width)).adjust_cell_length(width, self.ground)


class TitleBar(Bar):
    """The program's name, the article's title cut to fit, and its languages."""

    DEFAULT_CSS = "TitleBar { width: 1fr; }"

    def __init__(self, styles: Styles, title: str, right: str) -> None:
        super().__init__(styles)
        self._title = title
        self._right = right

    def segments(self, width: int) -> list[Segment]:
        return header.title(self.palette_styles, self._title, self._right, width)


class CountBar(Bar):
    """How many sentences are decided. A widget of its own, so that a tag repaints no more than this."""

    def __init__(self, styles: Styles, total: int, what: str = "decided") -> None:
        super().__init__(styles)
        self._decided = 0
        self._what = what
        self.total = total

    @property
    def total(self) -> int:
        return self._total

    @total.setter
    def total(self, total: int) -> None:
        self._total = total
        self.styles.width = header.count_cells(total)
        self.refresh()

    def show(self, decided: int) -> None:
        if decided != self._decided:
            self._decided = decided
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        return header.count(self.palette_styles, self._decided, self._total, self._what, width)


class ScoreBar(Bar):
    """The MQM score of what is marked, once anything is."""

    def __init__(self, styles: Styles) -> None:
        super().__init__(styles)
        self._shown = ""
        self._cells = 0
        """The longest words that it has shown."""
        self.display = False

    def show(self, points: float, words: int, uncounted: int) -> None:
        """Show penalty points, points for each 1000 words once the words are counted, and what cannot be counted."""
        shown = header.score_words(points, words, uncounted)
        if shown != self._shown:
            self._shown = shown
            self.refresh()
        # It keeps the room that it once had: with another width, a tag would repaint the title too.
        if len(shown) > self._cells:
            self._cells = len(shown)
            self.styles.width = len(shown) + 2
        self.display = bool(self._cells)

    def give_way(self) -> None:
        """Show nothing, and leave the room to the title."""
        self._shown, self._cells, self.display = "", 0, False

    def segments(self, width: int) -> list[Segment]:
        return header.score(self.palette_styles, self._shown)


class ModesBar(Bar):
    """What is not as usual, such as a filter or a review; without any it takes no room."""

    def __init__(self, styles: Styles, words: str) -> None:
        super().__init__(styles)
        self.words = ""
        self.show(words)

    def show(self, words: str) -> None:
        self.display = bool(words)
        if words != self.words:
            self.words = words
            self.styles.width = cell_len(words) + 2
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        return header.modes(self.palette_styles, self.words)


class SavedBar(Bar):
    """The one word about what is on disk."""

    DEFAULT_CSS = f"SavedBar {{ width: {SAVED_CELLS}; }}"

    def __init__(self, styles: Styles, state: SaveState = "saved") -> None:
        super().__init__(styles)
        self.state: SaveState = state

    def show(self, state: SaveState) -> None:
        if state != self.state:
            self.state = state
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        return header.saved(self.palette_styles, self.state)


class ProgressBar(Bar):
    """A thin line: how much of the article is decided."""

    def __init__(self, styles: Styles, total: int) -> None:
        super().__init__(styles, raised=False)
        self.total = total
        self._decided = 0
        self._painted = 0
        """Cells that are filled."""

    def show(self, decided: int) -> None:
        """Show a count; only the cells that change are painted."""
        self._decided = decided
        before, now = self._painted, filled_cells(decided, self.total, self.size.width)
        if now != before:
            self._painted = now
            self.refresh(Region(START + min(before, now), 0, abs(now - before), 1))

    def segments(self, width: int) -> list[Segment]:
        self._painted = filled_cells(self._decided, self.total, width)
        return progress_line(self.palette_styles, self._painted, width)


class KeyBar(Bar):
    """The keys that matter now; or one message, a question with its keys, or a line that is being typed."""

    def __init__(self, styles: Styles, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(styles)
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
        self._asks, self._choices, self._line = asks, choices, line
        self.refresh()

    def segments(self, width: int) -> list[Segment]:
        if self._line is not None:
            return key_row.typed(self.palette_styles, self._asks, self._line, width)
        if self._asks:
            return key_row.question(self.palette_styles, self._asks, self._choices, width)
        if self.message:
            return key_row.message(self.palette_styles, self.message, width)
        return key_row.keys(self.palette_styles, self._keys, width)

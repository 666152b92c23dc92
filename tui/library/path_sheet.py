"""A path being typed over the bottom of a screen: the line, the names that may follow, the keys."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.library.path_line import PathLine
from tui.painting.cells import fitted, shortened
from tui.painting.styles import Styles
from tui.text.clean import visible

_ABOVE_THE_NAMES = 2
_AROUND_THE_NAMES = 3
_LEAST_NAMES = 3
_MOST_NAMES = 12
_WHEEL_ROWS = 3

_CURSOR = Style(reverse=True)


class PathSheet(Widget):
    """Paints a path line. It changes nothing but what is in view: the screen does, and calls `refresh`."""

    DEFAULT_CSS = "PathSheet { width: 1fr; }"

    class Clicked(Message):
        """A name was clicked; `at` counts in those that fit."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, styles: Styles, line: PathLine, *, title: str, hint: str) -> None:
        """`hint` says what may be typed."""
        super().__init__()
        self._palette_styles = styles
        self._line = line
        self._title = title
        self._hint = hint
        self.notice = ""
        """Why enter did nothing."""

    def fit(self, height: int) -> None:
        """Take up to half of a terminal of `height` lines: the same for every folder, so that nothing jumps."""
        names = max(_LEAST_NAMES, min(_MOST_NAMES, height // 2 - _AROUND_THE_NAMES))
        self.styles.height = min(height, _AROUND_THE_NAMES + names)

    def on_resize(self, event: events.Resize) -> None:
        self._line.page = event.size.height - _AROUND_THE_NAMES
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        row = event.y - _ABOVE_THE_NAMES
        at = self._line.top + row
        if 0 <= row < self._line.page and at < len(self._line.fitting):
            self.post_message(self.Clicked(at))

    def on_mouse_scroll_down(self) -> None:
        self._line.move(+_WHEEL_ROWS)
        self.refresh()

    def on_mouse_scroll_up(self) -> None:
        self._line.move(-_WHEEL_ROWS)
        self.refresh()

    # -- painting ----------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            segments = self._heading(width)
        elif y == 1:
            segments = self._typed(width)
        elif y == self.size.height - 1:
            segments = self._keys(width)
        else:
            segments = self._candidate(y - _ABOVE_THE_NAMES, width)
        return Strip(segments).adjust_cell_length(width, self._palette_styles.raised)

    def _heading(self, width: int) -> list[Segment]:
        styles = self._palette_styles
        title = f" {shortened(self._title, max(0, width - 6))} "
        rule = max(0, width - 2 - cell_len(title))
        return [
            Segment("──", styles.rule),
            Segment(title, styles.raised_key),
            Segment("─" * rule, styles.rule),
        ]

    def _typed(self, width: int) -> list[Segment]:
        styles = self._palette_styles
        before, under, after = self._line.edit.shown(max(4, width - 8))
        segments = [
            Segment("  › ", styles.raised_key),
            Segment(before, styles.raised),
            Segment(under, styles.raised + _CURSOR),
            Segment(after, styles.raised),
        ]
        if not self._line.edit.text:
            segments.append(Segment(f" {self._hint}", styles.raised_dim))
        return segments

    def _candidate(self, row: int, width: int) -> Sequence[Segment]:
        styles, line = self._palette_styles, self._line
        at = line.top + row
        if at >= len(line.fitting):
            problem = line.problem if row == 0 else ""
            return [Segment(f"    {shortened(visible(problem), width - 6)}", styles.raised_dim)]
        candidate = line.fitting[at]
        chosen = at == line.cursor
        style = styles.chosen if chosen else styles.raised
        room = max(1, width - 7)
        words = fitted(candidate.completed, room)
        return [
            Segment("  ", styles.raised),
            Segment("▌" if chosen else " ", styles.raised_bar),
            Segment(f" {words} ", styles.current(style) if chosen else style),
        ]

    def _keys(self, width: int) -> list[Segment]:
        styles = self._palette_styles
        if self.notice:
            return [Segment(f"  {shortened(visible(self.notice), width - 4)}", styles.raised)]
        segments = [Segment("  ", styles.raised)]
        for key, name in (("enter", "add"), ("tab", "complete"), ("↑ ↓", "choose"), ("esc", "close")):
            segments += [Segment(key, styles.raised_key), Segment(f" {name}   ", styles.raised_dim)]
        return segments

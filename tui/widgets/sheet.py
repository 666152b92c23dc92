"""A list over the bottom of a screen: its title, what is typed, the rows that fit it, the keys."""

from __future__ import annotations

from functools import cached_property

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.painting.cells import fitted, shortened
from tui.painting.styles import Styles
from tui.text.clean import visible
from tui.widgets.choices import Choices

_ABOVE_THE_ROWS = 2
_AROUND_THE_ROWS = 3
_LEAST_ROWS = 5
_LEAST_TEXT = 14
"""Cells below which the text gives way to the left column."""
_MEASURED = 500
"""Rows whose width is looked at; a list may have 200,000."""
_WHEEL_ROWS = 3

_CURSOR = Style(reverse=True)


class Sheet(Widget):
    """Paints choices. It changes nothing but what is in view: the screen does, and calls `refresh`."""

    DEFAULT_CSS = "Sheet { width: 1fr; }"

    class Clicked(Message):
        """A row was clicked; `at` counts in what fits."""

        def __init__(self, at: int) -> None:
            super().__init__()
            self.at = at

    def __init__(self, styles: Styles, choices: Choices, *, title: str, takes: str, prompt: str) -> None:
        """`takes` says what enter does."""
        super().__init__()
        self._palette_styles = styles
        self._choices = choices
        self._title = visible(title)
        self._takes = takes
        self._prompt = prompt

    def fit(self, height: int) -> None:
        """Take half of a terminal of `height` lines, and more only where that is little."""
        rows = min(len(self._choices.rows), max(_LEAST_ROWS, height // 2 - _AROUND_THE_ROWS))
        self.styles.height = min(height, _AROUND_THE_ROWS + max(1, rows))

    def on_resize(self, event: events.Resize) -> None:
        self._choices.page = event.size.height - _AROUND_THE_ROWS
        self.refresh()

    def on_click(self, event: events.Click) -> None:
        row = event.y - _ABOVE_THE_ROWS
        at = self._choices.top + row
        if 0 <= row < self._choices.page and at < len(self._choices.fitting):
            self.post_message(self.Clicked(at))

    def on_mouse_scroll_down(self) -> None:
        self._choices.move(+_WHEEL_ROWS)
        self.refresh()

    def on_mouse_scroll_up(self) -> None:
        self._choices.move(-_WHEEL_ROWS)
        self.refresh()

    # -- painting ----------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y == 0:
            line = self._heading(width)
        elif y == 1:
            line = self._typed(width)
        elif y == self.size.height - 1:
            line = self._keys()
        else:
            line = self._row(self._choices.top + y - _ABOVE_THE_ROWS, width)
        return Strip(line).adjust_cell_length(width, self._palette_styles.raised)

    def _heading(self, width: int) -> list[Segment]:
        """Title and count in a rule, which parts the list from the page in every theme."""
        styles, choices = self._palette_styles, self._choices
        count = f" {len(choices.fitting)} of {len(choices.rows)} "
        title = f" {shortened(self._title, max(0, width - len(count) - 8))} "
        rule = max(0, width - 4 - cell_len(title) - len(count))
        return [
            Segment("──", styles.rule),
            Segment(title, styles.raised_key),
            Segment("─" * rule, styles.rule),
            Segment(count, styles.raised_dim),
            Segment("──", styles.rule),
        ]

    def _typed(self, width: int) -> list[Segment]:
        styles, choices = self._palette_styles, self._choices
        before, under, after = choices.edit.shown(max(4, width - 8))
        line = [
            Segment(f"  {self._prompt} ", styles.raised_key),
            Segment(before, styles.raised),
            Segment(under, styles.raised + _CURSOR),
            Segment(after, styles.raised),
        ]
        if choices.edit.problem:
            line.append(Segment(f"  {choices.edit.problem}", styles.raised_key))
        elif not choices.edit.text:
            hint = "type a number, or words" if choices.numbered else "type to narrow the list"
            line.append(Segment(f" {hint}", styles.raised_dim))
        return line

    def _row(self, at: int, width: int) -> list[Segment]:
        styles, choices = self._palette_styles, self._choices
        if not choices.fitting and at == 0:
            return [Segment("    no match", styles.raised_dim)]
        if at >= len(choices.fitting):
            return []
        row = choices.rows[choices.fitting[at]]
        left, text, right = self._columns(width)
        chosen = at == choices.cursor
        main = styles.chosen if chosen else styles.raised
        text_style = styles.raised_dim if left and not choices.numbered else main
        left_style = styles.raised_dim if choices.numbered else main
        cells = [
            (row.left, left, left_style),
            (row.text, text, text_style),
            (row.right, right, styles.raised_key),
        ]
        line = [Segment("  ", styles.raised), Segment("▌" if chosen else " ", styles.raised_bar)]
        for words, room, style in cells:
            if room:
                line.append(Segment(f" {fitted(words, room)} ", styles.current(style) if chosen else style))
        return line

    def _columns(self, width: int) -> tuple[int, int, int]:
        """Cells of the left column, of the text, and of the right column; 0 for a column that is not shown."""
        room = width - len("  ▌ ")
        left, right = self._widest
        left, right = min(left, room * 2 // 5), min(right, room // 4)
        beside = (left + 2 if left else 0) + (right + 2 if right else 0)
        text = room - beside - 2
        if left and text < _LEAST_TEXT:
            return left + text + 2, 0, right
        return left, max(1, text), right

    @cached_property
    def _widest(self) -> tuple[int, int]:
        rows = self._choices.rows
        looked_at = [*rows[:_MEASURED], *rows[-1:]]
        return (
            max((cell_len(visible(row.left)) for row in looked_at), default=0),
            max((cell_len(visible(row.right)) for row in looked_at), default=0),
        )

    def _keys(self) -> list[Segment]:
        styles = self._palette_styles
        line = [Segment("  ", styles.raised)]
        for key, name in (("enter", self._takes), ("↑ ↓", "move"), ("esc", "close")):
            line += [Segment(key, styles.raised_key), Segment(f" {name}   ", styles.raised_dim)]
        return line

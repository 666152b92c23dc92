"""Help: the keys of the current mode, next to what the tags of the current sentence mean."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING, cast

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from tui.model.scheme import Scheme
from tui.painting.cells import shortened
from tui.painting.legend import legend_lines
from tui.painting.recogniser import recogniser_name
from tui.painting.styles import Styles
from tui.painting.wrap import wrap
from tui.screens.guide import KeyBlock, Page, guided_tags, key_blocks
from tui.screens.typeahead import key_of, passed_on
from tui.settings.actions import actions
from tui.settings.keymap import Keymap
from tui.text.clean import visible
from tui.widgets.bars import KeyBar
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.app_base import AppBase

Line = list[tuple[str, Style]]
Block = list[Line]
"""Lines that stay together; the first is a heading."""

_TWO_COLUMNS_FROM = 100
_KEY_COLUMN = 45
"""Cells of the keys if the guide is next to them."""
_MEASURE = 72
_KEYS = 14
"""Cells of the keys before what they do."""
_TOGETHER = 2
"""Most tags that are shown with their edge cases."""
_WITH_LEGEND: tuple[Page, ...] = ("reader", "review")
"""The pages that show what the article looks like."""
_MARGIN = 2
_GAP = 4


class HelpScreen(ModalScreen[None]):
    """Closes on any key that does not scroll."""

    DEFAULT_CSS = "HelpScreen { layout: vertical; background: $background; }"
    app: AppBase

    def __init__(
        self, workspace: Workspace, page_name: str, recogniser: str | None, tags: Sequence[str] = ()
    ) -> None:
        """`place` is a Page, `recogniser` who found the names; `tags` are those of the current sentence."""
        super().__init__()
        page = cast(Page, page_name)
        keymap, scheme = workspace.keymap, workspace.scheme
        self._by_key = keymap.by_key(actions(scheme), "library" if page == "library" else "reader")
        styles = Styles(workspace.palette, scheme)
        explained = guided_tags(page, scheme, tags)
        guide = partial(_guide, styles, keymap, scheme, explained, recogniser, page=page)
        has_guide = bool(explained) or page in _WITH_LEGEND
        self._page = HelpPage(styles, key_blocks(page, keymap, scheme), guide if has_guide else None)
        self._keymap = keymap
        self._keys = KeyBar(styles, [])

    def compose(self) -> ComposeResult:
        yield self._page
        yield self._keys

    def on_help_page_laid_out(self) -> None:
        """Offer only the keys that do something."""
        page = self._page
        keys = [("sentence.next", "further down")] if page.is_longer_than_the_screen else []
        keys += [("undecided.next", "next part")] if page.has_parts else []
        keys += [("back", "close")]
        self._keys.show([(self._keymap.first_key(action), name) for action, name in keys])

    def on_key(self, event: events.Key) -> None:
        if passed_on(self.app, self, event):
            return
        event.stop()
        event.prevent_default()
        page = self._page
        match self._by_key.get(key_of(event)):
            case "sentence.next":
                page.scroll_rows(+1)
            case "sentence.previous":
                page.scroll_rows(-1)
            case "page.down":
                page.scroll_rows(+page.size.height - 2)
            case "page.up":
                page.scroll_rows(-page.size.height + 2)
            case "article.start":
                page.scroll_rows(-page.count)
            case "article.end":
                page.scroll_rows(+page.count)
            case "undecided.next":
                page.go_to_next_part()
            case _:
                self.dismiss()


class HelpPage(Widget):
    """The keys and the guide: side by side where there is room, else one below the other."""

    DEFAULT_CSS = "HelpPage { width: 1fr; height: 1fr; }"

    class LaidOut(Message):
        """The page fits another width or height now."""

    def __init__(
        self,
        styles: Styles,
        keys: Sequence[KeyBlock],
        guide: Callable[[int], tuple[list[Block], list[Block]]] | None,
    ) -> None:
        """`guide` makes its blocks for a width in cells: those to see at once, and those to scroll to."""
        super().__init__()
        self._palette_styles = styles
        self._keys = keys
        self._guide = guide
        self._rows: list[tuple[Line, Line]] = []
        """What is left and right in every row of the page."""
        self._left_cells = 0
        self._parts: list[int] = []
        """The rows at which the keys begin, the guide, and what is further down."""
        self._top = 0

    @property
    def count(self) -> int:
        return len(self._rows)

    @property
    def is_longer_than_the_screen(self) -> bool:
        return self.count + 1 > self.size.height

    @property
    def has_parts(self) -> bool:
        """True if something is below the keys."""
        return len(self._parts) > 1

    def scroll_rows(self, rows: int) -> None:
        lowest = max(0, self.count + 1 - self.size.height)
        self._top = max(0, min(self._top + rows, lowest))
        self.refresh()

    def go_to_next_part(self) -> None:
        """To what is below; from the last part back to the keys."""
        below = (row for row in self._parts if row > self._top)
        self.scroll_rows(next(below, 0) - self._top)

    def on_resize(self, event: events.Resize) -> None:
        self._lay_out(event.size.width - 2 * _MARGIN, event.size.height)
        self.scroll_rows(0)
        self.post_message(self.LaidOut())

    def on_mouse_scroll_down(self) -> None:
        self.scroll_rows(+3)

    def on_mouse_scroll_up(self) -> None:
        self.scroll_rows(-3)

    def _lay_out(self, room: int, height: int) -> None:
        beside = room + 2 * _MARGIN >= _TWO_COLUMNS_FROM
        self._left_cells = _KEY_COLUMN if beside else min(room, _MEASURE)
        left = [_key_lines(self._palette_styles, block, self._left_cells) for block in self._keys]
        right_cells = min(room - _KEY_COLUMN - _GAP, _MEASURE) if beside else self._left_cells
        right, further = self._guide(right_cells) if self._guide is not None else ([], [])
        if beside:
            kept, beside_keys = _balanced(left, right, further)
            if max(map(len, map(_stacked, (kept, beside_keys)))) + 1 > height:
                # All keys and definitions first; the rest is further down.
                kept, beside_keys = _balanced(left, right, [])
                self._parts = [0, len(_stacked(beside_keys)) + 1]
                beside_keys += further
            else:
                self._parts = [0]
            rows = zip_longest(_stacked(kept), _stacked(beside_keys))
            self._rows = [(left_line or [], right_line or []) for left_line, right_line in rows]
        else:
            parts = [_stacked(part) for part in (left, right, further) if part]
            self._rows = [(line, []) for line in _stacked(parts)]
            self._parts = [len(_stacked(parts[:number])) + (number > 0) for number in range(len(parts))]

    def render_line(self, y: int) -> Strip:
        styles = self._palette_styles
        row = self._top + y - 1
        segments = [Segment(" " * _MARGIN, styles.ground)]
        # The blank row at the top belongs to the page, and goes with it.
        if 0 <= row < self.count:
            left, right = self._rows[row]
            segments += [Segment(words, style) for words, style in left]
            segments.append(Segment(" " * (self._left_cells + _GAP - _cells(left)), styles.ground))
            segments += [Segment(words, style) for words, style in right]
        return Strip(segments).adjust_cell_length(self.size.width, styles.ground)


def _balanced(left: list[Block], right: list[Block], further: list[Block]) -> tuple[list[Block], list[Block]]:
    """So many blocks from the end of the left column go to the right one, before `further`, that both end early."""

    def columns(kept: int) -> tuple[list[Block], list[Block]]:
        return left[:kept], [*right, *left[kept:], *further]

    kept = min(range(len(left), -1, -1), key=lambda kept: max(map(len, map(_stacked, columns(kept)))))
    return columns(kept)


def _stacked(blocks: Sequence[Block]) -> list[Line]:
    """One below the other, a blank line between two."""
    lines: list[Line] = []
    for block in blocks:
        lines += [[], *block] if lines else block
    return lines


# -- what is in the columns ------------------------------------------------


def _key_lines(styles: Styles, block: KeyBlock, room: int) -> Block:
    lines: Block = [[(block.title, styles.heading)]]
    for keys, does in block.rows:
        if keys:
            shown = _as_many_as_fit(keys, _KEYS - 1)
            shown += " " * (_KEYS - cell_len(shown))
            first, *more = _paragraph(visible(does), room - _KEYS, "", styles.ground)
            lines.append([(shown, styles.accent), *first])
            lines += [[(" " * _KEYS, styles.ground), *line] for line in more]
    return lines


def _as_many_as_fit(keys: Sequence[str], cells: int) -> str:
    """Of the ways to press it the first ones, or what there is room for of the very first."""
    shown = [*keys]
    while len(shown) > 1 and cell_len("  ".join(shown)) > cells:
        shown.pop()
    return shortened("  ".join(shown), cells)


def _guide(
    styles: Styles,
    keymap: Keymap,
    scheme: Scheme,
    explained: Sequence[str],
    recogniser: str | None,
    room: int,
    *,
    page: Page,
) -> tuple[list[Block], list[Block]]:
    """What the tags mean; edge cases with their tag, or for later where there are many.

    The reader's page adds what to ask of a sentence, what the page looks like, and who found the names.
    """
    in_full = page == "reader"
    first: list[Block] = []
    further: list[Block] = [legend_lines(styles, scheme, room)] if page in _WITH_LEGEND else []
    if in_full and scheme.decision_path:
        first.append(_decision_path(styles, keymap, scheme, room))
    for tag in map(scheme.tag, explained):
        name = (visible(f"{tag.letter} {tag.name}"), styles.tags[tag.id])
        definition = [
            [name, (f"  {keymap.first_key(f'tag.{tag.id}')}", styles.accent)],
            *_paragraph(visible(tag.definition), room, "", styles.ground),
        ]
        edge_cases = [
            line for text in tag.edge_cases for line in _paragraph(visible(text), room, "· ", styles.dim)
        ]
        if len(explained) <= _TOGETHER:
            first.append(definition + edge_cases)
        else:
            first.append(definition)
            further.append([[name, (", at its edges", styles.ground)], *edge_cases])
    if in_full and recogniser:
        further.append(_paragraph(f"Names were found by {recogniser_name(recogniser)}", room, "", styles.dim))
    return first, further


def _decision_path(styles: Styles, keymap: Keymap, scheme: Scheme, room: int) -> Block:
    """Questions, each with the key for yes in the same row where there is room."""
    block: Block = [[("Which tags?", styles.heading)]]
    for number, question in enumerate(scheme.decision_path, 1):
        tag = scheme.tag(question.tag)
        block += _paragraph(visible(question.asks), room, f"{number} ", styles.ground)
        key, name = keymap.first_key(f"tag.{tag.id}"), visible(tag.name)
        answer = [(" → ", styles.dim), (f"{key} ", styles.accent), (name, styles.tags[tag.id])]
        if _cells([*block[-1], *answer]) <= room:
            block[-1] += answer
        else:
            block.append([(" ", styles.ground), *answer])
    return [*block, [("  none of it → ", styles.dim), (f"{keymap.first_key('tag.none')} ", styles.accent)]]


def _cells(line: Line) -> int:
    return sum(cell_len(words) for words, _ in line)


def _paragraph(text: str, room: int, lead: str, style: Style) -> Block:
    """Wrapped beneath what leads it in."""
    rows = [text[start:end] for start, end in wrap(text, 0, len(text), room - len(lead))]
    return [[((lead if row == 0 else " " * len(lead)) + words, style)] for row, words in enumerate(rows)]

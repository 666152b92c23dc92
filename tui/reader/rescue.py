"""Leaving with work that cannot be saved: a copy in another folder, back to work, or without it."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Literal

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.app import ComposeResult
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widget import Widget

from tui.painting.cells import shortened
from tui.painting.styles import Styles
from tui.painting.wrap import wrap
from tui.reader.screen import ReaderScreen
from tui.store.protocol import NotSaved, StoreError
from tui.text.clean import visible
from tui.text.plurals import counted
from tui.widgets.line_edit import LineEdit
from tui.workspace import Workspace

Answer = Path | Literal["back", "saved", "give up"]
"""The folder that holds a copy; or what else is to be done. `saved`: leaving loses nothing any more."""

Line = list[Segment]

_KEYS = 8
"""Cells of the column of keys."""
_MEASURE = 84
_LOOK_EVERY = 0.5
"""Seconds between two checks if saving has worked in the meantime."""


def proposed_folder() -> Path:
    """Where a copy is kept unless another folder is named."""
    from platformdirs import user_data_path

    return user_data_path("postil", appauthor=False) / "rescued"


class RescueScreen(ModalScreen[Answer]):
    """Says what is not saved and why. What is typed changes the folder, unless the session is restricted."""

    DEFAULT_CSS = "RescueScreen { layout: vertical; background: $background; }"

    seen_after = 1.0
    """Seconds until ctrl+q counts: before, it may have been pressed by somebody who had not seen this yet."""

    def __init__(self, workspace: Workspace, reader: ReaderScreen) -> None:
        super().__init__()
        self._workspace = workspace
        self._reader = reader
        self._page = RescuePage(
            Styles(workspace.palette, workspace.scheme),
            steps=reader.unsaved,
            reason=reader.failure,
            folder=LineEdit(str(proposed_folder())),
            is_fixed=workspace.restricted,
        )
        self._copying = False
        self._shown_at = time.monotonic()

    def compose(self) -> ComposeResult:
        yield self._page

    def on_mount(self) -> None:
        self._shown_at = time.monotonic()
        self.set_interval(_LOOK_EVERY, self._look_again)

    def _look_again(self) -> None:
        if self._reader.unsaved == 0 and not self._page.is_saved:
            self._page.is_saved = True
            self._page.changed()

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        page = self._page
        match event.key:
            case "escape":
                self.dismiss("back")
            case "enter" | "ctrl+q" if page.is_saved:
                self.dismiss("saved")
            case "ctrl+q":
                if time.monotonic() - self._shown_at >= self.seen_after:
                    self.dismiss("give up")
            case "enter":
                if not self._copying:
                    self._copying = True
                    self.run_worker(self._copy(), exit_on_error=True)
            case key if not (page.is_fixed or page.is_saved or self._copying):
                if event.is_printable and event.character is not None:
                    page.folder.insert(event.character)
                else:
                    page.folder.press(key)
                page.changed(notice=page.folder.problem)
            case _:
                pass

    def on_paste(self, event: events.Paste) -> None:
        event.stop()
        if not (self._page.is_fixed or self._copying):
            self._page.folder.insert(event.text)
            self._page.changed(notice=self._page.folder.problem)

    async def _copy(self) -> None:
        name = self._page.folder.text.strip()
        try:
            if not name:
                raise NotSaved("no folder is named: type one")
            self._page.changed(notice="saving a copy …")
            copy = await asyncio.to_thread(self._workspace.rescue, self._reader.session, Path(name))
        except StoreError as error:
            self._refuse(str(error))
        except Exception as error:  # noqa: BLE001 - a bug must not end the program, and the work in memory with it
            self._refuse(f"not saved, {type(error).__name__} in Postil ({error}): please report this")
        else:
            self.dismiss(copy)

    def _refuse(self, reason: str) -> None:
        self._copying = False
        self._page.changed(notice=reason)


class RescuePage(Widget):
    """The words of the dialog, as many as the terminal has room for."""

    DEFAULT_CSS = "RescuePage { width: 1fr; height: 1fr; }"

    def __init__(self, styles: Styles, *, steps: int, reason: str, folder: LineEdit, is_fixed: bool) -> None:
        super().__init__()
        self.folder = folder
        self.is_fixed = is_fixed
        self.is_saved = False
        self._palette_styles = styles
        self._steps = counted(steps, "step")
        self._reason = reason
        self._notice = ""
        self._lines: list[Line] = []

    def changed(self, *, notice: str | None = None) -> None:
        """Paint what is new; `notice` is the line below the folder."""
        if notice is not None:
            self._notice = notice
        width, height = self.size
        room = min(width, _MEASURE) - 4
        self._lines = self._saved_lines(room) if self.is_saved else self._unsaved_lines(room, height)
        self.refresh()

    def on_resize(self) -> None:
        self.changed()

    def render_line(self, y: int) -> Strip:
        line = self._lines[y] if y < len(self._lines) else []
        ground = self._palette_styles.ground
        return Strip([Segment("  ", ground), *line]).adjust_cell_length(self.size.width, ground)

    # -- what it says ------------------------------------------------------

    def _saved_lines(self, room: int) -> list[Line]:
        styles = self._palette_styles
        return [
            [],
            [Segment("saved ✓", styles.heading), Segment("  everything is on disk again", styles.ground)],
            [],
            *self._key("enter", "leave", room),
            *self._key("esc", "go back", room),
        ]

    def _unsaved_lines(self, room: int, height: int) -> list[Line]:
        styles = self._palette_styles
        heading = [
            Segment(" NOT SAVED ", styles.alarm),
            Segment(f"  {self._steps} in memory only", styles.ground),
        ]
        copy = self._key("enter", "save a copy here and leave:", room)
        copy += self._folder(room - _KEYS)
        copy += _indented(self._wrapped(self._notice, room - _KEYS, most=3), styles.heading)
        back = self._key("esc", "go back: nothing is lost yet", room)
        leave = self._key("ctrl+q", f"leave, and lose {self._steps}", room)
        spare = height - 1 - len(copy) - len(back) - len(leave)
        reason = [
            [Segment(row, styles.ground)]
            for row in self._wrapped(self._reason, room, most=max(1, min(4, spare)))
        ]
        blocks = [[heading], reason, copy, back, leave]
        if spare - len(reason) < len(blocks):
            return [line for block in blocks for line in block]
        return [line for block in blocks for line in ([], *block)]

    def _folder(self, room: int) -> list[Line]:
        styles = self._palette_styles
        if self.is_fixed:
            return _indented(self._wrapped(self.folder.text, room, most=3), styles.heading)
        before, under, after = self.folder.shown(room)
        rest = " " * (room - cell_len(before + under + after))
        return [
            [
                Segment(" " * _KEYS, styles.ground),
                Segment(before, styles.raised),
                Segment(under, styles.raised + Style(reverse=True)),
                Segment(after + rest, styles.raised),
            ]
        ]

    def _key(self, key: str, does: str, room: int) -> list[Line]:
        styles = self._palette_styles
        [first, *more] = self._wrapped(does, room - _KEYS, most=3)
        return [
            [Segment(key.ljust(_KEYS), styles.accent), Segment(first, styles.ground)],
            *_indented(more, styles.ground),
        ]

    @staticmethod
    def _wrapped(words: str, room: int, *, most: int) -> list[str]:
        """At most `most` rows, the last one cut with `…`; none for no words."""
        text = visible(words)
        rows = wrap(text, 0, len(text), room) if text else []
        shown = [text[start:end] for start, end in rows[:most]]
        if len(rows) > most:
            shown[-1] = shortened(text[rows[most - 1][0] :], room)
        return shown


def _indented(rows: list[str], style: Style) -> list[Line]:
    return [[Segment(" " * _KEYS + row, style)] for row in rows]

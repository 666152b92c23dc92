"""Reading Rich Text Format (.rtf): the specification 1.9.1.

Headers, footers, notes, comments, pictures, hidden text and tracked deletions are left out.
"""

from __future__ import annotations

from collections.abc import Callable

from tui.documents.blocks import Block, tidy
from tui.documents.decoding import UnreadableFileError, check_size
from tui.documents.document import Document, ReadingOptions
from tui.documents.metadata import metadata_title, title_in
from tui.documents.office_document import document, table_blocks
from tui.documents.raised import lowered, raised
from tui.documents.rtf_fonts import CODE_PAGE_OF_CHARSET, LANGUAGES, decoded, has_codec
from tui.documents.rtf_state import SKIPPED, SYMBOLS, State, Style
from tui.documents.rtf_tokens import tokens
from tui.text.plurals import counted

_DEEPEST = 2000
_HIGH = range(0xD800, 0xDC00)


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError."""
    check_size(len(data))
    reader = _Reader()
    reader.read(data)
    warnings: list[str] = []
    if reader.notes:
        warnings.append(
            f"{counted(reader.notes, 'footnote is', 'footnotes are')} left out: add what you need to the text"
        )
    if reader.has_deletions:
        warnings.append("tracked changes: deletions are left out and insertions are kept")
    if reader.is_incomplete:
        warnings.append("the file is incomplete: its end is missing")
    return document(
        reader.blocks,
        title=reader.title or metadata_title(reader.info_title) or title_in(reader.blocks),
        language=reader.language,
        encoding=reader.code_page,
        warnings=warnings,
    )


class _Reader:
    """The blocks of a file, collected control word by control word."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.title: str | None = None
        self.info_title = ""
        self.language: str | None = None
        self.code_page = "cp1252"
        self.notes = 0
        self.has_deletions = self.is_incomplete = False
        self._state = State()
        self._stack: list[State] = []
        self._fonts: dict[int, str] = {}
        self._styles: dict[int, Style] = {}
        self._style_name = ""
        self._bytes = bytearray()
        self._text: list[str] = []
        self._to_skip = 0
        self._is_starred = self._is_group_start = False
        self._is_item = self._was_item = False
        self._cell: list[str] = []
        self._cells: list[str] = []
        self._rows: list[list[str]] = []

    def read(self, data: bytes) -> None:
        for kind, word, number, raw in tokens(data):
            if kind == "bytes":
                self._add_bytes(raw)
            elif kind == "open":
                self._open()
            elif kind == "close":
                self._close()
            else:
                self._control(word, number)
        self._flush()
        self.is_incomplete = bool(self._stack)
        self._end_paragraph()
        self._end_row()
        self._end_table()

    # Groups

    def _open(self) -> None:
        self._flush()
        self._to_skip = 0
        if len(self._stack) >= _DEEPEST:
            raise UnreadableFileError("is nested too deeply: save its text as .txt")
        self._stack.append(self._state)
        self._state = self._state.copied()
        self._is_group_start = True

    def _close(self) -> None:
        self._flush()
        self._to_skip = 0
        self._is_starred = self._is_group_start = False
        if self._state.mode == "style" and self._style_name:
            self._end_style()
        if self._stack:
            self._state = self._stack.pop()

    # Text

    def _add_bytes(self, raw: bytes) -> None:
        self._is_starred = self._is_group_start = False
        if self._to_skip:
            skipped = min(self._to_skip, len(raw))
            self._to_skip -= skipped
            raw = raw[skipped:]
        self._bytes += raw

    def _flush(self) -> None:
        """Decode the bytes that wait: a character of two bytes may come in two pieces."""
        if self._bytes:
            raw, self._bytes = bytes(self._bytes), bytearray()
            self._add(decoded(raw, self._fonts.get(self._state.font, self.code_page)))

    def _add(self, text: str) -> None:
        state = self._state
        if state.mode == "text" and not state.is_hidden:
            if state.height == "super":
                text = raised(text, self._text[-1] if self._text else "")
            elif state.height == "sub":
                text = lowered(text)
            self._text.append(text)
        elif state.mode == "title":
            self.info_title = (self.info_title + text)[:1000]
        elif state.mode == "style":
            self._style_name = (self._style_name + text)[:200]
            if ";" in text:
                self._end_style()

    def _unicode(self, number: int) -> None:
        self._flush()
        code = number + 0x10000 if number < 0 else number
        if not 0 <= code <= 0x10FFFF:
            return
        self._to_skip = self._state.fallback
        last = self._text[-1] if self._text and self._state.mode == "text" else ""
        if 0xDC00 <= code < 0xE000 and last and ord(last[-1]) in _HIGH:
            whole = (ord(last[-1]) - 0xD800) * 0x400 + code - 0xDC00 + 0x10000
            self._text[-1] = last[:-1] + chr(whole)
        else:
            self._add(chr(code))

    # Control words

    def _control(self, word: str, number: int | None) -> None:
        if word == "u" and number is not None:
            self._is_group_start = False
            self._unicode(number)
            return
        if self._to_skip and word in SYMBOLS:
            self._to_skip -= 1
            return
        self._flush()
        self._to_skip = 0
        is_group_start, self._is_group_start = self._is_group_start, False
        if word == "*":
            self._is_starred = is_group_start
            return
        is_starred, self._is_starred = self._is_starred, False
        if word in _DESTINATIONS:
            _DESTINATIONS[word](self)
        elif word in SKIPPED or is_starred:
            self._skip(word)
        elif word in SYMBOLS:
            self._add(SYMBOLS[word])
        elif self._state.mode == "fonts":
            self._font_property(word, number)
        elif word in _ACTIONS:
            if self._state.mode in ("text", "style"):
                _ACTIONS[word](self)
        else:
            self._property(word, number)

    def _skip(self, word: str) -> None:
        if word == "footnote" and self._state.mode == "text":
            self.notes += 1
        if word in ("listtext", "pntext"):
            self._is_item = True
        self._state.mode = "skip"

    def _property(self, word: str, number: int | None) -> None:
        if self._state.set(word, number):
            self.has_deletions |= word == "deleted" and self._state.mode == "text"
        elif word == "ansicpg" and number and has_codec(f"cp{number}"):
            self.code_page = f"cp{number}"
        elif word == "mac":
            self.code_page = "mac_roman"
        elif word == "pc":
            self.code_page = "cp437"
        elif word == "deflang" and number is not None:
            self.language = LANGUAGES.get(number & 0x3FF)
        elif word == "ls":
            self._is_item = bool(number)

    def _font_property(self, word: str, number: int | None) -> None:
        if word == "f" and number is not None:
            self._state.font = number
        elif word in ("fcharset", "cpg") and number is not None:
            name = CODE_PAGE_OF_CHARSET.get(number) if word == "fcharset" else f"cp{number}"
            if name and has_codec(name):
                self._fonts[self._state.font] = name

    def _end_style(self) -> None:
        name, self._style_name = self._style_name.partition(";")[0].strip().lower(), ""
        state = self._state
        is_heading = name.startswith(("heading ", "überschrift ", "titre ")) or name == "title"
        self._styles[state.style] = Style(is_heading or state.is_outlined, name == "title")

    # Paragraphs and tables

    def _end_paragraph(self) -> None:
        text, self._text = "".join(self._text), []
        is_item, self._is_item = self._is_item, False
        if self._state.is_in_table:
            self._cell.append(text)
            return
        self._end_table()
        style = self._styles.get(self._state.style, Style(False, False))
        if style.is_title and not self.title:
            self.title = " ".join(text.split())[:300] or None
        if text.strip():
            is_heading = self._state.is_outlined or style.is_heading
            self.blocks.append(Block(text, is_heading, is_item and self._was_item and not is_heading))
            self._was_item = is_item

    def _end_cell(self) -> None:
        self._cell.append("".join(self._text))
        self._text = []
        self._cells.append("\n".join(filter(None, map(tidy, self._cell))))
        self._cell = []

    def _end_row(self) -> None:
        if self._cell or self._text:
            self._end_cell()
        if self._cells:
            self._rows.append(self._cells)
        self._cells = []

    def _end_table(self) -> None:
        if self._rows:
            self.blocks.extend(table_blocks(self._rows))
            self._rows = []
            self._was_item = False

    def _start_paragraph(self) -> None:
        self._state.start_paragraph()

    def _line(self) -> None:
        self._add("\n")

    def _enter(self, mode: str) -> None:
        if self._state.mode != "skip" or mode == "text":
            self._state.mode = mode

    def _enter_shape_text(self) -> None:
        # The text of a box: the shape's other properties are skipped.
        if len(self._stack) > 1:
            self._state.mode = "text"

    def _enter_title(self) -> None:
        self._state.mode = "title" if self._stack else "skip"


_DESTINATIONS: dict[str, Callable[[_Reader], None]] = {
    "fonttbl": lambda reader: reader._enter("fonts"),  # pyright: ignore[reportPrivateUsage]
    "stylesheet": lambda reader: reader._enter("style"),  # pyright: ignore[reportPrivateUsage]
    "title": _Reader._enter_title,  # pyright: ignore[reportPrivateUsage]
    "shptxt": _Reader._enter_shape_text,  # pyright: ignore[reportPrivateUsage]
    "nesttableprops": lambda reader: None,
    "ud": _Reader._enter_shape_text,  # pyright: ignore[reportPrivateUsage]
}
_ACTIONS: dict[str, Callable[[_Reader], None]] = {
    "par": _Reader._end_paragraph,  # pyright: ignore[reportPrivateUsage]
    "sect": _Reader._end_paragraph,  # pyright: ignore[reportPrivateUsage]
    "page": _Reader._end_paragraph,  # pyright: ignore[reportPrivateUsage]
    "pard": _Reader._start_paragraph,  # pyright: ignore[reportPrivateUsage]
    "line": _Reader._line,  # pyright: ignore[reportPrivateUsage]
    "lbr": _Reader._line,  # pyright: ignore[reportPrivateUsage]
    "cell": _Reader._end_cell,  # pyright: ignore[reportPrivateUsage]
    "nestcell": _Reader._end_cell,  # pyright: ignore[reportPrivateUsage]
    "row": _Reader._end_row,  # pyright: ignore[reportPrivateUsage]
    "nestrow": _Reader._end_row,  # pyright: ignore[reportPrivateUsage]
}

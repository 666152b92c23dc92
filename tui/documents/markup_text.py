"""Decoding a file with markup, of which only the article is kept: warnings are about the article alone.

Until the article is found, a place that does not decode and a control character are stand-ins, code points of plane 16
of the private use area. No page has those for text, and every parser leaves them as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from tui.documents.control_characters import counted, unix_newlines, without_controls
from tui.documents.decoding import (
    REPLACEMENT,
    UNDECODABLE,
    UnreadableFileError,
    encoding_of,
    is_refused,
    non_ascii,
    shown_lines,
    undecodable_marked,
)

_FIRST, _MOST = 0x100000, 0x8000
"""Stand-ins of the places that do not decode, in order; the last one stands for all that follow."""
_CONTROLS = 0x10F000
_CONTROL_CODES = (*range(9), 0x0B, *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0))
_TO_STAND_INS: Mapping[int, int] = {
    **{code: _CONTROLS + code for code in _CONTROL_CODES},
    **dict.fromkeys(range(0xD800, 0xE000), ord(REPLACEMENT)),
    0x0C: 0x20,
    0x0D: 0x0A,
    0x85: 0x0A,
}
"""A form feed is a blank in HTML and Markdown."""
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_STAND_IN = re.compile(f"[{chr(_FIRST)}-{chr(_FIRST + _MOST - 1)}]")
_FROM_STAND_INS = {_CONTROLS + code: code for code in _CONTROL_CODES}


class MarkupText(msgspec.Struct, frozen=True):
    """The decoded file. Its `text` has stand-ins, which `restored` replaces in every part that is kept."""

    text: str
    encoding: str
    """Python's name of the encoding."""
    is_guess: bool
    lines: tuple[int, ...]
    """The lines, from 1, of the places that do not decode."""
    is_stated: bool
    refusal: str = ""
    """Why its encoding is in doubt, which matters only if the article has a place that does not decode."""

    def restored(self, article: str) -> tuple[str, tuple[str, ...]]:
        """The text of the article without stand-ins and controls, and the warnings about it.

        Raises UnreadableFileError if more than 2 % of its places that are not ASCII, and at least three, do not
        decode.
        """
        warnings: list[str] = []
        if self.is_guess and not article.isascii():
            warnings.append(
                f"read as {self.encoding}, which is a guess: if letters look wrong, use --encoding NAME"
            )
        # A hostile page may have references to stand-ins of its own.
        numbers = [ord(char) - _FIRST for char in _STAND_IN.findall(article)] if self.lines else []
        if numbers := [number for number in numbers if number < len(self.lines)]:
            if self.refusal:
                raise UnreadableFileError(self.refusal)
            lines = sorted({self.lines[number] for number in numbers})
            count, where = counted(len(numbers), "undecodable place"), shown_lines(lines)
            least = 1 if self.is_stated else None
            if is_refused(len(numbers), non_ascii(article) - len(numbers), least):
                raise UnreadableFileError(
                    f"has {count} as {self.encoding} in {where}: use --encoding NAME, or save it as UTF-8"
                )
            warnings.append(f"{count} ({self.encoding}) replaced by {REPLACEMENT}, in {where}")
        text, controls = without_controls(self._without(article))
        return text, (*warnings, *controls)

    def clean(self, value: str) -> str:
        """A title or address without stand-ins and controls."""
        return without_controls(self._without(value))[0]

    def _without(self, text: str) -> str:
        text = _STAND_IN.sub(REPLACEMENT, text) if self.lines else text
        return text.translate(_FROM_STAND_INS) if max(text, default="") >= chr(_CONTROLS) else text


def decode_markup(data: bytes, declared: str | None = None, stated: str | None = None) -> MarkupText:
    """The text of a file's bytes; the arguments are those of `decode`. Raises UnreadableFileError."""
    refusal = ""
    try:
        encoding, skipped, is_guess = encoding_of(data, declared, stated)
    except UnreadableFileError as error:
        if stated is not None:
            raise
        # Damage in a menu or in a tag is no reason to refuse an article that is UTF-8.
        encoding, skipped, is_guess, refusal = "utf-8", 0, False, str(error)
    text = unix_newlines(undecodable_marked(data[skipped:], encoding))
    text, lines = _numbered(text) if UNDECODABLE in text else (text, ())
    if _CONTROL.search(text):
        text = text.translate(_TO_STAND_INS)
    return MarkupText(text, encoding, is_guess, lines, stated is not None, refusal)


def _numbered(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with a stand-in for each place that does not decode, and their lines."""
    first, *others = text.split(UNDECODABLE)
    pieces, lines, line = [first], list[int](), 1 + first.count("\n")
    for number, piece in enumerate(others):
        pieces += (chr(_FIRST + min(number, _MOST - 1)), piece)
        lines.append(line)
        line += piece.count("\n")
    return "".join(pieces), tuple(lines)

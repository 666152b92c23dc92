"""What a reader of files hands on: the text of one article and what its file states about it."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Layout = Literal["paragraphs", "wrapped", "lines"]
"""What a line of the text is: a paragraph, part of a paragraph (hard-wrapped text), or one sentence."""

LAYOUTS: tuple[Layout, ...] = ("paragraphs", "wrapped", "lines")


class ExtraMissingError(Exception):
    """The optional dependency that reads this file type is not installed."""


class ReadingOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the user states about the files, instead of what is detected; None to detect it."""

    language: str | None = None
    """ISO 639-1."""
    source_language: str | None = None
    """The language the text was translated from, ISO 639-1."""
    encoding: str | None = None
    """Python's name of a text encoding."""
    layout: Layout | None = None
    text_field: str | None = None
    """The field of a JSON line that has the text."""
    title_field: str | None = None
    """The field of a JSON line that has the title."""


DEFAULTS = ReadingOptions()


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One article's text and what its file says about it; the text is as clean as that of `decode`."""

    text: str
    title: str | None = None
    source: str | None = None
    language: str | None = None
    """ISO 639 code in lower case, as the file gives it. It counts where the text leaves doubt."""
    heading_starts: tuple[int, ...] = ()
    """Offsets of the lines that the file marks as headings, ascending."""
    layout: Layout | None = None
    """None if the file does not state it: it is detected then."""
    encoding: str = "utf-8"
    """Python's name of the encoding."""
    encoding_guess: bool = False
    """True if the file does not state its encoding and the bytes do not prove it."""
    warnings: tuple[str, ...] = ()


def language_code(named: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The language code, such as `fr` of `fr`, `FR` or `fr-CA`; for anything else None and a warning."""
    if not named:
        return None, ()
    code = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", named.strip().lower())
    if code:
        return code.group(1), ()
    return None, (
        f"language {named[:40]!a} is not an ISO 639 code such as fr: the language was detected instead",
    )

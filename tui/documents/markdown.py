"""Reading Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.documents import footnotes, front_matter
from tui.documents.blocks import join, tidy
from tui.documents.decoding import refuse_blank
from tui.documents.document import Document, ReadingOptions, language_code
from tui.documents.markdown_blocks import inline_text, markdown_blocks
from tui.documents.markup_text import MarkupText, decode_markup

if TYPE_CHECKING:
    from markdown_it.token import Token


def read(data: bytes, options: ReadingOptions) -> Document:
    """The article. Raises UnreadableFileError."""
    from markdown_it import MarkdownIt

    decoded = decode_markup(data, stated=options.encoding)
    fields = front_matter.split(decoded.text)
    body = footnotes.without_marks(fields.body)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    text, heading_starts = join(list(markdown_blocks(tokens)))
    text, warnings = decoded.restored(text)
    refuse_blank(text)
    language, unknown = language_code(_code(fields.language))
    return Document(
        text=text,
        title=_one_line(decoded, fields.title) or _one_line(decoded, _top_heading(tokens)),
        source=_one_line(decoded, fields.source),
        language=language,
        heading_starts=heading_starts,
        encoding=decoded.encoding,
        encoding_guess=decoded.is_guess,
        warnings=(*warnings, *fields.warnings, *unknown),
    )


def _one_line(decoded: MarkupText, value: str | None) -> str | None:
    """The value without controls, which escapes in front matter may bring in."""
    return " ".join(decoded.clean(value or "").split()) or None


def _code(locale: str | None) -> str | None:
    """The language of a locale such as `fr_FR.UTF-8`."""
    return re.split(r"[.@]", locale, maxsplit=1)[0] if locale else None


def _top_heading(tokens: Sequence[Token]) -> str | None:
    """The first heading of level 1."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return tidy(inline_text(inline))
    return None

"""Reading Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from tui.documents.blocks import Block, join, tidy
from tui.documents.decoding import decode, refuse_blank, without_controls
from tui.documents.document import Document, ReadingOptions, language_code

if TYPE_CHECKING:
    from markdown_it.token import Token


def read(data: bytes, options: ReadingOptions) -> Document:
    from markdown_it import MarkdownIt

    decoded = decode(data, stated=options.encoding)
    fields, body = _front_matter(decoded.text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    text, heading_starts = join(list(_markdown_blocks(tokens)))
    text, controls = without_controls(text)
    refuse_blank(text)
    language, unknown = language_code(fields.get("language"))
    return Document(
        text=text,
        title=fields.get("title") or _top_heading(tokens),
        source=fields.get("source"),
        language=language,
        heading_starts=heading_starts,
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *controls, *unknown),
    )


_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\n((?:(?=[\w-]+[ \t]*:|[ \t#-]|\n).*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_FIELD = re.compile(r"^(title|source|language)[ \t]*:[ \t]+(.+)$", re.MULTILINE | re.IGNORECASE)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of the block between `---` lines at the top, and the text after it."""
    block = _FRONT_MATTER.match(text)
    if block is None:
        return {}, text
    fields = {key.lower(): _unquoted(value.strip()) for key, value in _FIELD.findall(block.group(1))}
    return {key: value for key, value in fields.items() if value}, text[block.end() :]


def _unquoted(value: str) -> str:
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


def _markdown_blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    in_rows = is_first = is_heading = in_cell = False
    cells: list[str] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0:
            is_first = True
            in_rows = token.type in ("bullet_list_open", "ordered_list_open", "table_open")
        text = ""
        match token.type:
            case "heading_open" | "heading_close":
                is_heading = token.nesting > 0
            case "th_open" | "td_open" | "th_close" | "td_close":
                in_cell = token.nesting > 0
            case "inline" if in_cell:
                cells.append(tidy(_inline_text(token)))
            case "tr_close":
                text, cells = " | ".join(cells), []
            case "inline":
                text = tidy(_inline_text(token))
            case "fence" | "code_block":
                text = token.content.rstrip()
            case "html_block":
                text = tidy(_without_tags(token.content))
            case _:
                pass
        if text.strip(" |"):
            yield Block(text, is_heading, in_rows and not is_first)
            is_first = False


def _inline_text(inline: Token) -> str:
    """The plain text of an inline token: line ends become spaces, pictures and tags are left out."""
    pieces: list[str] = []
    for token in inline.children or ():
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak" or (
            token.type == "html_inline" and _LINE_BREAK_TAG.match(token.content)
        ):
            pieces.append("\n")
    return "".join(pieces)


_LINE_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_NOT_SHOWN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")


def _without_tags(block: str) -> str:
    return html.unescape(_TAG.sub(" ", _NOT_SHOWN.sub(" ", block)))


def _top_heading(tokens: Sequence[Token]) -> str | None:
    """The first heading of level 1."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open" and opening.tag == "h1":
            return without_controls(tidy(_inline_text(inline)))[0] or None
    return None

"""The paragraphs, headings, items and rows of parsed Markdown, as plain text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.documents.blocks import Block, tidy
from tui.documents.list_marks import list_marks

if TYPE_CHECKING:
    from markdown_it.token import Token


def markdown_blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """The blocks in order. Rows of a table have ` | ` between their cells."""
    marks = list_marks(tokens)
    in_rows = is_first = is_heading = in_cell = is_item = False
    cells: list[str] = []
    mark = ""
    for index, token in enumerate(tokens):
        if token.level == 0 and token.nesting >= 0:
            is_first = True
            in_rows = token.type in ("bullet_list_open", "ordered_list_open", "table_open")
        text = ""
        match token.type:
            case "heading_open" | "heading_close":
                is_heading = token.nesting > 0
            case "list_item_open":
                is_item, mark = True, marks.get(index, "")
            case "th_open" | "td_open" | "th_close" | "td_close":
                in_cell = token.nesting > 0
            case "inline" if in_cell:
                cells.append(" ".join(tidy(inline_text(token)).split("\n")))
            case "tr_close":
                text, cells = " | ".join(cells), []
            case "inline":
                text = tidy(inline_text(token))
            case "fence" | "code_block":
                text = token.content.rstrip()
            case "html_block":
                text = tidy(_without_tags(token.content))
            case _:
                pass
        if text.strip(" |"):
            if is_item:
                text = mark + _CHECKBOX.sub("", text)
            yield Block(text, is_heading, in_rows and not is_first)
            is_first = is_item = False


_CHECKBOX = re.compile(r"\[[ xX]\]\s+(?=\S)")


def inline_text(inline: Token) -> str:
    """The plain text of an inline token: line ends become spaces, pictures and tags are left out."""
    pieces: list[str] = []
    is_raised = False
    for token in inline.children or ():
        if token.type in ("text", "code_inline", "text_special"):
            pieces.append(_raised(token.content) if is_raised else token.content)
        elif token.type == "softbreak":
            pieces.append(" ")
        elif token.type == "hardbreak" or (
            token.type == "html_inline" and _LINE_BREAK_TAG.match(token.content)
        ):
            pieces.append("\n")
        elif token.type == "html_inline" and (tag := _RAISED_TAG.match(token.content)):
            is_raised = not tag.group(1)
    return "".join(pieces)


_LINE_BREAK_TAG = re.compile(r"<br\b", re.IGNORECASE)
_RAISED_TAG = re.compile(r"<(/?)sup\s*>", re.IGNORECASE)
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")


def _raised(text: str) -> str:
    """The text in superscript characters; if there are none for it, after `^`."""
    raised = text.translate(_RAISED)
    return raised if all(old != new for old, new in zip(text, raised, strict=True)) else f"^{text}"


_NOT_SHOWN = re.compile(r"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z!?][^<>]*>")


def _without_tags(block: str) -> str:
    return html.unescape(_TAG.sub(" ", _NOT_SHOWN.sub(" ", block)))

"""Extracting the articles from the bytes of a `.txt`, `.md`, `.html` or `.jsonl` file."""

from __future__ import annotations

import codecs
import html
import json
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import msgspec

from tui.text.decode import (
    REPLACEMENT,
    UnreadableFileError,
    check_size,
    decode,
    refuse_blank,
    unix_newlines,
    without_controls,
)
from tui.text.page import is_large, simplified

if TYPE_CHECKING:
    from markdown_it.token import Token


class ExtraMissingError(Exception):
    """The optional dependency that reads this file type is not installed."""


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One article's text and what its file says about it; the text is as clean as that of `decode`."""

    text: str
    title: str | None = None
    source: str | None = None
    language: str | None = None
    """ISO 639 code in lower case, as the file gives it."""
    heading_starts: tuple[int, ...] = ()
    """Offsets of the lines that the file marks as headings, ascending."""
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()


def documents(data: bytes, suffix: str) -> Iterator[Document]:
    """The articles in a file, one at a time.

    `suffix` is in lower case and has its dot; an unknown one is read as `.txt`. Raises UnreadableFileError,
    possibly after the first articles, and ExtraMissingError.
    """
    if suffix == ".jsonl":
        yield from _json_lines(data)
    elif suffix in (".md", ".markdown"):
        yield _markdown(data)
    elif suffix in (".html", ".htm"):
        yield _html(data)
    else:
        decoded = decode(data)
        yield Document(text=decoded.text, encoding=decoded.encoding, warnings=decoded.warnings)


# Blocks of text


class _Block(msgspec.Struct, frozen=True):
    """A paragraph, heading, list item or table row, without markup."""

    text: str
    is_heading: bool = False
    is_tight: bool = False
    """True if no blank line separates it from the block before."""


def _join(blocks: Sequence[_Block]) -> tuple[str, tuple[int, ...]]:
    """The blocks as one text, and the offsets of its headings."""
    pieces: list[str] = []
    headings: list[int] = []
    length = 0
    for block in blocks:
        gap = "" if not pieces else "\n" if block.is_tight else "\n\n"
        pieces += (gap, block.text)
        if block.is_heading:
            headings.append(length + len(gap))
        length += len(gap) + len(block.text)
    return "".join(pieces), tuple(headings)


def _tidy(text: str) -> str:
    """The text with runs of blanks collapsed and lines stripped; no-break spaces are kept."""
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


# Markdown


def _markdown(data: bytes) -> Document:
    from markdown_it import MarkdownIt

    decoded = decode(data)
    fields, body = _front_matter(decoded.text)
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)
    text, heading_starts = _join(list(_markdown_blocks(tokens)))
    text, controls = without_controls(text)
    refuse_blank(text)
    language, unknown = _language_code(fields.get("language"))
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


def _markdown_blocks(tokens: Sequence[Token]) -> Iterator[_Block]:
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
                cells.append(_tidy(_inline_text(token)))
            case "tr_close":
                text, cells = " | ".join(cells), []
            case "inline":
                text = _tidy(_inline_text(token))
            case "fence" | "code_block":
                text = token.content.rstrip()
            case "html_block":
                text = _tidy(_without_tags(token.content))
            case _:
                pass
        if text.strip(" |"):
            yield _Block(text, is_heading, in_rows and not is_first)
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
            return without_controls(_tidy(_inline_text(inline)))[0] or None
    return None


# HTML


def _html(data: bytes) -> Document:
    try:
        import trafilatura
    except ImportError as error:
        raise ExtraMissingError("reading .html needs the extra html: pip install 'postil[html]'") from error

    decoded = decode(data, _declared_charset(data))
    page = simplified(_CHARACTER_REFERENCE.sub(_resolved, decoded.text).translate(_PROTECT))
    extracted = trafilatura.extract(
        page, output_format="xml", with_metadata=True, include_comments=False, fast=is_large(page)
    )
    document = ElementTree.fromstring(extracted.translate(_RESTORE)) if extracted else None
    main = document.find("main") if document is not None else None
    if document is None or main is None:
        raise UnreadableFileError("has no recognisable article: save its text as .txt or .md")
    text, heading_starts = _join(list(_xml_blocks(main)))
    text, controls = without_controls(text)
    refuse_blank(text)
    return Document(
        text=text,
        title=without_controls(document.get("title", ""))[0] or None,
        source=without_controls(document.get("url", ""))[0] or None,
        heading_starts=heading_starts,
        encoding=decoded.encoding,
        warnings=(*decoded.warnings, *controls),
    )


_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_CHARACTER_REFERENCE = re.compile(r"&(?:#(?:[xX][0-9a-fA-F]{1,8}|[0-9]{1,8});?|nbsp;)")
_NO_BREAK_SPACES, _STAND_INS = "\u00a0\u202f", "⍽⎵"
_PROTECT = str.maketrans(_NO_BREAK_SPACES, _STAND_INS)
_RESTORE = str.maketrans(_STAND_INS, _NO_BREAK_SPACES)
"""No-break spaces are part of French spelling, but the extractor would turn them into plain spaces."""


def _declared_charset(data: bytes) -> str | None:
    match = _CHARSET.search(data[:4096])
    return match.group(1).decode("ascii", "replace") if match else None


def _resolved(reference: re.Match[str]) -> str:
    """The character of a character reference; the extractor would fail at `&#27;`."""
    character = without_controls(html.unescape(reference.group()))[0] or REPLACEMENT
    return reference.group() if character in "<>&\"'" else character


_XML_BLOCKS = frozenset(("head", "p", "ab", "item", "quote", "code", "row", "list", "table", "div"))


def _xml_blocks(main: ElementTree.Element) -> Iterator[_Block]:
    if text := _tidy(main.text or ""):
        yield _Block(text)
    for child in main:
        is_first = True
        for text in map(_tidy, _xml_texts(child)):
            if text:
                is_tight = child.tag in ("list", "table") and not is_first
                yield _Block(text, child.tag == "head", is_tight)
                is_first = False
        if text := _tidy(child.tail or ""):
            yield _Block(text)


def _xml_texts(element: ElementTree.Element) -> Iterator[str]:
    """The text of each innermost block inside an element, in order."""
    if element.tag == "row":
        yield " | ".join(_tidy("".join(cell.itertext())) for cell in element)
        return
    inline = [element.text or ""]
    for child in element:
        if child.tag in _XML_BLOCKS:
            yield "".join(inline)
            inline = []
            yield from _xml_texts(child)
        elif child.tag == "lb":
            inline.append("\n")
        else:
            inline.append("".join(child.itertext()))
        inline.append(child.tail or "")
    yield "".join(inline)


# JSON lines


class _Line(msgspec.Struct):
    text: str
    title: str | None = None
    source: str | None = None
    language: str | None = None


def _json_lines(data: bytes) -> Iterator[Document]:
    check_size(len(data))
    is_empty = True
    for number, line in _numbered_lines(data):
        if not line.strip():
            continue
        is_empty = False
        try:
            yield _json_document(line)
        except UnreadableFileError as error:
            raise UnreadableFileError(f"line {number} {error}") from error
    if is_empty:
        refuse_blank("")


def _numbered_lines(data: bytes) -> Iterator[tuple[int, bytes]]:
    start = len(codecs.BOM_UTF8) if data.startswith(codecs.BOM_UTF8) else 0
    number = 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        number += 1
        yield number, data[start:end]
        start = end + 1


def _json_document(line: bytes) -> Document:
    try:
        # The standard parser: others reject the lone surrogates that occur in real files.
        fields = msgspec.convert(json.loads(line.decode("utf-8")), _Line)
    except UnicodeDecodeError as error:
        raise UnreadableFileError(
            f"is not UTF-8 (at its byte {error.start}): save the file as UTF-8"
        ) from error
    except msgspec.ValidationError as error:
        raise UnreadableFileError(
            f'is not an article ({error}): write {{"text": "..."}} on each line'
        ) from error
    except json.JSONDecodeError as error:
        what = f"is not valid JSON ({error.msg} at its character {error.pos})"
        raise UnreadableFileError(f'{what}: write {{"text": "..."}} on each line') from error
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError(
            'has a number that is too long or is nested too deeply: keep only "text"'
        ) from error
    text, controls = without_controls(unix_newlines(fields.text))
    refuse_blank(text)
    language, unknown = _language_code(fields.language)
    return Document(
        text=text,
        title=without_controls(fields.title or "")[0] or None,
        source=without_controls(fields.source or "")[0] or None,
        language=language,
        warnings=(*controls, *unknown),
    )


def _language_code(named: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The language code, such as `fr` of `fr`, `FR` or `fr-CA`; for anything else None and a warning."""
    if not named:
        return None, ()
    code = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9_-]+)?", named.strip().lower())
    if code:
        return code.group(1), ()
    return None, (
        f"language {named[:40]!a} is not an ISO 639 code such as fr: the language was detected instead",
    )

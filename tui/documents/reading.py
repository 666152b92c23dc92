"""Reading the articles in the bytes of a file, each by the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from tui.documents.document import DEFAULTS, Document, ReadingOptions


def documents(
    data: bytes,
    suffix: str,
    options: ReadingOptions = DEFAULTS,
    report: Callable[[str], None] = lambda _: None,
) -> Iterator[Document]:
    """The articles in a file, one at a time.

    `suffix` is in lower case and has its dot. The content decides where it is not what the suffix says; an unknown
    suffix counts as `.txt`. `report` receives what is wrong with one of several articles, which is left out then, as
    a line that follows the file's name. Raises UnreadableFileError, possibly after the first articles, and
    ExtraMissingError.
    """
    from tui.documents.decoding import check_size
    from tui.documents.file_kinds import kind_of

    check_size(len(data))
    kind = kind_of(data, suffix)
    if kind == "json":
        from tui.documents import json_lines

        read = json_lines.read_json if suffix == ".json" else json_lines.read
        yield from read(data, options, report)
    else:
        yield _READERS[kind](data, options)


def _read_text(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import plain_text

    return plain_text.read(data, options)


def _read_markdown(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import markdown

    return markdown.read(data, options)


def _read_html(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import html

    return html.read(data, options)


def _read_mhtml(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import mhtml

    return mhtml.read(data, options)


def _read_docx(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import docx

    return docx.read(data, options)


def _read_odt(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import odt

    return odt.read(data, options)


def _read_epub(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import epub

    return epub.read(data, options)


def _read_rtf(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import rtf

    return rtf.read(data, options)


def _read_pdf(data: bytes, options: ReadingOptions) -> Document:
    from tui.documents import pdf

    return pdf.read(data, options)


_READERS: dict[str, Callable[[bytes, ReadingOptions], Document]] = {
    "text": _read_text,
    "markdown": _read_markdown,
    "html": _read_html,
    "mhtml": _read_mhtml,
    "docx": _read_docx,
    "odt": _read_odt,
    "epub": _read_epub,
    "rtf": _read_rtf,
    "pdf": _read_pdf,
}
"""One for each kind; each imports its reader when it is needed."""

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

    `suffix` is in lower case and has its dot; an unknown one is read as `.txt`. `report` receives what is wrong with
    one of several articles, which is left out then, as a line that follows the file's name. Raises
    UnreadableFileError, possibly after the first articles, and ExtraMissingError.
    """
    if suffix == ".jsonl":
        from tui.documents import json_lines

        yield from json_lines.read(data, options, report)
    elif suffix in (".md", ".markdown"):
        from tui.documents import markdown

        yield markdown.read(data, options)
    elif suffix in (".html", ".htm"):
        from tui.documents import html

        yield html.read(data, options)
    else:
        from tui.documents import plain_text

        yield plain_text.read(data, options)

"""Reading the articles in the bytes of a file, each by the reader of its kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from tui.documents.document import DEFAULTS, Document, ReadingOptions

if TYPE_CHECKING:
    from tui.documents.file_kinds import Kind


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
        yield _reader(kind).read(data, options)


class _Reader(Protocol):
    """The module of a kind."""

    def read(self, data: bytes, options: ReadingOptions) -> Document: ...


def _reader(kind: Kind) -> _Reader:
    """Imported only now: some readers import large libraries."""
    module = "plain_text" if kind == "text" else kind
    return cast(_Reader, import_module(f"tui.documents.{module}"))

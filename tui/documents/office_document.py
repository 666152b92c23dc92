"""The article that the blocks of an office document, an e-book or a PDF make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tui.documents.blocks import Block, join, tidy
from tui.documents.decoding import refuse_blank, unix_newlines, without_controls
from tui.documents.document import Document, language_code


def document(
    blocks: Sequence[Block],
    *,
    title: str | None = None,
    language: str | None = None,
    encoding: str = "utf-8",
    warnings: Sequence[str] = (),
) -> Document:
    """The article. `language` is a code such as `fr-CA`. Raises UnreadableFileError if there is no text."""
    kept = [block for block in map(_clean, blocks) if block.text.strip(" |\n")]
    text, heading_starts = join(kept)
    text, controls = without_controls(text)
    refuse_blank(text)
    return Document(
        text=text,
        title=title,
        language=language_code(language)[0],
        heading_starts=heading_starts,
        encoding=encoding,
        layout="paragraphs",
        warnings=(*warnings, *controls),
    )


def _clean(block: Block) -> Block:
    return Block(tidy(unix_newlines(block.text)), block.is_heading, block.is_tight)


def table_blocks(rows: Iterable[Sequence[str]]) -> Iterator[Block]:
    """The rows of a table as lines, `a | b`; a row with a cell of several lines gives each its own line."""
    is_first = True
    for cells in rows:
        if len(cells) > 1 and not any("\n" in cell for cell in cells):
            text = " | ".join(cells).strip(" |")
            if text:
                yield Block(text, is_tight=not is_first)
                is_first = False
        else:
            for cell in cells:
                yield from (Block(line) for line in cell.split("\n") if line)

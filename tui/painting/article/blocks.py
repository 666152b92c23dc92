"""What the article's view is made of: blocks that begin a row of their own, and the rows each is wrapped into.

A block is a sentence; where text flows it is a paragraph, or 40 sentences of a longer one, so that nothing is
wrapped that is far from the screen. A blank row follows each paragraph.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from tui.model.annotation import Annotation
from tui.painting.article.flow import Content, Flow, flow
from tui.painting.article.viewport import BlockRow
from tui.painting.recent import Recent
from tui.painting.wrap import Row, wrap
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.model.article import Article
    from tui.painting.article.line_ends import LineEnds

Reading = Literal["plain", "corrected"]
Layout = Literal["sentences", "prose"]
Changed = Literal["nothing", "sentence", "block", "rows"]
"""What looks different: no text, that of one sentence or block, or also how many rows there are."""

_FLOWING_TOGETHER = 40
"""Sentences of one block of prose, at most."""


class Block(NamedTuple):
    """A block as it is laid out."""

    sentences: range
    contents: Sequence[Content]
    """What was shown of each sentence."""
    flow: Flow
    rows: Sequence[Row]
    """Positions in the shown text, a row each."""

    def rows_with(self, sentence: int) -> range:
        """The rows on which a sentence is shown."""
        start, end = self.flow.stretch(sentence)
        return range(self.row_at(start), self.row_at(max(start, end - 1)) + 1)

    def row_at(self, position: int) -> int:
        """The row that shows a position."""
        return max(0, bisect_right(self.rows, position, key=_start_of) - 1)


class Blocks:
    """The blocks of a session's article. They are laid out when they are asked for."""

    def __init__(
        self,
        session: Session,
        *,
        signs: bool,
        annotation_of: Callable[[int], Annotation | None] | None = None,
    ) -> None:
        """With `signs` marks and tags are shown by signs, as without colours they must be.

        `annotation_of` returns what is shown of a sentence, if that is not the session's annotation.
        """
        self._session = session
        self._annotation_of = annotation_of or session.annotation
        self._signs = signs
        self._line_ends = _line_ends(session.article)
        self.measure = 72
        """Widest row, in cells. Call `forget` after a change of this and the next two."""
        self.reading: Reading = "plain"
        self.layout_as: Layout = "sentences"
        self._laid_out: Recent[int, Block] = Recent(1024)
        self.forget()

    def forget(self) -> None:
        """Lay everything out again when it is next asked for."""
        self._laid_out.clear()
        self._firsts = self._first_sentences() if self.layout_as == "prose" else None

    def __len__(self) -> int:
        return len(self._session.article) if self._firsts is None else len(self._firsts)

    def block_of(self, sentence: int) -> int:
        """The index of the block with a sentence."""
        return sentence if self._firsts is None else max(0, bisect_right(self._firsts, sentence) - 1)

    def sentences_of(self, index: int) -> range:
        """The sentences of a block."""
        if self._firsts is None:
            return range(index, index + 1)
        following = index + 1
        end = self._firsts[following] if following < len(self._firsts) else len(self._session.article)
        return range(self._firsts[index], end)

    def rows_of(self, index: int) -> int:
        """The rows of a block, with the blank one that follows its paragraph."""
        return len(self[index].rows) + self._ends_paragraph(self.sentences_of(index)[-1])

    def __getitem__(self, index: int) -> Block:
        block = self._laid_out.recall(index)
        if block is None:
            block = self._lay_out(self.sentences_of(index))
            self._laid_out.keep(index, block)
        return block

    def row_of(self, offset: int) -> BlockRow:
        """The block and row that show an offset of the article."""
        index = self.block_of(self._session.article.sentence_at(offset))
        block = self[index]
        return index, block.row_at(block.flow.position(offset))

    def rows_showing(self, sentence: int) -> tuple[int, range]:
        """The block of a sentence and the rows that show it."""
        index = self.block_of(sentence)
        return index, self[index].rows_with(sentence)

    def change(self, sentence: int) -> Changed:
        """Lay a changed sentence out again; what looks different now."""
        index = self.block_of(sentence)
        before = self._laid_out.recall(index)
        if before is None or self._content(sentence) == before.contents[sentence - before.sentences.start]:
            return "nothing"
        self._laid_out.pop(index, None)
        rows = self[index].rows
        if rows == before.rows:
            return "sentence"
        return "block" if len(rows) == len(before.rows) else "rows"

    def _lay_out(self, sentences: range) -> Block:
        article = self._session.article
        contents = [self._content(sentence) for sentence in sentences]
        shown = flow(
            article,
            sentences,
            contents,
            corrected=self.reading == "corrected",
            signs=self._signs,
            line_ends=self._line_ends,
        )
        return Block(sentences, contents, shown, wrap(shown.text, 0, len(shown.text), self.measure))

    def _content(self, sentence: int) -> Content:
        annotation = self._annotation_of(sentence)
        hints = self._session.open_hints(sentence)
        if annotation is None:
            return Content(hints=hints)
        if self.layout_as == "sentences":
            return Content(annotation.spans, annotation.quotes, hints=hints)
        # Without a decision there is no tint, as the ledger shows tags without one only dimly.
        tags = annotation.tags if annotation.decided else ()
        return Content(annotation.spans, annotation.quotes, tags, self._sign(tags), hints)

    def _sign(self, tags: Sequence[str]) -> str:
        """The letters of tags, if colours cannot show them."""
        if not self._signs:
            return ""
        letters = "".join(tag.letter for tag in self._session.scheme.tags if tag.id in tags)
        return f"[{letters}] " if letters else ""

    def _first_sentences(self) -> list[int]:
        article = self._session.article
        return [
            first
            for paragraph in range(len(article.paragraphs))
            for first in article.paragraph_sentences(paragraph)[::_FLOWING_TOGETHER]
        ]

    def _ends_paragraph(self, sentence: int) -> bool:
        article = self._session.article
        following = article.paragraph_of(sentence) + 1
        return following < len(article.paragraphs) and article.paragraphs[following] == sentence + 1


def _line_ends(article: Article) -> LineEnds | None:
    if article.layout != "wrapped":
        return None
    # Imported here: few articles need it, and the first paint waits for every import.
    from tui.painting.article.line_ends import LineEnds

    return LineEnds(article.text)


def _start_of(row: Row) -> int:
    return row[0]

"""The messages between the reader and its worker process: one JSON object per line, tagged by `type`.

    reader                          worker
    prepare                         any number of articles and problems, then done
    recognise, then an article      any number of blocks, then entities
    hint, then an article           blocks of hints and of quotations, then hints

`failed` may replace any answer, and `progress` may come before it. An article is sent as `article`, parts of its
text and lists, and `article-end`, so that messages stay small even for a large article and neither side is
blocked by encoding or decoding.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from tui.documents.document import ReadingOptions
from tui.model.article import Article, EntityCount
from tui.model.hint import HintBlock
from tui.model.quotation import QuotationBlock
from tui.prepare.limits import Limits

_TEXT_PART = 32_768
"""Code points of text in one message."""
_LIST_PART = 8_192

ListField = Literal["starts", "ends", "paragraphs", "headings"]
_LIST_FIELDS: tuple[ListField, ...] = ("starts", "ends", "paragraphs", "headings")


class PrepareFile(msgspec.Struct, frozen=True, tag="prepare", tag_field="type"):
    path: bytes
    """In the file system's encoding, since names need not be UTF-8."""
    options: ReadingOptions = ReadingOptions()
    content: bytes | None = None
    """Read instead of the file, of which only the name is used then."""
    limits: Limits = Limits()
    shown: str = ""
    """What messages call the file; empty for its name."""


class RecogniseEntities(msgspec.Struct, frozen=True, tag="recognise", tag_field="type"):
    alias_files: list[bytes]
    model: str | None
    limits: Limits = Limits()
    shown: str = ""
    """What messages call the file that the article comes from; empty for the article's source."""


class FindHints(msgspec.Struct, frozen=True, tag="hint", tag_field="type"):
    limits: Limits = Limits()
    shown: str = ""
    """As in RecogniseEntities."""


class ArticleHead(msgspec.Struct, frozen=True, tag="article", tag_field="type"):
    article: Article
    """Without its text and lists of offsets."""


class TextPart(msgspec.Struct, frozen=True, tag="text", tag_field="type"):
    text: str


class ListPart(msgspec.Struct, frozen=True, tag="list", tag_field="type"):
    field: ListField
    values: list[int]


class ArticleEnd(msgspec.Struct, frozen=True, tag="article-end", tag_field="type"):
    pass


class EntityBlock(msgspec.Struct, frozen=True, tag="block", tag_field="type"):
    entities: msgspec.Raw


class Progress(msgspec.Struct, frozen=True, tag="progress", tag_field="type"):
    share: float
    """The share of the request that is done, 0 to 1."""


class Entities(msgspec.Struct, frozen=True, tag="entities", tag_field="type"):
    id: str
    """The article's id."""
    counts: list[EntityCount]
    prepared_by: str
    recogniser: str
    warnings: list[str]


class HintsFound(msgspec.Struct, frozen=True, tag="hint-block", tag_field="type"):
    block: HintBlock


class QuotationsFound(msgspec.Struct, frozen=True, tag="quotation-block", tag_field="type"):
    block: QuotationBlock


class Hints(msgspec.Struct, frozen=True, tag="hints", tag_field="type"):
    prepared_by: str


class Problem(msgspec.Struct, frozen=True, tag="problem", tag_field="type"):
    """One of the file's articles cannot be read; the others follow."""

    message: str


class Failed(msgspec.Struct, frozen=True, tag="failed", tag_field="type"):
    message: str


class Done(msgspec.Struct, frozen=True, tag="done", tag_field="type"):
    pass


ArticlePart = ArticleHead | TextPart | ListPart | ArticleEnd
Request = PrepareFile | RecogniseEntities | FindHints | ArticlePart
Answer = (
    ArticlePart | EntityBlock | Entities | Progress | HintsFound | QuotationsFound | Hints | Problem | Done
)
Reply = Answer | Failed

_encoder = msgspec.json.Encoder()
_request_decoder: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_reply_decoder: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def encode(message: Request | Reply) -> bytes:
    """The message as one line, with its newline."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> Request:
    """The request. Raises msgspec.DecodeError."""
    return _request_decoder.decode(line)


def decode_reply(line: bytes) -> Reply:
    """The reply. Raises msgspec.DecodeError."""
    return _reply_decoder.decode(line)


def article_parts(article: Article) -> Iterator[ArticlePart]:
    """The messages that transfer an article, without its entities, hints and quotations."""
    yield ArticleHead(
        msgspec.structs.replace(
            article,
            text="",
            starts=[],
            ends=[],
            paragraphs=[],
            headings=[],
            entity_blocks=[],
            entity_counts=[],
            hint_blocks=[],
            quotation_blocks=[],
        )
    )
    for start in range(0, len(article.text), _TEXT_PART):
        yield TextPart(article.text[start : start + _TEXT_PART])
    for field in _LIST_FIELDS:
        values: list[int] = getattr(article, field)
        for start in range(0, len(values), _LIST_PART):
            yield ListPart(field, values[start : start + _LIST_PART])
    yield ArticleEnd()


class ArticleAssembler:
    """Assembles articles from their messages."""

    def __init__(self) -> None:
        self._head: Article | None = None
        self._texts: list[str] = []

    def add(self, part: ArticlePart) -> Article | None:
        """Add the next message; returns the article when it is complete.

        Raises ValueError for a message out of order.
        """
        if isinstance(part, ArticleHead):
            self._head, self._texts = part.article, []
            return None
        if self._head is None:
            raise ValueError("a part of an article came before its head")
        if isinstance(part, TextPart):
            self._texts.append(part.text)
        elif isinstance(part, ListPart):
            values: list[int] = getattr(self._head, part.field)
            values.extend(part.values)
        else:
            article, self._head = self._head, None
            article.text = "".join(self._texts)
            self._texts = []
            return article
        return None

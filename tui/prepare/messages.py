"""What the reader and its worker process say to each other: one JSON object a line, tagged by `type`.

    reader                          worker
    prepare                         any number of articles, then done
    recognise, then an article      any number of blocks, then entities
    hint, then an article           blocks of hints and of quotations, then hints

or `failed` in place of any answer, and `progress` before it from time to time. An article travels as
`article`, parts of its text and of its lists, and `article-end`, so that no message of a large one is large
and neither side is held up by encoding or decoding it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from tui.model.article import Article, EntityCount
from tui.model.hint import HintBlock
from tui.model.quotation import QuotationBlock
from tui.prepare.limits import Limits

_TEXT_PART = 32_768
"""Code points."""
_LIST_PART = 8_192

ListField = Literal["starts", "ends", "paragraphs", "headings"]
_LIST_FIELDS: tuple[ListField, ...] = ("starts", "ends", "paragraphs", "headings")


class PrepareFile(msgspec.Struct, frozen=True, tag="prepare", tag_field="type"):
    path: bytes
    """As the file system has it, for names that are not UTF-8."""
    language: str | None = None
    source_language: str | None = None
    content: bytes | None = None
    """What is to be read in place of the file, which then only has a name."""
    limits: Limits = Limits()


class RecogniseEntities(msgspec.Struct, frozen=True, tag="recognise", tag_field="type"):
    alias_files: list[bytes]
    model: str | None
    limits: Limits = Limits()


class FindHints(msgspec.Struct, frozen=True, tag="hint", tag_field="type"):
    limits: Limits = Limits()


class ArticleHead(msgspec.Struct, frozen=True, tag="article", tag_field="type"):
    article: Article
    """Without its text and its lists of offsets."""


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
    """Of what was asked for, 0 to 1."""


class Entities(msgspec.Struct, frozen=True, tag="entities", tag_field="type"):
    id: str
    """The article's."""
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


class Failed(msgspec.Struct, frozen=True, tag="failed", tag_field="type"):
    message: str


class Done(msgspec.Struct, frozen=True, tag="done", tag_field="type"):
    pass


ArticlePart = ArticleHead | TextPart | ListPart | ArticleEnd
Request = PrepareFile | RecogniseEntities | FindHints | ArticlePart
Answer = ArticlePart | EntityBlock | Entities | Progress | HintsFound | QuotationsFound | Hints | Done
Reply = Answer | Failed

_encoder = msgspec.json.Encoder()
_request_decoder: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_reply_decoder: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def encode(message: Request | Reply) -> bytes:
    """The message as one line, with its newline."""
    return _encoder.encode(message) + b"\n"


def decode_request(line: bytes) -> Request:
    """Raises msgspec.DecodeError."""
    return _request_decoder.decode(line)


def decode_reply(line: bytes) -> Reply:
    """Raises msgspec.DecodeError."""
    return _reply_decoder.decode(line)


def article_parts(article: Article) -> Iterator[ArticlePart]:
    """The messages by which an article travels; what was found in it before stays behind."""
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
    """Puts articles together from their messages."""

    def __init__(self) -> None:
        self._head: Article | None = None
        self._texts: list[str] = []

    def add(self, part: ArticlePart) -> Article | None:
        """Take the next message; the article, once it is complete.

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

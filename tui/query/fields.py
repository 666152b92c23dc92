"""The table of fields: what each means, where it is in a document, and which values it takes.

A field that records or `postil list --json` get is a row here; nothing else needs to know it.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto
from typing import Literal

import msgspec

from tui.documents.document import LAYOUTS
from tui.formats.records import STATUSES
from tui.model.article import KIND_NAMES
from tui.model.scheme import Scheme
from tui.query.tokens import ExpressionError, shown

View = Literal["articles", "records"]
"""What an expression is about: articles with their sentences, as in a list, or one sentence of one annotator."""


class Kind(Enum):
    """How values are read and compared."""

    TEXT = auto()
    ID = auto()
    NUMBER = auto()
    TIME = auto()
    TRUTH = auto()
    SHARE = auto()
    """True or not, and compared with a per cent the share of the article."""
    RANKED = auto()
    """An id of the scheme, in order: a severity."""


class Level(Enum):
    """What a field is a property of."""

    ARTICLE = auto()
    SENTENCE = auto()
    MARK = auto()


class Field(msgspec.Struct, frozen=True):
    """A row of the table."""

    name: str
    level: Level
    kind: Kind
    means: str
    listed: str | None
    """The key in an article of a list, or in one of its sentences; None if lists do not have the field."""
    recorded: str | None
    """The key in a record; None if records do not have the field."""
    other_names: tuple[str, ...] = ()
    choices: Literal[
        "tags",
        "categories",
        "severities",
        "statuses",
        "decisions",
        "detectors",
        "labels",
        "holders",
        "layouts",
        "",
    ] = ""
    """The values that exist, if they are a closed set."""

    def key(self, view: View) -> str | None:
        """Where the value is in a document; None if this view does not have the field."""
        return self.listed if view == "articles" else self.recorded

    def values(self, scheme: Scheme) -> dict[str, str]:
        """The ids that exist and what each is called; empty if any text is a value."""
        match self.choices:
            case "tags":
                return {tag.id: tag.name for tag in scheme.tags}
            case "categories":
                return {category.id: category.name for category in scheme.categories}
            case "severities":
                return {severity.id: severity.name for severity in scheme.severities}
            case "statuses":
                return {status: status for status in STATUSES}
            case "decisions":
                return {"accepted": "accepted", "refused": "refused"}
            case "detectors":
                return {name: name for name in _detectors()}
            case "labels":
                return KIND_NAMES
            case "holders":
                return {"author": "author", "source": "source"}
            case "layouts":
                return {layout: layout for layout in LAYOUTS}
            case _:
                return {}


_A, _S, _M = Level.ARTICLE, Level.SENTENCE, Level.MARK

FIELDS = (
    Field("article", _A, Kind.ID, "the article's id", "article", "article"),
    Field("title", _A, Kind.TEXT, "the article's title", "title", "title"),
    Field("source", _A, Kind.TEXT, "the file that the article comes from", "source", "source"),
    Field("language", _A, Kind.ID, "the article's language, such as fr", "language", "language"),
    Field(
        "source_language",
        _A,
        Kind.ID,
        "the language it is translated from",
        "source_language",
        "source_language",
    ),
    Field("text_sha256", _A, Kind.ID, "the checksum of the article's text", "text_sha256", "text_sha256"),
    Field("sentences", _A, Kind.NUMBER, "how many sentences the article has", "sentences", None),
    Field("annotators", _A, Kind.ID, "everyone who annotated the article", "annotators", None),
    Field("owner", _A, Kind.ID, "accounts that own annotators' files", "owners", None, ("owners",)),
    Field("layout", _A, Kind.ID, "what a line of the article's file is", "layout", None, (), "layouts"),
    Field("encoding", _A, Kind.ID, "the encoding of the article's file", "encoding", None),
    Field("encoding_guess", _A, Kind.TRUTH, "the encoding is a guess", "encoding_guess", None),
    Field("added", _A, Kind.TIME, "when the article was added", "added_at", None, ("added_at",)),
    Field(
        "touched",
        _A,
        Kind.TIME,
        "when you last changed the article; of a record, when the sentence was last changed",
        "touched_at",
        "updated_at",
        ("touched_at",),
    ),
    Field(
        "decided",
        _S,
        Kind.SHARE,
        "the sentence is decided; with a per cent: that share is",
        "decided",
        "decided",
    ),
    Field("unsure", _S, Kind.TRUTH, "the sentence is flagged as unsure", "unsure", "unsure"),
    Field("tag", _S, Kind.ID, "the sentence's tags", "tags", "tags", ("tags",), "tags"),
    Field("text", _S, Kind.TEXT, "the sentence", "text", "text"),
    Field("note", _S, Kind.TEXT, "notes on the sentence and on its error marks", "notes", "notes"),
    Field("annotator", _S, Kind.ID, "who annotated the sentence", "annotator", "annotator"),
    Field("sentence", _S, Kind.NUMBER, "the sentence's number", "sentence", "sentence"),
    Field("start", _S, Kind.NUMBER, "where the sentence starts", "start", "start"),
    Field("end", _S, Kind.NUMBER, "where the sentence ends", "end", "end"),
    Field("scheme", _S, Kind.ID, "the scheme of the annotation", "scheme", "scheme"),
    Field(
        "segmentation", _S, Kind.NUMBER, "the segmentation of the sentence", "segmentation", "segmentation"
    ),
    Field("status", _S, Kind.ID, "what a reviewer decided", "status", "status", (), "statuses"),
    Field("reviewer", _S, Kind.ID, "who reviewed the sentence", "reviewer", "reviewer"),
    Field("review_note", _S, Kind.TEXT, "the reviewer's note", "review_note", "review_note"),
    Field(
        "created",
        _S,
        Kind.TIME,
        "when the sentence was first annotated",
        "created_at",
        "created_at",
        ("created_at",),
    ),
    Field("updated", _S, Kind.TIME, "when it was last changed", "updated_at", "updated_at", ("updated_at",)),
    Field("active_ms", _S, Kind.NUMBER, "milliseconds of work on the sentence", "active_ms", "active_ms"),
    Field("pass", _S, Kind.NUMBER, "2 in a second pass", "pass", "pass"),
    Field("category", _M, Kind.ID, "an error mark's category", "category", "category", (), "categories"),
    Field("severity", _M, Kind.RANKED, "an error mark's severity", "severity", "severity", (), "severities"),
    Field("correction", _M, Kind.TEXT, "an error mark's correction", "correction", "correction"),
    Field("spans", _M, Kind.TEXT, "an error mark's words", "span", "span", ("span",)),
    Field("quotes", _M, Kind.TEXT, "a quotation's words", "quote", "quote"),
    Field("speaker", _M, Kind.TEXT, "who a quotation quotes", "speaker", "speaker"),
    Field(
        "holder",
        _M,
        Kind.ID,
        "whose voice a quotation is: author or source",
        "holder",
        "holder",
        (),
        "holders",
    ),
    Field("closed", _M, Kind.TRUTH, "the quotation ends inside the article's marks", "closed", "closed"),
    Field("hints", _M, Kind.TEXT, "the words of a hint that was answered", "hint", "hint", ("hint",)),
    Field(
        "detector",
        _M,
        Kind.ID,
        "which detector a mark or an answered hint comes from",
        "detector",
        "detector",
        (),
        "detectors",
    ),
    Field("decision", _M, Kind.ID, "what became of a hint", "decision", "decision", (), "decisions"),
    Field("entities", _M, Kind.TEXT, "a name's or value's words", "entity", "entity", ("entity",)),
    Field("label", _M, Kind.ID, "what a name or value is, such as PER", "label", "label", (), "labels"),
    Field("origin", _M, Kind.ID, "who or what made a mark, such as human", "origin", "origin"),
)

PASSAGES = frozenset({"spans", "quotes", "hints", "entities"})
"""The fields that a mark of one kind has and no other."""

MARKS = "marks"
"""Where a sentence has its marks, each a document that also has what its sentence has."""

SENTENCES = "annotated_sentences"
"""Where an article has its annotated sentences, each a document that also has what its article has."""

SHARE_KEY = "share"
"""Where a document has the share of decided sentences, 0 to 100."""

INDEX_KEYS = frozenset(
    (
        *("article", "title", "source", "language", "source_language", "annotators", "added_at"),
        *("layout", "encoding", "encoding_guess"),
    )
)
"""What a list knows of an article before any annotator's work is read."""

_BY_NAME = {name: field for field in FIELDS for name in (field.name, *field.other_names)}


def names(view: View) -> list[str]:
    """The fields of a view, sorted."""
    return sorted(field.name for field in FIELDS if field.key(view) is not None)


def field_named(name: str, view: View, column: int) -> Field:
    """The field of that name. Raises ExpressionError if this view has none."""
    field = _BY_NAME.get(name)
    if field is None:
        closest = _closest(name, [known for known, field in _BY_NAME.items() if field.key(view)])
        hint = f"did you mean {closest}? The" if closest else "the"
        problem = f"{shown(name)} is not a field: {hint} fields are {', '.join(names(view))}"
        raise ExpressionError(column, problem)
    if field.key(view) is None:
        raise ExpressionError(
            column, f"{name} is a field of postil list only: here the fields are {', '.join(names(view))}"
        )
    return field


def is_field(name: str) -> bool:
    """True if any view has a field of that name."""
    return name in _BY_NAME


def closest_value(value: str, known: list[str]) -> str:
    """`did you mean X? ` if one of the known values is close, whatever its case."""
    by_folded = {name.casefold(): name for name in known}
    closest = _closest(value.casefold(), [*by_folded])
    return f"did you mean {by_folded[closest]}? " if closest else ""


def _detectors() -> Iterator[str]:
    """Those of hints, and the one that finds quotations. Imports them all: only where one is asked for."""
    from tui.hints.registry import BY_NAME
    from tui.model.quotation import ORIGIN

    yield from BY_NAME
    yield ORIGIN.partition(":")[2]


def _closest(word: str, known: list[str]) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(word[:64], known, n=1)), None)

"""What a query is asked of: a record or an article as a mapping, nothing of which is made before it is looked at."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from functools import cache
from typing import TYPE_CHECKING, cast

import msgspec

from tui.formats.records import Record
from tui.query.fields import SENTENCES

if TYPE_CHECKING:
    from tui.query.compilation import Condition

Document = Mapping[str, object]


class RecordDocument(Document):
    """A record, its marks and, if one knows it, the share of the article that its annotator decided."""

    def __init__(self, record: Record, share: Callable[[Record], float] | None = None) -> None:
        self._record = record
        self._attributes = _attributes(type(record))
        self._share = share

    def __getitem__(self, key: str) -> object:
        match key:
            case "marks":
                return _Chained(marks(self._record), self)
            case "notes":
                return (self._record.note, *(span.note for span in self._record.spans))
            case "share":
                if self._share is None:
                    raise KeyError(key)
                return self._share(self._record)
            case _:
                value: object = getattr(self._record, self._attributes[key])
                if value is msgspec.UNSET:
                    raise KeyError(key)
                return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._attributes)

    def __len__(self) -> int:
        return len(self._attributes)


class ArticleDocument(Document):
    """What a list shows of an article, and its annotated sentences, read when they are looked at."""

    def __init__(
        self, values: Mapping[str, object], records: Callable[[], Iterable[Record]] = lambda: ()
    ) -> None:
        """`values` are the keys of `postil list --json`, and the share of decided sentences."""
        self._values = values
        self._records = records

    def __getitem__(self, key: str) -> object:
        if key == SENTENCES:
            return _Chained(map(RecordDocument, self._records()), self)
        return self._values[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def marks(record: Record) -> Iterator[dict[str, object]]:
    """The error marks, quotations, answered hints and names of a record."""
    decisions = () if record.hints is msgspec.UNSET else record.hints
    by_span = {decision.span: decision for decision in decisions if decision.span is not None}
    for span in record.spans:
        mark: dict[str, object] = {
            "span": span.text,
            "category": span.category,
            "severity": span.severity,
            "correction": span.correction,
            "origin": span.origin,
            "detector": _detector(span.origin),
        }
        answered = by_span.pop(span.id, None)
        if answered is not None:
            mark |= {"hint": answered.text, "detector": answered.detector, "decision": answered.decision}
        yield mark
    for quote in record.quotes:
        yield {
            "quote": quote.text,
            "speaker": quote.speaker,
            "holder": quote.holder,
            "closed": quote.closed,
            "origin": quote.origin,
            "detector": _detector(quote.origin),
        }
    for decision in decisions:
        if decision.span is None or decision.span in by_span:
            yield {"hint": decision.text, "detector": decision.detector, "decision": decision.decision}
    for entity in record.entities:
        yield {"entity": entity.text, "label": entity.label, "origin": entity.origin}


def matching(
    records: Iterable[Record], condition: Condition, share: Callable[[Record], float] | None = None
) -> Iterator[Record]:
    """The records that fit, one by one. `share` finds how much of the article its annotator decided, in per cent."""
    return (record for record in records if condition.query(RecordDocument(record, share)))


class _Chained:
    """Documents that also have what the document around them has."""

    def __init__(self, documents: Iterable[Document], around: Document) -> None:
        self._documents = documents
        self._around = around

    def __iter__(self) -> Iterator[Document]:
        around = cast("MutableMapping[str, object]", self._around)
        for document in self._documents:
            yield ChainMap(cast("MutableMapping[str, object]", document), around)


def _detector(origin: str) -> str | None:
    kind, _, name = origin.partition(":")
    return name if kind == "hint" else None


@cache
def _attributes(kind: type[Record]) -> dict[str, str]:
    """The attribute of each key of the JSON."""
    return dict(zip(kind.__struct_encode_fields__, kind.__struct_fields__, strict=True))

"""Documents of the tables: how TinyDB sees what is stored, and what a changed document means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import Generic, TypeVar, cast

import msgspec

from tui.model.annotation import Annotation, EntityCorrection, SentenceRepair

JsonObject = dict[str, object]
"""A document as TinyDB sees it."""

_Kept = TypeVar("_Kept", Annotation, EntityCorrection, SentenceRepair)
_Id = TypeVar("_Id", int, str)


class DocumentView(Mapping[str, JsonObject]):
    """The documents of one table, by number, in the order of the text. Each access makes a new copy."""

    def __init__(
        self,
        kept: Mapping[int, Annotation] | Mapping[int, EntityCorrection] | Mapping[int, SentenceRepair],
        changed: Mapping[int, JsonObject | None],
    ) -> None:
        """`kept` is by start offset; `changed` are the documents that an open step has changed, by number."""
        self._kept = kept
        self._changed = changed

    def __getitem__(self, number: str) -> JsonObject:
        index = int(number)
        if index not in self._changed:
            return plain(self._kept[index - 1])
        document = self._changed[index]
        if document is None:
            raise KeyError(number)
        return plain(document)

    def __iter__(self) -> Iterator[str]:
        if not self._changed:
            return (str(start + 1) for start in sorted(self._kept))
        kept = {start + 1 for start in self._kept}
        removed = {number for number, document in self._changed.items() if document is None}
        return map(str, sorted((kept | self._changed.keys()) - removed))

    def __len__(self) -> int:
        return sum(1 for _ in self) if self._changed else len(self._kept)


class Draft(MutableMapping[_Id, JsonObject], Generic[_Id]):
    """A table while TinyDB updates it: what is read or written is a copy, and `changes` are the differences."""

    def __init__(self, stored: Mapping[str, JsonObject], id_type: type[_Id]) -> None:
        """Each document of `stored` must be a copy that may be changed."""
        self._stored = stored
        self._id_type: type[_Id] = id_type
        self._touched: dict[_Id, JsonObject | None] = {}

    def changes(self) -> dict[_Id, JsonObject | None]:
        """The documents that differ from the stored ones; None for those that were removed."""
        return {
            number: document
            for number, document in self._touched.items()
            if document != self._stored.get(str(number))
        }

    def __getitem__(self, number: _Id) -> JsonObject:
        if number not in self._touched:
            self._touched[number] = self._stored[str(number)]
        document = self._touched[number]
        if document is None:
            raise KeyError(number)
        return document

    def __setitem__(self, number: _Id, document: JsonObject) -> None:
        self._touched[number] = document

    def __delitem__(self, number: _Id) -> None:
        if number not in self:
            raise KeyError(number)
        self._touched[number] = None

    def __contains__(self, number: object) -> bool:
        if number in self._touched:
            return self._touched[cast(_Id, number)] is not None
        return str(number) in self._stored

    def __iter__(self) -> Iterator[_Id]:
        for key in self._stored:
            number = self._id_type(key)
            if self._touched.get(number, True) is not None:
                yield number
        for number, document in self._touched.items():
            if document is not None and str(number) not in self._stored:
                yield number

    def __len__(self) -> int:
        return sum(1 for _ in self)


def pairs(
    kept: Mapping[int, _Kept], changed: Mapping[int, JsonObject | None], kind: type[_Kept]
) -> Iterator[tuple[_Kept | None, _Kept | None]]:
    """What is kept before and after, in the order of the text, where the two differ. Raises ValueError."""
    for number in sorted(changed):
        document = changed[number]
        before = kept.get(number - 1)
        after = None if document is None else _decoded(document, number, kind)
        if before != after:
            yield before, after


def checked(table: str, number: int, document: JsonObject | None) -> JsonObject | None:
    """The document as it would be stored. Raises ValueError."""
    if document is None:
        return None
    if table == "annotations":
        return plain(_decoded(document, number, Annotation))
    if table == "entities":
        return plain(_decoded(document, number, EntityCorrection))
    return plain(_decoded(document, number, SentenceRepair))


def _decoded(document: JsonObject, number: int, kind: type[_Kept]) -> _Kept:
    """What the document means. Raises ValueError where it could not be stored as it is."""
    try:
        value = msgspec.convert(document, kind)
    except msgspec.ValidationError as error:
        raise ValueError(f"document {number} cannot be stored: {error}") from error
    unknown = next(_unknown_keys(document, plain(value)), None)
    if unknown is not None:
        raise ValueError(f"document {number} cannot be stored: {unknown!r} is not one of its keys")
    if value.start + 1 != number:
        raise ValueError(
            f"document {number} cannot be stored: its start {value.start} belongs to {value.start + 1}"
        )
    if isinstance(value, Annotation) and value.is_empty:
        raise ValueError(
            f"document {number} cannot be stored: it has no tag, mark or note: remove it instead"
        )
    return value


def _unknown_keys(given: object, stored: object) -> Iterator[str]:
    """Keys of `given`, at any depth, that `stored` lacks."""
    if isinstance(given, Mapping) and isinstance(stored, Mapping):
        for key, value in cast(Mapping[str, object], given).items():
            if key not in stored:
                yield key
            else:
                yield from _unknown_keys(value, cast(Mapping[str, object], stored)[key])
    elif isinstance(given, list | tuple) and isinstance(stored, list | tuple):
        for left, other in zip(cast(Iterable[object], given), cast(Iterable[object], stored), strict=True):
            yield from _unknown_keys(left, other)


def plain(value: object) -> JsonObject:
    """A copy with lists as in the file, where msgspec has tuples."""
    return msgspec.json.decode(msgspec.json.encode(value))

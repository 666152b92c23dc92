"""The checkpoint of one annotator's work on one article: JSON that stock TinyDB reads.

```json
{"_meta": {"1": {"schema": "postil.database/2", "article": "...", "annotator": "ana", ...}},
 "annotations": {"1080": {"start": 1079, ...}},
 "entities": {"1143": {"start": 1142, "end": 1146, "text": "Musk", "label": "PER", ...}},
 "sentences": {"1201": {"start": 1200, "end": 1199, "kind": "split", ...}},
 "state": {"1": {"cursor": 1079, "revision": 12, "chain": "90f1c2d3", "updated_at": "..."}},
 "_checksum": {"1": {"crc32": "0a1b2c3d"}}}
```

TinyDB numbers documents from 1, so a document's number is its start offset + 1. The checksum is the
CRC-32 (zlib's) of the bytes before the comma before its table.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec

from tui import __version__
from tui.model.annotation import Annotation, EntityCorrection, SentenceRepair, Work
from tui.store.checksum import Checksum
from tui.store.errors import too_new
from tui.store.protocol import Damaged

SCHEMA = "postil.database/2"
SECOND_PASS = 2
"""The `pass` of a second pass."""
OLDER_SCHEMAS = ("postil.database/1",)
"""What is still read: the same tables, without `chain` and without a checksum."""

_AT_ONCE = 1000
"""Annotations that are encoded without letting other threads run."""

_CHECKSUM = Checksum(b',"_checksum":{"1":{"crc32":"', b'"}}}')
REMEDY = "repair it with postil verify --repair"


class Meta(msgspec.Struct, frozen=True, kw_only=True):
    """What the annotations are about, and who wrote them with what."""

    schema: Annotated[str, msgspec.Meta(extra_json_schema={"const": SCHEMA})] = SCHEMA
    article: str
    annotator: str
    text_sha256: str
    scheme: str
    """The scheme's label, e.g. `news/1`."""
    segmentation: int
    postil: str = __version__
    sitting: int | msgspec.UnsetType = msgspec.field(default=msgspec.UNSET, name="pass")
    """2 for an annotator's second pass over their own sentences; left out for everything else."""


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Where the annotator is."""

    cursor: int = 0
    """Start offset of the sentence that was current."""
    revision: int = 0
    """The number of the last step that the annotations include."""
    chain: str = "00000000"
    """The checksum of that step's event."""
    updated_at: str = ""


class StoredChecksum(msgspec.Struct, frozen=True):
    """What shows that the file is as it was written."""

    crc32: str


class Database(msgspec.Struct, kw_only=True):
    """The file's content."""

    meta: Meta
    annotations: dict[int, Annotation] = {}
    """By the sentence's start offset."""
    entities: dict[int, EntityCorrection] = {}
    """By their start."""
    sentences: dict[int, SentenceRepair] = {}
    """By their start."""
    state: State = State()
    other_tables: dict[str, msgspec.Raw] = {}
    """What a later Postil added: kept as it is."""
    stored_as: str = SCHEMA
    """The schema that it was read from."""

    @property
    def work(self) -> Work:
        """The annotator's work."""
        return Work(
            annotations=self.annotations,
            cursor=self.state.cursor,
            entities=self.entities,
            repairs=self.sentences,
        )


class StoredDatabase(msgspec.Struct, kw_only=True):
    """The file's tables, each from document number to document."""

    meta: dict[str, Meta] = msgspec.field(name="_meta")
    annotations: dict[str, Annotation]
    entities: dict[str, EntityCorrection]
    sentences: dict[str, SentenceRepair]
    state: dict[str, State]
    checksum: dict[str, StoredChecksum] = msgspec.field(name="_checksum")


class _Schema(msgspec.Struct):
    schema: str
    postil: str = ""


_NOTHING = msgspec.Raw(b"{}")
_Kept = TypeVar("_Kept", Annotation, EntityCorrection, SentenceRepair)


def decode(data: bytes, path: Path) -> Database:
    """Read a file's bytes; `path` is for the messages. Raises Damaged, TooNew."""
    try:
        sealed = _check_seal(data, path)
        tables = msgspec.json.decode(data, type=dict[str, msgspec.Raw])
        raw_meta = tables.pop("_meta")
        schema = _schema(raw_meta, path)
        if sealed != (schema == SCHEMA):
            raise Damaged(f"{path} has lost its checksum, or another program wrote it: {REMEDY}")
        tables.pop("_checksum", None)
        meta = msgspec.structs.replace(
            msgspec.json.decode(raw_meta, type=dict[str, Meta])["1"], schema=SCHEMA
        )
        annotations = msgspec.json.decode(tables.pop("annotations"), type=dict[int, Annotation])
        # The first files of this schema had neither.
        entities = msgspec.json.decode(tables.pop("entities", _NOTHING), type=dict[int, EntityCorrection])
        sentences = msgspec.json.decode(tables.pop("sentences", _NOTHING), type=dict[int, SentenceRepair])
        state = msgspec.json.decode(tables.pop("state"), type=dict[str, State]).get("1", State())
    except KeyError as error:
        raise Damaged(f"{path} has no table or document {error}: {REMEDY}") from error
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path} cannot be read back ({error}): {REMEDY}") from error
    if schema != SCHEMA:
        # Its steps were counted and not kept.
        state = msgspec.structs.replace(state, revision=0, chain=State().chain)
    return Database(
        meta=meta,
        annotations=_by_start(annotations, "sentence", path),
        entities=_by_start(entities, "entity", path),
        sentences=_by_start(sentences, "repair", path),
        state=state,
        other_tables=tables,
        stored_as=schema,
    )


def encode(database: Database) -> Iterator[bytes]:
    """The file's bytes in pieces: one line, annotations in the order of their sentences."""
    sealed = 0
    for piece in _pieces(database):
        sealed = zlib.crc32(piece, sealed)
        yield piece
    yield _CHECKSUM.of(sealed)


def _pieces(database: Database) -> Iterator[bytes]:
    """All but the checksum and what follows it."""
    yield b'{"_meta":{"1":' + msgspec.json.encode(database.meta) + b'},"annotations":{'
    starts = sorted(database.annotations)
    for first in range(0, len(starts), _AT_ONCE):
        some = {str(start + 1): database.annotations[start] for start in starts[first : first + _AT_ONCE]}
        yield (b"," if first else b"") + msgspec.json.encode(some)[1:-1]
    for name, table in (("entities", database.entities), ("sentences", database.sentences)):
        documents = {str(start + 1): table[start] for start in sorted(table)}
        yield (b'},"%b":' % name.encode()) + msgspec.json.encode(documents)[:-1]
    yield b'},"state":' + msgspec.json.encode({"1": database.state})
    for name, table in database.other_tables.items():
        yield b"," + msgspec.json.encode(name) + b":" + bytes(table)


def _by_start(documents: Mapping[int, _Kept], what: str, path: Path) -> dict[int, _Kept]:
    """By the start instead of the number. Raises Damaged where the two do not go together."""
    for number, document in documents.items():
        if number != document.start + 1:
            raise Damaged(f"{path} keeps the {what} at {document.start} as document {number}: {REMEDY}")
    return {document.start: document for document in documents.values()}


def _schema(raw_meta: msgspec.Raw, path: Path) -> str:
    """Before anything else is decoded: a newer schema may have changed all of it."""
    head = msgspec.json.decode(raw_meta, type=dict[str, _Schema])["1"]
    if head.schema == SCHEMA or head.schema in OLDER_SCHEMAS:
        return head.schema
    if head.schema.startswith("postil.database/"):
        raise too_new(path, head.schema, head.postil)
    raise Damaged(f"{path} is no database of Postil's ({head.schema[:60]!r}): move it elsewhere")


def _check_seal(data: bytes, path: Path) -> bool:
    """Whether there is a checksum. Raises Damaged when it is not that of the data."""
    sealed = _CHECKSUM.read(data)
    if sealed is not None and not sealed[1]:
        raise Damaged(f"{path} is damaged, its checksum differs: {REMEDY}")
    return sealed is not None

"""The file of one annotator's work on one article: JSON that stock TinyDB reads.

```json
{"_meta": {"1": {"schema": "postil.database/1", "article": "...", "annotator": "ana", ...}},
 "annotations": {"1080": {"start": 1079, ...}},
 "state": {"1": {"cursor": 1079, "revision": 12, "updated_at": "..."}}}
```

TinyDB numbers documents from 1, so a sentence's document is its start offset + 1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import msgspec

from tui import __version__
from tui.model.annotation import Annotation
from tui.store.protocol import Damaged, TooNew

SCHEMA = "postil.database/1"


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


class State(msgspec.Struct, frozen=True, kw_only=True):
    """Where the annotator is."""

    cursor: int = 0
    """Start offset of the sentence that was current."""
    revision: int = 0
    """Counts the steps that were ever stored."""
    updated_at: str = ""


class Database(msgspec.Struct, kw_only=True):
    """The file's content."""

    meta: Meta
    annotations: dict[int, Annotation] = {}
    """By the sentence's start offset."""
    state: State = State()
    other_tables: dict[str, msgspec.Raw] = {}
    """What a later Postil added: kept as it is."""


class StoredDatabase(msgspec.Struct, kw_only=True):
    """The file's tables, each from document number to document."""

    meta: dict[str, Meta] = msgspec.field(name="_meta")
    annotations: dict[str, Annotation]
    state: dict[str, State]


class _Schema(msgspec.Struct):
    schema: str


_tables_decoder = msgspec.json.Decoder(dict[str, msgspec.Raw])
_meta_decoder = msgspec.json.Decoder(dict[str, Meta])
_annotations_decoder = msgspec.json.Decoder(dict[int, Annotation])
_state_decoder = msgspec.json.Decoder(dict[str, State])
_schema_decoder = msgspec.json.Decoder(dict[str, _Schema])


def decode(data: bytes, path: Path) -> Database:
    """Read a file's bytes; `path` is for the messages. Raises Damaged, TooNew."""
    try:
        tables = _tables_decoder.decode(data)
        raw_meta = tables.pop("_meta")
        _check_schema(raw_meta, path)
        meta = _meta_decoder.decode(raw_meta)["1"]
        documents = _annotations_decoder.decode(tables.pop("annotations"))
        state = _state_decoder.decode(tables.pop("state")).get("1", State())
    except KeyError as error:
        raise Damaged(f"{path} has no table or document {error}: {_RESTORE}") from error
    except (ValueError, RecursionError) as error:
        raise Damaged(f"{path} cannot be read back ({error}): {_RESTORE}") from error
    annotations: dict[int, Annotation] = {}
    for number, said in documents.items():
        if number != said.start + 1:
            raise Damaged(f"{path} keeps the sentence at {said.start} as document {number}: {_RESTORE}")
        annotations[said.start] = said
    return Database(meta=meta, annotations=annotations, state=state, other_tables=tables)


def encode(database: Database) -> bytes:
    """The file's bytes: one line, annotations in the order of their sentences."""
    by_start = sorted(database.annotations.items())
    tables = {
        "_meta": {"1": database.meta},
        "annotations": {str(start + 1): said for start, said in by_start},
        "state": {"1": database.state},
    }
    return msgspec.json.encode(tables | database.other_tables)


_RESTORE = "restore it from a backup, or move it aside to begin anew"


def _check_schema(raw_meta: msgspec.Raw, path: Path) -> None:
    """Before anything else is decoded: a newer schema may have changed all of it."""
    schema = _schema_decoder.decode(raw_meta)["1"].schema
    if schema == SCHEMA:
        return
    if schema.startswith("postil.database/"):
        raise TooNew(f"{path} was written by a newer Postil ({schema[:60]!r}): update this one")
    raise Damaged(f"{path} is no database of Postil's ({schema[:60]!r}): move it elsewhere")

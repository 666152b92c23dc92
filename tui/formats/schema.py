"""JSON Schemas (2020-12) of what Postil writes and of scheme files, generated from the structures in the code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import msgspec

from tui.formats import prepared, records, scheme_schema
from tui.formats.prepared import PreparedArticle
from tui.formats.records import Record
from tui.store import checkpoint as database
from tui.store.checkpoint import StoredDatabase

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Schema = dict[str, object]

_WRITTEN = {
    records.SCHEMA: Record,
    prepared.SCHEMA: PreparedArticle,
    database.SCHEMA: StoredDatabase,
}

_SELDOM = {"Annotation": {"review", "hints"}, "Meta": {"pass"}, "Record": {"hints", "pass"}}
"""Keys that are left out if they are empty, by structure."""


def schemas() -> dict[str, _Schema]:
    """Schema name, e.g. `postil.annotation/1`, to its JSON Schema.

    Written files may have unknown keys, since records grow; scheme files may not.
    """
    generated = {name: _of_written(written) for name, written in _WRITTEN.items()}
    generated[scheme_schema.NAME] = scheme_schema.scheme_schema()
    return {name: _named(name, schema) for name, schema in generated.items()}


def _of_written(written: type[msgspec.Struct]) -> _Schema:
    generated = msgspec.json.schema(written)
    definitions = cast("dict[str, _Schema]", generated["$defs"])
    for name, definition in definitions.items():
        # Every other key is always written, even if reading does not need it.
        properties = cast("Iterable[str]", definition["properties"])
        definition["required"] = [key for key in properties if key not in _SELDOM.get(name, ())]
    return generated


def _named(name: str, schema: _Schema) -> _Schema:
    identifier = "urn:" + name.replace(".", ":").replace("/", ":")
    return {"$schema": DIALECT, "$id": identifier, "title": name, **schema}

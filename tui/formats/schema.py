"""JSON Schemas (2020-12) of what Postil writes, generated from the structures that it writes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

import msgspec

from tui.formats import prepared, records
from tui.formats.prepared import PreparedArticle
from tui.formats.records import Record
from tui.store import database
from tui.store.database import StoredDatabase

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_Schema = dict[str, object]

_WRITTEN = {
    records.SCHEMA: Record,
    prepared.SCHEMA: PreparedArticle,
    database.SCHEMA: StoredDatabase,
}


def schemas() -> dict[str, dict[str, object]]:
    """Schema name, e.g. `postil.annotation/1`, to its JSON Schema. Unknown keys are allowed: records grow."""
    return {name: _schema_of(name, written) for name, written in _WRITTEN.items()}


def _schema_of(name: str, written: type[msgspec.Struct]) -> _Schema:
    generated = msgspec.json.schema(written)
    definitions = cast("dict[str, _Schema]", generated["$defs"])
    for definition in definitions.values():
        # Every key is always written, also where reading could do without it.
        definition["required"] = list(cast("Iterable[str]", definition["properties"]))
    identifier = "urn:" + name.replace(".", ":").replace("/", ":")
    return {"$schema": DIALECT, "$id": identifier, "title": name, **generated}

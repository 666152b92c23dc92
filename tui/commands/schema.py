"""`postil schema`: the JSON Schema of the files that Postil writes, and of a scheme file."""

from __future__ import annotations

import json
from typing import Literal

import msgspec

from tui.commands.context import Context
from tui.formats import prepared, records, scheme_schema
from tui.formats.schema import schemas
from tui.store import checkpoint as database

_NAMES = {
    "record": records.SCHEMA,
    "article": prepared.SCHEMA,
    "database": database.SCHEMA,
    "scheme": scheme_schema.NAME,
}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    which: Literal["record", "article", "database", "scheme"]


def run(context: Context, options: Options) -> int:
    schema = schemas()[_NAMES[options.which]]
    print(json.dumps(schema, indent=2, ensure_ascii=False), file=context.streams.output)
    return 0

"""`postil schema`: the JSON Schema of what Postil writes, and of a scheme file."""

from __future__ import annotations

import json
from argparse import Namespace

from tui.formats import prepared, records, scheme_schema
from tui.formats.schema import schemas
from tui.store import checkpoint as database

_NAMES = {
    "record": records.SCHEMA,
    "article": prepared.SCHEMA,
    "database": database.SCHEMA,
    "scheme": scheme_schema.NAME,
}


def run(options: Namespace) -> int:
    print(json.dumps(schemas()[_NAMES[options.which]], indent=2, ensure_ascii=False))
    return 0

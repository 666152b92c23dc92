"""The JSON Schema (2020-12) of a scheme file, as TOML reads it: what each key is for, and what it may be."""

from __future__ import annotations

from typing import cast

import msgspec

from tui.model.scheme import Scheme

NAME = "postil.scheme/1"

_Schema = dict[str, object]

_ID: _Schema = {"pattern": "^[a-z][a-z0-9_]{0,39}$"}
_CELL: _Schema = {"minLength": 1, "maxLength": 1}
_COLOR: _Schema = {"pattern": "^#[0-9a-fA-F]{6}$"}
_FACTOR: _Schema = {"minimum": 0}

_KEYS: dict[str, dict[str, tuple[str, _Schema]]] = {
    "Scheme": {
        "id": ("With the version, what databases and records store.", _ID),
        "version": ("Raised when the meaning of anything here changes.", {"minimum": 1}),
        "name": ("What people call it.", {}),
        "tags": ("In the order of the ledger and of records.", {"minItems": 1, "maxItems": 12}),
        "categories": ("Of marked errors.", {"minItems": 1}),
        "severities": ("Of marked errors, the lightest first.", {"minItems": 1}),
        "error_tag": ("The id of the tag that a marked error implies.", _ID),
        "decision_path": ("What to ask of a sentence, in this order.", {}),
        "renamed": ("Old ids and what they became, for postil scheme migrate.", {}),
    },
    "Tag": {
        "id": ("What is stored.", _ID),
        "name": ("What is shown.", {}),
        "letter": ("Its cell in the ledger, and its key where the keymap names none.", _CELL),
        "color": ("On a dark ground.", _COLOR),
        "color_light": ("On a light ground.", _COLOR),
        "definition": ("One line, for the help.", {}),
        "edge_cases": ("A line each, for the help.", {}),
    },
    "Category": {
        "id": ("What is stored.", _ID),
        "name": ("What is shown.", {}),
        "key": ("Pressed after the severity.", _CELL),
        "mqm": ("Its name in MQM core.", {}),
        "weight": ("What the severity's multiplier is multiplied by.", _FACTOR),
    },
    "Severity": {
        "id": ("What is stored.", _ID),
        "name": ("What is shown.", {}),
        "key": ("Pressed after the words.", _CELL),
        "multiplier": ("Penalty points of an error.", _FACTOR),
    },
    "Question": {
        "asks": ("One line.", {}),
        "tag": ("The id of the tag that a yes adds.", _ID),
    },
    "Renamed": {
        "tags": ("Old id to new id.", {}),
        "categories": ("Old id to new id.", {}),
        "severities": ("Old id to new id.", {}),
    },
}


def scheme_schema() -> _Schema:
    """The whole schema. A file may be valid and still be refused: for an id used twice, or one that is not there."""
    generated = msgspec.json.schema(Scheme)
    definitions = cast("dict[str, _Schema]", generated["$defs"])
    for kind, keys in _KEYS.items():
        definition = definitions[kind]
        definition["additionalProperties"] = False
        properties = cast("dict[str, _Schema]", definition["properties"])
        for key, (description, more) in keys.items():
            properties[key] |= {"description": description, **more}
    return generated

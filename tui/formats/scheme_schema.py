"""The JSON Schema (2020-12) of a scheme file as read from TOML: what each key is for, and its valid values."""

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
        "id": ("Stored in databases and records, with the version.", _ID),
        "version": ("Increase it if the meaning of anything here changes.", {"minimum": 1}),
        "name": ("The name for people.", {}),
        "tags": ("In the order of the ledger and of records.", {"minItems": 1, "maxItems": 12}),
        "categories": ("Categories of marked errors.", {"minItems": 1}),
        "severities": ("Severities of marked errors, the mildest first.", {"minItems": 1}),
        "error_tag": ("The id of the tag that a marked error adds.", _ID),
        "decision_path": ("The questions that lead to a tag, in this order.", {}),
        "renamed": ("Maps removed ids to their replacements, for postil scheme migrate.", {}),
    },
    "Tag": {
        "id": ("The id in stored files.", _ID),
        "name": ("The name on the screen.", {}),
        "letter": ("Its letter in the ledger, and its key if the keymap has none.", _CELL),
        "color": ("On a dark background.", _COLOR),
        "color_light": ("On a light background.", _COLOR),
        "definition": ("One line, for the help.", {}),
        "edge_cases": ("One line each, for the help.", {}),
    },
    "Category": {
        "id": ("The id in stored files.", _ID),
        "name": ("The name on the screen.", {}),
        "key": ("Pressed after the severity.", _CELL),
        "mqm": ("Its name in MQM core.", {}),
        "weight": ("The factor for the severity's multiplier.", _FACTOR),
    },
    "Severity": {
        "id": ("The id in stored files.", _ID),
        "name": ("The name on the screen.", {}),
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
    """The whole schema. A valid file may still be refused, for a repeated id or one that does not exist."""
    generated = msgspec.json.schema(Scheme)
    definitions = cast("dict[str, _Schema]", generated["$defs"])
    for kind, keys in _KEYS.items():
        definition = definitions[kind]
        definition["additionalProperties"] = False
        properties = cast("dict[str, _Schema]", definition["properties"])
        for key, (description, more) in keys.items():
            properties[key] |= {"description": description, **more}
    return generated

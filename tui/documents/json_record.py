"""One JSON object, as a line or a file has it, as an article."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from tui.documents import layout
from tui.documents.decoding import unix_newlines, without_controls
from tui.documents.document import Document, ReadingOptions, language_code
from tui.documents.json_values import BadRecordError, Repeated
from tui.text.clean import visible

_MOST_NAMED = 12
"""Maximum number of fields that a message names."""
_LONGEST_NAME = 40
"""Code points of a field's name in a message."""


def document_of(record: object, options: ReadingOptions, where: str, encoding: str) -> Document:
    """The article of a parsed record; `where` is its position, which warnings name. Raises BadRecordError."""
    if not isinstance(record, dict):
        raise BadRecordError(f'is {_kind(record)}, not an object: write {{"text": "..."}}')
    fields = cast(dict[str, object], record)
    text, controls = without_controls(unix_newlines(_text(fields, options.text_field)))
    if not text or text.isspace():
        raise BadRecordError("has an empty text: add the text, or leave it out")
    warnings: list[str] = []
    title_field = options.title_field or "title"
    title = _optional(fields, [title_field], warnings)
    if options.title_field and _value(fields, title_field) is None:
        warnings.append(f"there is no title field {_shown(title_field)}: its fields are {_names(fields)}")
    source = _optional(fields, ["source", "url"], warnings)
    language, unknown = language_code(_optional(fields, ["language", "lang"], warnings))
    warnings += unknown
    recognised, layout_warnings = layout.of(text, options)
    return Document(
        text=text,
        title=without_controls(title)[0] or None,
        source=without_controls(source)[0] or None,
        language=language,
        layout=recognised,
        encoding=encoding,
        warnings=(*controls, *(f"{where}{warning}" for warning in (*warnings, *layout_warnings))),
    )


def _text(fields: dict[str, object], named: str | None) -> str:
    name = named or "text"
    value = _value(fields, name)
    if isinstance(value, str):
        return value
    if value is None and not _has(fields, name):
        if not fields:
            raise BadRecordError('has no fields: write {"text": "..."}')
        if named is None:
            raise BadRecordError(f"has no text: its fields are {_names(fields)} (use --text-field NAME)")
        raise BadRecordError(f"has no field {_shown(name)}: its fields are {_names(fields)}")
    if isinstance(value, Repeated):
        raise BadRecordError(f"has the field {_shown(name)} several times: keep one")
    raise BadRecordError(f"has {_kind(value)} in its field {_shown(name)}: it must be text in double quotes")


def _value(fields: dict[str, object], name: str) -> object:
    """The value of a field; a dot in the name leads into an object. None if there is no such field."""
    if name in fields:
        return fields[name]
    *parents, last = name.split(".")
    inner = fields
    for parent in parents:
        inner = _inner_fields(inner.get(parent))
    return inner.get(last)


def _has(fields: dict[str, object], name: str) -> bool:
    parent, _, last = name.rpartition(".")
    return name in fields or (bool(parent) and last in _inner_fields(_value(fields, parent)))


def _inner_fields(value: object) -> dict[str, object]:
    return cast(dict[str, object], value) if isinstance(value, dict) else {}


def _optional(fields: dict[str, object], names: Iterable[str], warnings: list[str]) -> str:
    """The text of the first of these fields that has one, else an empty text; wrong types become warnings."""
    for name in names:
        value = _value(fields, name)
        if isinstance(value, str):
            if value.strip():
                return value.strip()
        elif isinstance(value, Repeated):
            warnings.append(f"the field {_shown(name)} is there several times, so it was left out")
        elif value is not None:
            warnings.append(f"the field {_shown(name)} is {_kind(value)}, not text, so it was left out")
    return ""


def _kind(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return "text"
    return (
        "a number" if isinstance(value, int | float) else "a list" if isinstance(value, list) else "an object"
    )


def _names(fields: dict[str, object]) -> str:
    """The names of the fields, with those of the objects in them, as `--text-field` takes them."""
    names: list[str] = []
    for name, value in fields.items():
        names += [f"{name}.{key}" for key in _inner_fields(value)] or [name]
        if len(names) > _MOST_NAMED:
            break
    shown = [_shown(name) for name in names[:_MOST_NAMED]]
    return ", ".join(shown) + (" and others" if len(names) > _MOST_NAMED else "")


def _shown(name: str) -> str:
    """A field's name on one line; an empty one is shown by its quotes."""
    one_line = " ".join(visible(name).split())
    cut = one_line if len(one_line) <= _LONGEST_NAME else one_line[: _LONGEST_NAME - 1] + "…"
    return cut or '""'

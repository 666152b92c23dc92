"""Scheme files: reading and checking your own tags, error categories and severities."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from pathlib import Path
from typing import cast

import msgspec

from tui.model.scheme import Category, Question, Renamed, Scheme, Severity, Tag
from tui.text import bounded_toml
from tui.text.bounded_toml import BeyondLimitError

BUILT_IN = Path(__file__).parent / "schemes" / "news.toml"

_ID = re.compile(r"[a-z][a-z0-9_]{0,39}")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_RESERVED = {"none", "undecided", "marked", "quoted", "unsure", "noted"}
"""Ids that would clash with other actions or filters."""
_MOST_TAGS = 12
"""Each takes a cell in the ledger."""


class SchemeError(Exception):
    """A scheme cannot be used; `str()` is one line with the file, the key and the fix."""


class _Wrong(Exception):
    """An error in a scheme, before the file's name is added."""


def load(path: Path | None = None) -> Scheme:
    """The scheme in a file, or the built-in one. Raises SchemeError."""
    file = path or BUILT_IN
    try:
        document = bounded_toml.loads(bounded_toml.read(file).decode("utf-8"))
    except BeyondLimitError as error:
        raise SchemeError(f"{file}: {error}") from error
    except OSError as error:
        raise SchemeError(f"{file}: {error.strerror or error}: give the path of a scheme file") from error
    except ValueError as error:
        raise SchemeError(f"{file}: {error}: write it as TOML in UTF-8") from error
    try:
        scheme = msgspec.convert(document, Scheme)
        _check_keys(document)
        _check(scheme)
    except msgspec.ValidationError as error:
        raise SchemeError(f"{file}: {error}: compare with {BUILT_IN}") from error
    except _Wrong as wrong:
        raise SchemeError(f"{file}: {wrong}") from wrong
    return scheme


def _check_keys(document: Mapping[str, object]) -> None:
    """Raises for unknown keys, so that a misspelt one is noticed."""
    _check_known("", document, Scheme)
    _check_known("renamed.", cast("Mapping[str, object]", document.get("renamed", {})), Renamed)
    tables = (("tags", Tag), ("categories", Category), ("severities", Severity), ("decision_path", Question))
    for table, kind in tables:
        for number, item in enumerate(cast("list[Mapping[str, object]]", document.get(table, []))):
            _check_known(f"{table}[{number}].", item, kind)


def _check_known(where: str, keys: Iterable[str], kind: type[msgspec.Struct]) -> None:
    known = kind.__struct_fields__
    for key in keys:
        if key not in known:
            raise _Wrong(f"{where}{key!r} is unknown: use {', '.join(known)}")


def _check(scheme: Scheme) -> None:
    _check_id("id", scheme.id)
    if scheme.version < 1:
        raise _Wrong(f"version is {scheme.version}: count from 1")
    _check_line("name", scheme.name)
    for table, items in (
        ("tags", scheme.tags),
        ("categories", scheme.categories),
        ("severities", scheme.severities),
    ):
        if not items:
            raise _Wrong(f"{table} is empty: write at least one")
        for number, item in enumerate(items):
            _check_id(f"{table}[{number}].id", item.id)
            if item.id in _RESERVED:
                raise _Wrong(f"{table}[{number}].id is {item.id!r}, which Postil uses itself: choose another")
            _check_line(f"{table}[{number}].name", item.name)
        _check_distinct(f"{table}.id", (item.id for item in items))
    if len(scheme.tags) > _MOST_TAGS:
        raise _Wrong(f"there are {len(scheme.tags)} tags: write at most {_MOST_TAGS}")
    _check_distinct("id", (item.id for item in (*scheme.tags, *scheme.categories, *scheme.severities)))
    for number, tag in enumerate(scheme.tags):
        _check_tag(f"tags[{number}]", tag)
    _check_distinct("tags.letter", (tag.letter for tag in scheme.tags))
    for table, keyed in (("categories", scheme.categories), ("severities", scheme.severities)):
        for number, item in enumerate(keyed):
            _check_cell(f"{table}[{number}].key", item.key)
        _check_distinct(f"{table}.key", (item.key for item in keyed))
    for number, category in enumerate(scheme.categories):
        _check_line(f"categories[{number}].mqm", category.mqm)
        _check_factor(f"categories[{number}].weight", category.weight)
    for number, severity in enumerate(scheme.severities):
        _check_factor(f"severities[{number}].multiplier", severity.multiplier)
    for number, question in enumerate(scheme.decision_path):
        _check_line(f"decision_path[{number}].asks", question.asks)
        if question.tag not in {tag.id for tag in scheme.tags}:
            raise _Wrong(
                f"decision_path[{number}].tag is {question.tag!r}, which is not a tag: write the id of a tag"
            )
    _check_renamed("tags", scheme.renamed.tags, {tag.id for tag in scheme.tags})
    _check_renamed("categories", scheme.renamed.categories, {category.id for category in scheme.categories})
    _check_renamed("severities", scheme.renamed.severities, {severity.id for severity in scheme.severities})
    if scheme.error_tag not in {tag.id for tag in scheme.tags}:
        raise _Wrong(f"error_tag is {scheme.error_tag!r}, which is not a tag: write the id of a tag")


def _check_tag(where: str, tag: Tag) -> None:
    _check_cell(f"{where}.letter", tag.letter)
    for key, color in (("color", tag.color), ("color_light", tag.color_light)):
        if not _COLOR.fullmatch(color):
            raise _Wrong(f'{where}.{key} is {color!r}: write it like "#5fb3a1"')
    _check_line(f"{where}.definition", tag.definition)
    for number, edge_case in enumerate(tag.edge_cases):
        _check_line(f"{where}.edge_cases[{number}]", edge_case)


def _check_renamed(table: str, names: Mapping[str, str], there: Container[str]) -> None:
    for old, new in names.items():
        where = f"renamed.{table}.{old[:60]!r}"
        if new not in there:
            raise _Wrong(f"{where} is {new[:60]!r}, which is not one of the {table}: write the id of one")
        if old in there:
            # Otherwise annotations with the new meaning would be renamed too.
            raise _Wrong(f"{where} is still one of the {table}: remove the line, or give that one another id")


def _check_factor(where: str, value: float) -> None:
    if not 0 <= value < float("inf"):
        raise _Wrong(f"{where} is {value}: write 0 or more")


def _check_id(where: str, value: str) -> None:
    if not _ID.fullmatch(value):
        raise _Wrong(f"{where} is {value[:60]!r}: use at most 40 of a-z, 0-9 and _, starting with a letter")


def _check_line(where: str, value: str) -> None:
    if not value.strip() or not value.isprintable():
        raise _Wrong(f"{where} is {value[:60]!r}: write one line of printable text")


def _check_cell(where: str, value: str) -> None:
    narrow = len(value) == 1 and unicodedata.east_asian_width(value) not in {"W", "F"}
    if not narrow or not value.isprintable() or value.isspace() or unicodedata.combining(value):
        raise _Wrong(f"{where} is {value[:60]!r}: write one narrow character")


def _check_distinct(where: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise _Wrong(f"{where} {value!r} is repeated: each must be different")
        seen.add(value)

"""The user's list of names, `entities.toml`, which takes precedence over every recogniser.

[[entity]]
label = "ORG"
name = "OpenAI"
also = ["Open AI"]
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple, cast

from tui.model.article import Entity
from tui.text import bounded_toml
from tui.text.bounded_toml import BeyondLimitError
from tui.text.clean import visible
from tui.text.mentions import Names, plain

FILE_NAME = "entities.toml"
LABELS = ("PER", "ORG", "LOC", "MISC", "MONEY", "DATE", "TIME", "PERCENT", "NUMBER")

_LARGEST_FILE = 4 * 2**20
_LONGEST = 200
_MOST_ALIKE = 64
"""Limit on names with the same words: each occurrence of the words is compared with all of them."""
_KEYS = {"label", "name", "also"}
_HEADER = re.compile(r"\s*\[\[\s*entity\s*\]\]")


class AliasFileError(Exception):
    """An alias file is invalid; `str()` is one line: the file, the line, what is wrong and how to fix it."""


class Known(NamedTuple):
    label: str
    name: str
    """The first name of the entry, under which all its variants are counted."""


class Aliases(NamedTuple):
    known: dict[str, Known]
    """By each spelling of the name, with plain apostrophes and spaces."""
    names: Names
    digest: str
    """First 8 hex digits of the SHA-256 of the files' contents; `""` if there are no files."""


NONE = Aliases({}, Names(()), "")


def load(paths: Sequence[Path]) -> Aliases:
    """Read alias files; if two entries have the same name, the first one counts.

    Raises AliasFileError.
    """
    known: dict[str, Known] = {}
    contents = hashlib.sha256()
    for path in paths:
        data = _read(path)
        contents.update(data)
        for key, entry in _entries(visible(str(path)), data):
            known.setdefault(key, entry)
    names = Names(known)
    if names.most_alike > _MOST_ALIKE:
        raise AliasFileError(
            f"{visible(str(paths[0]))}: more than {_MOST_ALIKE} names differ only in the marks around them: "
            "keep those that your articles have"
        )
    return Aliases(known, names, contents.hexdigest()[:8] if paths else "")


def apply(text: str, entities: Iterable[Entity], aliases: Aliases) -> list[Entity]:
    """`entities` with the alias mentions added and the entities that overlap them removed; sorted.

    `entities` must be sorted and must not overlap.
    """
    listed = [
        Entity(start=start, end=end, label=aliases.known[plain(text[start:end])].label, origin="alias")
        for start, end in aliases.names.find(text)
    ]
    kept: list[Entity] = []
    following = 0
    for entity in entities:
        while following < len(listed) and listed[following].end <= entity.start:
            following += 1
        if following == len(listed) or entity.end <= listed[following].start:
            kept.append(entity)
    return sorted(kept + listed, key=lambda e: e.start)


def with_name(path: str, data: bytes, name: str, label: str) -> bytes | None:
    """The bytes of an alias file with one more name at the end; None if it lists the name with that label already.

    `path` is used in messages. Raises AliasFileError if the file is invalid, lists the name with another label,
    or cannot be extended.
    """
    file = visible(path)
    [(key, known), *_] = _entry(file, {"label": label, "name": name})
    listed: dict[str, Known] = {}
    for other, entry in _entries(file, data):
        listed.setdefault(other, entry)
    if key in listed:
        if listed[key].label == label:
            return None
        raise AliasFileError(f"{file}: lists {known.name} as {listed[key].label}: change it there")
    line_feed = b"" if not data or data.endswith(b"\n") else b"\n"
    # A JSON string is also a TOML string.
    entry = f'\n[[entity]]\nlabel = "{label}"\nname = {json.dumps(known.name, ensure_ascii=False)}\n'
    longer = data + line_feed + (entry if data else entry[1:]).encode("utf-8")
    try:
        _entries(file, longer)
    except AliasFileError as error:
        raise AliasFileError(
            f"{file}: its names are written in a form that Postil cannot add to: add the name by hand"
        ) from error
    if len(longer) > _LARGEST_FILE:
        raise AliasFileError(f"{file}: larger than 4 MB: keep only names that your articles need")
    return longer


def _read(path: Path) -> bytes:
    shown = visible(str(path))
    try:
        with path.open("rb") as file:
            data = file.read(_LARGEST_FILE + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AliasFileError(f"{shown}: cannot be read ({reason}): remove it or make it readable") from error
    if len(data) > _LARGEST_FILE:
        raise AliasFileError(f"{shown}: larger than 4 MB: keep only names that your articles need")
    return data


def _entries(file: str, data: bytes) -> list[tuple[str, Known]]:
    try:
        text = data.decode("utf-8-sig")
        table = bounded_toml.loads(text)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AliasFileError(f"{file}: line {line}: not UTF-8: save the file as UTF-8") from error
    except BeyondLimitError as error:
        raise AliasFileError(f"{file}: {error}") from error
    except tomllib.TOMLDecodeError as error:
        raise AliasFileError(f"{file}: not valid TOML: {visible(str(error))}: correct it there") from error

    unknown = sorted(set(table) - {"entity"})
    if unknown:
        raise AliasFileError(f"{file}: unknown key {unknown[0]!r}: write each name as an [[entity]] table")
    listed: object = table.get("entity", [])
    if not isinstance(listed, list):
        raise AliasFileError(f"{file}: entity is not a list of tables: write [[entity]] with two brackets")
    lines = [n for n, line in enumerate(text.split("\n"), 1) if _HEADER.match(line)]
    entries: list[tuple[str, Known]] = []
    for number, entry in enumerate(cast(list[object], listed)):
        where = f"{file}: line {lines[number]}" if number < len(lines) else f"{file}: entity {number + 1}"
        entries.extend(_entry(where, entry))
    return entries


def _entry(where: str, entry: object) -> list[tuple[str, Known]]:
    if not isinstance(entry, dict):
        raise AliasFileError(f"{where}: not a table: write [[entity]] with label and name below it")
    fields = cast(dict[str, object], entry)
    unknown = sorted(set(fields) - _KEYS)
    if unknown:
        raise AliasFileError(f"{where}: unknown key {unknown[0]!r}: use label, name and also")
    label, name, also = fields.get("label"), fields.get("name"), fields.get("also", [])
    if label not in LABELS:
        raise AliasFileError(f"{where}: label {label!r} is unknown: use one of {' '.join(LABELS)}")
    if not isinstance(also, list):
        raise AliasFileError(f'{where}: also is not a list: write also = ["..."]')
    names = [_name(where, candidate) for candidate in (name, *cast(list[object], also))]
    return [(plain(variant), Known(str(label), names[0])) for variant in names]


def _name(where: str, name: object) -> str:
    if not isinstance(name, str) or not any(c.isalnum() for c in name):
        raise AliasFileError(f'{where}: a name is missing: write name = "..." with letters in it')
    if len(name) > _LONGEST or not plain(name).isprintable():
        raise AliasFileError(
            f"{where}: a name has over {_LONGEST} characters or unprintable ones: write it as in the article"
        )
    return name.strip()

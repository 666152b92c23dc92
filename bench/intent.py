"""What the scripted session means: for each sentence of the sample its tags, errors, quotations and notes.

Read from the gold errors, the table of categories and the script of the session, all in `tests/gold`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.model.article import Article

GOLD = Path(__file__).resolve().parent.parent / "tests" / "gold"


class MeantSpan(NamedTuple):
    """An error as it is to be marked."""

    start: int
    end: int
    category: str
    severity: str
    correction: str | None
    note: str


class MeantQuote(NamedTuple):
    """A quotation as it is to be marked."""

    start: int
    end: int
    speaker: str
    holder: str | None
    closed: bool


class Meant(NamedTuple):
    """All that is to be said about one sentence, which is decided in any case."""

    sentence: int
    """Index."""
    tags: tuple[str, ...]
    unsure: bool
    note: str
    spans: Sequence[MeantSpan]
    """In the order of the text."""
    quotes: Sequence[MeantQuote]
    """Those that begin here."""


class GoldError(msgspec.Struct):
    """One line of the gold errors; offsets are code points of the sample."""

    id: int
    start: int
    end: int
    text: str
    category: str
    severity: str
    reach: str
    note: str


class _Mapped(msgspec.Struct, forbid_unknown_fields=True):
    category: str
    because: str = ""


class _Quoted(msgspec.Struct, forbid_unknown_fields=True):
    sentence: int
    first: str = msgspec.field(name="from")
    last: str = msgspec.field(name="to")
    speaker: str
    holder: str | None = None
    closed: bool = True


class _Script(msgspec.Struct, forbid_unknown_fields=True):
    """Sentences by their numbers, errors by their ids."""

    unsure: set[int]
    noted: set[int]
    tags: dict[int, tuple[str, ...]]
    corrections: dict[int, str]
    notes: dict[int, str]
    quotes: list[_Quoted]


def gold_errors() -> list[GoldError]:
    """The marked errors of the sample, in the order of the text."""
    lines = (GOLD / "sample.errors.jsonl").read_bytes().splitlines()
    errors = [msgspec.json.decode(line, type=GoldError) for line in lines]
    return sorted(errors, key=lambda error: (error.start, error.end))


def categories() -> Mapping[str, str]:
    """From a category of the gold to one of the scheme."""
    table = msgspec.convert(_toml("categories.toml"), dict[str, _Mapped])
    return {gold: mapped.category for gold, mapped in table.items()}


def meant(article: Article) -> list[Meant]:
    """What is to be said about the sample, a sentence each. Raises ValueError where the script does not fit it."""
    script = msgspec.convert(_toml("sample.session.toml"), _Script, str_keys=True)
    numbers = set(range(1, len(article) + 1))
    if set(script.tags) != numbers:
        raise ValueError(f"the script tags other sentences than 1 to {len(article)}")
    errors = gold_errors()
    if unknown := ({*script.noted, *script.corrections} - {error.id for error in errors}):
        raise ValueError(f"the script knows errors that the gold does not: {sorted(unknown)}")
    table = categories()
    spans: dict[int, list[MeantSpan]] = {number: [] for number in numbers}
    for error in errors:
        if article.text[error.start : error.end] != error.text:
            raise ValueError(f"the gold's error {error.id} is not what the sample says there")
        spans[article.sentence_at(error.start) + 1].append(
            MeantSpan(
                start=error.start,
                end=error.end,
                category=table[error.category],
                severity=error.severity,
                correction=script.corrections.get(error.id),
                note=error.note if error.id in script.noted else "",
            )
        )
    return [
        Meant(
            sentence=number - 1,
            tags=script.tags[number],
            unsure=number in script.unsure,
            note=script.notes.get(number, ""),
            spans=spans[number],
            quotes=[_quote(article, found) for found in script.quotes if found.sentence == number],
        )
        for number in sorted(numbers)
    ]


def _quote(article: Article, found: _Quoted) -> MeantQuote:
    """With its offsets, which are those of its first and last words in the text."""
    start = article.text.index(found.first, article.starts[found.sentence - 1])
    last = article.text.index(found.last, start)
    return MeantQuote(start, last + len(found.last), found.speaker, found.holder, found.closed)


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads((GOLD / name).read_text(encoding="utf-8"))

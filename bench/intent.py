"""The intended annotations of the scripted session: tags, errors, quotations and notes of each sample sentence.

They are read from the gold errors, the table of categories and the session's script, all in `tests/gold`.
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
    """An error to be marked."""

    start: int
    end: int
    category: str
    severity: str
    correction: str | None
    note: str


class MeantQuote(NamedTuple):
    """A quotation to be marked."""

    start: int
    end: int
    speaker: str
    holder: str | None
    closed: bool


class Meant(NamedTuple):
    """The intended annotation of one sentence; every sentence is decided."""

    sentence: int
    """Index."""
    tags: tuple[str, ...]
    unsure: bool
    note: str
    spans: Sequence[MeantSpan]
    """In the order of the text."""
    quotes: Sequence[MeantQuote]
    """Quotations that begin in this sentence."""


class GoldError(msgspec.Struct):
    """One gold error; offsets are code points of the sample."""

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
    """Category of the gold data to category of the scheme."""
    table = msgspec.convert(_toml("categories.toml"), dict[str, _Mapped])
    return {gold: mapped.category for gold, mapped in table.items()}


def meant(article: Article) -> list[Meant]:
    """The intended annotations, one per sentence. Raises ValueError if the script does not match the sample."""
    script = msgspec.convert(_toml("sample.session.toml"), _Script, str_keys=True)
    numbers = set(range(1, len(article) + 1))
    if set(script.tags) != numbers:
        raise ValueError(f"the script must tag the sentences 1 to {len(article)}")
    errors = gold_errors()
    if unknown := ({*script.noted, *script.corrections} - {error.id for error in errors}):
        raise ValueError(f"the script refers to errors that are not in the gold data: {sorted(unknown)}")
    table = categories()
    spans: dict[int, list[MeantSpan]] = {number: [] for number in numbers}
    for error in errors:
        if article.text[error.start : error.end] != error.text:
            raise ValueError(f"gold error {error.id} does not match the sample's text")
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
            quotes=[
                _quote(article, quotation) for quotation in script.quotes if quotation.sentence == number
            ],
        )
        for number in sorted(numbers)
    ]


def _quote(article: Article, quotation: _Quoted) -> MeantQuote:
    """The quotation with its offsets, found by its first and last words."""
    start = article.text.index(quotation.first, article.starts[quotation.sentence - 1])
    last = article.text.index(quotation.last, start)
    return MeantQuote(
        start, last + len(quotation.last), quotation.speaker, quotation.holder, quotation.closed
    )


def _toml(name: str) -> dict[str, object]:
    return tomllib.loads((GOLD / name).read_text(encoding="utf-8"))

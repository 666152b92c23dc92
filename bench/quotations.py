"""Accuracy of quotation bounds and speakers on passages written for Postil: `python -m bench.quotations [--misses]`.

`held` is the half on which the rules were not tuned. A quotation is right if both its ends are; a speaker, if the
quotation is right and the gold data accepts the speaker. The figures apply only to these passages.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from tui.quotations.finder import Candidate, find
from tui.text.sentences import split

_ROOT = Path(__file__).resolve().parent.parent
GOLD = _ROOT / "tests" / "gold"

Half = Literal["tuned", "held"]
HALVES: tuple[Half, ...] = ("tuned", "held")


class GoldQuote(msgspec.Struct, frozen=True):
    """A correct quotation, with offsets in code points; `text` is the quoted text."""

    start: int
    end: int
    text: str
    speakers: list[str]
    """Accepted speakers; empty if the passage names none."""
    closed: bool


class Passage(msgspec.Struct, frozen=True):
    """A few sentences, and every quotation in them."""

    id: str
    half: Half
    text: str
    quotes: list[GoldQuote]


class About(msgspec.Struct, frozen=True):
    """The first line of a gold file."""

    about: str
    lang: str


@dataclass
class Score:
    """Counts over passages."""

    gold: int = 0
    predicted: int = 0
    right: int = 0
    named: int = 0
    """Right quotations for which a speaker was found."""
    named_right: int = 0
    nameable: int = 0
    """Right quotations whose passage names the speaker."""

    def add(self, other: Score) -> None:
        for field in ("gold", "predicted", "right", "named", "named_right", "nameable"):
            setattr(self, field, getattr(self, field) + getattr(other, field))


def read_gold(path: Path) -> tuple[About, list[Passage]]:
    """The content of a `quotations.*.jsonl` file. Raises OSError, msgspec.MsgspecError, and ValueError for wrong offsets."""
    first, *rest = path.read_bytes().splitlines()
    passages = [msgspec.json.decode(line, type=Passage) for line in rest]
    for passage in passages:
        for quote in passage.quotes:
            if passage.text[quote.start : quote.end] != quote.text:
                raise ValueError(f"{passage.id}: its offsets do not match its text")
    return msgspec.json.decode(first, type=About), passages


def gold_files() -> list[Path]:
    return sorted(GOLD.glob("quotations.*.jsonl"))


def found_in(text: str, language: str) -> list[Candidate]:
    """The quotations as preparation finds them, without terms."""
    cut = split(text, language)
    return [candidate for candidate in find(text, language, cut.starts, cut.ends) if candidate.kind != "term"]


def score(passage: Passage, language: str) -> tuple[Score, list[str]]:
    """The counts of one passage, and its errors, one line each."""
    text = passage.text
    candidates = found_in(text, language)
    gold = {(quote.start, quote.end): quote for quote in passage.quotes}
    counts = Score(gold=len(gold), predicted=len(candidates))
    misses = [
        f"{passage.id} not found: {quote.text}"
        for bounds, quote in gold.items()
        if bounds not in {(candidate.start, candidate.end) for candidate in candidates}
    ]
    for candidate in candidates:
        quote = gold.get((candidate.start, candidate.end))
        if quote is None:
            misses.append(f"{passage.id} found wrongly: {text[candidate.start : candidate.end]}")
            continue
        counts.right += 1
        counts.nameable += bool(quote.speakers)
        if candidate.speaker is None:
            if quote.speakers:
                misses.append(f"{passage.id} no speaker: it is {quote.speakers[0]}")
            continue
        counts.named += 1
        speaker = text[slice(*candidate.speaker)]
        if speaker in quote.speakers:
            counts.named_right += 1
        else:
            expected = quote.speakers[0] if quote.speakers else "not named"
            misses.append(f"{passage.id} speaker {speaker}: it is {expected}")
    return counts, misses


def lines(*, misses: bool = False, halves: Sequence[Half] = HALVES) -> Iterator[str]:
    """The table, one line per language and half; then, with `misses`, the errors."""
    yield (
        f"{'gold':<14}{'half':<7}{'passages':>8}{'quotes':>8}{'P':>8}{'R':>8}{'speaker given':>16}{'right':>8}"
    )
    wrong: list[str] = []
    totals = {half: (Score(), [0]) for half in halves}
    for path in gold_files():
        about, passages = read_gold(path)
        for half in halves:
            counts = Score()
            chosen = [passage for passage in passages if passage.half == half]
            for passage in chosen:
                passage_score, missed = score(passage, about.lang)
                counts.add(passage_score)
                wrong += [f"{half} {line}" for line in missed]
            totals[half][0].add(counts)
            totals[half][1][0] += len(chosen)
            yield _line(about.lang, half, len(chosen), counts)
    for half, (counts, number) in totals.items():
        yield _line("all", half, number[0], counts)
    yield from _sample()
    if misses:
        yield from wrong


def _line(name: str, half: str, passages: int, counts: Score) -> str:
    return (
        f"{name:<14}{half:<7}{passages:>8}{counts.gold:>8}"
        f"{_share(counts.right, counts.predicted):>8}{_share(counts.right, counts.gold):>8}"
        f"{f'{counts.named} of {counts.nameable}':>16}{_share(counts.named_right, counts.named):>8}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _sample() -> Iterator[str]:
    """The quotations in the bundled article, to be judged by eye (it was seen while writing the rules)."""
    text = (_ROOT / "seeds" / "musk-altman.fr.txt").read_text(encoding="utf-8")
    yield "in the sample:"
    for candidate in found_in(text, "fr"):
        speaker = text[slice(*candidate.speaker)] if candidate.speaker is not None else "no one"
        words = " ".join(text[candidate.start : candidate.end].split())
        shown = words if len(words) <= 50 else f"{words[:30]} ... {words[-15:]}"
        yield f"  {candidate.kind}, {'closed' if candidate.closed else 'not closed'}, by {speaker}: {shown}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; returns 0, or 1 if the gold data cannot be read."""
    parser = argparse.ArgumentParser(prog="bench.quotations", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="also print the errors")
    parser.add_argument("--half", choices=HALVES, help="only this half")
    options = parser.parse_args(argv)
    halves: Sequence[Half] = (options.half,) if options.half else HALVES
    try:
        print("\n".join(lines(misses=options.misses, halves=halves)))
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        print(f"unreadable gold data ({error}): repair or remove it", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Bounds and speakers of quotations on passages written for Postil: `python -m bench.quotations [--misses]`.

`held` is the half that the rules were not tuned on. A found quotation is right when both its ends are; a speaker
when it is one that the gold accepts, of a quotation that is right. Nothing is claimed beyond these passages.
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
    """A quotation as it is, in code points; `text` is what stands there."""

    start: int
    end: int
    text: str
    speakers: list[str]
    """What may stand as its speaker; nothing where the passage names none."""
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
    found: int = 0
    right: int = 0
    named: int = 0
    """Right quotations that were given a speaker."""
    named_right: int = 0
    nameable: int = 0
    """Right quotations whose passage names who speaks."""

    def add(self, other: Score) -> None:
        for field in ("gold", "found", "right", "named", "named_right", "nameable"):
            setattr(self, field, getattr(self, field) + getattr(other, field))


def read_gold(path: Path) -> tuple[About, list[Passage]]:
    """A `quotations.*.jsonl` file; raises OSError, msgspec.MsgspecError, or ValueError where a text is another."""
    first, *rest = path.read_bytes().splitlines()
    passages = [msgspec.json.decode(line, type=Passage) for line in rest]
    for passage in passages:
        for quote in passage.quotes:
            if passage.text[quote.start : quote.end] != quote.text:
                raise ValueError(f"{passage.id}: its offsets are not those of its text")
    return msgspec.json.decode(first, type=About), passages


def gold_files() -> list[Path]:
    return sorted(GOLD.glob("quotations.*.jsonl"))


def found_in(text: str, language: str) -> list[Candidate]:
    """The quotations as preparation finds them: terms are none."""
    cut = split(text, language)
    return [one for one in find(text, language, cut.starts, cut.ends) if one.kind != "term"]


def score(passage: Passage, language: str) -> tuple[Score, list[str]]:
    """The counts of one passage, and what is wrong in it, a line each."""
    text = passage.text
    found = found_in(text, language)
    gold = {(quote.start, quote.end): quote for quote in passage.quotes}
    counts = Score(gold=len(gold), found=len(found))
    misses = [
        f"{passage.id} not found: {quote.text}"
        for place, quote in gold.items()
        if place not in {(one.start, one.end) for one in found}
    ]
    for one in found:
        quote = gold.get((one.start, one.end))
        if quote is None:
            misses.append(f"{passage.id} found wrongly: {text[one.start : one.end]}")
            continue
        counts.right += 1
        counts.nameable += bool(quote.speakers)
        if one.speaker is None:
            if quote.speakers:
                misses.append(f"{passage.id} no speaker: it is {quote.speakers[0]}")
            continue
        counts.named += 1
        speaker = text[slice(*one.speaker)]
        if speaker in quote.speakers:
            counts.named_right += 1
        else:
            expected = quote.speakers[0] if quote.speakers else "not named"
            misses.append(f"{passage.id} speaker {speaker}: it is {expected}")
    return counts, misses


def lines(*, misses: bool = False, halves: Sequence[Half] = HALVES) -> Iterator[str]:
    """The table, a line a language and half; then, if asked for, what is wrong."""
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
                one, missed = score(passage, about.lang)
                counts.add(one)
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
        f"{_share(counts.right, counts.found):>8}{_share(counts.right, counts.gold):>8}"
        f"{f'{counts.named} of {counts.nameable}':>16}{_share(counts.named_right, counts.named):>8}"
    )


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "-"


def _sample() -> Iterator[str]:
    """What is found in the article that ships with Postil, to be judged by eye: it was looked at meanwhile."""
    text = (_ROOT / "seeds" / "musk-altman.fr.txt").read_text(encoding="utf-8")
    yield "in the sample:"
    for one in found_in(text, "fr"):
        speaker = text[slice(*one.speaker)] if one.speaker is not None else "nobody"
        words = " ".join(text[one.start : one.end].split())
        shown = words if len(words) <= 50 else f"{words[:30]} ... {words[-15:]}"
        yield f"  {one.kind}, {'closed' if one.closed else 'not closed'}, by {speaker}: {shown}"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; returns 0, or 1 when the gold cannot be read."""
    parser = argparse.ArgumentParser(prog="bench.quotations", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="print what is wrong too")
    parser.add_argument("--half", choices=HALVES, help="only this half")
    options = parser.parse_args(argv)
    halves: Sequence[Half] = (options.half,) if options.half else HALVES
    try:
        print("\n".join(lines(misses=options.misses, halves=halves)))
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        print(f"unreadable gold data ({error}): mend or remove it", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

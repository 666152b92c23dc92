"""Exact-span F1 of the sentence splitter on gold data: `python -m bench.sentences [--data DIR]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from tui.model.article import Article
from tui.text.sentences import split, splitter_name

GOLD = Path(__file__).parent.parent / "tests" / "gold"

GOALS = {"fr_pud": 98.5, "en_pud": 99.0, "it_pud": 98.5, "de_pud": 97.0, "es_pud": 97.5, "sample": 100.0}
"""Minimum exact-span F1 in per cent, by set."""


class Gold(msgspec.Struct, frozen=True):
    """A paragraph or article with its sentences, as code point spans."""

    lang: str
    text: str
    sentences: list[tuple[int, int]]


class Score(msgspec.Struct, frozen=True):
    """Counts of sentence spans; `right` counts those that are in both sets."""

    right: int
    predicted: int
    gold: int

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, in per cent."""
        return 200 * self.right / (self.predicted + self.gold)


def read_gold(path: Path) -> list[Gold]:
    """The records of one `*.sent.jsonl` file; raises OSError or msgspec.DecodeError."""
    decoder = msgspec.json.Decoder(Gold)
    return [decoder.decode(line) for line in path.read_bytes().split(b"\n") if line.strip()]


def article_of(record: Gold, source_language: str | None = None) -> Article:
    """A record as an article for the detectors: the gold sentences, and each line as a paragraph."""
    starts = [start for start, _ in record.sentences]
    lines = [record.text.count("\n", 0, start) for start in starts]
    return Article(
        id="bench",
        title="",
        source="",
        language=record.lang,
        source_language=source_language,
        text_sha256="",
        added_at="",
        text=record.text,
        starts=starts,
        ends=[end for _, end in record.sentences],
        paragraphs=[i for i in range(len(starts)) if i == 0 or lines[i] != lines[i - 1]],
    )


def score(records: Sequence[Gold]) -> Score:
    """The score; a predicted span is right if both its ends are."""
    right = predicted = gold = 0
    for record in records:
        predicted_sentences = split(record.text, record.lang)
        spans = set(zip(predicted_sentences.starts, predicted_sentences.ends, strict=True))
        right += len(spans & {_stripped(record.text, *span) for span in record.sentences})
        predicted += len(spans)
        gold += len(record.sentences)
    return Score(right, predicted, gold)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without outer white space, which some gold data includes."""
    exact = text[start:end]
    return start + len(exact) - len(exact.lstrip()), end - len(exact) + len(exact.rstrip())


def gold_files(extra: Path | None) -> Iterator[Path]:
    """The included sets, then those of another folder; each set once."""
    shipped = sorted(GOLD.glob("*.sent.jsonl"))
    yield from shipped
    if extra is not None:
        names = {path.name for path in shipped}
        yield from (path for path in sorted(extra.rglob("*.sent.jsonl")) if path.name not in names)


def main(argv: Sequence[str] | None = None) -> int:
    """Print a table; returns 0, or 1 if a file cannot be read."""
    parser = argparse.ArgumentParser(prog="bench.sentences", description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder with more *.sent.jsonl files, at any depth")
    extra: Path | None = parser.parse_args(argv).data
    print(f"{'set':<16}{'sentences':>10}{'found':>8}{'F1':>8}{'goal':>8}  ")
    for path in gold_files(extra):
        name = path.name.removesuffix(".sent.jsonl")
        try:
            records = read_gold(path)
        except (OSError, msgspec.DecodeError) as error:
            print(f"{path}: unreadable gold data ({error}): repair or remove it", file=sys.stderr)
            return 1
        result = score(records)
        goal = GOALS.get(name)
        verdict = "" if goal is None else f"{goal:>8.1f}  {'met' if result.f1 >= goal else 'missed'}"
        splitter = splitter_name(records[0].lang)
        print(f"{name:<16}{result.gold:>10}{result.predicted:>8}{result.f1:>8.2f}{verdict:<16}  {splitter}")
    return 0


if __name__ == "__main__":
    sys.exit(main())

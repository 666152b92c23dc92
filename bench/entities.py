"""Exact-span F1 of recognised names: `python -m bench.entities [--data DIR ...]`.

The sample is measured as one document. Other gold data (`--data`: every `*.jsonl` in the folders) is measured
record by record, since its sentences are unrelated. A gold file has one JSON object per line,
`{"lang", "text", "entities": [[start, end, label]]}`, with offsets in code points.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.model.article import Entity
from tui.text import aliases, entities, spacy_french, values
from tui.text.aliases import Aliases
from tui.text.spacy_french import FrenchModel

_ROOT = Path(__file__).resolve().parent.parent
_SAMPLE = _ROOT / "tests" / "gold" / "sample.ner.jsonl"
_SAMPLE_ALIASES = _ROOT / "seeds" / "entities.toml"

_KINDS = ("PER", "ORG", "LOC", "MISC")
_NAMES = frozenset(_KINDS)
_SAMPLE_VALUES = {
    *(("MONEY", f"{amount} de dollars") for amount in ("97,4 milliards", "9,74 milliards", "500 milliards")),
    *(("MONEY", f"{amount} de dollars") for amount in ("40 milliards", "22 millions", "300 milliards")),
    *(("DATE", day) for day in ("lundi", "2015", "2018")),
    ("TIME", "14,30h"),
}

_GOALS = {
    ("sample", "fr_core_news_sm"): 60.0,
    ("sample", "fr_core_news_sm + aliases"): 80.0,
    ("wikineural_fr_test", "fr_core_news_sm"): 78.0,
    ("wikineural_fr_test", "fr_core_news_md"): 83.0,
}
"""Goals for typed F1."""


class Record(msgspec.Struct):
    lang: str
    text: str
    entities: list[tuple[int, int, str]]
    misc: bool = True
    """False if names of kind MISC are not annotated: then predicted ones do not count."""


class Score(NamedTuple):
    """Percentages."""

    precision: float
    recall: float
    f1: float
    untyped: float
    by_kind: tuple[float, ...] = ()
    """F1 of each of `_KINDS`."""


def score(pairs: Iterable[tuple[Record, Sequence[Entity]]]) -> Score:
    """Exact-span scores: both ends must match, and the label too except for `untyped`."""
    right = bounded = predicted = gold_total = 0
    kinds = {kind: [0, 0] for kind in _KINDS}
    for record, predictions in pairs:
        counted = _NAMES if record.misc else _NAMES - {"MISC"}
        ours = {(e.start, e.end, e.label) for e in predictions if e.label in counted}
        gold = {(start, end, label) for start, end, label in record.entities}
        for kind, tally in kinds.items():
            tally[0] += sum(label == kind for _, _, label in ours & gold)
            tally[1] += sum(label == kind for _, _, label in ours) + sum(
                label == kind for _, _, label in gold
            )
        right += len(ours & gold)
        bounded += len({span[:2] for span in ours} & {span[:2] for span in gold})
        predicted += len(ours)
        gold_total += len(gold)
    return Score(
        _percent(right, predicted),
        _percent(right, gold_total),
        _percent(2 * right, predicted + gold_total),
        _percent(2 * bounded, predicted + gold_total),
        tuple(_percent(2 * agreed, total) for agreed, total in kinds.values()),
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Print the table; returns 1 if a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.entities", description=__doc__)
    parser.add_argument(
        "--data", type=Path, nargs="*", default=[], metavar="DIR", help="folders with more gold data"
    )
    arguments = parser.parse_args(argv)

    models = [spacy_french.load(name) for name in spacy_french.MODELS if spacy_french.available(name)]
    if not models:
        print("no French model is installed: measuring only the rules", file=sys.stderr)
    listed = aliases.load([_SAMPLE_ALIASES])
    rows = list(_measure("sample", _read(_SAMPLE), models, [aliases.NONE, listed]))
    if arguments.data:
        for path in sorted(path for folder in arguments.data for path in _gold(folder)):
            name = path.name.partition(".")[0]
            if name != "sample":
                rows.extend(_measure(name, _read(path), models, [aliases.NONE]))

    print(_cost())
    print(
        f"{'gold':<22}{'recogniser':<34}{'P':>6}{'R':>6}{'F1':>7}{'untyped':>9}"
        f"{''.join(f'{kind:>6}' for kind in _KINDS)}{'s':>7}{'kc/s':>6}  goal (typed F1)"
    )
    for row in rows:
        print(row.line)
    values_met = _print_values()
    return 0 if values_met and all(row.met for row in rows) else 1


def _cost() -> str:
    """What loading the recogniser of Postil takes, in a process of its own."""
    code = """
import psutil, time
from tui.text import entities
memory, begun = psutil.Process().memory_info().rss, time.process_time()
from tui.text.names import finder
finder.find("Anna.", "en")
took = time.process_time() - begun
used = psutil.Process().memory_info().rss - memory
print(f"loading: {1000 * took:.0f} ms of processor time, {used / 1_000_000:.0f} MB of memory")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_ROOT)
    return done.stdout.strip()


class _Row(NamedTuple):
    line: str
    met: bool


def _measure(
    name: str, records: list[Record], models: Sequence[FrenchModel], lists: Sequence[Aliases]
) -> Iterator[_Row]:
    french = any(record.lang == "fr" for record in records)
    for listed in lists:
        for model in (*(models if french else ()), None):
            label = (model.name if model else "own") + (" + aliases" if listed.digest else "")
            yield _row(name, label, records, lambda r, m=model, a=listed: _recognised(r, m, a))


def _row(
    name: str, label: str, records: list[Record], recognise: Callable[[Record], Sequence[Entity]]
) -> _Row:
    began = time.process_time()
    reached = score([(record, recognise(record)) for record in records])
    seconds = max(time.process_time() - began, 1e-6)
    size = sum(len(record.text) for record in records)
    goal = _GOALS.get((name, label))
    met = goal is None or reached.f1 >= goal
    verdict = "" if goal is None else f">= {goal:.0f} {'met' if met else 'MISSED'}"
    figures = (
        f"{reached.precision:6.1f}{reached.recall:6.1f}{reached.f1:7.2f}{reached.untyped:9.2f}"
        f"{''.join(f'{kind:6.1f}' for kind in reached.by_kind)}{seconds:7.1f}{size / seconds / 1000:6.0f}"
    )
    return _Row(f"{name:<22}{label:<34}{figures}  {verdict}".rstrip(), met)


def _recognised(record: Record, model: FrenchModel | None, listed: Aliases) -> Sequence[Entity]:
    return entities.recognise(record.text, record.lang, listed, model).entities


def _print_values() -> bool:
    (sample,) = _read(_SAMPLE)
    found_values = {(e.label, sample.text[e.start : e.end]) for e in values.find(sample.text, "fr")}
    right = len(found_values & _SAMPLE_VALUES)
    met = found_values == _SAMPLE_VALUES
    print(
        f"values of the sample: {right} of {len(_SAMPLE_VALUES)} found, {len(found_values) - right} wrong"
        f"  {'met' if met else 'MISSED'}"
    )
    return met


def _read(path: Path) -> list[Record]:
    return [msgspec.json.decode(line, type=Record) for line in path.read_bytes().splitlines() if line.strip()]


def _gold(folder: Path) -> Iterator[Path]:
    """The gold files of a folder, or of its folders `entities` and `names`."""
    for inner in (folder, folder / "entities", folder / "names"):
        yield from inner.glob("*.jsonl")


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


if __name__ == "__main__":
    sys.exit(main())

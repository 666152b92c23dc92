"""The hints' recall on the sample, their false alarms on clean text, and their speed.

    python -m bench --only hints [--data DIR]

For the sample: the share of gold errors that a hint overlaps, by what a reader must understand to see them, and the
share of hints that overlap a gold error. The same for passages with planted errors (`bench.passages`), half of them
held out, and for randomly planted errors (`bench.planted`). For clean text (Parallel UD, and any `*.sent.jsonl` of
DIR): the sentences with a hint per thousand. Those hints are false alarms unless the text itself is wrong; all are
listed so that you can judge.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from bench import passages, planted
from bench.sentences import GOLD, Gold, article_of, gold_files, read_gold
from bench.table import Row, Section, at_least, at_most, figure
from tui.hints.find import find_hints
from tui.hints.lexicon import lexicon
from tui.model.hint import Hint

SURELY_FOUND = ("form", "lexicon", "document")
"""Reaches in which every error must get a hint."""

MOST_FLAGGED = {"fr_pud": 12, "it_pud": 8, "en_pud": 8, "es_pud": 8, "de_pud": 8}
"""Maximum number of sentences with a hint per thousand, by set."""

_MOST_PLANTED = 50
"""Maximum number of errors per family and set."""

_AROUND = 30
"""Code points shown on either side of a false alarm."""

_LOAD = """
import sys, time
from tui.hints.lexicon import lexicon
start = time.process_time()
known = lexicon(sys.argv[1])
known.other_languages("a")
print(time.process_time() - start)
"""


class GoldError(msgspec.Struct, frozen=True):
    """One error of the sample."""

    start: int
    end: int
    text: str
    reach: str


def measure(data: Path | None) -> Section:
    """All results. Raises OSError or msgspec.DecodeError for gold data that cannot be read."""
    rows, lines = _sample()
    more_rows, more_lines = _passages()
    rows += more_rows
    lines += more_lines
    read: dict[str, Sequence[Gold]] = {}
    seconds, sentences = 0.0, 0
    for path in gold_files(data):
        name = path.name.removesuffix(".sent.jsonl")
        if name == "sample":
            continue
        records = read[name] = read_gold(path)
        lexicon(records[0].lang)
        started = time.process_time()
        hints_by_record = [find_hints(article_of(record)) for record in records]
        if name in MOST_FLAGGED:
            seconds += time.process_time() - started
            sentences += sum(len(record.sentences) for record in records)
        flagged = _flagged(records, hints_by_record)
        what = f"sentences with a hint per 1000: {name}"
        goal = MOST_FLAGGED.get(name)
        rows.append(figure(what, flagged, "") if goal is None else at_most(what, flagged, "", goal))
        lines += ["", f"{name}:", *_alarms(records, hints_by_record)]
    rows.append(at_most("1000 sentences, processor time", 1e6 * seconds / sentences, "ms", 1000))
    for language in ("fr", "de"):
        rows.append(at_most(f"tables loaded, processor time: {language}", _loading(language), "ms", 300))
    return Section("Hints", rows, [*lines, "", *_planted(read)])


def _sample() -> tuple[list[Row], list[str]]:
    [record] = read_gold(GOLD / "sample.sent.jsonl")
    decoder = msgspec.json.Decoder(GoldError)
    errors = [decoder.decode(line) for line in (GOLD / "sample.errors.jsonl").read_bytes().splitlines()]
    hints = find_hints(article_of(record))
    hinted = [error for error in errors if any(_overlap(hint, error) for hint in hints)]
    wrong = [hint for hint in hints if not any(_overlap(hint, error) for error in errors)]
    rows: list[Row] = []
    for reach in dict.fromkeys((*SURELY_FOUND, *(error.reach for error in errors))):
        there, hit = (sum(error.reach == reach for error in some) for some in (errors, hinted))
        what, share = f"sample: {there} errors of reach {reach}, hinted", 100 * hit / there
        rows.append(at_least(what, share, "%", 100) if reach in SURELY_FOUND else figure(what, share, "%"))
    right = 100 * (len(hints) - len(wrong)) / len(hints)
    rows.append(at_least(f"sample: {len(hints)} hints, on an error", right, "%", 95))
    missed = [error for error in errors if error not in hinted]
    lines = [f"sample, missed ({error.reach}): {error.text}" for error in missed]
    return rows, [*lines, *(f"sample, false: {_shown(record.text, hint)}" for hint in wrong)]


def _passages() -> tuple[list[Row], list[str]]:
    """Passages with errors of all families, half of them held out."""
    rows, lines = list[Row](), list[str]()
    known = passages.read_passages()
    for half in passages.HALVES:
        measured = passages.measure([passage for passage in known if passage.half == half])
        there, hit = measured.planted.total(), measured.hinted.total()
        rows.append(figure(f"passages ({half}): {there} errors, hinted", 100 * hit / there, "%"))
        right = 100 * (measured.hints - len(measured.false)) / measured.hints
        rows.append(figure(f"passages ({half}): {measured.hints} hints, on an error", right, "%"))
        rows.append(figure(f"passages ({half}), corrected: hints", len(measured.on_corrected), ""))
        counts = (
            f"{name} {measured.hinted[name]}/{measured.planted[name]}" for name in sorted(measured.planted)
        )
        lines += ["", f"passages ({half}): {', '.join(counts)}"]
        lines += [
            f"missed ({error.family}) in {passage.id}: {error.text}" for passage, error in measured.missed
        ]
        lines += [f"false: {_shown(text, hint)}" for text, hint in measured.false]
        lines += [f"false, corrected: {_shown(text, hint)}" for text, hint in measured.on_corrected]
    return rows, lines


def _planted(read: Mapping[str, Sequence[Gold]]) -> list[str]:
    """Randomly planted errors in the clean sets: hinted / planted, by family and set."""
    width = max(len(name) for name in read)
    lines = [f"{'planted by chance':<18}{''.join(f'{name:>{width + 3}}' for name in read)}"]
    for family in planted.FAMILIES:
        cells = [planted.reach(records, family, _MOST_PLANTED) for records in read.values()]
        shown = (f"{hinted}/{total}" if total else "-" for hinted, total in cells)
        lines.append(f"{family:<18}{''.join(f'{cell:>{width + 3}}' for cell in shown)}")
    return lines


def _overlap(hint: Hint, error: GoldError) -> bool:
    return hint.start < error.end and error.start < hint.end


def _flagged(records: Sequence[Gold], hints_by_record: Sequence[Sequence[Hint]]) -> float:
    """Sentences with a hint per thousand."""
    with_hint = sum(
        any(start <= hint.start < end for hint in hints)
        for record, hints in zip(records, hints_by_record, strict=True)
        for start, end in record.sentences
    )
    return 1000 * with_hint / sum(len(record.sentences) for record in records)


def _alarms(records: Sequence[Gold], hints_by_record: Sequence[Sequence[Hint]]) -> list[str]:
    """The number of hints of each detector, then each hint."""
    counts = Counter(hint.detector for hints in hints_by_record for hint in hints)
    shown = [
        _shown(record.text, hint)
        for record, hints in zip(records, hints_by_record, strict=True)
        for hint in sorted(hints, key=lambda hint: hint.detector)
    ]
    return [", ".join(f"{name} {count}" for name, count in counts.most_common()), *shown]


def _shown(text: str, hint: Hint) -> str:
    before = text[max(0, hint.start - _AROUND) : hint.start]
    after = text[hint.end : hint.end + _AROUND]
    line = f"{hint.detector} {hint.confidence:.2f}  {before}[{text[hint.start : hint.end]}]{after}"
    return f"{' '.join(line.split())} | {hint.reason}"


def _loading(language: str) -> float:
    """Milliseconds of processor time, measured in a separate process."""
    done = subprocess.run([sys.executable, "-c", _LOAD, language], capture_output=True, text=True, check=True)
    return 1000 * float(done.stdout)

"""Annotating the whole sample by keys alone, in the real program on a pty, and counting the keys.

The intended annotations are in `tests/gold`; afterwards the export must match them exactly.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

import msgspec

from bench.intent import Meant, MeantQuote, MeantSpan, meant
from bench.pty import BenchError, Program, environment
from bench.table import Row, Section, at_most, figure
from bench.typist import Act, Purpose, Typist, typed
from tui.model.annotation import Quote, Span
from tui.model.article import Article
from tui.model.quotation import ORIGIN
from tui.resources import sample
from tui.session.found_quotations import found_quotation
from tui.settings import scheme_file as scheme
from tui.store.library import Library

ROOT = Path(__file__).resolve().parent.parent
POSTIL = [sys.executable, "-m", "tui"]
ANNOTATOR = "bench"

QUIT = "ctrl+q"


class Scene(NamedTuple):
    """The sample in its own library, and its intended annotations."""

    folder: Path
    article: Article
    sentences: Sequence[Meant]
    acts: Sequence[Act]

    @property
    def command(self) -> list[str]:
        """The command that opens the article."""
        where = ["--annotations", str(self.folder), "--annotator", ANNOTATOR, "--keymap", "default"]
        return [*POSTIL, "open", self.article.id, *where]

    @property
    def decided(self) -> str:
        """The header's text when everything is decided."""
        return f"{len(self.sentences)}/{len(self.sentences)} decided"


class _Exported(msgspec.Struct):
    """An exported record, without the article, the times and the entities."""

    sentence: int
    start: int
    end: int
    text: str
    tags: tuple[str, ...]
    decided: bool
    unsure: bool
    spans: list[Span]
    quotes: list[Quote]
    note: str


def prepare(folder: Path) -> Scene:
    """Add the sample to a library in `folder`, and work out the keys."""
    article_id = _output("add", str(sample()), "--annotations", str(folder)).decode().strip()
    article = Library(folder).load(article_id)
    sentences = meant(article)
    people = [name.text for name in article.entity_counts if name.label == "PER"]
    return Scene(folder, article, sentences, list(Typist(article, scheme.load(), people).acts(sentences)))


def measure() -> Section:
    """Type everything at full speed, and count. Raises BenchError if the program does not finish."""
    with tempfile.TemporaryDirectory() as name:
        scene = prepare(Path(name))
        seconds = type_flat_out(scene)
        wrong = differences(scene, export(scene))
    rows = [
        *counted(scene.acts),
        at_most("fields of the export that differ from the intended ones", len(wrong), "", 0),
        figure("all of these keys typed at full speed, until the last is shown", seconds, "s"),
    ]
    return Section("Annotation flow, the whole sample", rows, wrong)


def type_flat_out(scene: Scene) -> float:
    """Type every key without waiting; returns the seconds until the last sentence is shown as decided."""
    with Program(scene.command, ROOT) as program:
        program.wait_for(f"0/{len(scene.sentences)} decided")
        began = time.perf_counter()
        for act in scene.acts:
            program.press("".join(map(typed, act.keys)))
            program.settle(0)
        program.wait_for(scene.decided)
        seconds = time.perf_counter() - began
        program.press(typed(QUIT))
        code = program.wait_for_end()
    if code:
        raise BenchError(f"postil ended with exit code {code}")
    return seconds


# -- comparing -------------------------------------------------------------


def export(scene: Scene) -> bytes:
    """The output of `postil export`."""
    return _output("export", scene.article.id, "--annotations", str(scene.folder))


def differences(scene: Scene, printed: bytes) -> list[str]:
    """The differences between an export and the intended annotations, one line per field."""
    records = [msgspec.json.decode(line, type=_Exported) for line in printed.splitlines()]
    by_sentence = {record.sentence - 1: record for record in records}
    wrong: list[str] = []
    if len(by_sentence) != len(records) or set(by_sentence) != {
        intended.sentence for intended in scene.sentences
    }:
        wrong.append(f"records: {len(records)} of {len(scene.sentences)} sentences")
    for intended in scene.sentences:
        record = by_sentence.get(intended.sentence)
        if record is not None:
            wrong += _fields_that_differ(
                intended.sentence, _intended_fields(scene, intended), _exported_fields(record)
            )
    return wrong + _ids_that_differ(records)


def _intended_fields(scene: Scene, intended: Meant) -> dict[str, object]:
    """The intended fields of a record."""
    article = scene.article
    start, end = article.starts[intended.sentence], article.ends[intended.sentence]
    quotes = [quote for other in scene.sentences for quote in other.quotes]
    here = [quote for quote in quotes if quote.start < end and start < quote.end]
    return {
        "start": start,
        "end": end,
        "text": article.text[start:end],
        "tags": intended.tags,
        "decided": True,
        "unsure": intended.unsure,
        "note": intended.note,
        "spans": [(*span, article.text[span.start : span.end], "human") for span in intended.spans],
        "quotes": [
            (*quote, article.text[quote.start : quote.end], _origin(article, quote)) for quote in here
        ],
    }


def _origin(article: Article, quote: MeantQuote) -> str:
    return "human" if found_quotation(article, quote.start, quote.end) is None else ORIGIN


def _exported_fields(record: _Exported) -> dict[str, object]:
    """The same fields as exported."""
    spans = [
        (
            *MeantSpan(span.start, span.end, span.category or "", span.severity, span.correction, span.note),
            span.text,
            span.origin,
        )
        for span in record.spans
    ]
    quotes = [
        (
            *MeantQuote(quote.start, quote.end, quote.speaker or "", quote.holder, quote.closed),
            quote.text,
            quote.origin,
        )
        for quote in record.quotes
    ]
    return {
        "start": record.start,
        "end": record.end,
        "text": record.text,
        "tags": record.tags,
        "decided": record.decided,
        "unsure": record.unsure,
        "note": record.note,
        "spans": spans,
        "quotes": quotes,
    }


def _fields_that_differ(
    sentence: int, intended: Mapping[str, object], exported: Mapping[str, object]
) -> list[str]:
    return [
        f"sentence {sentence + 1}, {field}: intended {intended[field]!r}, exported {exported[field]!r}"
        for field in intended
        if intended[field] != exported[field]
    ]


def _ids_that_differ(records: Sequence[_Exported]) -> list[str]:
    """An error line if an id belongs to two marks, or a mark has two ids."""
    marks = [("span", mark) for record in records for mark in record.spans]
    marks += [("quote", mark) for record in records for mark in record.quotes]
    spans_by_id = {(kind, mark.id, mark.start, mark.end) for kind, mark in marks}
    ids = {mark.id for _, mark in marks}
    spans = {(kind, mark.start, mark.end) for kind, mark in marks}
    return [] if len(spans_by_id) == len(ids) == len(spans) else ["ids: not one for each mark"]


# -- counting --------------------------------------------------------------


def counted(acts: Sequence[Act]) -> list[Row]:
    """Keys by purpose. Corrections, notes and trims do not count as keys of a span."""
    deciding, spans, repeats = (_sizes(acts, purpose) for purpose in ("decide", "span", "repeat"))
    sentences = len({act.sentence for act in acts if act.purpose == "decide"})
    return [
        at_most("keys per decided sentence: tags and moves, mean", sum(deciding) / sentences, "keys", 1.3),
        at_most("keys per span with severity and category, median", median(spans), "keys", 5),
        at_most("keys per span with severity and category, mean", mean(spans), "keys", 5.3),
        at_most("keys per span with severity and category, maximum", max(spans), "keys", 6),
        at_most("keys per repeated span, median", median(repeats), "keys", 3),
        figure("keys per span, repeated or not, mean", mean([*spans, *repeats]), "keys"),
        figure("sentences decided", sentences, ""),
        figure("spans marked", len(spans) + len(repeats), ""),
        figure("of which repeated", len(repeats), ""),
        figure("keys that trim spans by a character", sum(_sizes(acts, "trim")), ""),
        figure("keys per quotation with speaker and holder, mean", mean(_sizes(acts, "quote")), "keys"),
        figure("keys per correction, mean", mean(_sizes(acts, "correct")), "keys"),
        figure("keys in total, with corrections and notes", sum(len(act.keys) for act in acts), ""),
    ]


def _sizes(acts: Sequence[Act], purpose: Purpose) -> list[int]:
    return [len(act.keys) for act in acts if act.purpose == purpose]


def _output(*arguments: str) -> bytes:
    """The output of a command. Raises BenchError if it fails."""
    done = subprocess.run(
        [*POSTIL, *arguments],
        cwd=ROOT,
        env=environment(os.environ),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"postil {arguments[0]}: {done.stderr.decode('utf-8', 'replace').strip()}")
    return done.stdout

"""The time of `postil agreement` for many sentences and several annotators, with marks and intervals."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.pty import BenchError
from bench.table import Row, Section, at_most
from tui.model.annotation import Annotation, Span, Work
from tui.model.article import Article
from tui.model.clock import now
from tui.model.identity import text_sha256
from tui.store.folder import FolderStore
from tui.store.library import Library

SENTENCES = 10_000
ANNOTATORS = 5
SECONDS = 2.0
_ROUNDS = 3
_SHARES = {"fact": 0.6, "opinion": 0.3, "quote": 0.25, "translation_error": 0.25}
_SLIPS = 0.1
"""Probability that an annotator gets a tag wrong."""
_TEXT = "Musk a dit que la situation était grave et que cela changerait."


def measure(sentences: int = SENTENCES) -> Section:
    """The best of three runs of the command, including its start and reading the files."""
    with tempfile.TemporaryDirectory() as folder:
        _annotate(Path(folder), sentences)
        seconds = min(_timed(Path(folder)) for _ in range(_ROUNDS))
    what = f"postil agreement, {sentences:,} sentences by {ANNOTATORS}"
    rows: list[Row] = [at_most(what, seconds, "s", SECONDS)]
    return Section("Agreement", rows)


def _timed(folder: Path) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "tui", "agreement", "--annotations", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise BenchError(f"postil agreement failed: {done.stderr.strip()[-200:]}")
    return time.perf_counter() - start


def _annotate(folder: Path, sentences: int) -> None:
    draws = random.Random(7)
    starts = [number * (len(_TEXT) + 1) for number in range(sentences)]
    text = " ".join([_TEXT] * sentences)
    article = Article(
        id=f"agreement-{text_sha256(text)[:8]}",
        title="agreement",
        source="-",
        language="fr",
        text_sha256=text_sha256(text),
        added_at=now(),
        text=text,
        starts=starts,
        ends=[start + len(_TEXT) for start in starts],
        paragraphs=[0],
    )
    Library(folder).save(article)
    truth = [{tag for tag, share in _SHARES.items() if draws.random() < share} for _ in starts]
    store = FolderStore(folder, scheme="news/1")
    for number in range(ANNOTATORS):
        annotations = {annotation.start: annotation for annotation in _annotations(article, truth, draws)}
        writer = store.open(article.id, f"annotator{number}")
        writer.put(Work().step_to(Work(annotations=annotations), action="bench", label="bench", at=now()))
        writer.close()


def _annotations(article: Article, truth: list[set[str]], draws: random.Random) -> Iterator[Annotation]:
    at = now()
    for start, end, right in zip(article.starts, article.ends, truth, strict=True):
        tags = tuple(tag for tag in _SHARES if (tag in right) != (draws.random() < _SLIPS))
        spans: tuple[Span, ...] = ()
        if "translation_error" in tags:
            first, last = start + draws.choice((5, 7)), start + draws.choice((14, 17, 27))
            marked = article.text[first:last]
            spans = (
                Span(id=str(start), start=first, end=last, text=marked, category="style", severity="minor"),
            )
        yield Annotation(
            segmentation=1,
            start=start,
            end=end,
            text=article.text[start:end],
            tags=tags,
            decided=True,
            spans=spans,
            created_at=at,
            updated_at=at,
        )

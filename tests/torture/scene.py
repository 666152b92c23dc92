"""Where programs are tortured: a folder with the sample article, and how to judge what is left of the work in it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from tests.torture.report import Report
from tui.model.annotation import Annotation, Event, Step
from tui.model.article import Article
from tui.prepare.pipeline import read_articles
from tui.resources import sample
from tui.settings import actions, keymap, theme
from tui.settings import scheme_file as scheme
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import StoreError
from tui.store.work_files import article_files
from tui.workspace import Workspace

CHECKOUT = Path(__file__).parents[2]
"""Where `python -m tests.torture...` finds this package."""


class Findings:
    """What a torture counts, and what it finds wrong."""

    def __init__(self) -> None:
        self.counts = Counter[str](missing=0, unreadable=0, unwritable=0, phantom=0)
        self.failures: list[str] = []

    def fault(self, kind: str, where: str, what: str) -> None:
        """`kind` is one of missing, unreadable, unwritable, phantom."""
        self.counts[kind] += 1
        self.failures.append(f"{kind}: {where}: {what}")

    def report(self, name: str) -> Report:
        return Report(name, dict(self.counts), self.failures)


def furnish(folder: Path) -> Article:
    """Put the sample into a new annotations folder; nothing is left to be found in it by another process."""
    [article] = read_articles(sample())
    article = msgspec.structs.replace(article, prepared_by={**article.prepared_by, "entities": "none"})
    Library(folder).save(article)
    return article


def store_in(folder: Path) -> FolderStore:
    """The store as the program makes it."""
    return FolderStore(folder, scheme.load().label)


def workspace_in(folder: Path, annotator: str) -> Workspace:
    """The annotator's place of work, as the program makes it."""
    news = scheme.load()
    return Workspace(
        folder,
        annotator=annotator,
        scheme=news,
        keymap=keymap.load("default", actions.actions(news)),
        palette=theme.choose("dark", {}),
    )


def replayed(events: Iterable[Event]) -> dict[int, Annotation]:
    """What is said after the events, by the sentence's start offset."""
    said: dict[int, Annotation] = {}
    for event in events:
        for change in event.step.changes:
            if change.after is None or change.after.is_empty:
                said.pop(change.start, None)
            else:
                said[change.start] = change.after
    return said


def recovered(folder: Path, article: str, annotator: str, found: Findings, where: str) -> list[Event] | None:
    """The history that is stored; None, and a fault, when it or the work cannot be read or is not whole."""
    store = store_in(folder)
    try:
        events = list(store.history(article, annotator))
        said = store.load(article, annotator).annotations
    except StoreError as error:
        found.fault("unreadable", where, str(error))
        return None
    numbers = [event.seq for event in events]
    if numbers != list(range(1, len(events) + 1)):
        found.fault("missing", where, f"the history has gaps: {_runs(numbers)}")
    elif any(event.annotator != annotator for event in events):
        found.fault("phantom", where, "the history names somebody else")
    elif said != replayed(events):
        found.fault("missing", where, "what is loaded is not what the history says")
    else:
        return events
    return None


def check_writable(folder: Path, article: str, annotator: str, found: Findings, where: str) -> None:
    """Open the article for writing and close it, which folds."""
    try:
        store_in(folder).open(article, annotator).close()
    except StoreError as error:
        found.fault("unwritable", where, str(error))
        return
    if has_journal(folder, article, annotator):
        found.fault("unwritable", where, "the journal is left after closing")


def check_submitted(
    found_steps: Sequence[Step], submitted: Sequence[Step], saved: int, found: Findings, where: str
) -> None:
    """What is found must be the beginning of what was submitted, up to `saved` or further."""
    if len(found_steps) < saved:
        found.fault("missing", where, f"{saved} steps were acknowledged, {len(found_steps)} are there")
    for number, (one, other) in enumerate(zip(found_steps, submitted, strict=False), 1):
        if one != other:
            found.fault("phantom", where, f"step {number} is not the one that was submitted")
            return
    if len(found_steps) > len(submitted):
        found.fault("phantom", where, f"{len(submitted)} steps were submitted, {len(found_steps)} are there")


def has_journal(folder: Path, article: str, annotator: str) -> bool:
    return article_files(folder / "people", article, annotator).journal.exists()


def is_mid_fold(folder: Path, article: str, annotator: str) -> bool:
    """Whether a fold had begun and had not ended when the process was killed."""
    files = article_files(folder / "people", article, annotator)
    if files.folder.is_dir() and any(path.name.endswith(".tmp") for path in files.folder.iterdir()):
        return True
    if not files.journal.exists():
        return False
    try:
        after = json.loads(files.journal.read_bytes().partition(b"\n")[0])["after"]
        last = max(_last_of_history(files.history), _revision(files.checkpoint))
    except (ValueError, KeyError):
        # Something is cut off, in a file that only a fold writes.
        return True
    return last > after


def _last_of_history(path: Path) -> int:
    if not path.exists():
        return 0
    last = path.read_bytes().rstrip(b"\n").rpartition(b"\n")[2]
    return int(json.loads(last).get("seq", 0))


def _revision(path: Path) -> int:
    return int(json.loads(path.read_bytes())["state"]["1"]["revision"]) if path.exists() else 0


def _runs(numbers: Sequence[int]) -> str:
    """`1-7, 9-12` of 1 2 3 4 5 6 7 9 10 11 12."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{first}-{last}" for first, last in runs[:10])

"""An annotator's sittings on a simulated disk, and how to judge what is left of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.torture.scene import Findings
from tui.model.annotation import Annotation, Change, Event, Step
from tui.model.article import Article
from tui.store.disk import Disk
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder
from tui.store.library import Library
from tui.store.lock import Lock
from tui.store.protocol import NotSaved, StoreError
from tui.store.work_files import ArticleFiles, article_files
from tui.store.writer import FolderWriter

ANNOTATOR = "ana"
SCHEME = "news/1"
REPAIR = "repair"
"""The action of a step that a repair adds."""

FOLD_AT = 1_500
"""Bytes of the journal: after every third put or so."""

_SENTENCES = ("Un été à Rome.", "Musk a dit « non ».", "😀 Trois.", "Quatre.", "Cinq, la fin.")
_TRIES = 3
"""How often an article is opened that cannot be."""

Sitting = Sequence[Sequence[Step]]
"""What is put from opening the article to closing it, step by step or several at once."""


class FreeLock(Lock):
    """Always to be had, as after the end of whoever held it."""

    def __init__(self, path: Path, who: str, folder: HeldFolder | None = None) -> None:
        pass

    def renew(self) -> None:
        pass

    def release(self) -> None:
        pass


@dataclass
class Told:
    """What an annotator did, and was told."""

    submitted: list[Step] = field(default_factory=list[Step])
    saved: int = 0
    """How many of them the store said were saved."""
    refused: int = 0
    unopened: int = 0


@dataclass(frozen=True)
class Scene:
    """A folder with an article; the annotations lie on a disk that comes with each call."""

    folder: Path
    article: Article

    @classmethod
    def furnish(cls, folder: Path) -> Scene:
        """Put a small article into a new annotations folder."""
        text = " ".join(_SENTENCES)
        starts = [text.index(sentence) for sentence in _SENTENCES]
        article = Article(
            id="un-ete-12345678",
            title="Un été",
            source="ete.txt",
            language="fr",
            source_language="it",
            text_sha256=hashlib.sha256(text.encode()).hexdigest(),
            added_at="2026-11-22T22:00:00.000Z",
            prepared_by={"sentences": "test 1", "entities": "test 1"},
            text=text,
            starts=starts,
            ends=[start + len(sentence) for start, sentence in zip(starts, _SENTENCES, strict=True)],
            paragraphs=[0, 2],
        )
        Library(folder).save(article)
        return cls(folder, article)

    def store(self, disk: Disk, lock: type[Lock] = FreeLock) -> FolderStore:
        return FolderStore(self.folder, SCHEME, disk, lock)

    @property
    def files(self) -> ArticleFiles:
        return article_files(self.folder / "people", self.article.id, ANNOTATOR)

    def sittings(self, *counts: int) -> list[Sitting]:
        """As many puts in each as said: notes, some taken away, undo and redo, some of them together."""
        steps = _steps(self.article)
        return [
            [[next(steps) for _ in range(1 + (put % 5 == 3))] for put in range(count)] for count in counts
        ]


# -- what is done ------------------------------------------------------------


def _steps(article: Article) -> Iterator[Step]:
    said: dict[int, Annotation] = {}
    number = 0
    while True:
        for index in (0, 1, 0, 2, 3, 1, 4):
            number += 1
            start = article.starts[index]
            change = Change(before=said.get(start), after=_said(article, index, number))
            if number % 5 == 0 and start in said:
                change = Change(before=said[start], after=None)
            step = Step(action="note", label="wrote a note", at=_at(number), changes=(change,), cursor=start)
            undo = Step(
                action="undo", label="undid", at=_at(number), changes=(change.reversed(),), cursor=start
            )
            redo = Step(action="redo", label="redid", at=_at(number), changes=(change,), cursor=start)
            for taken in (step, undo, redo) if number % 4 == 0 else (step,):
                said = replayed([taken], said)
                yield taken


def _said(article: Article, index: int, number: int) -> Annotation:
    return Annotation(
        segmentation=1,
        start=article.starts[index],
        end=article.ends[index],
        text=article.sentence_text(index),
        tags=("fact",),
        decided=True,
        note=f"{number} " + "é" * (number % 7),
        created_at=_at(number),
        updated_at=_at(number),
    )


def _at(number: int) -> str:
    return f"2026-11-22T22:{number // 60:02}:{number % 60:02}.000Z"


def work(scene: Scene, disk: Disk, days: Sequence[Sitting], told: Told) -> Iterator[None]:
    """Annotate as the reader does, over refusals too; comes back after each put and each closing.

    Lets through whatever the store must not raise.
    """
    store = scene.store(disk)
    for sitting in days:
        writer = _opened(store, scene.article.id, told)
        if writer is None:
            continue
        for steps in sitting:
            told.submitted += steps
            writer.put_cursor(steps[-1].cursor)
            try:
                writer.put(*steps)
                told.saved = len(told.submitted)
            except NotSaved:
                told.refused += 1
            yield
            writer.tidy()
        try:
            writer.close()
            told.saved = len(told.submitted)
        except NotSaved:
            told.refused += 1
        yield


def _opened(store: FolderStore, article: str, told: Told) -> FolderWriter | None:
    for _ in range(_TRIES):
        try:
            writer = store.open(article, ANNOTATOR)
        except StoreError:
            told.unopened += 1
            continue
        writer.fold_at = FOLD_AT
        # Here it is settled what of the steps that were refused at the last has come through.
        told.submitted = told.submitted[: max(told.saved, _count(store, article))]
        return writer
    return None


def _count(store: FolderStore, article: str) -> int:
    try:
        return sum(event.step.action != REPAIR for event in store.history(article, ANNOTATOR))
    except StoreError:
        return 0


def go_on(scene: Scene, disk: Disk, told: Told) -> bool:
    """Open what is there, put one more step, and close; tells whether something was mended. Raises StoreError."""
    said = _said(scene.article, 0, 0)
    change = Change(before=None, after=said)
    further = Step(action="note", label="went on", at=said.updated_at, changes=(change,), cursor=0)
    writer = scene.store(disk).open(scene.article.id, ANNOTATOR)
    told.submitted.append(further)
    writer.put(further)
    told.saved = len(told.submitted)
    writer.close()
    return bool(writer.notices)


# -- what is left ------------------------------------------------------------


def judge(scene: Scene, disk: Disk, told: Told, found: Findings, where: str) -> None:
    """Read what is left on the disk, work on with it and read again: it must be what was saved, or more."""
    left = look(scene, disk, told, found, where)
    if left is None:
        return
    later = Told(left, len(left))
    try:
        found.counts["mended"] += go_on(scene, disk, later)
    except StoreError as error:
        found.fault("unwritable", where, str(error))
        return
    look(scene, disk, later, found, f"{where}, one step later")


def look(scene: Scene, disk: Disk, told: Told, found: Findings, where: str) -> list[Step] | None:
    """The steps that are there; None, and a fault, when they are not what they must be."""
    store, article = scene.store(disk), scene.article.id
    try:
        said = store.load(article, ANNOTATOR).annotations
        events = list(store.history(article, ANNOTATOR))
        backwards = list(store.history(article, ANNOTATOR, newest_first=True))
    except StoreError as error:
        found.fault("unreadable", where, str(error))
        return None
    steps = [event.step for event in events if event.step.action != REPAIR]
    wrong = _wrong(said, events, backwards, steps, told)
    if wrong is None:
        return steps
    found.fault(wrong[0], where, wrong[1])
    return None


def _wrong(
    said: dict[int, Annotation],
    events: Sequence[Event],
    backwards: Sequence[Event],
    steps: Sequence[Step],
    told: Told,
) -> tuple[str, str] | None:
    numbers = [event.seq for event in events]
    if numbers != list(range(1, len(events) + 1)):
        return "missing", f"the history has the steps {numbers}"
    if len(steps) < told.saved:
        return "missing", f"{told.saved} steps were saved, {len(steps)} are there"
    if list(steps) != told.submitted[: len(steps)]:
        return "phantom", f"{len(steps)} steps are there, and are not the first of {len(told.submitted)}"
    if said != replayed(steps, {}):
        return "missing", "what is loaded is not what the history says"
    if list(backwards) != list(events)[::-1]:
        return "missing", "the history backwards is another"
    return None


def replayed(steps: Sequence[Step], said: dict[int, Annotation]) -> dict[int, Annotation]:
    """What is said after the steps, by the sentence's start offset."""
    later = dict(said)
    for step in steps:
        for change in step.changes:
            if change.after is None or change.after.is_empty:
                later.pop(change.start, None)
            else:
                later[change.start] = change.after
    return later

"""The store beside a plain dict: whatever is done, undone, folded, closed or cut off, both say the same."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis.strategies as st
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.long import long_or_short
from tui.model.annotation import Annotation, Step
from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.session.session import Outcome, Session
from tui.settings.scheme_file import load
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.verify import verify
from tui.store.writer import FolderWriter

SCHEME = load()
SENTENCES = 4
TEXT = "Un été. " * SENTENCES
ARTICLE = Article(
    id="un-ete-12345678",
    title="Un été",
    source="ete.txt",
    language="fr",
    text_sha256=text_sha256(TEXT),
    added_at="2026-11-22T22:00:00.000Z",
    text=TEXT,
    starts=list(range(0, 8 * SENTENCES, 8)),
    ends=list(range(7, 8 * SENTENCES, 8)),
    paragraphs=[0],
)

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""No power is cut here: a disk would only make it slower."""

Said = dict[int, tuple[frozenset[str], str]]
"""By sentence: its tags and its note."""

sentences = st.integers(0, SENTENCES - 1)


def plain(annotations: dict[int, Annotation]) -> Said:
    return {start // 8: (frozenset(said.tags), said.note) for start, said in annotations.items()}


class Sittings(RuleBasedStateMachine):
    """One annotator on one article, on a real file system, through sessions, folds and crashes."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Path(tempfile.mkdtemp(dir=MEMORY))
        self.places = itertools.count()
        self.left_open: list[FolderWriter] = []
        self.clock = itertools.count()
        self.said: Said = {}
        self.before: list[Said] = []
        self.undone: list[Said] = []
        self.steps = 0

    @initialize()
    def begin(self) -> None:
        self.folder = self.top / str(next(self.places))
        Library(self.folder).save(ARTICLE)
        self.open()

    def open(self) -> None:
        self.store = FolderStore(self.folder, SCHEME.label)
        self.writer = self.store.open(ARTICLE.id, "ana")
        self.writer.fold_at = 2_000
        assert self.writer.notices == []
        earlier = self.store.history(ARTICLE.id, "ana", newest_first=True, upto=self.writer.revision)
        self.session = Session(
            ARTICLE,
            SCHEME,
            self.store.load(ARTICLE.id, "ana"),
            "ana",
            clock=lambda: f"{next(self.clock):06}",
            earlier=(event.step for event in earlier),
        )

    # -- what an annotator does --------------------------------------------

    @rule(sentence=sentences, tag=st.sampled_from(["fact", "opinion", "quote"]))
    def toggle(self, sentence: int, tag: str) -> None:
        tags, note = self.said.get(sentence, (frozenset[str](), ""))
        self.done(self.session.toggle(sentence, tag), sentence, tags ^ {tag}, note)

    @rule(sentence=sentences, note=st.sampled_from(["", "é", "\u2028x", "long " * 60]))
    def note(self, sentence: int, note: str) -> None:
        tags, _ = self.said.get(sentence, (frozenset[str](), ""))
        self.done(self.session.set_note(sentence, note), sentence, tags, note.strip())

    @rule(sentence=sentences)
    def clear(self, sentence: int) -> None:
        _, note = self.said.get(sentence, (frozenset[str](), ""))
        self.done(self.session.clear(sentence), sentence, frozenset(), note)

    @rule(several=st.lists(st.tuples(sentences, st.sampled_from(["fact", "quote"])), min_size=2, max_size=4))
    def several_at_once(self, several: list[tuple[int, str]]) -> None:
        waiting: list[Step] = []
        for sentence, tag in several:
            tags, note = self.said.get(sentence, (frozenset[str](), ""))
            outcome = self.session.toggle(sentence, tag)
            assert outcome.step is not None
            waiting.append(outcome.step)
            self.take(sentence, tags ^ {tag}, note)
        self.writer.put(*waiting)
        self.steps += len(waiting)

    @rule()
    def undo(self) -> None:
        outcome = self.session.undo()
        assert (outcome.step is not None) == bool(self.before)
        if outcome.step is not None:
            self.put(outcome.step)
            self.undone.append(self.said)
            self.said = self.before.pop()

    @rule()
    def redo(self) -> None:
        outcome = self.session.redo()
        assert (outcome.step is not None) == bool(self.undone)
        if outcome.step is not None:
            self.put(outcome.step)
            self.before.append(self.said)
            self.said = self.undone.pop()

    @rule()
    def tidy(self) -> None:
        self.writer.tidy()

    @rule()
    def leave_and_come_back(self) -> None:
        self.writer.close()
        self.open()

    @rule()
    def crash(self) -> None:
        """What is on disk goes on elsewhere; who had it open never closes it."""
        self.left_open.append(self.writer)
        went_on = self.top / str(next(self.places))
        shutil.copytree(self.folder, went_on)
        self.folder = went_on
        self.open()

    def done(self, outcome: Outcome, sentence: int, tags: frozenset[str], note: str) -> None:
        if outcome.step is not None:
            self.put(outcome.step)
            self.take(sentence, tags, note)

    def take(self, sentence: int, tags: frozenset[str], note: str) -> None:
        self.before.append(self.said)
        self.undone = []
        self.said = dict(self.said)
        self.said.pop(sentence, None)
        if tags or note:
            self.said[sentence] = (tags, note)

    def put(self, step: Step) -> None:
        self.writer.put(step)
        self.steps += 1

    # -- what always holds -------------------------------------------------

    @invariant()
    def the_store_says_what_was_said(self) -> None:
        assert plain(self.store.load(ARTICLE.id, "ana").annotations) == self.said
        assert self.writer.revision == self.steps

    @invariant()
    def the_history_leads_there(self) -> None:
        events = list(self.store.history(ARTICLE.id, "ana"))
        assert [event.seq for event in events] == list(range(1, self.steps + 1))
        annotations: dict[int, Annotation] = {}
        for event in events:
            for change in event.step.changes:
                assert annotations.get(change.start) == change.before
                if change.after is None:
                    annotations.pop(change.start)
                else:
                    annotations[change.start] = change.after
        assert plain(annotations) == self.said

    def teardown(self) -> None:
        assert [problem for found in verify(self.folder) for problem in found.problems] == []
        for writer in (*self.left_open, self.writer):
            writer.close()
        shutil.rmtree(self.top)


Sittings.TestCase.settings = settings(
    max_examples=long_or_short(120, 20), stateful_step_count=50, deadline=None
)
TestSittings = pytest.mark.longer(Sittings.TestCase)

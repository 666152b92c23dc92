"""Whatever an annotator does, in whatever order: the session says what a plain model says, and so do the files.

The model knows neither offsets kept nor steps: it holds whole states, and undo is the state before.
"""

from __future__ import annotations

import copy
import io
import itertools
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.long import long_or_short
from tui.formats import jsonl
from tui.formats.records import records
from tui.model.article import Article, Entity, EntityIndex
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.repaired import repaired
from tui.model.scheme import Scheme
from tui.session.boundary_repairs import merge, split
from tui.session.entities import delete_entity, set_entity, set_entity_bounds
from tui.session.marks import add_span
from tui.session.session import Outcome, Session
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.verify import verify
from tui.text.words import targets

PARAGRAPHS = (
    ("Un été à Rome.", "Musk a dit\u00a0: «\u00a0non\u00a0».", "L'acquisition de 2015Musk… 👩\u200d👧 oui."),
    ("Titre",),
    ("e\u0301té Rome Musk", "Trois fois Rome, Rome et Rome."),
)
NAMES = {"Rome": "LOC", "Musk": "PER", "Trois": "NUMBER"}

Place = tuple[int, int]


@dataclass
class Sentence:
    start: int
    end: int
    paragraph: int
    heading: bool
    tags: set[str] = field(default_factory=set)
    decided: bool = False
    unsure: bool = False
    note: str = ""
    spans: set[Place] = field(default_factory=set)
    by_span: bool = False


@dataclass
class State:
    """All that is said, sentence by sentence."""

    sentences: list[Sentence]
    entities: dict[Place, tuple[str, bool]]
    """The label, and whether the annotator gave it."""


ERROR = "translation_error"


class Model:
    def __init__(self, article: Article) -> None:
        sentences = [
            Sentence(start, end, article.paragraph_of(index), index in article.headings)
            for index, (start, end) in enumerate(zip(article.starts, article.ends, strict=True))
        ]
        found = {(one.start, one.end): (one.label, False) for one in EntityIndex(article)}
        self.article = article
        self.states = [State(sentences, found)]
        self.now = 0

    @property
    def state(self) -> State:
        return self.states[self.now]

    def change(self) -> State:
        """A new state, to be made different."""
        del self.states[self.now + 1 :]
        self.states.append(copy.deepcopy(self.state))
        self.now += 1
        return self.state

    def split(self, index: int, offset: int) -> bool:
        one = self.state.sentences[index]
        words = targets(self.article.text, one.start, one.end, "fr")
        if offset not in [start for start, _ in words[1:]]:
            return False
        end = one.start + len(self.article.text[one.start : offset].rstrip())
        mine = [place for place, (_, human) in self.state.entities.items() if human]
        if any(start < offset and stop > end for start, stop in (*one.spans, *mine)):
            return False
        one = self.change().sentences[index]
        second = copy.deepcopy(one)
        second.start, one.end = offset, end
        second.decided, second.unsure, second.note = False, False, ""
        second.spans = {place for place in one.spans if place[0] >= offset}
        one.spans -= second.spans
        for half in (one, second):
            if half.by_span and not half.spans:
                half.by_span = False
                half.tags -= {ERROR}
                half.decided = half.decided and bool(half.tags)
        self.state.sentences.insert(index + 1, second)
        return True

    def merge(self, index: int) -> bool:
        sentences = self.state.sentences
        if index + 1 == len(sentences) or sentences[index].paragraph != sentences[index + 1].paragraph:
            return False
        sentences = self.change().sentences
        one, other = sentences[index], sentences.pop(index + 1)
        blamed = [half.by_span for half in (one, other) if ERROR in half.tags]
        one.by_span = bool(blamed) and all(blamed)
        one.end = other.end
        one.tags |= other.tags
        one.spans |= other.spans
        one.decided = one.decided and other.decided
        one.unsure = one.unsure or other.unsure
        one.note = one.note if one.note == other.note else "; ".join(filter(None, (one.note, other.note)))
        return True

    def entity(self, old: Place, new: Place | None, label: str | None) -> None:
        entities = self.change().entities
        for start, end in list(entities):
            if any(start < place[1] and place[0] < end for place in (old, new) if place):
                del entities[start, end]
        if new is not None and label is not None:
            entities[new] = (label, True)


class Work:
    """One annotator at a folder, who leaves, comes back and is killed; beside the model."""

    def __init__(self, folder: Path, article: Article, scheme: Scheme) -> None:
        self.article = article
        self.scheme = scheme
        self.model = Model(self.article)
        self.folders = (folder / str(number) for number in itertools.count())
        self.ticks = itertools.count(1)
        self.folder = next(self.folders)
        Library(self.folder).save(self.article)
        self.come_back()

    def come_back(self) -> None:
        store = FolderStore(self.folder, scheme=self.scheme.label)
        self.writer = store.open(self.article.id, "ana")
        earlier = store.history(self.article.id, "ana", newest_first=True, upto=self.writer.revision)
        self.session = Session(
            Library(self.folder).load(self.article.id),
            self.scheme,
            store.load(self.article.id, "ana"),
            "ana",
            clock=lambda: f"2026-11-22T22:00:00.{next(self.ticks):03}Z",
            earlier=(event.step for event in earlier),
        )

    def leave(self) -> None:
        self.writer.close()
        self.come_back()

    def be_killed(self) -> None:
        """What is on disk at this moment is all that is left."""
        old, self.folder = self.folder, next(self.folders)
        shutil.copytree(old, self.folder)
        self.writer.close()
        self.come_back()

    def act(self, name: str, a: int, b: int, c: int) -> None:
        index = a % len(self.session.article)
        model = self.model
        now = model.now
        if name in {"leave", "be_killed"}:
            getattr(self, name)()
            return
        if name == "undo":
            outcome = self.session.undo()
            model.now = max(0, now - 1)
        elif name == "redo":
            outcome = self.session.redo()
            model.now = min(len(model.states) - 1, now + 1)
        else:
            outcome = getattr(self, f"_{name}")(index, b, c)
        assert (outcome.step is not None) == (model.now != now)
        if outcome.step is not None:
            self.writer.put(outcome.step)

    def _split(self, index: int, b: int, c: int) -> Outcome:
        start, end = self._word(index, b, c)
        offset = start if c % 7 else end
        accepted = self.model.split(index, offset)
        outcome = split(self.session, index, offset)
        assert outcome.accepted == accepted
        return outcome

    def _merge(self, index: int, b: int, c: int) -> Outcome:
        accepted = self.model.merge(index)
        outcome = merge(self.session, index)
        assert outcome.accepted == accepted
        return outcome

    def _tag(self, index: int, b: int, c: int) -> Outcome:
        tag = self.scheme.tags[b % 3].id
        one = self.model.state.sentences[index]
        if tag not in one.tags or not one.decided:
            one = self.model.change().sentences[index]
            one.tags.add(tag)
            one.decided = True
        return self.session.tag(index, tag)

    def _unsure(self, index: int, b: int, c: int) -> Outcome:
        one = self.model.change().sentences[index]
        one.unsure = not one.unsure
        return self.session.unsure(index)

    def _note(self, index: int, b: int, c: int) -> Outcome:
        note = f"note {b % 3}"
        if self.model.state.sentences[index].note != note:
            self.model.change().sentences[index].note = note
        return self.session.set_note(index, note)

    def _mark(self, index: int, b: int, c: int) -> Outcome:
        place = self._word(index, b, c)
        one = self.model.change().sentences[index]
        one.by_span = one.by_span if ERROR in one.tags else True
        one.spans.add(place)
        one.tags.add(ERROR)
        return add_span(self.session, index, *place, severity="minor", category="spelling")

    def _name(self, index: int, b: int, c: int) -> Outcome:
        place, label = self._word(index, b, c), ("PER", "ORG")[b % 2]
        if self.model.state.entities.get(place, ("", False))[0] != label:
            self.model.entity(place, place, label)
        return set_entity(self.session, *place, label)

    def _bound(self, index: int, b: int, c: int) -> Outcome:
        entity = self._entity(index, b)
        if entity is None:
            return Outcome(step=None, message="", sentence=index)
        place = self._word(index, c, b)
        if self.model.state.entities.get(place, ("", False))[0] != entity.label:
            self.model.entity((entity.start, entity.end), place, entity.label)
        return set_entity_bounds(self.session, entity, *place)

    def _unname(self, index: int, b: int, c: int) -> Outcome:
        entity = self._entity(index, b)
        if entity is None:
            return Outcome(step=None, message="", sentence=index)
        self.model.entity((entity.start, entity.end), None, None)
        return delete_entity(self.session, entity)

    def _word(self, index: int, b: int, c: int) -> Place:
        """One word or several of a sentence."""
        article = self.session.article
        words = targets(article.text, article.starts[index], article.ends[index], "fr")
        first, last = sorted((b % len(words), (b + c % 3) % len(words)))
        return words[first][0], words[last][1]

    def _entity(self, index: int, b: int) -> Entity | None:
        entities = self.session.entities(index)
        return entities[b % len(entities)] if entities else None

    # -- comparing ---------------------------------------------------------

    def check(self) -> None:
        session, state = self.session, self.model.state
        article = session.article
        assert list(zip(article.starts, article.ends, strict=True)) == [
            (one.start, one.end) for one in state.sentences
        ]
        assert [article.paragraph_of(index) for index in range(len(article))] == [
            one.paragraph for one in state.sentences
        ]
        assert article.headings == [i for i, one in enumerate(state.sentences) if one.heading]
        assert session.decided_count == sum(one.decided for one in state.sentences)
        assert session.orphans == ()
        found: dict[Place, tuple[str, bool]] = {}
        for index, one in enumerate(state.sentences):
            said = session.annotation(index)
            assert session.is_decided(index) == one.decided
            if said is None:
                assert (one.tags, one.spans, one.note) == (set(), set(), "")
                assert not one.decided
                assert not one.unsure
            else:
                assert (set(said.tags), said.decided, said.unsure) == (one.tags, one.decided, one.unsure)
                assert (said.note, {(span.start, span.end) for span in said.spans}) == (one.note, one.spans)
                assert said.tagged_by_span == one.by_span or not one.by_span
                for part in (said, *said.spans):
                    assert article.text[part.start : part.end] == part.text
                    assert one.start <= part.start <= part.end <= one.end
            for entity in session.entities(index):
                assert one.start <= entity.start < entity.end <= one.end
                found[entity.start, entity.end] = (entity.label, entity.origin == "human")
                assert (entity.status == "unreviewed") == (entity.origin != "human")
        assert found == state.entities

    def check_export(self) -> None:
        """What leaves says the same."""
        work = FolderStore(self.folder, scheme=self.scheme.label).load(self.article.id, "ana")
        own = repaired(self.article, work.repairs.values())
        out = io.BytesIO()
        lines = records(
            own,
            (work.annotations[start] for start in sorted(work.annotations)),
            annotator="ana",
            scheme=self.scheme.label,
            entities=CorrectedEntities(own, Corrections(work.entities)),
            untagged=True,
        )
        jsonl.write(lines, out)
        written = [json.loads(line) for line in out.getvalue().splitlines()]
        assert [(one["start"], one["end"]) for one in written] == [
            (one.start, one.end) for one in self.model.state.sentences
        ]
        assert [one["sentence"] for one in written] == list(range(1, len(written) + 1))
        assert [set(one["tags"]) for one in written] == [one.tags for one in self.model.state.sentences]
        named = {(one["start"], one["end"]): one["label"] for line in written for one in line["entities"]}
        assert named == {place: label for place, (label, _) in self.model.state.entities.items()}
        for line in written:
            for part in (line, *line["spans"], *line["entities"]):
                assert self.article.text[part["start"] : part["end"]] == part["text"]

    def check_files(self) -> None:
        found = list(verify(self.folder))
        assert [problem for one in found for problem in one.problems] == []
        assert [note for one in found for note in one.notes] == []


@pytest.fixture(scope="module")
def article(article_of: Callable[..., Article]) -> Article:
    return article_of(*PARAGRAPHS, names=NAMES, headings=[3])


@contextmanager
def working(article: Article, scheme: Scheme) -> Iterator[Work]:
    with tempfile.TemporaryDirectory() as folder:
        work = Work(Path(folder), article, scheme)
        try:
            yield work
        finally:
            work.writer.close()


NAMES_OF_ACTS = (
    "split",
    "merge",
    "split",
    "merge",
    "tag",
    "unsure",
    "note",
    "mark",
    "name",
    "bound",
    "unname",
    "undo",
    "undo",
    "redo",
    "leave",
    "be_killed",
)
numbers = st.integers(0, 40)
ACTS = st.lists(st.tuples(st.sampled_from(NAMES_OF_ACTS), numbers, numbers, numbers), max_size=40)
THOROUGH = settings(
    max_examples=long_or_short(120, 20), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)


@pytest.mark.longer
@THOROUGH
@given(ACTS)
def test_the_session_says_what_a_plain_model_says(
    article: Article, scheme: Scheme, acts: list[tuple[str, int, int, int]]
) -> None:
    with working(article, scheme) as work:
        for act in acts:
            work.act(*act)
            work.check()
        work.check_export()
        work.leave()
        work.check()
        work.check_files()


@pytest.mark.longer
@THOROUGH
@given(ACTS)
def test_undoing_all_gives_the_beginning_and_redoing_all_the_end(
    article: Article, scheme: Scheme, acts: list[tuple[str, int, int, int]]
) -> None:
    with working(article, scheme) as work:
        for act in acts:
            work.act(*act)
        end = work.session.work
        work.leave()
        undone = work.model.now
        for _ in range(undone):
            work.act("undo", 0, 0, 0)
        assert work.session.undo().message == "nothing to undo"
        work.check()
        first = work.session.work
        assert (first.annotations, first.entities, first.repairs) == ({}, {}, {})
        assert work.session.article is work.session.published
        work.be_killed()
        for _ in range(undone):
            work.act("redo", 0, 0, 0)
        last = work.session.work
        assert (last.annotations, last.entities, last.repairs) == (end.annotations, end.entities, end.repairs)


@pytest.mark.parametrize("name", ["checkpoint", "history"])
def test_what_is_damaged_is_rebuilt_with_repairs_and_corrections(
    article: Article, scheme: Scheme, name: str
) -> None:
    with working(article, scheme) as work:
        for act in (("split", 1, 3, 1), ("name", 0, 1, 1), ("merge", 0, 0, 0), ("unname", 3, 0, 0)):
            work.act(*act)
        work.leave()
        before = work.session.work
        assert before.repairs
        assert before.entities
        work.writer.close()
        suffix = ".json" if name == "checkpoint" else ".history"
        path = work.folder / "people" / "ana" / f"{work.article.id}{suffix}"
        data = bytearray(path.read_bytes())
        data[-60] ^= 1
        path.write_bytes(data)
        work.come_back()
        assert work.writer.notices
        assert work.session.work == before

"""A second pass is an annotator's own and of its own kind; one that an earlier version stored is carried over whole."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.long import long_or_short
from tests.torture.simulated_disk import Cut
from tests.torture.workload import FreeLock
from tui.model.annotation import Annotation, Step
from tui.model.article import Article
from tui.model.second_pass import sample
from tui.store import earlier_passes, second_pass
from tui.store.disk import DISK, Disk, State
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.lock import Lock
from tui.store.protocol import Foreign, Locked, NotSaved, UnsafeName
from tui.store.second_pass import SecondPassStore
from tui.store.trash import Trash
from tui.store.verify import verify
from tui.store.work_files import KINDS, article_files

StepOn = Callable[..., Step]
SCHEME = "news/1"


@pytest.fixture
def seconds(folder: Path) -> SecondPassStore:
    return SecondPassStore(folder, scheme=SCHEME)


@pytest.fixture
def first(store: FolderStore, article: Article, step_on: StepOn) -> dict[int, Annotation]:
    """Ana decided every sentence."""
    annotate(store, article, "ana", *(step_on(index, "fact") for index in range(len(article))))
    return store.load(article.id, "ana").annotations


@pytest.fixture
def drawn(first: dict[int, Annotation], article: Article) -> int:
    """The sentence that ana is asked again about."""
    [one] = sample("ana", [(article.id, said) for said in first.values()])
    return article.starts.index(one.start)


@pytest.fixture(params=["folded", "with a journal"])
def earlier(
    store: FolderStore, article: Article, step_on: StepOn, drawn: int, request: pytest.FixtureRequest
) -> dict[int, Annotation]:
    """What ana decided again, stored as earlier versions did, also where they were killed."""
    if request.param == "folded":
        annotate(store, article, "ana.again", step_on(drawn, "opinion"), step_on(drawn, "quote"))
    else:
        annotate(store, article, "ana.again", step_on(drawn, "opinion"))
        killed = FolderStore(store._folder, SCHEME, lock=FreeLock).open(article.id, "ana.again")
        killed.put(step_on(drawn, "quote"))
    return store.load(article.id, "ana.again").annotations


def annotate(store: FolderStore, article: Article, annotator: str, *steps: Step) -> None:
    writer = store.open(article.id, annotator)
    for step in steps:
        writer.put(step)
    writer.close()


def problems(folder: Path) -> list[str]:
    return [problem for checked in verify(folder) for problem in checked.problems]


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock"
    }


# -- one of its own kind ---------------------------------------------------


def test_it_is_stored_beside_the_first_and_touches_nothing_of_it(
    folder: Path, store: FolderStore, seconds: SecondPassStore, article: Article, step_on: StepOn, drawn: int
) -> None:
    before = files_in(folder)
    annotate(seconds, article, "ana", step_on(drawn, "quote"))
    after = files_in(folder)
    assert {name: after[name] for name in before} == before
    stem = f"people/ana/{article.id}.second"
    assert after.keys() - before.keys() == {f"{stem}.json", f"{stem}.history"}
    assert b'"pass":2' in after[f"{stem}.json"]
    assert b'"pass":2' in after[f"{stem}.history"]
    assert not any(b'"pass"' in data for data in before.values())
    assert store.annotators(article.id) == seconds.annotators(article.id) == ["ana"]
    assert store.annotated() == seconds.annotated() == {article.id: ["ana"]}
    assert store.articles_of("ana") == seconds.articles_of("ana") == [article.id]
    assert [said.tags for said in seconds.load(article.id, "ana").annotations.values()] == [("quote",)]
    assert [event.seq for event in seconds.history(article.id, "ana")] == [1]
    assert problems(folder) == []


@pytest.mark.parametrize("suffix", ["json", "journal"])
def test_neither_can_be_taken_for_the_other(
    folder: Path, store: FolderStore, seconds: SecondPassStore, article: Article, step_on: StepOn, suffix: str
) -> None:
    for kind in (store, seconds):
        killed = type(kind)(folder, SCHEME, lock=FreeLock).open(article.id, "ana")
        killed.put(step_on(0, "fact"))
        if suffix == "json":
            killed.close()
    own = folder / "people" / "ana"
    work, second = own / f"{article.id}.{suffix}", own / f"{article.id}.second.{suffix}"
    swapped = work.read_bytes(), second.read_bytes()
    second.write_bytes(swapped[0])
    with pytest.raises(Foreign, match="says it is no second pass"):
        seconds.load(article.id, "ana")
    work.write_bytes(swapped[1])
    with pytest.raises(Foreign, match="says it is a second pass"):
        store.load(article.id, "ana")


def test_a_damaged_one_is_mended_as_its_own_kind(
    folder: Path, seconds: SecondPassStore, article: Article, step_on: StepOn, drawn: int
) -> None:
    annotate(seconds, article, "ana", step_on(drawn, "quote"))
    said = seconds.load(article.id, "ana").annotations
    path = article_files(folder / "people", article.id, "ana", "second").checkpoint
    path.write_bytes(path.read_bytes()[:-9])
    [found] = [checked for checked in verify(folder) if checked.problems]
    assert found.work is not None
    FolderStore(folder, SCHEME, kind=found.work.kind).repair(article.id, "ana")
    assert seconds.load(article.id, "ana").annotations == said
    assert problems(folder) == []


def test_it_goes_into_the_trash_and_comes_back(
    folder: Path, store: FolderStore, seconds: SecondPassStore, article: Article, step_on: StepOn, drawn: int
) -> None:
    annotate(seconds, article, "ana", step_on(drawn, "quote"))
    before = files_in(folder)
    trash = Trash(folder, store)
    for who in ("ana", "ben"):
        writer = seconds.open(article.id, who)
        with pytest.raises(Locked):
            trash.remove(article.id, "ana")
        writer.close()
    removed = trash.remove(article.id, "ana")
    assert not list((folder / "people").rglob("*.json"))
    trash.restore(removed)
    assert files_in(folder) == before


@pytest.mark.parametrize("suffix", ["review", "second"])
def test_no_article_can_be_taken_for_another_kind(
    folder: Path, store: FolderStore, article: Article, suffix: str
) -> None:
    for attempt in (store.open, lambda *names: store.hold(*names).__enter__()):
        with pytest.raises(UnsafeName, match=f"of '{article.id}': "):
            attempt(f"{article.id}.{suffix}", "ana")
    assert not (folder / "people" / "ana").exists()


@pytest.mark.parametrize("length", [93, 94, 100])
def test_an_article_with_the_longest_id_has_every_kind(
    folder: Path, make_article: Callable[..., Article], step_on: StepOn, length: int
) -> None:
    article = make_article("x" * length)
    Library(folder).save(article)
    for kind in KINDS:
        store = (
            SecondPassStore(folder, SCHEME) if kind == "second" else FolderStore(folder, SCHEME, kind=kind)
        )
        annotate(store, article, "ana", step_on(0, "fact"))
        assert store.annotators(article.id) == ["ana"]
        assert store.annotated() == {article.id: ["ana"]}
    works = [found.work.kind for found in verify(folder) if found.work is not None]
    assert sorted(works) == sorted(KINDS)
    assert problems(folder) == []


# -- as earlier versions stored it -----------------------------------------


def check_read(folder: Path, article: Article, said: dict[int, Annotation]) -> None:
    """It is ana's second pass, once, and nobody else's work."""
    store, seconds = FolderStore(folder, SCHEME), SecondPassStore(folder, SCHEME)
    assert seconds.load(article.id, "ana").annotations == said
    assert seconds.annotators(article.id) == store.annotators(article.id) == ["ana"]
    assert seconds.annotated() == store.annotated() == {article.id: ["ana"]}


def check_carried_over(folder: Path, article: Article, said: dict[int, Annotation]) -> None:
    check_read(folder, article, said)
    seconds = SecondPassStore(folder, SCHEME)
    steps = [event.step for event in seconds.history(article.id, "ana")]
    assert [(step.action, step.label) for step in steps] == [("migrate", "carried over from ana.again")]
    assert [change.after for change in steps[0].changes] == list(said.values())
    assert seconds.not_carried_over("ana") == []
    left = {path.name for path in (folder / "people" / "ana.again").iterdir()}
    assert left == {name for name in left if ".carried-" in name or name.endswith(".lock")}
    assert f"{article.id}.json.carried-1" in left
    assert f"{article.id}.history.carried-1" in left
    assert problems(folder) == []


def test_it_is_read_where_it_is(
    folder: Path, seconds: SecondPassStore, article: Article, earlier: dict[int, Annotation]
) -> None:
    before = files_in(folder)
    check_read(folder, article, earlier)
    database = seconds.read(article.id, "ana")
    assert database is not None
    assert (database.meta.annotator, database.meta.sitting) == ("ana", 2)
    assert [event.step.label for event in seconds.history(article.id, "ana")]
    assert seconds.not_carried_over("ana") == [article.id]
    assert files_in(folder) == before


def test_opening_carries_it_over(
    folder: Path, seconds: SecondPassStore, article: Article, step_on: StepOn, earlier: dict[int, Annotation]
) -> None:
    before = files_in(folder)
    seconds.open(article.id, "ana").close()
    check_carried_over(folder, article, earlier)
    after = files_in(folder)
    mine = f"people/ana/{article.id}."
    assert {name: data for name, data in after.items() if name in before and name.startswith(mine)} == {
        name: data for name, data in before.items() if name.startswith(mine)
    }
    seconds.open(article.id, "ana").close()
    assert files_in(folder) == after
    annotate(seconds, article, "ana", step_on(0, "fact"))
    assert seconds.load(article.id, "ana").annotations.keys() == earlier.keys() | {0}


def test_what_an_earlier_version_adds_later_is_added(
    folder: Path, store: FolderStore, seconds: SecondPassStore, article: Article, step_on: StepOn, drawn: int
) -> None:
    """What was decided again in both is as the newer version says."""
    annotate(seconds, article, "ana", step_on(drawn, "quote"))
    annotate(store, article, "ana.again", step_on(drawn, "opinion"))
    said = seconds.load(article.id, "ana").annotations
    assert [one.tags for one in said.values()] == [("quote",)]
    seconds.open(article.id, "ana").close()
    check_read(folder, article, said)
    assert seconds.not_carried_over("ana") == []
    assert problems(folder) == []


class NeverCut(Disk):
    """The power stays: nothing waits for the disk."""

    def sync(self, number: int) -> None:
        pass

    def sync_folder(self, path: Path, at: int | None = None) -> None:
        pass


class Killing(NeverCut):
    """The real one, until the program is killed before one of the calls."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def __getattribute__(self, name: str) -> object:
        found = super().__getattribute__(name)
        if name.startswith("_") or name == "left":
            return found

        def call(*words: object, **named: object) -> object:
            if self.left == 0:
                raise Cut
            self.left -= 1
            return found(*words, **named)

        return call


def descriptors() -> set[int]:
    return {int(path.name) for path in Path("/dev/fd").iterdir()}


@pytest.mark.longer
def test_killed_before_any_call_it_is_there_once(
    folder: Path, article: Article, earlier: dict[int, Annotation], tmp_path: Path
) -> None:
    calls, there = 0, tmp_path / "killed-0"
    for calls in itertools.count(step=long_or_short(1, 5)):
        there = tmp_path / f"killed-{calls}"
        shutil.copytree(folder, there)
        before = descriptors()
        try:
            SecondPassStore(there, SCHEME, Killing(calls), FreeLock).open(article.id, "ana").close()
        except Cut:
            # As the system does for a process that was killed.
            for number in descriptors() - before:
                with contextlib.suppress(OSError):
                    os.close(number)
            check_read(there, article, earlier)
            assert problems(there) == []
            SecondPassStore(there, SCHEME, NeverCut()).open(article.id, "ana").close()
            check_carried_over(there, article, earlier)
            shutil.rmtree(there)
        else:
            break
    assert calls > 30
    check_carried_over(there, article, earlier)


def test_whatever_a_power_cut_leaves_of_the_renaming(
    folder: Path, article: Article, earlier: dict[int, Annotation], tmp_path: Path
) -> None:
    """Names that were not synced may be the old or the new ones, each by itself."""
    SecondPassStore(folder, SCHEME).open(article.id, "ana").close()
    kept = sorted(path.name for path in (folder / "people" / "ana.again").glob("*.carried-1"))
    for number, back in enumerate(itertools.product([False, True], repeat=len(kept))):
        there = tmp_path / f"cut-{number}"
        shutil.copytree(folder, there)
        own = there / "people" / "ana.again"
        for name in itertools.compress(kept, back):
            (own / name).rename(own / name.removesuffix(".carried-1"))
        check_read(there, article, earlier)
        SecondPassStore(there, SCHEME).open(article.id, "ana").close()
        check_read(there, article, earlier)
        assert [path.name for path in own.iterdir() if path.suffix in {".json", ".history", ".prev"}] == []
        assert problems(there) == []


@pytest.mark.parametrize("call", range(12))
def test_a_reader_never_misses_it(
    folder: Path, article: Article, earlier: dict[int, Annotation], call: int
) -> None:
    """It is carried over before one of the reader's calls."""

    class Meanwhile(Disk):
        left = call

        def read(self, path: Path, start: int = 0, at: int | None = None) -> bytes:
            self.left -= 1
            if self.left == 0:
                SecondPassStore(folder, SCHEME, NeverCut()).open(article.id, "ana").close()
            return super().read(path, start, at)

    reading = SecondPassStore(folder, SCHEME, Meanwhile())
    assert reading.load(article.id, "ana").annotations == earlier
    assert reading.annotators(article.id) == ["ana"]


def test_a_full_disk_leaves_it_as_it_was(
    folder: Path, article: Article, earlier: dict[int, Annotation], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Full(Disk):
        def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
            raise OSError(28, "No space left on device")

    before = files_in(folder / "people" / "ana")
    with pytest.raises(NotSaved):
        SecondPassStore(folder, SCHEME, Full()).open(article.id, "ana")
    assert files_in(folder / "people" / "ana") == before
    check_read(folder, article, earlier)
    SecondPassStore(folder, SCHEME).open(article.id, "ana").close()
    check_carried_over(folder, article, earlier)


def test_it_waits_while_an_earlier_version_is_at_work(
    folder: Path, store: FolderStore, seconds: SecondPassStore, article: Article, step_on: StepOn, drawn: int
) -> None:
    writer = store.open(article.id, "ana.again")
    writer.put(step_on(drawn, "quote"))
    with pytest.raises(Locked, match=r"ana\.again has this article open"):
        seconds.open(article.id, "ana")
    writer.close()
    seconds.open(article.id, "ana").close()
    assert seconds.not_carried_over("ana") == []


def test_what_cannot_be_put_aside_is_read_once(
    folder: Path, article: Article, earlier: dict[int, Annotation]
) -> None:
    class Stuck(Disk):
        def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
            if ".carried-" in new.name:
                raise OSError(5, "Input/output error")
            super().replace(old, new, at, to)

    SecondPassStore(folder, SCHEME, Stuck()).open(article.id, "ana").close()
    check_read(folder, article, earlier)
    SecondPassStore(folder, SCHEME).open(article.id, "ana").close()
    check_carried_over(folder, article, earlier)


# -- and a person of that name ----------------------------------------------


def check_person(folder: Path, article: Article) -> None:
    """Ana.again is an annotator, and ana has no second pass."""
    store, seconds = FolderStore(folder, SCHEME), SecondPassStore(folder, SCHEME)
    assert store.annotators(article.id) == ["ana", "ana.again"]
    assert store.annotated() == {article.id: ["ana", "ana.again"]}
    assert (seconds.annotators(article.id), seconds.annotated()) == ([], {})
    assert seconds.load(article.id, "ana").annotations == {}
    assert seconds.not_carried_over("ana") == []
    before = files_in(folder)
    seconds.open(article.id, "ana").close()
    assert files_in(folder) == before


@pytest.fixture
def person(
    folder: Path, store: FolderStore, article: Article, step_on: StepOn, first: dict[int, Annotation]
) -> Path:
    """A folder where `ana` and `ana.again` both annotated the whole article."""
    annotate(store, article, "ana.again", *(step_on(index, "quote") for index in range(len(article))))
    return folder


def test_a_person_of_that_name_stays_an_annotator(person: Path, article: Article) -> None:
    check_person(person, article)


def test_so_does_one_who_decided_a_single_other_sentence(
    folder: Path, store: FolderStore, article: Article, step_on: StepOn, drawn: int
) -> None:
    annotate(store, article, "ana.again", step_on((drawn + 1) % len(article), "quote"))
    check_person(folder, article)


def test_and_one_without_a_first_pass(
    folder: Path, store: FolderStore, seconds: SecondPassStore, article: Article, step_on: StepOn
) -> None:
    annotate(store, article, "ana.again", step_on(0, "quote"))
    assert store.annotators(article.id) == ["ana.again"]
    assert seconds.annotators(article.id) == []


def test_and_one_with_another_account(folder: Path, article: Article, earlier: dict[int, Annotation]) -> None:
    class TwoAccounts(Disk):
        def state(self, path: Path, at: int | None = None) -> State:
            found = super().state(path, at)
            return found._replace(owner=found.owner + 1) if path.name == "ana.again" else found

    assert FolderStore(folder, SCHEME, TwoAccounts()).annotators(article.id) == ["ana", "ana.again"]
    assert SecondPassStore(folder, SCHEME, TwoAccounts()).annotators(article.id) == []


def test_and_one_whose_work_cannot_be_read(
    folder: Path, store: FolderStore, article: Article, earlier: dict[int, Annotation]
) -> None:
    path = article_files(folder / "people", article.id, "ana.again").checkpoint
    path.write_bytes(path.read_bytes()[:-9])
    assert store.annotators(article.id) == ["ana", "ana.again"]
    assert store.annotated() == {article.id: ["ana", "ana.again"]}


def test_who_goes_on_is_an_annotator_at_once(
    store: FolderStore, article: Article, step_on: StepOn, drawn: int
) -> None:
    """The same store says so, also while it watches."""
    annotate(store, article, "ana.again", step_on(drawn, "quote"))
    assert store.annotators(article.id) == ["ana"]
    writer = store.open(article.id, "ana.again")
    writer.put(step_on((drawn + 1) % len(article), "quote"))
    assert store.annotators(article.id) == ["ana", "ana.again"]
    writer.close()
    assert store.annotators(article.id) == ["ana", "ana.again"]


@pytest.mark.parametrize(
    ("where", "mutant"),
    [
        ((earlier_passes, "could_be_second_pass"), lambda *_: True),
        ((earlier_passes.EarlierPasses, "_fits"), lambda *_: True),
        ((FolderStore, "_is_person"), lambda _, name, article=None: not name.endswith(".again")),
    ],
    ids=["what it says is not compared", "nothing is compared", "the name decides"],
)
def test_a_mutant_that_trusts_the_name_is_caught(
    person: Path, article: Article, monkeypatch: pytest.MonkeyPatch, where: tuple[object, str], mutant: object
) -> None:
    monkeypatch.setattr(*where, mutant)
    with pytest.raises(AssertionError):
        check_person(person, article)


@pytest.mark.parametrize(
    ("where", "mutant"),
    [
        ((FolderStore, "_is_person"), lambda *_: True),
        ((SecondPassStore, "_put_earlier"), lambda *_: None),
        ((second_pass, "_put_aside"), lambda *_: None),
    ],
    ids=["it counts as an annotator", "nothing is carried over", "nothing is put aside"],
)
def test_a_mutant_that_carries_over_otherwise_is_caught(
    folder: Path,
    article: Article,
    earlier: dict[int, Annotation],
    monkeypatch: pytest.MonkeyPatch,
    where: tuple[object, str],
    mutant: object,
) -> None:
    def migrate_to_segmentation() -> None:
        check_read(folder, article, earlier)
        SecondPassStore(folder, SCHEME).open(article.id, "ana").close()
        check_carried_over(folder, article, earlier)

    monkeypatch.setattr(*where, mutant)
    with pytest.raises(AssertionError):
        migrate_to_segmentation()


def test_the_lock_is_the_real_one_and_free_again(
    folder: Path, article: Article, earlier: dict[int, Annotation]
) -> None:
    SecondPassStore(folder, SCHEME).open(article.id, "ana").close()
    for name in ("ana", "ana.again"):
        for path in (folder / "people" / name).glob("*.lock"):
            Lock(path, name).release()
    assert DISK.names(folder / "people")

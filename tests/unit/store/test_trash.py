"""What is removed comes back byte for byte, nobody else's work is touched, and a failure leaves all where it was."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Callable
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tui.model.annotation import Step
from tui.model.article import Article
from tui.store import short_lock
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder, OutOfPlace
from tui.store.library import Library
from tui.store.protocol import (
    Conflict,
    Damaged,
    Locked,
    NoSuchArticle,
    NotPermitted,
    NotSaved,
    StoreError,
    UnsafeName,
)
from tui.store.trash import Trash
from tui.store.verify import verify
from tui.store.work_files import article_files

StepOn = Callable[..., Step]


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file but locks, which are nobody's work."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock"
    }


def in_use(folder: Path) -> dict[str, bytes]:
    return {name: data for name, data in files_in(folder).items() if not name.startswith(".trash/")}


def annotate(store: FolderStore, article: Article, annotator: str, *steps: Step) -> None:
    """So that every kind of file is there: the checkpoint, the one before, the history."""
    for step in steps:
        writer = store.open(article.id, annotator)
        writer.put(step)
        writer.close()


@pytest.fixture
def trash(folder: Path, store: FolderStore) -> Trash:
    return Trash(folder, store)


@pytest.fixture
def worked_on(store: FolderStore, article: Article, step_on: StepOn) -> Article:
    annotate(store, article, "ana", step_on(0, "fact"), step_on(1, "quote"))
    return article


def test_what_is_removed_comes_back_byte_for_byte(folder: Path, trash: Trash, worked_on: Article) -> None:
    own = folder / "people" / "ana"
    (own / f"{worked_on.id}.history.damaged-1").write_bytes(b"kept from a repair")
    (own / "other-00000000.json").write_bytes(b"another article")
    before = files_in(folder)
    assert len([name for name in before if worked_on.id in name]) == 5
    removed = trash.remove(worked_on.id, "ana")
    assert list(in_use(folder)) == ["people/ana/other-00000000.json"]
    assert sorted(files_in(removed.folder).values()) == sorted(
        data for name, data in before.items() if worked_on.id in name
    )
    assert trash.removals("ana") == [removed]
    trash.restore(removed)
    assert files_in(folder) == before
    assert trash.removals("ana") == []
    assert list(trash.folder.iterdir()) == []


def test_what_a_crash_left_in_the_journal_comes_back_too(
    folder: Path, store: FolderStore, trash: Trash, article: Article, step_on: StepOn
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    assert writer._lock is not None
    os.close(writer._lock._descriptor)  # as when the process is killed
    before = files_in(folder)
    assert any(name.endswith(".journal") for name in before)
    trash.restore(trash.remove(article.id, "ana"))
    assert files_in(folder) == before
    assert store.load(article.id, "ana").annotations


def test_the_trash_is_no_concern_of_verify(folder: Path, trash: Trash, worked_on: Article) -> None:
    trash.remove(worked_on.id, "ana")
    assert [problem for checked in verify(folder) for problem in checked.problems] == []
    assert Library(folder).entries() == []
    with pytest.raises(NotPermitted, match="not in the library"):
        FolderStore(folder, scheme="news/1").open(worked_on.id, "ana")


def test_an_article_without_work_is_removed_alone(folder: Path, trash: Trash, article: Article) -> None:
    before = files_in(folder)
    trash.remove(article.id, "ana")
    assert in_use(folder) == {}
    trash.restore(trash.removals("ana")[0])
    assert files_in(folder) == before


def test_what_others_have_worked_on_stays(
    folder: Path, store: FolderStore, trash: Trash, worked_on: Article, step_on: StepOn
) -> None:
    annotate(store, worked_on, "ben", step_on(0, "fact"))
    annotate(store, worked_on, "carla", step_on(0, "fact"))
    before = files_in(folder)
    with pytest.raises(NotPermitted, match="ben and carla have worked on it"):
        trash.remove(worked_on.id, "ana")
    assert files_in(folder) == before


def test_no_one_begins_meanwhile(
    folder: Path, store: FolderStore, worked_on: Article, step_on: StepOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(short_lock, "PATIENCE", 0.0)
    refusals: list[str] = []

    class Meanwhile(Disk):
        def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
            with pytest.raises((Locked, NotPermitted)) as refused:
                annotate(store, worked_on, "ben", step_on(0, "fact"))
            refusals.append(str(refused.value))
            super().replace(old, new, at, to)

    Trash(folder, store, Meanwhile()).remove(worked_on.id, "ana")
    assert "ana is removing it" in refusals[0]
    assert all("not in the library" in refused for refused in refusals[1:])
    assert FolderStore(folder, scheme="news/1").annotators(worked_on.id) == []


@pytest.mark.parametrize("who", ["ana", "ben"])
def test_what_is_open_stays(
    folder: Path, store: FolderStore, trash: Trash, worked_on: Article, who: str
) -> None:
    before = files_in(folder)
    writer = store.open(worked_on.id, who)
    with pytest.raises(Locked, match=who):
        trash.remove(worked_on.id, "ana")
    assert files_in(folder) == before
    writer.close()
    removed = trash.remove(worked_on.id, "ana")
    with store.hold(worked_on.id, "ana"), pytest.raises(Locked):
        trash.restore(removed)


def test_what_was_never_there_cannot_go(folder: Path, trash: Trash) -> None:
    with pytest.raises(NoSuchArticle):
        trash.remove("gone-00000000", "ana")
    with pytest.raises(UnsafeName):
        trash.remove("../people", "ana")
    assert not trash.folder.exists()


def test_a_link_in_the_place_of_the_article_or_of_the_trash_is_refused(
    folder: Path, tmp_path: Path, store: FolderStore, trash: Trash, worked_on: Article
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    trash.folder.symlink_to(elsewhere)
    with pytest.raises(NotPermitted, match="is a link"):
        trash.remove(worked_on.id, "ana")
    assert list(elsewhere.iterdir()) == []
    trash.folder.unlink()
    path = folder / "articles" / f"{worked_on.id}.json"
    path.rename(elsewhere / "article.json")
    path.symlink_to(elsewhere / "article.json")
    with pytest.raises(Damaged, match="link"):
        trash.remove(worked_on.id, "ana")


def test_work_begun_anew_is_not_written_over(
    folder: Path, store: FolderStore, trash: Trash, worked_on: Article, step_on: StepOn
) -> None:
    removed = trash.remove(worked_on.id, "ana")
    Library(folder).save(worked_on)
    annotate(store, worked_on, "ana", step_on(2, "opinion"))
    before = files_in(folder)
    with pytest.raises(Conflict, match="annotated again"):
        trash.restore(removed)
    assert files_in(folder) == before


def test_work_comes_back_to_an_article_that_was_added_again(
    folder: Path, store: FolderStore, trash: Trash, worked_on: Article
) -> None:
    work = store.load(worked_on.id, "ana")
    removed = trash.remove(worked_on.id, "ana")
    Library(folder).save(worked_on)
    trash.restore(removed)
    assert store.load(worked_on.id, "ana") == work
    assert trash.removals("ana") == []


def test_another_text_of_that_name_stays(
    folder: Path, trash: Trash, worked_on: Article, make_article: Callable[..., Article]
) -> None:
    removed = trash.remove(worked_on.id, "ana")
    Library(folder).save(make_article(worked_on.id, ("Autre chose.",)))
    with pytest.raises(Conflict, match="another text"):
        trash.restore(removed)


def test_what_a_crash_left_halfway_comes_back(folder: Path, store: FolderStore, worked_on: Article) -> None:
    """The article is in the trash and the work still where it was, or the other way round."""
    before = files_in(folder)
    trash = Trash(folder, store)
    removed = trash.remove(worked_on.id, "ana")
    own = article_files(folder / "people", worked_on.id, "ana")
    removed.own.history.rename(own.history)
    removed.own.checkpoint.rename(own.checkpoint)
    [found] = trash.removals("ana")
    trash.restore(found)
    assert files_in(folder) == before


def test_several_come_back_the_last_first(
    folder: Path, store: FolderStore, trash: Trash, make_article: Callable[..., Article]
) -> None:
    ids = [f"n-{number:08}" for number in range(3)]
    for article_id in ids:
        Library(folder).save(make_article(article_id))
    before = files_in(folder)
    for article_id in ids:
        trash.remove(article_id, "ana")
    assert trash.removals("ben") == []
    back: list[str] = []
    while removals := trash.removals("ana"):
        back.append(removals[0].article)
        trash.restore(removals[0])
    assert sorted(back) == ids
    assert files_in(folder) == before


def test_what_lies_in_the_trash_under_another_name_is_left_alone(trash: Trash, worked_on: Article) -> None:
    removed = trash.remove(worked_on.id, "ana")
    for name in ("notes", "2026-13-01-x", "2026-11-22T220000.000Z-../x", "2026-11-22T220000.000Z-.hidden"):
        (trash.folder / name.replace("/", "_")).mkdir()
    (trash.folder / "2026-11-22T220000.000Z-file").write_bytes(b"")
    assert trash.removals("ana") == [removed]


class Failing(Disk):
    """Fails at the call of that number, for good or once."""

    def __init__(self, at: int, error: int, *, stays: bool) -> None:
        self.at, self.error, self.stays = at, error, stays
        self.calls = 0

    def _count(self, path: Path) -> None:
        self.calls += 1
        if self.calls == self.at or (self.stays and self.calls > self.at):
            raise OSError(self.error, os.strerror(self.error), str(path))

    def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._count(old)
        super().replace(old, new, at, to)

    def make_folder(self, path: Path, at: int | None = None) -> None:
        self._count(path)
        super().make_folder(path, at)

    def sync_folder(self, path: Path, at: int | None = None) -> None:
        self._count(path)
        super().sync_folder(path, at)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    at=st.integers(1, 30),
    error=st.sampled_from([errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EXDEV]),
    back=st.booleans(),
)
def test_a_failure_leaves_all_where_it_was(
    tmp_path_factory: pytest.TempPathFactory,
    make_article: Callable[..., Article],
    step_on: StepOn,
    at: int,
    error: int,
    back: bool,
) -> None:
    folder, article = tmp_path_factory.mktemp("failing"), make_article()
    Library(folder).save(article)
    store = FolderStore(folder, scheme="news/1")
    annotate(store, article, "ana", step_on(0, "fact"), step_on(1, "quote"))
    whole = files_in(folder)
    removed = Trash(folder, store).remove(article.id, "ana") if back else None
    before = files_in(folder)
    failing = Trash(folder, store, Failing(at, error, stays=False))
    failed = False
    try:
        if removed is not None:
            failing.restore(removed)
        else:
            failing.remove(article.id, "ana")
    except (NotSaved, NotPermitted):
        failed = True
    assert (files_in(folder) == before) is failed
    for left in Trash(folder, store).removals("ana"):
        Trash(folder, store).restore(left)
    assert files_in(folder) == whole


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(1, 30))
def test_a_disk_that_has_gone_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, make_article: Callable[..., Article], step_on: StepOn, at: int
) -> None:
    """Nothing can be put back either: what lies halfway comes back once the disk does."""
    folder, article = tmp_path_factory.mktemp("gone"), make_article()
    Library(folder).save(article)
    store = FolderStore(folder, scheme="news/1")
    annotate(store, article, "ana", step_on(0, "fact"), step_on(1, "quote"))
    whole = files_in(folder)
    with contextlib.suppress(StoreError):
        Trash(folder, store, Failing(at, errno.EIO, stays=True)).remove(article.id, "ana")
    for left in Trash(folder, store).removals("ana"):
        Trash(folder, store).restore(left)
    assert files_in(folder) == whole


@pytest.mark.parametrize(("back", "at"), [(False, 1), (False, 2), (True, 1)])
def test_a_folder_that_is_replaced_leaves_all_where_it_was(
    folder: Path, trash: Trash, article: Article, monkeypatch: pytest.MonkeyPatch, back: bool, at: int
) -> None:
    """Without any work of the annotator's there is one file to move, and nothing after it."""
    removed = trash.remove(article.id, "ana") if back else None
    before, calls, check = files_in(folder), count(1), HeldFolder.check_in_place

    def replaced(self: HeldFolder) -> None:
        if next(calls) == at:
            raise OutOfPlace(errno.ENOENT, "the folder")
        check(self)

    monkeypatch.setattr(HeldFolder, "check_in_place", replaced)
    with pytest.raises(NotSaved):
        trash.restore(removed) if removed is not None else trash.remove(article.id, "ana")
    assert files_in(folder) == before


class Unseen(Disk):
    """Cannot look at one folder by its path."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def state(self, path: Path, at: int | None = None) -> State:
        if path == self.path:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(path))
        return super().state(path, at)


def test_a_folder_that_cannot_be_looked_at_may_hold_anothers_work(
    folder: Path, store: FolderStore, worked_on: Article
) -> None:
    before = files_in(folder)
    with pytest.raises(Damaged, match="cannot be read"):
        Trash(folder, store, Unseen(folder / "people" / "ana")).remove(worked_on.id, "ben")
    assert files_in(folder) == before


def test_what_cannot_be_looked_at_in_the_trash_is_reported(
    folder: Path, store: FolderStore, worked_on: Article
) -> None:
    removed = Trash(folder, store).remove(worked_on.id, "ana")
    with pytest.raises(Damaged, match="cannot be read"):
        Trash(folder, store, Unseen(removed.folder)).removals("ana")

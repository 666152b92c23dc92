"""A clock that jumps back, or stands: nothing is lost or replaced, and steps stay in their order."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.cli import main
from tui.model.article import Article
from tui.model.clock import now, stamp
from tui.session.session import Outcome, Session
from tui.settings import scheme_file as scheme
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.lock import Holder, _held
from tui.store.trash import Trash
from tui.store.verify import verify

HOUR = 3600.0
NOON = 1_795_000_000.0


@dataclass
class Clock:
    """What `now` reads, in seconds since the epoch."""

    seconds: float


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    set_to = Clock(NOON)
    replaced = SimpleNamespace(time=lambda: set_to.seconds, strftime=time.strftime, gmtime=time.gmtime)
    monkeypatch.setattr("tui.model.clock.time", replaced)
    return set_to


def work(store: FolderStore, article: Article, *commands: Callable[[Session], Outcome]) -> None:
    """One sitting of ana's, which can undo what earlier ones did."""
    writer = store.open(article.id, "ana", article)
    earlier = [event.step for event in store.history(article.id, "ana")][::-1]
    session = Session(article, scheme.load(), store.load(article.id, "ana"), "ana", earlier=earlier)
    for command in commands:
        step = command(session).step
        assert step is not None
        writer.put(step)
    writer.close()


def tag(index: int, name: str) -> Callable[[Session], Outcome]:
    return lambda session: session.tag(index, name)


def is_whole(folder: Path) -> bool:
    return not any(found.problems for found in verify(folder))


@given(st.floats(0, 4e9), st.floats(0, 4e9))
def test_stamps_are_ordered_as_times_are(one: float, other: float) -> None:
    assert (stamp(min(one, other)) <= stamp(max(one, other))) is True


@pytest.mark.parametrize("jump", [-HOUR, 0.0, +HOUR, -365 * 24 * HOUR])
def test_steps_keep_their_order_and_undo_takes_back_the_last(
    folder: Path, store: FolderStore, article: Article, clock: Clock, jump: float
) -> None:
    work(store, article, tag(0, "fact"), tag(1, "quote"))
    clock.seconds += jump
    work(store, article, tag(0, "opinion"), lambda session: session.none(2))
    assert [event.seq for event in store.history(article.id, "ana")] == [1, 2, 3, 4]
    assert is_whole(folder)
    said = store.load(article.id, "ana").annotations
    assert {start: annotation.tags for start, annotation in said.items()} == {
        article.starts[0]: ("fact", "opinion"),
        article.starts[1]: ("quote",),
        article.starts[2]: (),
    }
    clock.seconds += jump
    work(store, article, Session.undo, Session.undo)
    said = store.load(article.id, "ana").annotations
    assert {start: annotation.tags for start, annotation in said.items()} == {
        article.starts[0]: ("fact",),
        article.starts[1]: ("quote",),
    }
    assert is_whole(folder)


def test_history_shows_each_annotators_steps_in_their_order(
    folder: Path, store: FolderStore, article: Article, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    for jump in (0.0, -HOUR, +2 * HOUR, -3 * HOUR):
        clock.seconds += jump
        work(store, article, lambda session: session.toggle(0, "fact"))
    assert main(["history", article.id, "--annotations", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[3] for line in lines] == ["1", "2", "3", "4"]


def test_times_that_a_clock_set_back_wrote_are_exported_as_they_are(
    folder: Path, store: FolderStore, article: Article, clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    work(store, article, tag(0, "fact"))
    clock.seconds -= HOUR
    work(store, article, tag(0, "quote"))
    assert main(["export", "--annotations", str(folder)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert f'"created_at":"{stamp(NOON)}","updated_at":"{stamp(NOON - HOUR)}"' in line.replace(" ", "")
    assert main(["list", "--annotations", str(folder), "--annotator", "ana"]) == 0


def test_a_lock_from_the_future_is_told_in_one_line() -> None:
    told = _held("ana", Holder(pid=7, host="host", since=time.time() + 30 * 24 * HOUR, client=""))
    assert "ana has this article open since 2" in told
    assert "\n" not in told


# -- the trash -------------------------------------------------------------


@pytest.fixture
def trash(folder: Path, store: FolderStore) -> Trash:
    return Trash(folder, store)


def test_two_articles_are_removed_in_one_millisecond(
    folder: Path,
    store: FolderStore,
    trash: Trash,
    article: Article,
    clock: Clock,
    make_article: Callable[..., Article],
) -> None:
    other = make_article("autre-87654321", ("Un autre texte.",))
    Library(folder).save(other)
    work(store, article, tag(0, "fact"))
    before = now()
    for one in (article, other):
        trash.remove(one.id, "ana")
    assert now() == before
    assert {removed.article for removed in trash.removals("ana")} == {article.id, other.id}
    for removed in trash.removals("ana"):
        trash.restore(removed)
    assert Library(folder).ids() == sorted([article.id, other.id])
    assert store.load(article.id, "ana").annotations[0].tags == ("fact",)


def removed_twice(
    folder: Path, store: FolderStore, trash: Trash, article: Article, between: Callable[[], None]
) -> None:
    """Remove an article with one tag; add its text again, tag it otherwise, and remove that."""
    work(store, article, tag(0, "fact"))
    trash.remove(article.id, "ana")
    between()
    Library(folder).save(article)
    work(store, article, tag(0, "quote"))
    trash.remove(article.id, "ana")


def test_one_article_is_removed_twice_in_one_millisecond(
    folder: Path, store: FolderStore, trash: Trash, article: Article, clock: Clock
) -> None:
    removed_twice(folder, store, trash, article, lambda: None)
    assert len(trash.removals("ana")) == 2


def test_the_last_removal_comes_first_whatever_the_clock_said(
    folder: Path, store: FolderStore, trash: Trash, article: Article, clock: Clock
) -> None:
    def an_hour_back() -> None:
        clock.seconds -= HOUR

    removed_twice(folder, store, trash, article, an_hour_back)
    last, first = trash.removals("ana")
    trash.restore(last)
    assert store.load(article.id, "ana").annotations[0].tags == ("quote",)
    assert first in trash.removals("ana")


def test_whatever_the_clock_said_both_removals_are_kept(
    folder: Path, store: FolderStore, trash: Trash, article: Article, clock: Clock
) -> None:
    def an_hour_back() -> None:
        clock.seconds -= HOUR

    removed_twice(folder, store, trash, article, an_hour_back)
    places = [removed.own.checkpoint.read_bytes() for removed in trash.removals("ana")]
    assert len(places) == 2
    assert {b'"quote"' in data for data in places} == {True, False}


def test_the_list_shows_an_article_that_was_replaced_by_one_of_its_size_and_time(
    folder: Path, article: Article
) -> None:
    path = folder / "articles" / f"{article.id}.json"
    before = path.stat()
    assert [entry.title for entry in Library(folder).entries()] == ["Un été"]
    stored = Library(folder).load(article.id)
    Library(folder).save(msgspec.structs.replace(stored, title="Un êté"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [entry.title for entry in Library(folder).entries()] == ["Un êté"]

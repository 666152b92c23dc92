"""Damage in one file is mended from the others, and what cannot be is said and kept."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.checkpoint import decode, encode
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import Damaged, Locked, NotSaved
from tui.store.verify import verify
from tui.store.work_files import ArticleFiles, article_files

StepOn = Callable[..., Step]


@pytest.fixture
def files(folder: Path, article: Article) -> ArticleFiles:
    return article_files(folder / "people", article.id, "ana")


@pytest.fixture
def worked(store: FolderStore, article: Article, step_on: StepOn, files: ArticleFiles) -> ArticleFiles:
    """Two folds behind, and a journal of two steps that a killed process left."""
    for sitting in ((0, 1), (2, 3)):
        writer = store.open(article.id, "ana")
        for index in sitting:
            writer.put(step_on(index, "fact"))
        writer.close()
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact", "quote"))
    writer.put(step_on(3))
    journal = files.journal.read_bytes()
    writer.put(step_on(3, "fact"))
    checkpoint, previous, history = (
        path.read_bytes() for path in (files.checkpoint, files.previous, files.history)
    )
    writer.close()
    for path, data in (
        (files.checkpoint, checkpoint),
        (files.previous, previous),
        (files.history, history),
        (files.journal, journal),
    ):
        path.write_bytes(data)
    return files


def tags(store: FolderStore, article: Article) -> dict[int, tuple[str, ...]]:
    return {start: said.tags for start, said in store.load(article.id, "ana").annotations.items()}


def expected(article: Article) -> dict[int, tuple[str, ...]]:
    return {
        article.starts[0]: ("fact", "quote"),
        article.starts[1]: ("fact",),
        article.starts[2]: ("fact",),
    }


def flip(path: Path, place: int) -> bytes:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    return bytes(data)


def problems(folder: Path) -> list[str]:
    return [problem for found in verify(folder) for problem in found.problems]


def test_whole_files_are_found_whole(
    store: FolderStore, article: Article, worked: ArticleFiles, folder: Path
) -> None:
    assert tags(store, article) == expected(article)
    assert [event.seq for event in store.history(article.id, "ana")] == [1, 2, 3, 4, 5, 6]
    backwards = store.history(article.id, "ana", newest_first=True, upto=5)
    assert [event.seq for event in backwards] == [5, 4, 3, 2, 1]
    assert problems(folder) == []


@pytest.mark.parametrize("name", ["checkpoint", "history"])
def test_a_damaged_file_is_rebuilt_on_opening_and_kept(
    store: FolderStore, article: Article, worked: ArticleFiles, folder: Path, name: str
) -> None:
    path: Path = getattr(worked, name)
    damaged = flip(path, path.stat().st_size - 40)
    assert any(str(path) in problem for problem in problems(folder))
    writer = store.open(article.id, "ana")
    assert len(writer.notices) == 1
    assert path.name in writer.notices[0]
    assert tags(store, article) == expected(article)
    writer.close()
    assert tags(store, article) == expected(article)
    assert path.with_name(f"{path.name}.damaged-1").read_bytes() == damaged
    assert problems(folder) == []


def test_a_checkpoint_that_is_gone_is_rebuilt(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    worked.checkpoint.unlink()
    with pytest.raises(Damaged):
        store.load(article.id, "ana")
    store.open(article.id, "ana").close()
    assert tags(store, article) == expected(article)


def test_everything_comes_back_from_the_history_alone(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    for path in (worked.checkpoint, worked.previous):
        path.write_bytes(b"")
    store.open(article.id, "ana").close()
    assert tags(store, article) == expected(article)


def test_a_damaged_step_of_the_journal_is_refused_until_it_is_repaired(
    store: FolderStore, article: Article, worked: ArticleFiles, folder: Path
) -> None:
    first_step = worked.journal.read_bytes().index(b'{"seq":5')
    damaged = flip(worked.journal, first_step + 60)
    for attempt in (store.open, store.load):
        with pytest.raises(Damaged, match="verify --repair"):
            attempt(article.id, "ana")
    assert worked.journal.read_bytes() == damaged
    found = store.repair(article.id, "ana")
    assert found.lost == ["step 5"]
    assert worked.journal.with_name(f"{worked.journal.name}.damaged-1").read_bytes() == damaged
    assert tags(store, article) == expected(article) | {article.starts[0]: ("fact",)}
    assert [event.seq for event in store.history(article.id, "ana")] == [1, 2, 3, 4, 6, 7]
    assert problems(folder) == []
    writer = store.open(article.id, "ana")
    assert writer.revision == 7


def test_a_damaged_end_of_the_journal_is_refused(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    flip(worked.journal, worked.journal.stat().st_size - 30)
    with pytest.raises(Damaged):
        store.open(article.id, "ana")
    assert store.repair(article.id, "ana").lost == ["whatever came after step 5"]


def test_the_last_line_feed_may_be_damaged(
    store: FolderStore, article: Article, worked: ArticleFiles, step_on: StepOn
) -> None:
    flip(worked.journal, worked.journal.stat().st_size - 1)
    assert tags(store, article) == expected(article)
    writer = store.open(article.id, "ana")
    assert writer.put(step_on(1)) == 7
    writer.close()
    assert len(tags(store, article)) == 2
    assert [event.seq for event in store.history(article.id, "ana")] == list(range(1, 8))


@pytest.mark.parametrize("cut", [1, 2, 40, 300])
def test_an_unfinished_append_is_no_damage(
    store: FolderStore, article: Article, worked: ArticleFiles, step_on: StepOn, cut: int
) -> None:
    line = worked.journal.read_bytes().splitlines(keepends=True)[-1]
    with worked.journal.open("ab") as journal:
        journal.write(line[:cut])
    assert tags(store, article) == expected(article)
    writer = store.open(article.id, "ana")
    assert writer.notices == []
    assert writer.put(step_on(1)) == 7
    writer.close()
    assert [event.seq for event in store.history(article.id, "ana")] == list(range(1, 8))


@pytest.mark.parametrize("cut", [-1, -40, None])
def test_a_history_that_was_cut_off_in_its_header_is_written_anew(
    store: FolderStore, article: Article, files: ArticleFiles, step_on: StepOn, cut: int | None
) -> None:
    writer = store.open(article.id, "ana")
    for index in range(2):
        writer.put(step_on(index, "fact"))
    header = files.journal.read_bytes().splitlines(keepends=True)[0]
    journal = files.journal.read_bytes()
    writer.close()
    files.checkpoint.unlink()
    files.journal.write_bytes(journal)
    files.history.write_bytes(header[:cut] if cut is not None else b"")
    writer = store.open(article.id, "ana")
    assert writer.notices == []
    assert writer.put(step_on(2, "fact")) == 3
    writer.close()
    assert [event.seq for event in store.history(article.id, "ana")] == [1, 2, 3]


def test_what_of_the_past_is_gone_is_said_on_opening(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    flip(worked.history, worked.history.stat().st_size - 40)
    [notice] = store.open(article.id, "ana").notices
    assert notice.startswith("no annotation is lost, but step 4: ")


def test_a_damaged_past_is_said_where_it_is_read(
    store: FolderStore, article: Article, worked: ArticleFiles, folder: Path
) -> None:
    flip(worked.history, worked.history.read_bytes().index(b'{"seq":2') + 50)
    assert tags(store, article) == expected(article)
    for newest_first in (False, True):
        with pytest.raises(Damaged, match="verify --repair"):
            list(store.history(article.id, "ana", newest_first=newest_first))
    assert len(problems(folder)) == 1
    found = store.repair(article.id, "ana")
    assert (found.lost, found.forgotten) == ([], ["step 2"])
    assert problems(folder) == []
    assert tags(store, article) == expected(article)


def test_work_that_went_another_way_is_not_overwritten(
    store: FolderStore, article: Article, worked: ArticleFiles, step_on: StepOn, tmp_path: Path
) -> None:
    """As when a folder is copied from another machine over the one in use."""
    journal = worked.journal.read_bytes()
    worked.journal.unlink()
    writer = store.open(article.id, "ana")
    for _ in range(4):
        writer.put(step_on(2, "opinion"))
    writer.close()
    worked.journal.write_bytes(journal)
    with pytest.raises(Damaged, match="other steps"):
        store.open(article.id, "ana")
    assert worked.journal.read_bytes() == journal
    assert store.repair(article.id, "ana").lost == [
        "steps 5 to 6 of the journal, where the history has others"
    ]
    assert worked.journal.with_name(f"{worked.journal.name}.damaged-1").read_bytes() == journal


def test_a_copy_of_an_older_day_is_brought_up_to_date(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    worked.checkpoint.write_bytes(worked.previous.read_bytes())
    store.open(article.id, "ana").close()
    assert tags(store, article) == expected(article)


@pytest.mark.parametrize("suffix", ["history", "previous"])
def test_a_checkpoint_that_is_missing_is_not_begun_anew(
    store: FolderStore,
    article: Article,
    files: ArticleFiles,
    folder: Path,
    step_on: StepOn,
    worked: ArticleFiles,
    suffix: str,
) -> None:
    """Who began with no checkpoint would write over the history."""
    store.open(article.id, "ana").close()
    before = tags(store, article)
    kept = {"history": worked.history, "previous": worked.previous}[suffix]
    for path in worked.data():
        if path != kept and path.exists():
            path.unlink()
    assert problems(folder) == [f"{worked.checkpoint} is missing: repair it with postil verify --repair"]
    writer = store.open(article.id, "ana")
    [notice] = writer.notices
    assert "is missing and was rebuilt from the others" in notice
    assert tags(store, article) == before if suffix == "history" else tags(store, article)
    writer.put(step_on(1, "opinion"))
    writer.close()
    assert len(list(store.history(article.id, "ana"))) >= 2
    assert problems(folder) == []


def test_an_article_that_nobody_began_is_whole(
    store: FolderStore, article: Article, folder: Path, files: ArticleFiles
) -> None:
    writer = store.open(article.id, "ana")
    assert writer.notices == []
    writer.close()
    assert problems(folder) == []


def test_of_whole_files_a_repair_writes_nothing(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    before = {path: path.read_bytes() for path in worked.data()}
    found = store.repair(article.id, "ana")
    assert found.fits
    assert {path: path.read_bytes() for path in worked.data()} == before


def test_a_file_that_no_article_has_is_a_note(folder: Path, worked: ArticleFiles) -> None:
    path = worked.folder / ".hidden.json"
    path.write_bytes(b"{}")
    notes = [note for found in verify(folder) for note in found.notes]
    assert notes == [f"{path} has a name that no article has: it is not read"]
    assert problems(folder) == []


def test_a_repair_waits_for_the_writer(store: FolderStore, article: Article, worked: ArticleFiles) -> None:
    writer = store.open(article.id, "ana")
    flip(worked.checkpoint, 40)
    before = {path: path.read_bytes() for path in worked.data()}
    with pytest.raises(
        Locked, match=r"^ana is at work since \d\d:\d\d from .+ \(pid \d+\): try again later$"
    ):
        store.repair(article.id, "ana")
    assert {path: path.read_bytes() for path in worked.data()} == before
    writer.close()


@pytest.mark.parametrize("at", range(1, 5))
def test_a_read_that_fails_once_is_no_damage(
    folder: Path, store: FolderStore, article: Article, worked: ArticleFiles, at: int
) -> None:
    class FailsOnce(Disk):
        calls = 0

        def read_at(self, number: int, size: int, offset: int) -> bytes:
            self.calls += 1
            if self.calls == at:
                raise OSError(errno.EIO, "Input/output error")
            return super().read_at(number, size, offset)

    FolderStore(folder, "news/1", FailsOnce()).open(article.id, "ana").close()
    assert "repair" not in [event.step.action for event in store.history(article.id, "ana")]


def test_what_does_not_fit_the_text_is_kept_in_the_old_file(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    store.open(article.id, "ana").close()
    database = decode(worked.checkpoint.read_bytes(), worked.checkpoint)
    start = article.starts[1]
    database.annotations[start] = msgspec.structs.replace(database.annotations[start], text="elsewhere")
    worked.checkpoint.write_bytes(b"".join(encode(database)))
    damaged = worked.checkpoint.read_bytes()
    found = store.repair(article.id, "ana")
    assert len(found.lost) == 1
    assert worked.checkpoint.with_name(f"{worked.checkpoint.name}.damaged-1").read_bytes() == damaged


def test_work_on_another_text_is_not_repaired_away(
    store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    store.open(article.id, "ana").close()
    database = decode(worked.checkpoint.read_bytes(), worked.checkpoint)
    database.meta = msgspec.structs.replace(database.meta, text_sha256="0" * 64)
    worked.checkpoint.write_bytes(b"".join(encode(database)))
    flip(worked.previous, 40)
    before = {path: path.read_bytes() for path in worked.data() if path.exists()}
    with pytest.raises(Damaged, match="another text"):
        store.repair(article.id, "ana")
    assert {path: path.read_bytes() for path in worked.data() if path.exists()} == before


def test_a_journal_that_cannot_be_removed_is_no_repair(
    folder: Path, article: Article, worked: ArticleFiles
) -> None:
    class Keeps(Disk):
        def unlink(self, path: Path, at: int | None = None) -> None:
            if path == worked.journal:
                raise OSError(errno.EIO, "Input/output error")
            super().unlink(path, at)

    flip(worked.checkpoint, 40)
    with pytest.raises(NotSaved):
        FolderStore(folder, "news/1", Keeps()).repair(article.id, "ana")


def test_files_that_never_rest_are_a_note(
    store: FolderStore,
    article: Article,
    worked: ArticleFiles,
    folder: Path,
    step_on: StepOn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A fold comes with every call of verify's: there is no moment to read."""
    monkeypatch.setattr("tui.store.snapshot._TRIES", 5)
    writer = store.open(article.id, "ana")

    class Folding(Disk):
        def open_to_read(self, path: Path, at: int | None = None) -> int:
            writer.put(step_on(1, "fact"))
            writer.fold_at = 0
            writer.tidy()
            return super().open_to_read(path, at)

    found = [checked for checked in verify(folder, Folding()) if checked.path == worked.checkpoint]
    writer.close()
    assert [checked.problems for checked in found] == [[]]
    [note] = found[0].notes
    assert note.startswith("ana is at work since ")
    assert note.endswith(f": verify {worked.checkpoint} again later")
    assert problems(folder) == []


def test_a_folder_that_cannot_be_looked_at_does_not_end_the_check(
    folder: Path, store: FolderStore, article: Article, worked: ArticleFiles
) -> None:
    class Unseen(Disk):
        def state(self, path: Path, at: int | None = None) -> State:
            if path == worked.folder:
                raise OSError(errno.EIO, "Input/output error")
            return super().state(path, at)

    store.open(article.id, "ben").close()
    found = {checked.path: checked.problems for checked in verify(folder, Unseen())}
    [problem] = found[worked.folder]
    assert problem.startswith(f"{worked.folder} cannot be read (Input/output error): ")
    assert Library(folder).path(article.id) in found

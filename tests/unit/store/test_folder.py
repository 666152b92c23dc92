"""What a put acknowledges is on disk; what cannot be is told and kept for the next one."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import tinydb

from tui.model.annotation import Change, Span, Step
from tui.model.article import Article
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import (
    Conflict,
    Damaged,
    Foreign,
    NotPermitted,
    NotSaved,
    Store,
    StoreError,
    TooNew,
    UnsafeName,
    Writer,
)

StepOn = Callable[..., Step]


@pytest.fixture
def database(folder: Path, article: Article) -> Path:
    return folder / "people" / "ana" / f"{article.id}.json"


def tags(store: FolderStore, article: Article, annotator: str = "ana") -> dict[int, tuple[str, ...]]:
    work = store.load(article.id, annotator)
    return {start: said.tags for start, said in work.annotations.items()}


def test_it_is_a_store(store: FolderStore, article: Article) -> None:
    promised: Store = store
    writer: Writer = promised.open(article.id, "ana")
    writer.close()


def test_a_put_is_there_at_once_and_after_closing(
    store: FolderStore, article: Article, step_on: StepOn
) -> None:
    writer = store.open(article.id, "ana")
    assert writer.put(step_on(1, "fact")) == 1
    assert tags(store, article) == {article.starts[1]: ("fact",)}
    assert writer.put(step_on(0, "fact"), step_on(2, "quote")) == 3
    assert [said.start for said in store.scan(article.id, "ana")] == article.starts[:3]
    writer.close()
    again = store.open(article.id, "ana")
    assert again.put(step_on(1)) == 4
    assert sorted(tags(store, article)) == [article.starts[0], article.starts[2]]


def test_nothing_stored_is_empty_and_leaves_nothing(
    store: FolderStore, article: Article, database: Path
) -> None:
    assert store.load(article.id, "ana").annotations == {}
    assert list(store.scan(article.id, "ana")) == []
    assert store.annotators(article.id) == []
    writer = store.open(article.id, "ana")
    assert writer.put() == 0
    writer.close()
    assert not database.exists()


def test_stock_tinydb_reads_a_document_a_sentence(
    store: FolderStore, article: Article, step_on: StepOn, database: Path
) -> None:
    writer = store.open(article.id, "ana")
    for index, tag in enumerate(("fact", "opinion", "quote")):
        writer.put(step_on(index, tag))
    writer.put(step_on(1))
    writer.put_cursor(article.starts[3])
    writer.close()
    with tinydb.TinyDB(database, access_mode="r") as opened:
        stock: Any = opened
        documents = stock.table("annotations").all()
        assert [document.doc_id for document in documents] == [1, article.starts[2] + 1]
        assert [document["tags"] for document in documents] == [["fact"], ["quote"]]
        assert all(article.text[d["start"] : d["end"]] == d["text"] for d in documents)
        [meta] = stock.table("_meta").all()
        assert meta["schema"] == "postil.database/2"
        assert (meta["article"], meta["annotator"]) == (article.id, "ana")
        assert (meta["scheme"], meta["segmentation"]) == ("news/1", 1)
        assert meta["text_sha256"] == article.text_sha256
        [state] = stock.table("state").all()
        assert (state["cursor"], state["revision"]) == (article.starts[3], 4)


def test_a_sentence_that_nothing_is_said_about_is_not_kept(
    store: FolderStore, article: Article, step_on: StepOn
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    after = step_on(0, "fact").changes[0].after
    assert after is not None
    emptied = Change(before=after, after=msgspec.structs.replace(after, tags=(), decided=False))
    writer.put(msgspec.structs.replace(step_on(0, "fact"), changes=(emptied,)))
    assert tags(store, article) == {}


def test_the_cursor_is_that_of_the_last_step_and_on_closing_the_annotators(
    store: FolderStore, article: Article, step_on: StepOn, database: Path
) -> None:
    writer = store.open(article.id, "ana")
    writer.put_cursor(7)
    assert not database.exists()
    writer.put(step_on(1, "fact"))
    assert store.load(article.id, "ana").cursor == article.starts[1]
    writer.put_cursor(9)
    assert store.load(article.id, "ana").cursor == article.starts[1]
    writer.close()
    assert store.load(article.id, "ana").cursor == 9


def test_a_step_is_appended_and_folded_on_closing(
    store: FolderStore, article: Article, step_on: StepOn, database: Path
) -> None:
    journal, history = database.with_suffix(".journal"), database.with_suffix(".history")
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    first = journal.read_bytes()
    writer.put(step_on(1, "quote"))
    assert journal.read_bytes().startswith(first)
    assert not database.exists()
    assert not history.exists()
    lines = journal.read_bytes().splitlines(keepends=True)
    writer.close()
    assert not journal.exists()
    assert history.read_bytes().splitlines(keepends=True)[1:] == lines[1:]
    again = store.open(article.id, "ana")
    again.put(step_on(2, "fact"))
    again.close()
    assert history.read_bytes().startswith(b"".join(lines))
    assert [event.seq for event in store.history(article.id, "ana")] == [1, 2, 3]
    assert database.with_name(database.name + ".prev").exists()


def test_a_long_journal_is_folded_when_there_is_time(
    store: FolderStore, article: Article, step_on: StepOn, database: Path
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    writer.tidy()
    assert not database.exists()
    writer.fold_at = 10
    writer.tidy()
    assert database.exists()
    assert not database.with_suffix(".journal").exists()
    writer.put(step_on(1, "fact"))
    assert sorted(tags(store, article)) == article.starts[:2]


def test_a_fold_that_fails_loses_nothing_and_stops_nothing(
    store: FolderStore, article: Article, step_on: StepOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = store.open(article.id, "ana")
    writer.fold_at = 10
    for index in range(3):
        writer.put(step_on(index, "fact"))
        with monkeypatch.context() as patched:
            patched.setattr(os, "pwrite", full)
            writer.tidy()
    assert sorted(tags(store, article)) == article.starts[:3]
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        writer.close()
    assert sorted(tags(store, article)) == article.starts[:3]
    again = store.open(article.id, "ana")
    assert again.put(step_on(3, "fact")) == 4
    again.close()
    assert [event.seq for event in store.history(article.id, "ana")] == [1, 2, 3, 4]


def test_modes(store: FolderStore, article: Article, step_on: StepOn, folder: Path, database: Path) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    writer.close()
    store.open(article.id, "ana").put(step_on(1, "fact"))
    for name in (database.name, f"{article.id}.journal", f"{article.id}.history"):
        assert stat.S_IMODE((database.parent / name).stat().st_mode) == 0o640
    assert stat.S_IMODE(database.with_suffix(".lock").stat().st_mode) == 0o600
    assert stat.S_IMODE(database.parent.stat().st_mode) & 0o777 == 0o750
    assert stat.S_IMODE((folder / "articles" / f"{article.id}.json").stat().st_mode) == 0o640


def test_annotators_are_those_with_work_even_where_it_cannot_be_read(
    store: FolderStore, article: Article, step_on: StepOn, folder: Path
) -> None:
    for name in ("zoe", "ana"):
        writer = store.open(article.id, name)
        writer.put(step_on(0, "fact"))
        writer.close()
    store.open(article.id, "only-looked").close()
    (folder / "people" / "link").symlink_to(folder / "people" / "ana")
    (folder / "people" / "pipe").mkdir()
    os.mkfifo(folder / "people" / "pipe" / f"{article.id}.json")
    (folder / "people" / ".hidden").mkdir()
    assert store.annotators(article.id) == ["ana", "pipe", "zoe"]
    with pytest.raises(Damaged):
        store.load(article.id, "pipe")
    assert store.owners.refused == [
        f"{folder / 'people' / 'link'} is no folder but a link: put a real folder there"
    ]


# -- what fails ------------------------------------------------------------


def full(*_: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def broken(*_: object) -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


@pytest.mark.parametrize(("call", "failure"), [("pwrite", full), ("fsync", broken), ("pwrite", broken)])
def test_a_failed_put_is_kept_and_written_with_the_next(
    store: FolderStore,
    article: Article,
    step_on: StepOn,
    monkeypatch: pytest.MonkeyPatch,
    call: str,
    failure: Callable[..., object],
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    before = tags(store, article)
    with monkeypatch.context() as patched:
        patched.setattr(os, call, failure)
        for index in (1, 2):
            with pytest.raises(NotSaved) as failed:
                writer.put(step_on(index, "quote"))
            assert str(failed.value).isprintable()
            assert ": " in str(failed.value)
        assert tags(store, article).items() >= before.items()
    assert writer.put(step_on(3, "opinion")) == 4
    assert sorted(tags(store, article)) == article.starts[:4]


def test_without_steps_a_put_tries_again(
    store: FolderStore, article: Article, step_on: StepOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = store.open(article.id, "ana")
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(NotSaved, match="No space left"):
            writer.put(step_on(0, "fact"))
        with pytest.raises(NotSaved):
            writer.put()
    assert writer.put() == 1
    assert list(tags(store, article)) == [0]


def test_a_folder_that_cannot_be_synced_is_a_failure_that_the_next_put_mends(
    store: FolderStore, article: Article, step_on: StepOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = store.open(article.id, "ana")
    fsync = os.fsync

    def only_files(descriptor: int) -> None:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            broken()
        fsync(descriptor)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", only_files)
        with pytest.raises(NotSaved):
            writer.put(step_on(0, "fact"))
        with pytest.raises(NotSaved):
            writer.put(step_on(1, "fact"))
    assert writer.put() == 2
    assert len(tags(store, article)) == 2


def test_closing_writes_what_had_failed(
    store: FolderStore, article: Article, step_on: StepOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = store.open(article.id, "ana")
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(NotSaved):
            writer.put(step_on(0, "fact"))
    writer.close()
    assert list(tags(store, article)) == [0]


def test_closing_in_vain_says_so_and_gives_the_lock_up(
    store: FolderStore, article: Article, step_on: StepOn, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = store.open(article.id, "ana")
    with monkeypatch.context() as patched:
        patched.setattr(os, "pwrite", full)
        with pytest.raises(NotSaved):
            writer.put(step_on(0, "fact"))
        with pytest.raises(NotSaved):
            writer.close()
    with pytest.raises(NotSaved, match="open it again"):
        writer.put(step_on(0, "fact"))
    store.open(article.id, "ana").close()


def test_a_checkpoint_that_something_else_wrote_is_not_overwritten(
    store: FolderStore, article: Article, step_on: StepOn, database: Path
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    database.write_bytes(b"theirs")
    writer.put(step_on(1, "fact"))
    writer.close()
    assert database.read_bytes() == b"theirs"
    again = store.open(article.id, "ana")
    assert len(again.notices) == 1
    assert sorted(tags(store, article)) == article.starts[:2]
    [kept] = database.parent.glob("*.damaged-1")
    assert kept.read_bytes() == b"theirs"


def test_steps_that_are_not_on_disk_do_not_overwrite_it_either(
    store: FolderStore, article: Article, step_on: StepOn, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = store.open(article.id, "ana")
    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", broken)
        with pytest.raises(NotSaved):
            writer.put(step_on(0, "fact"))
    database.with_suffix(".journal").write_bytes(b"")
    database.write_bytes(b"theirs")
    with pytest.raises(NotSaved):
        writer.put(step_on(1, "fact"))
    with pytest.raises(Conflict):
        writer.put()
    assert database.read_bytes() == b"theirs"
    database.unlink()
    writer.close()
    assert sorted(tags(store, article)) == article.starts[:2]


def test_a_journal_that_is_no_longer_in_its_folder_holds_nothing(
    store: FolderStore, article: Article, step_on: StepOn, database: Path
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    away = database.parent.rename(database.parent.with_name("away"))
    with pytest.raises(NotSaved, match="folder"):
        writer.put(step_on(1, "fact"))
    with pytest.raises(NotSaved, match="folder"):
        writer.put(step_on(2, "fact"))
    away.rename(database.parent)
    assert writer.put() == 3
    assert sorted(tags(store, article)) == article.starts[:3]
    writer.close()
    assert [event.seq for event in store.history(article.id, "ana")] == [1, 2, 3]


def test_an_annotation_that_is_not_the_articles_text_is_never_stored(
    store: FolderStore, article: Article, step_on: StepOn, database: Path
) -> None:
    writer = store.open(article.id, "ana")
    good = step_on(0, "fact")
    after = good.changes[0].after
    assert after is not None
    stray = Span(id="s", start=0, end=2, text="no", severity="minor")
    for wrong in (
        msgspec.structs.replace(after, text="other words"),
        msgspec.structs.replace(after, end=after.end + 1),
        msgspec.structs.replace(after, start=-1),
        msgspec.structs.replace(after, spans=(stray,)),
    ):
        change = msgspec.structs.replace(good.changes[0], after=wrong)
        with pytest.raises(ValueError, match="not the article's text"):
            writer.put(step_on(1, "fact"), msgspec.structs.replace(good, changes=(change,)))
    assert not database.exists()
    assert writer.put(good) == 1


# -- what is refused on opening --------------------------------------------


def rewrite(database: Path, table: str, key: str, value: object) -> bytes:
    """Change one value as somebody does who knows of the checksum."""
    tree = msgspec.json.decode(database.read_bytes())
    tree[table]["1"][key] = value
    del tree["_checksum"]
    data = msgspec.json.encode(tree)[:-1]
    database.write_bytes(data + b',"_checksum":{"1":{"crc32":"%08x"}}}' % zlib.crc32(data))
    return database.read_bytes()


@pytest.fixture
def stored(store: FolderStore, article: Article, step_on: StepOn, database: Path) -> Path:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    writer.close()
    return database


@pytest.mark.parametrize(
    ("table", "key", "value", "error"),
    [
        ("_meta", "schema", "postil.database/3", TooNew),
        ("_meta", "annotator", "bob", Foreign),
        ("_meta", "article", "other", Foreign),
    ],
)
def test_what_does_not_belong_is_neither_read_nor_touched(
    store: FolderStore,
    article: Article,
    stored: Path,
    table: str,
    key: str,
    value: object,
    error: type[StoreError],
) -> None:
    content = rewrite(stored, table, key, value)
    for call in (store.load, store.open):
        with pytest.raises(error) as refused:
            call(article.id, "ana")
        assert str(stored) in str(refused.value)
    assert stored.read_bytes() == content


@pytest.mark.parametrize(
    ("table", "key", "value", "error"),
    [
        ("_meta", "text_sha256", "00", Damaged),
        ("_meta", "scheme", "other/1", NotPermitted),
        ("annotations", "text", "other words", Damaged),
    ],
)
def test_what_does_not_fit_is_not_written_to_and_not_kept_locked(
    store: FolderStore,
    article: Article,
    stored: Path,
    table: str,
    key: str,
    value: object,
    error: type[StoreError],
) -> None:
    content = rewrite(stored, table, key, value)
    with pytest.raises(error, match=": "):
        store.open(article.id, "ana")
    assert stored.read_bytes() == content
    assert store.load(article.id, "ana") is not None
    with pytest.raises(error):
        store.open(article.id, "ana")


def test_links_are_not_followed(store: FolderStore, article: Article, stored: Path, folder: Path) -> None:
    (folder / "people" / "bob").symlink_to(folder / "people" / "ana")
    for call in (store.load, store.open):
        with pytest.raises(NotPermitted, match="link"):
            call(article.id, "bob")
    elsewhere = folder / "elsewhere.json"
    stored.rename(elsewhere)
    stored.symlink_to(elsewhere)
    for call in (store.load, store.open):
        with pytest.raises((Damaged, NotPermitted), match=r"link|another name"):
            call(article.id, "ana")


@pytest.mark.parametrize("name", ["..", "../ana", "a/b", ".ana", "", "a\n"])
def test_unsafe_names_are_refused(store: FolderStore, article: Article, folder: Path, name: str) -> None:
    for call in (store.load, store.open):
        with pytest.raises(UnsafeName):
            call(article.id, name)
        with pytest.raises(UnsafeName):
            call(name, "ana")
    assert not (folder / "people").exists()


def test_an_article_that_is_not_in_the_library_cannot_be_annotated(store: FolderStore, folder: Path) -> None:
    with pytest.raises(NotPermitted, match="add it there first"):
        store.open("unknown-00000000", "ana")
    assert not (folder / "people").exists()


def test_what_killed_writers_left_is_removed(store: FolderStore, article: Article, stored: Path) -> None:
    left = stored.parent / f".{stored.name}.0123456789ab.tmp"
    left.write_bytes(b"half")
    store.open(article.id, "ana").close()
    assert not left.exists()


# -- another user's files --------------------------------------------------


@pytest.fixture
def as_nobody() -> Iterator[None]:
    """Give up root's rights, which no file mode holds back."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    yield
    os.seteuid(0)


@pytest.fixture
def shared(article: Article) -> Iterator[Path]:
    """A folder with an article and ana's work, where anybody may look and nobody may write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        Library(folder).save(article)
        FolderStore(folder, scheme="news/1").open(article.id, "ana").close()
        for path in folder.rglob("*"):
            path.chmod(0o555 if path.is_dir() else 0o444)
        yield folder
        for path in folder.rglob("*"):
            if path.is_dir():
                path.chmod(0o755)


def test_without_the_right_to_write_it_says_so(shared: Path, article: Article, as_nobody: None) -> None:
    store = FolderStore(shared, scheme="news/1")
    for annotator in ("ana", "bob"):
        with pytest.raises(NotPermitted, match=r"may not be written|another user"):
            store.open(article.id, annotator)
        assert store.load(article.id, annotator).annotations == {}


def test_without_the_right_to_read_it_says_so(
    shared: Path, article: Article, request: pytest.FixtureRequest
) -> None:
    (shared / "people" / "ana").chmod(0)
    (shared / "people" / "bob").mkdir()
    hidden = shared / "people" / "bob" / f"{article.id}.json"
    hidden.write_bytes(b"{}")
    hidden.chmod(0)
    request.getfixturevalue("as_nobody")
    store = FolderStore(shared, scheme="news/1")
    assert store.annotators(article.id) == []
    for annotator in ("ana", "bob"):
        with pytest.raises(NotPermitted, match="may not be read"):
            store.load(article.id, annotator)


def test_an_article_that_was_read_is_not_read_again(
    store: FolderStore, folder: Path, article: Article, step_on: StepOn
) -> None:
    path = folder / "articles" / f"{article.id}.json"
    path.write_bytes(b"unreadable by now")
    with pytest.raises(Damaged):
        store.open(article.id, "ana")
    writer = store.open(article.id, "ana", article)
    writer.put(step_on(1, "fact"))
    writer.close()
    assert tags(store, article) == {article.starts[1]: ("fact",)}
    path.unlink()
    with pytest.raises(NotPermitted, match="not in the library"):
        store.open(article.id, "ana", article)

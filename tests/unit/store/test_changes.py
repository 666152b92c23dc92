"""An id means one text for ever, and who changes an article has compared it with what is stored."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.model.annotation import Step
from tui.model.article import Article, EntityIndex
from tui.store import article_lock, short_lock
from tui.store.changes import add, add_findings, change
from tui.store.claims import claims
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import Changed, Damaged, Locked, StoreError, Unreadable
from tui.store.trash import Trash

MakeArticle = Callable[..., Article]


@pytest.fixture(autouse=True)
def without_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_lock, "PATIENCE", 0.0)


def titled(make_article: MakeArticle, number: int) -> Article:
    """An article of a text of its own, under the first id that it may get."""
    article = make_article("x", (f"Phrase {number}.", "Fin."))
    return replace(article, id=f"titre-{article.text_sha256[:8]}")


@pytest.fixture(scope="module")
def numbers() -> tuple[int, int]:
    """Two numbers whose texts have hashes that begin with the same eight digits."""
    seen: dict[str, int] = {}
    for number in range(2_000_000):
        digits = hashlib.sha256(f"Phrase {number}. Fin.".encode()).hexdigest()[:8]
        if digits in seen:
            return seen[digits], number
        seen[digits] = number
    raise AssertionError("no two of two million hashes begin alike")


@pytest.fixture
def twins(make_article: MakeArticle, numbers: tuple[int, int]) -> tuple[Article, Article]:
    first, second = (titled(make_article, number) for number in numbers)
    assert first.id == second.id
    assert first.text != second.text
    return first, second


def test_a_second_text_never_replaces_the_first(folder: Path, twins: tuple[Article, Article]) -> None:
    library = Library(folder)
    first, second = (add(library, article, who="ana") for article in twins)
    assert first.article.id == twins[0].id
    assert second.article.id == f"titre-{twins[1].text_sha256[:12]}"
    assert [library.load(found.article.id).text for found in (first, second)] == [one.text for one in twins]
    assert library.find(first.article.id) == first.article.id
    for article, found in zip(twins, (first, second), strict=True):
        again = add(library, article, who="ben")
        assert (again.article.id, again.is_new, again.is_changed) == (found.article.id, False, False)


def test_an_id_is_taken_while_annotations_are_about_it(
    folder: Path, twins: tuple[Article, Article], step_on: Callable[..., Step]
) -> None:
    library, store = Library(folder), FolderStore(folder, scheme="news/1")
    first, second = twins
    for kind in (store, FolderStore(folder, scheme="news/1", kind="review")):
        add(library, first, who="ana")
        writer = kind.open(first.id, "ana")
        writer.put(replace(step_on(0, "fact"), changes=()))
        writer.close()
        library.path(first.id).unlink()
        assert add(library, second, who="ana").article.id == f"titre-{second.text_sha256[:12]}"
        library.path(f"titre-{second.text_sha256[:12]}").unlink()
        for path in (folder / "people" / "ana").iterdir():
            path.unlink()


def test_an_id_is_taken_while_the_trash_has_it(folder: Path, twins: tuple[Article, Article]) -> None:
    library, store = Library(folder), FolderStore(folder, scheme="news/1")
    first, second = twins
    add(library, first, who="ana")
    trash = Trash(folder, store)
    removed = trash.remove(first.id, "ana")
    longer = add(library, second, who="ana").article.id
    assert longer == f"titre-{second.text_sha256[:12]}"
    trash.restore(removed)
    assert (library.load(first.id).text, library.load(longer).text) == (first.text, second.text)


def test_what_cannot_be_read_may_be_about_any_text(folder: Path, make_article: MakeArticle) -> None:
    own = folder / "people" / "ana"
    own.mkdir(parents=True)
    article = titled(make_article, 1)
    (own / f"{article.id}.json").write_bytes(b"\xff")
    assert add(Library(folder), article, who="ana").article.id == f"titre-{article.text_sha256[:12]}"


class Unseen(Disk):
    """Cannot look at one path."""

    def __init__(self, path: Path, error: int) -> None:
        self.path, self.error = path, error

    def state(self, path: Path, at: int | None = None) -> State:
        self._look(path)
        return super().state(path, at)

    def names(self, folder: Path, at: int | None = None) -> list[str]:
        self._look(folder)
        return super().names(folder, at)

    def _look(self, path: Path) -> None:
        if path == self.path:
            raise OSError(self.error, os.strerror(self.error), str(path))


@pytest.mark.parametrize("where", ["people", "people/ana", ".trash"])
def test_folders_that_cannot_be_looked_at_are_not_taken_for_empty(
    folder: Path, twins: tuple[Article, Article], where: str
) -> None:
    (folder / where).mkdir(parents=True, exist_ok=True)
    library = Library(folder, Unseen(folder / where, errno.EIO))
    with pytest.raises(Damaged, match=f"^{folder / where} cannot be read"):
        add(library, twins[0], who="ana")
    assert twins[0].id not in library.ids()


def test_a_folder_that_has_just_gone_hides_no_other(
    folder: Path, twins: tuple[Article, Article], step_on: Callable[..., Step]
) -> None:
    library, store = (
        Library(folder, Unseen(folder / "people" / "ben", errno.ENOENT)),
        FolderStore(folder, scheme="news/1"),
    )
    first, second = twins
    add(library, first, who="ana")
    store.open(first.id, "ben").close()
    writer = store.open(first.id, "zoe")
    writer.put(replace(step_on(0, "fact"), changes=()))
    writer.close()
    library.path(first.id).unlink()
    assert add(library, second, who="ana").article.id == f"titre-{second.text_sha256[:12]}"


def test_of_a_long_log_only_the_first_line_is_read(
    folder: Path, twins: tuple[Article, Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    library, store = Library(folder), FolderStore(folder, scheme="news/1")
    add(library, twins[0], who="ana")
    writer = store.open(twins[0].id, "ana")
    writer.put(Step(action="note", label="", at="", changes=(), cursor=0))
    writer.close()
    [history] = (folder / "people" / "ana").glob("*.history")
    with history.open("ab") as file:
        file.write(b" " * 4_000_000)
    for path in history.parent.glob("*.json*"):
        path.unlink()
    library.path(twins[0].id).unlink()
    read: list[int] = []
    read_at = Disk.read_at
    monkeypatch.setattr(
        Disk,
        "read_at",
        lambda disk, number, size, offset: read.append(size) or read_at(disk, number, size, offset),
    )
    monkeypatch.setattr(Disk, "read", lambda *_: pytest.fail("read whole"))
    assert {claim.text_sha256 for claim in claims(folder, twins[0].id)} == {twins[0].text_sha256}
    assert sum(read) < 1_000_000


def test_work_on_another_text_is_refused(folder: Path, article: Article) -> None:
    store = FolderStore(folder, scheme="news/1")
    store.open(article.id, "ana").close()
    writer = store.open(article.id, "ben")
    writer.put_cursor(1)
    writer.close()
    assert store.read(article.id, "ben", article.text_sha256) is not None
    with pytest.raises(Damaged, match="about another text"):
        store.load(article.id, "ben", "0" * 64)


def test_a_damaged_article_is_kept_and_added_again(folder: Path, make_article: MakeArticle) -> None:
    library = Library(folder)
    stored = add(library, titled(make_article, 1), who="ana").article
    path = library.path(stored.id)
    whole = path.read_bytes()
    path.write_bytes(whole[:-30])
    added = add(library, titled(make_article, 1), who="ana")
    assert added.is_new
    assert added.notice == f"{path.name} was damaged, and is kept as {path.name}.damaged-1"
    assert path.with_name(f"{path.name}.damaged-1").read_bytes() == whole[:-30]
    assert library.load(stored.id) == stored


@pytest.mark.parametrize("how_often", [1, 2])
def test_an_article_that_cannot_be_read_is_neither_set_aside_nor_added_twice(
    folder: Path, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch, how_often: int
) -> None:
    library, article = Library(folder), titled(make_article, 1)
    path = library.path(add(library, article, who="ana").article.id)
    before = sorted(path.parent.iterdir())
    read, failures = Disk.read, iter(range(how_often))

    def failing(disk: Disk, at: Path, *rest: int | None) -> bytes:
        if at == path and next(failures, None) is not None:
            raise OSError(errno.EIO, os.strerror(errno.EIO), str(at))
        return read(disk, at, *rest)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(Disk, "read", failing)
    with pytest.raises(Unreadable, match="look after the disk"):
        add(library, article, who="ana")
    if how_often > 1:
        with pytest.raises(Unreadable), change(library, article.id, who="ana", doing="adding it") as held:
            held.is_taken(article.text_sha256)
    assert sorted(path.parent.iterdir()) == before


# -- versions --------------------------------------------------------------


def test_only_the_version_that_was_read_is_replaced(folder: Path, article: Article) -> None:
    library = Library(folder)
    mine, theirs = library.load(article.id), library.load(article.id)
    stored = library.save(replace(theirs, title="Theirs"))
    with pytest.raises(Changed, match="has changed since it was read, it was prepared again"):
        library.save(replace(mine, title="Mine"))
    assert library.load(article.id) == stored
    assert library.save(replace(stored, title="Mine")).title == "Mine"
    library.path(article.id).unlink()
    with pytest.raises(Changed, match="it was removed"):
        library.save(stored)


def test_a_file_that_someone_edited_is_not_replaced(folder: Path, article: Article) -> None:
    library = Library(folder)
    read = library.load(article.id)
    path = library.path(article.id)
    edited = path.read_bytes().replace(b"Un \xc3\xa9t\xc3\xa9", b"Un hiver", 1)
    path.write_bytes(edited)
    with pytest.raises(Damaged, match="damaged"):
        library.save(replace(read, title="Autre"))
    assert path.read_bytes() == edited


@pytest.mark.parametrize("sealed", [True, False])
def test_a_version_is_told_from_every_other(folder: Path, article: Article, sealed: bool) -> None:
    library = Library(folder)
    path = library.path(article.id)
    if not sealed:
        path.write_bytes(path.read_bytes().partition(b',"crc32":')[0] + b"}")
    read = library.load(article.id)
    assert library.version(article.id) == read.version
    assert library.has_version(article.id, read.version)
    path.write_bytes(path.read_bytes().replace(b'"ete.txt"', b'"eta.txt"'))
    if not sealed:
        assert not library.has_version(article.id, read.version)
    path.unlink()
    assert library.version(article.id) == ""
    assert not library.has_version(article.id, read.version)


def test_an_article_that_changed_is_read_again_before_it_is_annotated(folder: Path, article: Article) -> None:
    library, store = Library(folder), FolderStore(folder, scheme="news/1")
    read = library.load(article.id)
    library.save(replace(read, title="Autre"))
    with pytest.raises(Changed, match="open it again"):
        store.open(article.id, "ana", read)
    store.open(article.id, "ana", library.load(article.id)).close()


# -- numbers of segmentations ----------------------------------------------


def merged(article: Article) -> Article:
    """The article with its first two sentences as one."""
    return replace(
        article, starts=[article.starts[0], *article.starts[2:]], ends=article.ends[1:], segmentation=2
    )


def test_a_number_means_the_same_sentences_after_the_article_was_away(
    folder: Path, make_article: MakeArticle
) -> None:
    library, store = Library(folder), FolderStore(folder, scheme="news/1")
    fresh = make_article("titre-00000000")
    fresh = replace(fresh, id=f"titre-{fresh.text_sha256[:8]}")
    stored = add(library, fresh, who="ana").article
    library.save(replace(merged(stored), version=stored.version))
    removed = Trash(folder, store).remove(stored.id, "ana")
    again = add(library, fresh, who="ana").article
    assert (again.segmentation, again.starts) == (3, fresh.starts)
    library.path(again.id).unlink()
    assert add(library, replace(merged(fresh), segmentation=1), who="ana").article.segmentation == 2
    assert removed.path.exists()


def test_the_same_sentences_keep_their_number(folder: Path, make_article: MakeArticle) -> None:
    library, store = Library(folder), FolderStore(folder, scheme="news/1")
    fresh = make_article("titre-00000000")
    fresh = replace(fresh, id=f"titre-{fresh.text_sha256[:8]}")
    add(library, fresh, who="ana")
    store.open(fresh.id, "ana").close()
    library.path(fresh.id).unlink()
    assert add(library, fresh, who="ana").article.segmentation == 1


# -- names and hints that come late ----------------------------------------


def bare(article: Article) -> Article:
    return replace(article, prepared_by={}, entity_blocks=[], entity_counts=[], version="")


def test_late_names_are_added_to_what_was_published_meanwhile(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    library = Library(tmp_path / "late")
    whole = make_article()
    read = library.save(bare(whole))
    published = library.save(replace(merged(read), title="Published"))
    added = add_findings(library, read.id, replace(whole, version=read.version), who="ana")
    assert added.is_changed
    stored = library.load(read.id)
    assert (stored.title, stored.segmentation, stored.starts) == ("Published", 2, published.starts)
    assert [stored.text[one.start : one.end] for one in EntityIndex(stored)] == ["Musk"]
    assert not add_findings(library, read.id, whole, who="ana").is_changed


def test_names_of_another_text_are_refused(folder: Path, article: Article, make_article: MakeArticle) -> None:
    with pytest.raises(Damaged, match="another text"):
        add_findings(Library(folder), article.id, make_article(article.id, ("Autre.",)), who="ana")


# -- the lock --------------------------------------------------------------


class Held(Disk):
    """Waits where an article's file is to be replaced."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()

    def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        if new.parent.name == "articles":
            self.reached.set()
            assert self.go_on.wait(60)
        super().replace(old, new, at, to)


@pytest.fixture
def held(folder: Path, article: Article) -> Iterator[Held]:
    """A change of the article that is held where it replaces the file; it goes on afterwards."""
    disk = Held()
    library = Library(folder, disk)
    changed = replace(library.load(article.id), title="Held")
    thread = threading.Thread(
        target=library.save, args=(changed,), kwargs={"who": "ana", "doing": "publishing it"}
    )
    thread.start()
    assert disk.reached.wait(60)
    yield disk
    disk.go_on.set()
    thread.join()
    assert Library(folder).load(article.id).title == "Held"


def test_the_second_is_told_who_and_what(folder: Path, article: Article, held: Held) -> None:
    library, store = Library(folder), FolderStore(folder, scheme="news/1")
    read = library.load(article.id)
    attempts: list[Callable[[], object]] = [
        lambda: library.save(replace(read, title="Mine")),
        lambda: add_findings(library, article.id, article, who="ben"),
        lambda: Trash(folder, store).remove(article.id, "ben"),
        lambda: store.open(article.id, "ben", read),
    ]
    for attempt in attempts:
        with pytest.raises(
            Locked, match=r"^ana is publishing it since .* from .* \(pid \d+\): try again later"
        ):
            attempt()


def test_readers_wait_for_no_one(folder: Path, article: Article, held: Held) -> None:
    assert Library(folder).load(article.id).title == "Un été"
    assert [entry.id for entry in Library(folder).entries()] == [article.id]


def test_the_lock_leaves_nothing(folder: Path, article: Article) -> None:
    library = Library(folder)
    with change(library, article.id, who="ana", doing="changing it"):
        assert [path.name for path in library.articles.iterdir() if path.suffix == ".lock"]
    assert not [path.name for path in library.articles.iterdir() if path.suffix == ".lock"]


def test_what_a_crash_leaves_of_a_lock_is_free(folder: Path, article: Article) -> None:
    library = Library(folder)
    path = article_lock.lock_path(library.articles, article.id)
    path.write_bytes(b'{"pid":1,"host":"h","since":0,"who":"ben","doing":"publishing it"}')
    FolderStore(folder, scheme="news/1").open(article.id, "ana").close()
    library.save(replace(library.load(article.id), title="Autre"))
    assert not path.exists()


@pytest.mark.parametrize("kind", ["link", "folder", "second name"])
def test_a_lock_that_is_no_file_of_its_own_is_refused(folder: Path, article: Article, kind: str) -> None:
    library = Library(folder)
    path = article_lock.lock_path(library.articles, article.id)
    elsewhere = folder / "elsewhere"
    elsewhere.write_bytes(b"mine")
    if kind == "link":
        path.symlink_to(elsewhere)
    elif kind == "folder":
        path.mkdir()
    else:
        path.hardlink_to(elsewhere)
    with pytest.raises(StoreError, match=": "):
        library.save(replace(library.load(article.id), title="Autre"))
    assert elsewhere.read_bytes() == b"mine"
    assert library.load(article.id).title == "Un été"


def test_what_killed_writers_left_goes_with_the_next(folder: Path, make_article: MakeArticle) -> None:
    library = Library(folder)
    article = titled(make_article, 1)
    left = library.articles / f".{article.id}.json.0123456789ab.tmp"
    left.write_bytes(b"half")
    add(library, article, who="ana")
    assert not left.exists()

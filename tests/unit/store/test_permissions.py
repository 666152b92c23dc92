"""Who may read and write what: two users of one group, one outside it, links that lead elsewhere, and root."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder
from tui.store.protocol import Damaged, Foreign, NotPermitted, StoreError, UnsafeName

CHECKOUT = Path(__file__).parents[3]
GROUP = 61_100


class User(NamedTuple):
    """One that no system need know by name."""

    uid: int
    in_group: bool


ANA, BOB, EVE = User(61_001, True), User(61_002, True), User(61_003, False)

PREAMBLE = """
import os, stat, sys
from pathlib import Path
from tui.model.annotation import Annotation, Change, Step
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import StoreError

folder = Path(sys.argv[1])
library, store = Library(folder), FolderStore(folder, scheme="news/1")

def step(article, note):
    said = Annotation(
        segmentation=1, start=article.starts[0], end=article.ends[0], text=article.sentence_text(0),
        note=note, created_at="", updated_at="",
    )
    return Step(action="note", label="", at="", changes=(Change(before=None, after=said),), cursor=0)
"""

ADD = (
    PREAMBLE
    + """
from tui.prepare.pipeline import read_articles
from tui.resources import sample
[article] = read_articles(sample())
library.save(article)
"""
)

WORK = (
    PREAMBLE
    + """
[article_id] = library.ids()
article = library.load(article_id)
for sitting in range(3):
    writer = store.open(article_id, sys.argv[2])
    writer.put(step(article, f"note {sitting}"))
    if sitting == 2:
        for path in sorted(folder.rglob("*")):
            state = path.lstat()
            print(f"{stat.S_IMODE(state.st_mode):o} {state.st_gid} {path.relative_to(folder)}")
    if sitting < 2 or "--keep-open" not in sys.argv:
        writer.close()
"""
)

LOOK = (
    PREAMBLE
    + """
[article_id] = library.ids()
print(*store.annotators(article_id))
print([said.note for said in store.load(article_id, sys.argv[2]).annotations.values()])
print([event.seq for event in store.history(article_id, sys.argv[2])])
"""
)

ATTACK = """
import os, sys
from pathlib import Path

folder, name = Path(sys.argv[1]), sys.argv[2]
own = folder / "people" / name
attacks = [(own.rename, own.with_name("mine")), (own.rmdir,), (os.chmod, own, 0o777)]
attacks += [((own / "new").touch,), (os.symlink, "/", own / "link")]
for path in [*own.iterdir(), *(folder / "articles").iterdir()]:
    attacks += [
        (os.open, path, os.O_WRONLY), (os.open, path, os.O_WRONLY | os.O_APPEND), (os.truncate, path, 0),
        (path.unlink,), (path.rename, path.with_name("mine")), (path.rename, folder / "mine"), (path.chmod, 0o666),
    ]
for path in own.glob("*.lock"):
    attacks.append((os.open, path, os.O_RDONLY))
for attack, *arguments in attacks:
    try:
        attack(*arguments)
    except PermissionError:
        continue
    print(attack, *arguments)
print(len(attacks))
"""


def acting(user: User, *command: str, umask: int = 0o022) -> subprocess.CompletedProcess[str]:
    """Run a command as somebody."""
    groups = ("--groups", str(GROUP)) if user.in_group else ("--clear-groups",)
    return subprocess.run(
        ["setpriv", "--reuid", str(user.uid), "--regid", str(user.uid), *groups, "--", *command],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        umask=umask,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"},
    )


def python(user: User, code: str, *arguments: str | Path, umask: int = 0o022) -> str:
    """What the code prints; it must not fail."""
    done = acting(user, sys.executable, "-c", code, *map(str, arguments), umask=umask)
    assert done.returncode == 0, done.stderr
    return done.stdout


def postil(user: User, folder: Path, name: str, *words: str) -> subprocess.CompletedProcess[str]:
    where = ["--annotations", str(folder), "--annotator", name]
    return acting(user, sys.executable, "-m", "tui", *words, *where)


@pytest.fixture(scope="module")
def users() -> None:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can act as several users")
    if shutil.which("setpriv") is None:
        pytest.skip("setpriv is not installed")
    tried = acting(EVE, sys.executable, "-c", "import tui.prepare.pipeline")
    if tried.returncode:
        pytest.skip(f"other users cannot run this checkout: {tried.stderr.strip()[-200:]}")


@pytest.fixture
def shared(users: None) -> Iterator[Path]:
    """A group's annotations folder."""
    # pytest's own folders are closed to others.
    place = Path(tempfile.mkdtemp(prefix="postil-", dir="/tmp"))
    place.chmod(0o755)
    folder = place / "annotations"
    folder.mkdir()
    os.chown(folder, 0, GROUP)
    folder.chmod(0o2770)
    yield folder
    shutil.rmtree(place)


@pytest.fixture
def worked_on(shared: Path) -> Path:
    """The same with Ana's work in it."""
    python(ANA, ADD, shared)
    python(ANA, WORK, shared, "ana")
    return shared


# -- modes -----------------------------------------------------------------


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_modes_are_the_same_whatever_the_umask(shared: Path, umask: int) -> None:
    python(ANA, ADD, shared, umask=umask)
    lines = python(ANA, WORK, shared, "ana", umask=umask).splitlines()
    [article_id] = [path.stem for path in (shared / "articles").iterdir() if path.suffix == ".json"]
    modes = {line.split()[2]: line.split()[:2] for line in lines}
    group = str(GROUP)
    assert modes == {
        "articles": ["3770", group],
        f"articles/{article_id}.json": ["640", group],
        "people": ["3770", group],
        "people/ana": ["2750", group],
        f"people/ana/{article_id}.json": ["640", group],
        f"people/ana/{article_id}.json.prev": ["640", group],
        f"people/ana/{article_id}.history": ["640", group],
        f"people/ana/{article_id}.journal": ["640", group],
        f"people/ana/{article_id}.lock": ["600", group],
    }


def test_a_folder_of_ones_own_is_open_to_nobody_else(users: None, worked_on: Path) -> None:
    own = worked_on.parent / "own"
    own.mkdir()
    os.chown(own, ANA.uid, ANA.uid)
    own.chmod(0o755)
    python(ANA, ADD, own)
    python(ANA, WORK, own, "ana")
    assert stat.S_IMODE((own / "people").stat().st_mode) == 0o2750
    assert postil(BOB, own, "bob", "list").returncode == 3


# -- a group ---------------------------------------------------------------


def test_the_group_reads_and_each_adds_their_own(worked_on: Path) -> None:
    assert python(BOB, LOOK, worked_on, "ana").splitlines() == ["ana", "['note 2']", "[1, 2, 3]"]
    python(BOB, WORK, worked_on, "bob")
    assert python(ANA, LOOK, worked_on, "bob").splitlines() == ["ana bob", "['note 2']", "[1, 2, 3]"]
    exported = acting(BOB, sys.executable, "-m", "tui", "export", "--annotations", str(worked_on))
    assert exported.stdout.count('"annotator":"ana"') == exported.stdout.count('"annotator":"bob"') == 1


def test_the_group_reads_work_that_is_under_way(worked_on: Path) -> None:
    python(ANA, WORK, worked_on, "ana", "--keep-open")
    assert python(BOB, LOOK, worked_on, "ana").splitlines() == ["ana", "['note 2']", "[1, 2, 3, 4, 5, 6]"]


def test_another_users_files_cannot_be_touched(worked_on: Path) -> None:
    python(ANA, WORK, worked_on, "ana", "--keep-open")
    before = contents(worked_on)
    assert python(BOB, ATTACK, worked_on, "ana").splitlines() == ["48"]
    assert contents(worked_on) == before


def test_annotating_under_another_users_name_is_refused(worked_on: Path) -> None:
    before = contents(worked_on)
    [article_id] = [path.stem for path in (worked_on / "articles").glob("*.json")]
    refused = postil(BOB, worked_on, "ana", "tag", article_id, "2", "fact")
    assert refused.returncode == 3
    assert len(refused.stderr.splitlines()) == 1
    assert str(worked_on / "people" / "ana") in refused.stderr
    assert contents(worked_on) == before


def test_root_does_not_write_what_belongs_to_a_user(worked_on: Path) -> None:
    before = contents(worked_on)
    [article_id] = [path.stem for path in (worked_on / "articles").glob("*.json")]
    with pytest.raises(NotPermitted, match=str(worked_on / "people" / "ana")):
        FolderStore(worked_on, scheme="news/1").open(article_id, "ana")
    assert contents(worked_on) == before


def test_outside_the_group_nothing_can_be_read(worked_on: Path) -> None:
    [article_id] = [path.stem for path in (worked_on / "articles").glob("*.json")]
    for words in (["list"], ["show", article_id], ["export"], ["tag", article_id, "1", "fact"]):
        refused = postil(EVE, worked_on, "eve", *words)
        assert refused.returncode == 3, words
        assert refused.stdout == ""
        assert len(refused.stderr.splitlines()) == 1


def contents(folder: Path) -> dict[Path, tuple[int, int, int, bytes]]:
    """Each file's inode, mode, modification time and bytes."""
    found: dict[Path, tuple[int, int, int, bytes]] = {}
    for path in folder.rglob("*"):
        state = path.lstat()
        data = path.read_bytes() if path.is_file() else b""
        found[path] = (state.st_ino, state.st_mode, state.st_mtime_ns, data)
    return found


# -- forged owners ---------------------------------------------------------


def refusal(user: User, folder: Path, name: str, kind: str) -> str:
    """The one line that opening for writing ends with."""
    opening = PREAMBLE + "\n[article_id] = library.ids()\ntry:\n    store.open(article_id, sys.argv[2])\n"
    opening += "except StoreError as error:\n    print(type(error).__name__, error)\n"
    said = python(user, opening, folder, name)
    assert len(said.splitlines()) == 1
    assert said.startswith(kind + " ")
    return said


def test_a_folder_that_another_user_made_first_is_refused_with_its_path(worked_on: Path) -> None:
    python(BOB, WORK, worked_on, "cid")
    before = contents(worked_on)
    assert f"{worked_on / 'people' / 'cid'} " in refusal(ANA, worked_on, "cid", "NotPermitted")
    assert contents(worked_on) == before


@pytest.mark.parametrize("suffix", ["json", "journal", "history", "lock"])
def test_another_users_file_in_ones_own_folder_is_refused_with_its_path(worked_on: Path, suffix: str) -> None:
    python(ANA, WORK, worked_on, "ana", "--keep-open")
    [article_id] = [path.stem for path in (worked_on / "articles").glob("*.json")]
    path = worked_on / "people" / "ana" / f"{article_id}.{suffix}"
    os.chown(path, BOB.uid, GROUP)
    before = contents(worked_on)
    assert f"{path} " in refusal(ANA, worked_on, "ana", "NotPermitted")
    assert contents(worked_on) == before


@pytest.mark.parametrize("suffix", ["json", "journal", "history"])
def test_a_file_that_names_somebody_else_is_refused_with_its_path(
    store: FolderStore,
    folder: Path,
    article: Article,
    leave_all_files: Callable[[str], dict[str, Path]],
    suffix: str,
) -> None:
    path, other = leave_all_files("ana")[suffix], leave_all_files("bob")[suffix]
    shutil.copy(other, path)
    before = contents(folder)
    with pytest.raises(Foreign, match=f"^{path} .*'bob'"):
        store.open(article.id, "ana")
    with pytest.raises(Foreign, match=f"^{path} .*'bob'"):
        list(store.history(article.id, "ana"))
    if suffix != "history":
        with pytest.raises(Foreign, match=f"^{path} .*'bob'"):
            store.load(article.id, "ana")
    assert without_lock(contents(folder)) == without_lock(before)


# -- links -----------------------------------------------------------------


class NoLock:
    """For work that is left as a killed process leaves it."""

    def __init__(self, path: Path, who: str, folder: HeldFolder) -> None: ...

    def renew(self) -> None: ...

    def release(self) -> None: ...


@pytest.fixture
def leave_all_files(
    store: FolderStore, folder: Path, article: Article, step_on: Callable[..., Step]
) -> Callable[[str], dict[str, Path]]:
    """Work as somebody, folding twice and then not; returns all their files by suffix."""

    def leave(annotator: str) -> dict[str, Path]:
        for tag in ("fact", "opinion"):
            writer = store.open(article.id, annotator)
            writer.put(step_on(0, tag))
            writer.close()
        killed = FolderStore(folder, scheme="news/1", lock=NoLock)  # type: ignore[arg-type]
        killed.open(article.id, annotator).put(step_on(1, "quote"))
        paths = {
            path.name.removeprefix(f"{article.id}."): path
            for path in (folder / "people" / annotator).iterdir()
        }
        assert sorted(paths) == ["history", "journal", "json", "json.prev", "lock"]
        return paths

    return leave


def without_lock(found: dict[Path, tuple[int, int, int, bytes]]) -> dict[Path, tuple[int, int, int, bytes]]:
    return {path: state for path, state in found.items() if path.suffix != ".lock"}


SYMBOLIC, HARD = "symbolic", "hard"


def linked(path: Path, target: Path, kind: str) -> tuple[int, int, int, bytes]:
    """Move a file away and leave a link to it; returns what must not change."""
    path.rename(target)
    if kind == SYMBOLIC:
        path.symlink_to(target)
    else:
        path.hardlink_to(target)
    return contents(target.parent)[target]


@pytest.mark.skipif(sys.platform == "win32", reason="opens for reading only")
@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("json", SYMBOLIC),
        *((suffix, kind) for suffix in ("journal", "history", "lock") for kind in (SYMBOLIC, HARD)),
    ],
)
def test_nothing_is_written_through_a_link(
    store: FolderStore,
    article: Article,
    tmp_path: Path,
    leave_all_files: Callable[[str], dict[str, Path]],
    suffix: str,
    kind: str,
) -> None:
    path, victim = leave_all_files("ana")[suffix], tmp_path / "victim"
    before = linked(path, victim, kind)
    with pytest.raises(StoreError, match=str(path)) as refused:
        store.open(article.id, "ana")
    assert len(str(refused.value).splitlines()) == 1
    assert contents(tmp_path)[victim] == before


@pytest.mark.skipif(sys.platform == "win32", reason="opens for reading only")
@pytest.mark.parametrize(("suffix", "kind"), [("json", HARD), ("json.prev", HARD), ("json.prev", SYMBOLIC)])
def test_what_is_only_ever_replaced_leaves_what_it_was_linked_to(
    store: FolderStore,
    article: Article,
    tmp_path: Path,
    leave_all_files: Callable[[str], dict[str, Path]],
    step_on: Callable[..., Step],
    suffix: str,
    kind: str,
) -> None:
    path, victim = leave_all_files("ana")[suffix], tmp_path / "victim"
    before = linked(path, victim, kind)
    for index in (2, 3):
        writer = store.open(article.id, "ana")
        writer.put(step_on(index, "fact"))
        writer.close()
    assert len(store.load(article.id, "ana").annotations) == 4
    assert contents(tmp_path)[victim] == before
    assert not path.is_symlink()


class JournalJustRemoved(Disk):
    """Its owner's other session unlinks the journal between finding its name and looking at the file."""

    def state(self, path: Path, at: int | None = None) -> State:
        found = super().state(path, at)
        return found._replace(links=0) if path.suffix == ".journal" else found


def test_a_journal_that_is_being_removed_is_no_link(
    folder: Path, article: Article, leave_all_files: Callable[[str], dict[str, Path]]
) -> None:
    leave_all_files("ana")
    FolderStore(folder, scheme="news/1", disk=JournalJustRemoved()).open(article.id, "ana").close()


@pytest.mark.skipif(sys.platform == "win32", reason="opens for reading only")
@pytest.mark.parametrize("suffix", ["json", "journal", "history", "lock"])
def test_nothing_is_created_through_a_link(
    store: FolderStore,
    folder: Path,
    article: Article,
    tmp_path: Path,
    step_on: Callable[..., Step],
    suffix: str,
) -> None:
    path = folder / "people" / "ana" / f"{article.id}.{suffix}"
    path.parent.mkdir(parents=True)
    path.symlink_to(tmp_path / "new")
    with pytest.raises(StoreError, match=str(path)):
        store.open(article.id, "ana").put(step_on(0, "fact"))
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
@pytest.mark.parametrize("suffix", ["json", "journal", "history"])
def test_nothing_is_read_through_a_link(
    store: FolderStore,
    article: Article,
    tmp_path: Path,
    leave_all_files: Callable[[str], dict[str, Path]],
    suffix: str,
) -> None:
    path = leave_all_files("ana")[suffix]
    path.rename(tmp_path / "secret")
    path.symlink_to(tmp_path / "secret")
    read = store.history if suffix == "history" else store.scan
    with pytest.raises(Damaged, match=f"^{path} is a symbolic link"):
        list(read(article.id, "ana"))


@pytest.mark.skipif(sys.platform == "win32", reason="symbolic links need rights there")
def test_a_link_for_a_folder_is_refused(
    store: FolderStore,
    folder: Path,
    article: Article,
    leave_all_files: Callable[[str], dict[str, Path]],
) -> None:
    leave_all_files("bob")
    own = folder / "people" / "ana"
    own.symlink_to(folder / "people" / "bob")
    before = contents(folder)
    for read in (
        store.open,
        store.load,
        lambda *who: list(store.history(*who)),
        lambda *who: list(store.scan(*who)),
    ):
        with pytest.raises(NotPermitted, match=f"^{own} is no folder"):
            read(article.id, "ana")
    assert store.annotators(article.id) == ["bob"]
    assert contents(folder) == before


def test_names_cannot_lead_out(store: FolderStore, article: Article, folder: Path) -> None:
    before = contents(folder.parent)
    for article_id, annotator in (
        ("../people", "ana"),
        (article.id, ".."),
        (article.id, "a/../../b"),
        (article.id, ""),
    ):
        with pytest.raises(UnsafeName):
            store.open(article_id, annotator)
        with pytest.raises(UnsafeName):
            store.load(article_id, annotator)
    assert contents(folder.parent) == before


ADD_ONE = (
    PREAMBLE
    + """
from tui.prepare.pipeline import read_articles
from tui.store.changes import add
[article] = read_articles(sys.argv[2].encode())
print(add(library, article, who="ana").article.id)
"""
)


def test_a_folder_that_is_closed_to_others_keeps_no_one_from_adding(worked_on: Path) -> None:
    own = worked_on / "people" / "bob"
    own.mkdir()
    os.chown(own, BOB.uid, GROUP)
    own.chmod(0o700)
    added = python(ANA, ADD_ONE, worked_on, "Il fait beau. Le chat dort.")
    assert added.startswith("il-fait-beau")


# -- the trash -------------------------------------------------------------

TRASH = (
    PREAMBLE
    + """
from tui.store.trash import Trash
trash = Trash(folder, store)
what, name = sys.argv[2:]
try:
    if what == "remove":
        trash.remove(library.ids()[0], name)
    elif what == "restore":
        trash.restore(trash.removals(name)[0])
    print(len(trash.removals(name)))
except StoreError as error:
    print(type(error).__name__, error)
"""
)


def data_files(folder: Path) -> dict[Path, tuple[int, int, int, bytes]]:
    """All but folders and locks."""
    return {
        path: what
        for path, what in contents(folder).items()
        if stat.S_ISREG(what[1]) and path.suffix != ".lock"
    }


def test_the_group_cannot_remove_what_another_added_or_worked_on(worked_on: Path) -> None:
    before = data_files(worked_on)
    assert "ana has worked on it" in python(BOB, TRASH, worked_on, "remove", "bob")
    assert data_files(worked_on) == before
    shutil.rmtree(worked_on / "people" / "ana")
    before = data_files(worked_on)
    assert python(BOB, TRASH, worked_on, "remove", "bob").startswith("NotPermitted")
    assert data_files(worked_on) == before


def test_what_is_in_the_trash_is_its_removers_alone(worked_on: Path) -> None:
    before = data_files(worked_on)
    assert python(ANA, TRASH, worked_on, "remove", "ana") == "1\n"
    assert stat.S_IMODE((worked_on / ".trash").stat().st_mode) == 0o3770
    [place] = (worked_on / ".trash").iterdir()
    folders = [place, *(path for path in place.rglob("*") if path.is_dir())]
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o2750}
    assert python(BOB, TRASH, worked_on, "look", "ana") == "0\n"
    moved = acting(BOB, "mv", str(place), str(worked_on / "mine"))
    assert moved.returncode != 0
    assert python(ANA, TRASH, worked_on, "restore", "ana") == "0\n"
    assert data_files(worked_on) == before

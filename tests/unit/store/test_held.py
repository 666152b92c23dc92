"""Folders are held while an article is open: what takes their place is noticed, and is neither written nor read."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.store.test_permissions import ANA, BOB, PREAMBLE, python, shared, users, worked_on
from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.alias_list import keep_name
from tui.store.detectors_off import read_detectors_off, switch_detector
from tui.store.disk import CAN_HOLD, DISK, Disk
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder, OutOfPlace, hold
from tui.store.lock import Lock
from tui.store.protocol import Conflict, NotPermitted, NotSaved

__all__ = ["shared", "users", "worked_on"]

pytestmark = pytest.mark.skipif(not CAN_HOLD, reason="this system looks names up by path only")

CHECKOUT = Path(__file__).parents[3]
StepOn = Callable[..., Step]
OWN, PEOPLE = "people/ana", "people"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """Laid out as the folder `people`, with nothing in it."""
    (tmp_path / "elsewhere" / "ana").mkdir(parents=True)
    return tmp_path / "elsewhere"


def numbers(store: FolderStore, article: Article) -> list[int]:
    return [event.seq for event in store.history(article.id, "ana")]


def link_instead(path: Path, target: Path) -> Path:
    """Move a folder away and leave a link; returns where it is now."""
    away = path.rename(path.with_name("away"))
    path.symlink_to(target)
    return away


def put_back(path: Path, away: Path) -> None:
    path.unlink()
    away.rename(path)


# -- while an article is open ----------------------------------------------


@pytest.mark.parametrize("name", [OWN, PEOPLE])
@pytest.mark.parametrize("before", [0, 1, 2])
def test_a_link_in_place_of_a_folder_is_noticed_with_the_next_step(
    store: FolderStore,
    folder: Path,
    article: Article,
    step_on: StepOn,
    elsewhere: Path,
    name: str,
    before: int,
) -> None:
    writer = store.open(article.id, "ana")
    for index in range(before):
        writer.put(step_on(index, "fact"))
    path = folder / name
    away = link_instead(path, elsewhere if name == PEOPLE else elsewhere / "ana")
    for index in (2, 3):
        with pytest.raises(NotSaved, match=r"folder|link") as refused:
            writer.put(step_on(index, "quote"))
        assert len(str(refused.value).splitlines()) == 1
    assert [path.name for path in elsewhere.rglob("*")] == ["ana"]
    put_back(path, away)
    assert writer.put() == before + 2
    assert numbers(store, article) == list(range(1, before + 3))
    writer.close()
    assert numbers(store, article) == list(range(1, before + 3))


@pytest.mark.parametrize("name", [OWN, PEOPLE])
def test_a_link_that_leads_back_is_noticed_too(
    store: FolderStore, folder: Path, article: Article, step_on: StepOn, name: str
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    path = folder / name
    away = link_instead(path, path.with_name("away"))
    # Between two keys.
    writer.tidy()
    for _ in range(2):
        with pytest.raises(NotSaved, match=r"folder|link"):
            writer.put(step_on(1, "fact"))
    put_back(path, away)
    writer.close()
    assert numbers(store, article) == [1, 2, 3]


@pytest.mark.parametrize("name", [OWN, PEOPLE])
def test_closing_writes_nothing_through_a_link(
    store: FolderStore, folder: Path, article: Article, step_on: StepOn, elsewhere: Path, name: str
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    path = folder / name
    away = link_instead(path, elsewhere if name == PEOPLE else elsewhere / "ana")
    # What was saved is on disk: there is nothing to lose.
    writer.close()
    assert [path.name for path in elsewhere.rglob("*")] == ["ana"]
    put_back(path, away)
    assert numbers(store, article) == [1]
    store.open(article.id, "ana").close()


@pytest.mark.parametrize("before", [0, 1])
def test_a_folder_that_was_made_again_gets_everything(
    store: FolderStore, folder: Path, article: Article, step_on: StepOn, before: int
) -> None:
    writer = store.open(article.id, "ana")
    for index in range(before):
        writer.put(step_on(index, "fact"))
    own = folder / OWN
    away = own.rename(own.with_name("away"))
    own.mkdir()
    with pytest.raises(NotSaved, match="folder"):
        writer.put(step_on(1, "fact"))
    assert writer.put(step_on(2, "fact")) == before + 2
    assert len(store.load(article.id, "ana").annotations) == before + 2
    with pytest.raises(Exception, match="has this article open"):
        Lock(own / f"{article.id}.lock", "ana")
    writer.put(step_on(3, "fact"))
    writer.close()
    assert numbers(store, article) == list(range(1, before + 4))
    assert not [path.name for path in away.iterdir() if path.suffix in {".json", ".history"}]


@pytest.mark.parametrize("suffix", ["json", "history", "journal"])
def test_files_in_a_folder_that_was_put_there_are_not_replaced(
    store: FolderStore, folder: Path, article: Article, step_on: StepOn, suffix: str
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    own = folder / OWN
    own.rename(own.with_name("away"))
    own.mkdir()
    theirs = own / f"{article.id}.{suffix}"
    theirs.write_bytes(b"theirs")
    with pytest.raises(NotSaved):
        writer.put(step_on(1, "fact"))
    for _ in range(3):
        with pytest.raises(Conflict, match=re.escape(str(theirs))):
            writer.put()
        assert theirs.read_bytes() == b"theirs"
    theirs.unlink()
    assert writer.put() == 2
    writer.close()
    assert numbers(store, article) == [1, 2]


def test_a_lock_that_is_held_in_the_folder_that_was_put_there_keeps_out(
    store: FolderStore, folder: Path, article: Article, step_on: StepOn
) -> None:
    writer = store.open(article.id, "ana")
    own = folder / OWN
    own.rename(own.with_name("away"))
    own.mkdir()
    other = store.open(article.id, "ana")
    other.put(step_on(1, "quote"))
    for _ in range(3):
        with pytest.raises(NotSaved):
            writer.put(step_on(0, "fact"))
    assert numbers(store, article) == [1]
    other.close()
    with pytest.raises(Conflict):
        writer.put()
    with pytest.raises(Conflict):
        writer.close()
    assert numbers(store, article) == [1]


def test_nothing_stays_open_after_closing(store: FolderStore, article: Article, step_on: StepOn) -> None:
    if not Path("/proc/self/fd").is_dir():
        pytest.skip("/proc lists what is open")
    before = len(os.listdir("/proc/self/fd"))  # noqa: PTH208
    for _ in range(3):
        writer = store.open(article.id, "ana")
        writer.put(step_on(0, "fact"))
        writer.close()
        store.load(article.id, "ana")
        assert next(store.history(article.id, "ana")).seq == 1
        store.annotators(article.id)
        with store.hold(article.id, "ana"):
            pass
    assert len(os.listdir("/proc/self/fd")) == before  # noqa: PTH208


# -- held folders ----------------------------------------------------------


def test_links_up_to_the_annotations_folder_are_followed(
    folder: Path, tmp_path: Path, article: Article, step_on: StepOn
) -> None:
    (tmp_path / "one").symlink_to(folder)
    (tmp_path / "two").symlink_to("one")
    store = FolderStore(tmp_path / "two", scheme="news/1")
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    writer.close()
    assert numbers(FolderStore(folder, scheme="news/1"), article) == [1]


def test_a_path_that_is_in_no_held_folder_is_never_looked_up(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    with hold(DISK, tmp_path, tmp_path / "a") as held:
        assert held.names(tmp_path / "a") == ["b"]
        for outside in (tmp_path / "a" / "b" / "c", tmp_path.parent / "c"):
            with pytest.raises(ValueError, match="not held"):
                held.state(outside)
        with pytest.raises(ValueError, match="not held"):
            held.names(tmp_path / "a" / "b")


def test_every_call_that_takes_a_path_goes_through_the_held_folders() -> None:
    for name, call in vars(Disk).items():
        if not name.startswith("_") and "Path" in str(getattr(call, "__annotations__", "")):
            assert name in vars(HeldFolder), f"HeldFolder inherits {name}, which looks a name up by its path"


def test_renames_go_from_one_held_folder_to_another(tmp_path: Path) -> None:
    for name in ("articles", ".trash"):
        (tmp_path / name).mkdir()
    (tmp_path / "articles" / "x").write_bytes(b"x")
    with hold(DISK, tmp_path, tmp_path / "articles", tmp_path / ".trash") as held:
        place = tmp_path / ".trash" / "place"
        held.enter(place, 0o750)
        away = link_instead(tmp_path / ".trash", tmp_path)
        held.replace(tmp_path / "articles" / "x", place / "x")
        held.sync_folder(place)
        with pytest.raises(OutOfPlace):
            held.check_in_place()
    assert (away / "place" / "x").read_bytes() == b"x"


@pytest.mark.parametrize("kind", ["link", "dangling", "file"])
def test_what_is_no_folder_is_refused_in_one_line(tmp_path: Path, kind: str) -> None:
    (tmp_path / "real").mkdir()
    path = tmp_path / "articles"
    if kind == "file":
        path.touch()
    else:
        path.symlink_to("real" if kind == "link" else "nowhere")
    for mode in (None, 0o750):
        with HeldFolder(DISK, tmp_path) as held, pytest.raises(NotPermitted, match=f"^{path} is no folder"):
            held.enter(path, mode)


def test_what_reads_follows_no_link_below_the_annotations_folder(
    store: FolderStore, folder: Path, article: Article, step_on: StepOn
) -> None:
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"))
    writer.close()
    switch_detector(folder, "ana", "spelling", is_off=True)
    link_instead(folder / PEOPLE, folder / "away")
    reads: tuple[Callable[[], object], ...] = (
        lambda: store.load(article.id, "ana"),
        lambda: list(store.history(article.id, "ana")),
        lambda: store.annotators(article.id),
        store.annotated,
        lambda: store.articles_of("ana"),
        lambda: store.open(article.id, "ana"),
        lambda: read_detectors_off(folder, "ana"),
        lambda: switch_detector(folder, "ana", "spelling", is_off=False),
    )
    for read in reads:
        with pytest.raises(NotPermitted, match=f"^{folder / PEOPLE} is no folder"):
            read()
    done = subprocess.run(
        [sys.executable, "-m", "tui", "export", "--annotations", str(folder)],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
    )
    assert done.returncode == 3
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1


def test_detectors_of_a_linked_folder_are_not_read(folder: Path, tmp_path: Path) -> None:
    assert read_detectors_off(folder, "ana") == frozenset()
    (folder / OWN).mkdir(parents=True)
    switch_detector(folder, "ana", "spelling", is_off=True)
    assert read_detectors_off(folder, "ana") == {"spelling"}
    away = link_instead(folder / OWN, folder / "people" / "away")
    for use in (
        lambda: read_detectors_off(folder, "ana"),
        lambda: switch_detector(folder, "ana", "spelling", is_off=False),
    ):
        with pytest.raises(NotPermitted, match="is no folder"):
            use()
    put_back(folder / OWN, away)
    assert read_detectors_off(folder, "ana") == {"spelling"}


def test_a_name_is_kept_in_the_folder_that_was_opened(folder: Path) -> None:
    assert keep_name(folder, "Musk", "PER", who="ana")
    assert not keep_name(folder, "Musk", "PER", who="ana")
    with pytest.raises(NotSaved):
        keep_name(folder / "missing", "Musk", "PER", who="ana")


# -- two users -------------------------------------------------------------

SWAPPED = (
    PREAMBLE
    + """
import subprocess
from tui.store.protocol import NotSaved
[article_id] = library.ids()
article = library.load(article_id)
own = folder / "people" / "ana"
writer = store.open(article_id, "ana")
writer.put(step(article, "one"))
print("ready", flush=True)
sys.stdin.readline()
for number in range(3):
    try:
        print(writer.put(step(article, "two")))
    except NotSaved as error:
        print("NotSaved", error)
"""
)


def test_another_users_folder_is_not_taken_for_ones_own(worked_on: Path) -> None:
    """In a folder without the sticky bit another member of the group can rename `people`."""
    people = worked_on / "people"
    with subprocess.Popen(
        [
            *("setpriv", "--reuid", str(ANA.uid), "--regid", str(ANA.uid)),
            *("--groups", str(worked_on.stat().st_gid), "--", sys.executable, "-c", SWAPPED, str(worked_on)),
        ],
        cwd=CHECKOUT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={"PATH": os.environ["PATH"], "HOME": "/nonexistent", "PYTHONDONTWRITEBYTECODE": "1"},
    ) as working:
        assert working.stdin is not None
        assert working.stdout is not None
        assert working.stdout.readline() == "ready\n"
        forge = (
            "import os, sys; os.rename(sys.argv[1], sys.argv[1] + '.old'); os.makedirs(sys.argv[1] + '/ana');"
        )
        forge += "os.chmod(sys.argv[1], 0o777); os.chmod(sys.argv[1] + '/ana', 0o777)"
        python(BOB, forge, people)
        said, _ = working.communicate("\n", timeout=60)
    assert working.returncode == 0
    lines = said.splitlines()
    assert len(lines) == 3
    assert all(line.startswith("NotSaved not saved, ") for line in lines)
    assert "another user's folder" in lines[-1]
    assert list((people / "ana").iterdir()) == []
    people.joinpath("ana").rmdir()
    people.rmdir()
    people.with_name("people.old").rename(people)
    [article_id] = [path.stem for path in (worked_on / "articles").glob("*.json")]
    events = list(FolderStore(worked_on, scheme="news/1").history(article_id, "ana"))
    assert events[-1].step.changes[0].after is not None
    assert events[-1].step.changes[0].after.note in {"one", "two"}


# -- what the system is asked ----------------------------------------------

_WRITES = re.compile(
    r"^\S* *(?P<call>rename\w*|link\w*|unlink\w*|mkdir\w*|truncate|ftruncate|chmod|fchmodat\w*|symlink\w*"
    r"|open(?:at)?\([^)]*O_(?:WRONLY|RDWR|CREAT)[^)]*)"
)


def test_no_write_goes_by_a_path_that_could_lead_elsewhere(
    store: FolderStore, folder: Path, article: Article, tmp_path: Path
) -> None:
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    traced = tmp_path / "trace"
    tag = [sys.executable, "-m", "tui", "tag", article.id, "1", "fact", "--annotations", str(folder)]
    for _ in range(2):
        done = subprocess.run(
            [
                *("strace", "-f", "-y", "-s", "4096", "-e", "trace=file,fchmod,ftruncate", "-o", str(traced)),
                *(*tag, "--annotator", "ana"),
            ],
            capture_output=True,
            text=True,
            check=False,
            cwd=CHECKOUT,
        )
        if "ptrace" in done.stderr:
            pytest.skip("strace may not trace here")
        assert done.returncode == 0, done.stderr
        lines = traced.read_text(encoding="utf-8", errors="replace").splitlines()
        writes = [line for line in lines if _WRITES.search(line)]
        here = [line for line in writes if str(folder / PEOPLE) in line]
        assert any(".journal" in line for line in here)
        assert any(".lock" in line for line in here)
        # A path in quotation marks is what the call was given; one in angle brackets is of a descriptor.
        assert [line for line in here if f'"{folder}' in line] == []
        tag[6] = "opinion" if tag[6] == "fact" else "fact"

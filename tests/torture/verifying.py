"""`verify` while somebody works: it reports nothing that is not so, and `--repair` writes nothing that it need not."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from tests.long import long_or_short
from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish, has_journal, recovered
from tests.torture.workload import ANNOTATOR, FOLD_AT, REPAIR, SCHEME, FreeLock, Scene, Sitting, Told, work
from tui.model.annotation import Step
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
from tui.store.lock import Lock
from tui.store.protocol import Locked, StoreError
from tui.store.trash import Trash
from tui.store.verify import verify

RUNS = 175
QUICK_RUNS = 4
"""Of the program, beside a writer that never rests."""

PUTS = (7, 6)
"""In each sitting."""

EVERY = long_or_short((1, 2, 3, 5, 7), (1, 3))
"""After how many of verify's own calls something is done."""

FIRSTS = long_or_short(25, 12)
"""At how many calls the first of these is."""

Act = Callable[[], object]


def run(quick: bool) -> Report:
    """At every held call of either side, and in many runs of the program: no false report, no false step."""
    found = Findings()
    for torture in (at_every_call_of_the_writer, at_every_call_of_verify, while_work_goes_away, repairs):
        with tempfile.TemporaryDirectory() as folder:
            torture(Scene.furnish(Path(folder)), found)
    with tempfile.TemporaryDirectory() as folder:
        _beside_the_program(Path(folder), QUICK_RUNS if quick else RUNS, found)
    return found.report("verifying")


# -- one held, the other at work -------------------------------------------


class ActingDisk(Disk):
    """Before each of its calls something else is done."""

    def __init__(self, act: Act) -> None:
        self._act = act

    def hold(self, path: Path, at: int | None = None, *, follow: bool = False) -> int | None:
        self._act()
        return super().hold(path, at, follow=follow)

    def open(self, path: Path, flags: int, at: int | None = None) -> int:
        self._act()
        return super().open(path, flags, at)

    def open_to_read(self, path: Path, at: int | None = None) -> int:
        self._act()
        return super().open_to_read(path, at)

    def read_at(self, number: int, size: int, offset: int) -> bytes:
        self._act()
        return super().read_at(number, size, offset)

    def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
        """In two parts, so that a write is seen half done."""
        self._act()
        return super().write(number, data[: max(1, len(data) // 2)], offset)

    def truncate(self, number: int, size: int) -> None:
        self._act()
        super().truncate(number, size)

    def set_mode(self, number: int, mode: int) -> None:
        self._act()
        super().set_mode(number, mode)

    def sync(self, number: int) -> None:
        self._act()

    def state(self, path: Path, at: int | None = None) -> State:
        self._act()
        return super().state(path, at)

    def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._act()
        super().replace(old, new, at, to)

    def link(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._act()
        super().link(old, new, at, to)

    def unlink(self, path: Path, at: int | None = None) -> None:
        self._act()
        super().unlink(path, at)

    def sync_folder(self, path: Path, at: int | None = None) -> None:
        self._act()


def at_every_call_of_the_writer(scene: Scene, found: Findings) -> None:
    """A writer is held before each of its calls, and after a crash at each of them too, while verify reads."""

    def look() -> None:
        found.counts["looks at a held writer"] += 1
        _check_whole(scene, Disk(), found, "the writer is held")

    days = scene.sittings(*PUTS)
    for _ in work(scene, ActingDisk(look), days, Told()):
        pass
    leave_journal(scene, days[0])
    for _ in work(scene, ActingDisk(look), days, Told()):
        pass


def at_every_call_of_verify(scene: Scene, found: Findings) -> None:
    """Whoever reads is held before each so-many-th call, while the writer takes a step, folds or closes."""
    store = scene.store(Disk())
    for every in EVERY:
        acts = _acts(scene, store)
        next(acts)
        for first in range(FIRSTS):
            with _every(every, lambda acts=acts: next(acts), first) as act:
                found.counts["looks while a writer works"] += 1
                notes = _check_whole(scene, ActingDisk(act), found, f"at each {every}. call")
                _check_readable(scene, ActingDisk(act), found, f"at each {every}. call")
            found.counts["told that somebody is at work"] += notes
    assert scene.files.history.exists(), "the writer never came to fold"


def while_work_goes_away(scene: Scene, found: Findings) -> None:
    """The article and the work on it are moved to the trash between two of verify's calls, at once or file by file."""
    store = scene.store(Disk(), Lock)
    for _ in work(scene, Disk(), scene.sittings(3, 2), Told()):
        pass
    leave_journal(scene, scene.sittings(2)[0])
    trash = Trash(scene.folder, store, Disk())
    away = scene.folder / "away"
    away.mkdir()
    paths = [
        *sorted(path for path in scene.files.data() if path.exists()),
        *scene.folder.glob("articles/*.json"),
    ]
    moves = [(path, away / str(number)) for number, path in enumerate(paths)]
    for after in range(30):
        with _at(after, [lambda: trash.remove(scene.article.id, ANNOTATOR)]) as act:
            _check_whole(scene, ActingDisk(act), found, f"removed at call {after}")
        for removed in trash.removals(ANNOTATOR):
            trash.restore(removed)
        with _at(after, [lambda move=move: move[0].rename(move[1]) for move in moves]) as act:
            _check_whole(scene, ActingDisk(act), found, f"removed file by file from call {after} on")
        for path, moved in moves:
            moved.rename(path)
        found.counts["looks while work goes away"] += 2


def repairs(scene: Scene, found: Findings, lock: type[Lock] = Lock) -> None:
    """A repair is refused while a writer works, and of whole files it writes nothing."""
    store = scene.store(Disk(), lock)
    writer = store.open(scene.article.id, ANNOTATOR)
    for put in scene.sittings(3)[0]:
        writer.put(*put)
    writer.tidy()
    before = _contents(scene)
    with contextlib.suppress(Locked):
        store.repair(scene.article.id, ANNOTATOR)
        found.fault("phantom", "a repair beside a writer", "it was not refused")
    if _contents(scene) != before:
        found.fault("phantom", "a repair beside a writer", "files have changed")
    with contextlib.suppress(StoreError):
        writer.close()
    before = _contents(scene)
    store.repair(scene.article.id, ANNOTATOR)
    if _contents(scene) != before:
        found.fault("phantom", "a repair of whole files", "files have changed")
    found.counts["repairs"] += 2


def leave_journal(scene: Scene, puts: Sitting) -> None:
    """As a process leaves it that is killed."""
    writer = scene.store(Disk(), FreeLock).open(scene.article.id, ANNOTATOR)
    for put in puts:
        writer.put(*put)


def _acts(scene: Scene, store: FolderStore) -> Iterator[None]:
    """Steps, with a fold after every third or so, alone or with the next step, and now and then the next sitting."""
    while True:
        writer = store.open(scene.article.id, ANNOTATOR)
        writer.fold_at = FOLD_AT
        for number, put in enumerate(scene.sittings(9)[0]):
            writer.put(*put)
            yield
            writer.tidy()
            if number % 2:
                yield
        writer.close()
        yield


@contextlib.contextmanager
def _every(count: int, act: Act, first: int) -> Generator[Act]:
    """Something that acts each so-many-th time; `first` shifts which these are."""
    calls = first

    def maybe() -> None:
        nonlocal calls
        calls += 1
        if calls % count == 0:
            act()

    yield maybe


@contextlib.contextmanager
def _at(call: int, acts: Sequence[Act]) -> Generator[Act]:
    """Something that does nothing up to that call, and then one thing at each call; the rest in the end."""
    waiting: Iterator[Act | None] = iter([*[None] * call, *acts])

    def maybe() -> None:
        act = next(waiting, None)
        if act is not None:
            act()

    yield maybe
    for act in waiting:
        if act is not None:
            act()


def _check_readable(scene: Scene, disk: Disk, found: Findings, where: str) -> None:
    store = FolderStore(scene.folder, SCHEME, disk)
    try:
        store.load(scene.article.id, ANNOTATOR)
        numbers = [event.seq for event in store.history(scene.article.id, ANNOTATOR)]
    except StoreError as error:
        found.fault("unreadable", where, str(error))
        return
    if numbers != list(range(1, len(numbers) + 1)):
        found.fault("missing", where, f"the history has the steps {numbers}")


def _check_whole(scene: Scene, disk: Disk, found: Findings, where: str) -> int:
    """Returns how many notes there are."""
    notes = 0
    for checked in verify(scene.folder, disk):
        notes += len(checked.notes)
        for problem in checked.problems:
            found.fault("phantom", where, f"verify reports: {problem}")
    return notes


def _contents(scene: Scene) -> dict[str, bytes]:
    folder = scene.files.folder
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".lock"}


# -- the program -----------------------------------------------------------


def _beside_the_program(folder: Path, runs: int, found: Findings) -> None:
    """`postil verify --repair`, many times, beside a process that writes and folds all the time."""
    article = furnish(folder)
    number_file = folder / "acknowledged"
    number_file.write_bytes(bytes(8))
    command = [sys.executable, "-m", "tests.torture.race", str(folder), str(number_file), "1500"]
    with subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        for number in range(runs):
            words = ["verify", *(["--repair"] if number % 2 else [])]
            done = subprocess.run(
                [sys.executable, "-m", "tui", *words, "--annotations", str(folder)],
                cwd=CHECKOUT,
                env={**os.environ, "POSTIL_ANNOTATOR": ANNOTATOR},
                capture_output=True,
                text=True,
                check=False,
            )
            found.counts["runs beside a writer"] += 1
            if done.returncode or "✗" in done.stdout:
                found.fault("phantom", f"run {number}", f"{done.returncode}: {done.stdout}{done.stderr}")
        if process.poll() is not None:
            found.fault("unwritable", "beside verify", "the writer has ended by itself")
        process.kill()
    events = recovered(folder, article.id, ANNOTATOR, found, "beside verify")
    steps: list[Step] = [event.step for event in events or ()]
    if any(step.action == REPAIR for step in steps):
        found.fault("phantom", "beside verify", "there is a step of a repair")
    found.counts["steps meanwhile"] += len(steps)
    found.counts["left a journal"] += has_journal(folder, article.id, ANNOTATOR)

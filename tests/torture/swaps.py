"""Before each system call a folder is moved away, a symbolic link takes its place, and later it comes back."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

from tests.torture.report import Report
from tests.torture.scene import Findings
from tests.torture.workload import ANNOTATOR, FOLD_AT, SCHEME, Scene, Sitting, replayed
from tui.model.annotation import Step
from tui.store.disk import Disk
from tui.store.folder import FolderStore
from tui.store.held import HeldFolder
from tui.store.lock import Lock
from tui.store.protocol import NotSaved, StoreError
from tui.store.writer import FolderWriter

Given = ParamSpec("Given")
Result = TypeVar("Result")

PUTS = (4, 2)
"""In each sitting: the first one folds while it goes on."""
QUICK_EVERY = 5
"""Each so-many-th call: a number that has nothing in common with the calls of a put."""

IN_MEMORY = Path("/dev/shm")
"""Nothing here is about what the disk keeps, and memory has no fsync to wait for."""

_CALLS = (
    *(
        "open",
        "write",
        "truncate",
        "set_mode",
        "sync",
        "state_of",
        "close",
        "hold",
        "state",
        "location",
        "read",
    ),
    *("names", "replace", "link", "unlink", "make_folder", "set_folder_mode", "sync_folder"),
)


class Swap(NamedTuple):
    """What happens to a folder."""

    name: str
    """`people`, or the annotator's own below it."""
    leads_back: bool
    """Whether the link leads to the folder that was moved away, else it leads elsewhere."""


SWAPS = tuple(Swap(name, back) for name in ("people", ANNOTATOR) for back in (False, True))


class Stage:
    """A folder that is swapped before the call with a certain number, and the place to which the link leads."""

    def __init__(self, folder: Path, elsewhere: Path, swap: Swap, after: int) -> None:
        self._path = folder / "people" if swap.name == "people" else folder / "people" / ANNOTATOR
        self._away = folder / "away"
        # What is found there looks like the real folders, so that only their names' meaning is another.
        self.elsewhere = elsewhere
        (elsewhere / ANNOTATOR).mkdir()
        self._target = elsewhere if swap.name == "people" else elsewhere / ANNOTATOR
        self._leads_back = swap.leads_back
        self._left = after
        self.is_swapped = False
        self.was_swapped = False

    def count(self) -> None:
        """Comes before every call."""
        self._left -= 1
        if self._left < 0 and not self.was_swapped and self._path.exists():
            self._path.rename(self._away)
            self._path.symlink_to(self._away if self._leads_back else self._target)
            self.is_swapped = self.was_swapped = True

    def put_back(self) -> None:
        if self.is_swapped:
            self._path.unlink()
            self._away.rename(self._path)
            self.is_swapped = False

    def strays(self) -> list[str]:
        """What came to be elsewhere."""
        there = {path.relative_to(self.elsewhere).as_posix() for path in self.elsewhere.rglob("*")}
        return sorted(there - {ANNOTATOR})


class SwappedDisk(Disk):
    """The real disk, on a stage."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage


def _counted(call: Callable[Given, Result]) -> Callable[Given, Result]:
    @wraps(call)
    def counted(*given: Given.args, **named: Given.kwargs) -> Result:
        disk = given[0]
        assert isinstance(disk, SwappedDisk)
        disk.stage.count()
        return call(*given, **named)

    return counted


for _name in _CALLS:
    setattr(SwappedDisk, _name, _counted(getattr(Disk, _name)))


def run(quick: bool) -> Report:
    """Nothing is written elsewhere, what was put in a folder's place is noticed, and all is there in the end."""
    found = Findings()
    swap_everywhere(QUICK_EVERY if quick else 1, found)
    return found.report("swapped folders")


def swap_everywhere(every: int, found: Findings, patient: bool = True) -> None:
    """Not `patient`, it stops at the first thing that it finds."""
    folder = IN_MEMORY if IN_MEMORY.is_dir() else None
    for number, swap in enumerate(SWAPS):
        for after in itertools.count(number % every, every):
            with tempfile.TemporaryDirectory(dir=folder) as place:
                if not _swap(Path(place), swap, after, found):
                    break
            found.counts["swaps"] += 1
            if found.failures and not patient:
                return


def _swap(place: Path, swap: Swap, after: int, found: Findings) -> bool:
    """Whether there was such a call."""
    (place / "annotations").mkdir()
    (place / "elsewhere").mkdir()
    scene = Scene.furnish(place / "annotations")
    stage = Stage(scene.folder, place / "elsewhere", swap, after)
    where = f"{swap.name} is a link {'back' if swap.leads_back else 'elsewhere'} from call {after} on"

    def lock(path: Path, who: str, held: HeldFolder) -> Lock:
        stage.count()
        return Lock(path, who, held)

    store = FolderStore(scene.folder, SCHEME, SwappedDisk(stage), lock)
    submitted: list[Step] = []
    try:
        for sitting in scene.sittings(*PUTS):
            submitted += _sit(store, scene, sitting, stage, swap, found, where)
    except (OSError, StoreError) as error:
        found.fault("raised", where, repr(error))
    stage.put_back()
    for stray in stage.strays():
        found.fault("astray", where, stray)
    _judge(scene, submitted, found, where)
    return stage.was_swapped


def _sit(
    store: FolderStore, scene: Scene, sitting: Sitting, stage: Stage, swap: Swap, found: Findings, where: str
) -> Iterator[Step]:
    writer = _opened(store, scene, stage, found)
    writer.fold_at = FOLD_AT
    # What leads back is looked for after each put: a swap right after that is noticed one put later.
    patience = 1 if swap.leads_back else 0
    for steps in sitting:
        swapped = stage.is_swapped
        try:
            writer.put(*steps)
        except NotSaved:
            found.counts["noticed"] += 1
            _put_when_back(writer, stage)
        else:
            if swapped and patience == 0:
                found.fault("unnoticed", where, "a put was acknowledged")
            patience -= swapped
        yield from steps
        writer.tidy()
    try:
        writer.close()
    except NotSaved as error:
        found.fault("raised", where, f"all was saved, and closing says {error}")


def _opened(store: FolderStore, scene: Scene, stage: Stage, found: Findings) -> FolderWriter:
    try:
        return store.open(scene.article.id, ANNOTATOR)
    except StoreError:
        if not stage.is_swapped:
            raise
        found.counts["not opened"] += 1
        stage.put_back()
        return store.open(scene.article.id, ANNOTATOR)


def _put_when_back(writer: FolderWriter, stage: Stage) -> None:
    """While the folder is away nothing is saved; then all is, which may take one more put."""
    if stage.is_swapped:
        try:
            writer.put()
        except NotSaved:
            stage.put_back()
        else:
            raise OSError("saved at the second try, while the folder was away")
    writer.put()


def _judge(scene: Scene, submitted: Sequence[Step], found: Findings, where: str) -> None:
    store = FolderStore(scene.folder, SCHEME)
    try:
        steps = [event.step for event in store.history(scene.article.id, ANNOTATOR)]
        said = store.load(scene.article.id, ANNOTATOR).annotations
        store.open(scene.article.id, ANNOTATOR).close()
    except StoreError as error:
        found.fault("unreadable", where, str(error))
        return
    if steps != list(submitted):
        found.fault("missing", where, f"{len(submitted)} steps were put, {len(steps)} are there")
    elif said != replayed(steps, {}):
        found.fault("missing", where, "what is loaded is not what the history says")
    leftover = [path.name for path in scene.files.folder.glob("*.tmp")]
    if leftover:
        found.fault("astray", where, f"{leftover} is left over")

"""Each lock and each comparison taken away, one at a time: some pair of rivals must find it out.

`python -m tests.torture rival_mutants` says by which.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Generator
from typing import Any, NamedTuple
from unittest import mock

from msgspec.structs import replace

from tests.torture import rivals
from tests.torture.report import Report
from tests.torture.rival_scenes import Scene
from tests.torture.scene import Findings
from tests.torture.workload import FreeLock
from tui.commands.add import repreparation
from tui.model.article import Article
from tui.store import changes, folder, inspection, short_lock, trash
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.lock import Lock
from tui.store.own_folder import hold_to_write


class Mutant(NamedTuple):
    """What is taken away, and who is to find it out: in which scene, who is held, who works meanwhile."""

    name: str
    broken: Callable[[], contextlib.AbstractContextManager[object]]
    scene: str
    first: str
    second: str


def _patched(owner: object, name: str, new: Any) -> Callable[[], contextlib.AbstractContextManager[object]]:
    return lambda: mock.patch.object(owner, name, new)


@contextlib.contextmanager
def _no_lock(*_: object, **__: object) -> Generator[None]:
    yield


@contextlib.contextmanager
def _hold_without_lock(self: FolderStore, article: str, annotator: str) -> Generator[Any]:
    files = self._files(article, annotator)
    with hold_to_write(self._disk, self._folder, files, self.owners) as disk:
        yield files, disk


_in_the_way = repreparation._in_the_way


def _not_looked_again(*given: Any) -> str:
    frame = inspect.currentframe()
    assert frame is not None
    assert frame.f_back is not None
    return "" if frame.f_back.f_code.co_name == "prepare_again" else _in_the_way(*given)


_with_text = Library.with_text


def _not_looked_again_for_the_text(self: Library, sha: str, names: Any = None) -> Article | None:
    """Under the lock the names are given."""
    return _with_text(self, sha) if names is None else None


def _found_instead(known: Article, found: Article) -> Article:
    return replace(found, id=known.id, version=known.version)


def _free_lock() -> contextlib.AbstractContextManager[object]:
    return mock.patch.multiple(
        Lock, __init__=FreeLock.__init__, renew=FreeLock.renew, release=FreeLock.release
    )


MUTANTS = (
    Mutant(
        "no lock on an article",
        _patched(changes, "hold_article", _no_lock),
        "shared",
        "publish",
        "publish by ben",
    ),
    Mutant(
        "versions not compared",
        _patched(changes.Change, "_check_is_that", lambda *_: None),
        "shared",
        "save",
        "publish",
    ),
    Mutant(
        "text not looked for again",
        _patched(Library, "with_text", _not_looked_again_for_the_text),
        "empty",
        "add",
        "add by ben",
    ),
    Mutant(
        "claims not looked at", _patched(changes, "claims", lambda *_: ()), "gone", "add the other", "list"
    ),
    Mutant(
        "claims of a deleted article not looked at",
        _patched(changes, "claims", lambda *_: ()),
        "deleted",
        "add the other",
        "export",
    ),
    Mutant(
        "texts of work not compared",
        _patched(folder, "_check_text", lambda *_: None),
        "usurped",
        "export",
        "tag",
    ),
    Mutant(
        "opened while it is changed",
        _patched(folder, "wait_until_free", lambda *_: None),
        "own",
        "add --again",
        "tag by fay",
    ),
    Mutant(
        "opened as it was",
        _patched(FolderStore, "_check_is_that", lambda *_: None),
        "own",
        "tag by fay",
        "add --again",
    ),
    Mutant(
        "opened though removed",
        _patched(FolderStore, "_check_is_that", lambda *_: None),
        "own",
        "tag by fay",
        "remove",
    ),
    Mutant(
        "what is in the way not looked for again",
        _patched(repreparation, "_in_the_way", _not_looked_again),
        "own",
        "add --again",
        "tag by fay",
    ),
    Mutant(
        "who is at work not asked",
        _patched(FolderStore, "at_work", lambda *_: []),
        "own",
        "sitting",
        "add --again",
    ),
    Mutant(
        "every segmentation the first",
        _patched(changes, "segmentation_for", lambda *_: 1),
        "gone",
        "add",
        "list",
    ),
    Mutant(
        "findings put over the article",
        _patched(changes, "with_findings", _found_instead),
        "shared",
        "keep",
        "publish",
    ),
    Mutant(
        "trash without the article's lock",
        _patched(trash, "change", _no_lock),
        "own",
        "publish",
        "remove",
    ),
    Mutant(
        "trash without the annotator's lock",
        _patched(FolderStore, "hold_with_disk", _hold_without_lock),
        "own",
        "tag",
        "remove",
    ),
    Mutant(
        "verified while it is moved",
        _patched(inspection, "wait_until_free", lambda *_: True),
        "own",
        "remove",
        "verify",
    ),
    Mutant("no lock of an annotator", _free_lock, "own", "tag", "tag"),
)


def run(quick: bool) -> Report:
    """Each must be caught; with what is little, so that `quick` makes no difference."""
    caught: dict[str, int] = {}
    survivors: list[str] = []
    with rivals.furnished() as scenes:
        for mutant in MUTANTS:
            fault = _fault(mutant, scenes[mutant.scene])
            caught[f"{mutant.name}: {mutant.first} / {mutant.second}"] = int(bool(fault))
            if not fault:
                survivors.append(f"survived: {mutant.name}")
        fault = _lock_file_replaced(scenes["shared"])
        caught["lock file not compared with the one at its path: publish / save / publish by ben"] = int(
            bool(fault)
        )
        if not fault:
            survivors.append("survived: lock file not compared with the one at its path")
    return Report("rivals without a lock or a comparison, 1 when caught", caught, survivors)


def _lock_file_replaced(scene: Scene) -> str:
    """Three are needed: the first opens the lock file, the second has and removes it, the third makes another."""
    first, second, third = "publish", "save", "publish by ben"
    calls = rivals.calls_of(scene, first)
    at = calls.index("flock") + 1
    found = Findings()
    for further in range(at + 1, len(calls) + 5):
        with mock.patch.object(short_lock, "_is_there", return_value=True):
            rivals.hold_twice(scene, first, (at, further), (second, third), found)
        if found.failures:
            rivals.hold_twice(scene, first, (at, further), (second, third), whole := Findings())
            assert not whole.failures, whole.failures
            return found.failures[0]
    return ""


def _fault(mutant: Mutant, scene: Scene) -> str:
    """The first thing that is found wrong, which it is only without what the mutant lacks."""
    found = Findings()
    for at in range(1, len(rivals.calls_of(scene, mutant.first)) + 1):
        with mutant.broken():
            rivals.hold(scene, mutant.first, at, [mutant.second], found)
        if found.failures:
            rivals.hold(scene, mutant.first, at, [mutant.second], whole := Findings())
            assert not whole.failures, whole.failures
            return found.failures[0]
    return ""

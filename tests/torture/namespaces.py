"""Two processes that see one folder under different mounts, or one another under different process numbers.

`python -m tests.torture.namespaces FOLDER NAME` does what standard input says, a line each, and answers each
with a line: `open` answers `got` or `locked REASON`, `put` `saved NUMBER` or `refused REASON`, `close` `closed`
or `refused REASON`. Every put is a note `NAME COUNT`.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish, recovered, store_in
from tests.torture.two_writers import a_step
from tui.model.article import Article
from tui.store.library import Library
from tui.store.protocol import Conflict, Locked, NotSaved, StoreError, Writer

TURNS = 10
QUICK_TURNS = 1

PUTS = 3
"""Before something is mounted."""

ANNOTATOR = "ana"

_PRIVATE = ("unshare", "--mount", "--propagation", "private")
_NUMBERED = ("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")

MOUNTED_OVER = ("people/ana", "people", ".")
"""What something is mounted over, in the annotations folder."""


class NoNamespaces(Exception):
    """`str()` says why there can be none."""


def run(quick: bool) -> Report:
    """One writer at a time whatever each sees, and nothing called saved that is not in the folder itself."""
    found = Findings()
    try:
        _check_possible()
    except NoNamespaces as error:
        return Report(f"namespaces: skipped, {error}", {"skipped": 1}, [])
    for prefix in ((), _PRIVATE, _NUMBERED):
        with tempfile.TemporaryDirectory(prefix="postil-ns-") as folder:
            _take_turns(Path(folder), prefix, QUICK_TURNS if quick else TURNS, found)
    for what in MOUNTED_OVER[:1] if quick else MOUNTED_OVER:
        for is_copy in (False, True):
            with tempfile.TemporaryDirectory(prefix="postil-ns-") as folder:
                _mount_over(Path(folder), what, is_copy, found)
    return found.report("namespaces")


def _check_possible() -> None:
    if not sys.platform.startswith("linux") or os.geteuid() != 0:
        raise NoNamespaces("mounting in a namespace needs root on Linux")
    for prefix in (_PRIVATE, _NUMBERED):
        try:
            done = subprocess.run([*prefix, "true"], capture_output=True, text=True, check=False)
        except FileNotFoundError:
            raise NoNamespaces("unshare is not installed (util-linux)") from None
        if done.returncode:
            raise NoNamespaces(done.stderr.strip())


# -- one lock ----------------------------------------------------------------


def _take_turns(place: Path, prefix: Sequence[str], turns: int, found: Findings) -> None:
    """Whoever has it keeps it, whichever mount the other comes by; it is free once the holder is dead."""
    folder = place / "annotations"
    article = furnish(folder)
    where = f"{' '.join(prefix[:2]) or 'no namespace'}"
    acknowledged = 0
    for turn in range(turns):
        # The one is seen through another mount, or by other numbers, in every other turn.
        prefixes = (prefix, ()) if turn % 2 else ((), prefix)
        with (
            _Session(folder, "one", prefixes[0]) as one,
            _Session(folder, "two", prefixes[1]) as two,
        ):
            for session in (one, two):
                session.ask("open")
            if (one.answers[-1], two.answers[-1][:7]) != ("got", "locked "):
                found.fault("not one writer", where, f"{one.answers}, {two.answers}")
                return
            found.counts["locked"] += 1
            if f"{ANNOTATOR} has this article open since " not in two.answers[-1]:
                found.fault("holder not named", where, two.answers[-1])
            acknowledged += one.ask("put").startswith("saved ")
            if one.ask("close") != "closed" or two.ask("open") != "got":
                found.fault("unwritable", where, f"{one.answers}, {two.answers}")
                return
            acknowledged += two.ask("put").startswith("saved ")
            two.kill()
            if one.ask("open") != "got":
                found.fault(
                    "unwritable", where, f"the holder is dead, and the other is told {one.answers[-1]}"
                )
                return
            acknowledged += one.ask("put").startswith("saved ")
            one.kill()
        found.counts["runs"] += 1
    found.counts["acknowledged"] += acknowledged
    if acknowledged != 3 * turns:
        found.fault("unwritable", where, f"{3 * turns} puts, {acknowledged} acknowledged")
    events = recovered(folder, article.id, ANNOTATOR, found, where)
    if events is not None and len(events) != acknowledged:
        found.fault("missing", where, f"{acknowledged} steps were acknowledged, {len(events)} are there")


# -- something is mounted over it --------------------------------------------


def _mount_over(place: Path, what: str, is_copy: bool, found: Findings) -> None:
    """What is put while something else is in the folder's place is refused, or is where the session looks."""
    folder = place / "annotations"
    article = furnish(folder)
    where = f"{'a copy' if is_copy else 'an empty tmpfs'} mounted over {what}"
    acknowledged = 0
    with _Session(folder, "one", _PRIVATE) as one:
        one.ask("open")
        for _ in range(PUTS):
            acknowledged += one.ask("put").startswith("saved ")
        target = one.view / what
        if is_copy:
            shutil.copytree(folder / what, place / "copy")
            one.mount("--bind", str(place / "copy"), str(target))
        else:
            one.mount("-t", "tmpfs", "tmpfs", str(target))
        for _ in range(PUTS):
            told = one.ask("put")
            found.counts[f"{told.partition(' ')[0]} while mounted over"] += 1
            if told.startswith("saved "):
                _look(one.seen, article, int(told.split()[1]), found, where)
        _look(folder, article, acknowledged, found, where)
        one.unmount(str(target))
        # The first put may be the one that notices.
        told = one.ask("put")
        if not told.startswith("saved "):
            told = one.ask("put")
        found.counts[f"{told.partition(' ')[0]} once unmounted"] += 1
        if told.startswith("saved "):
            acknowledged = int(told.split()[1])
        # Where it saved elsewhere meanwhile it may refuse, and say so; what is here stays as it was.
        closed = one.ask("close")
        if closed != "closed" and (told.startswith("saved ") or not closed.startswith("refused not saved, ")):
            found.fault("unwritable", where, f"unmounted again: {one.answers}")
        found.counts["acknowledged"] += acknowledged
        found.counts["runs"] += 1
    _look(folder, article, acknowledged, found, f"{where}, unmounted again")


def _look(folder: Path, article: Article, acknowledged: int, found: Findings, where: str) -> None:
    events = recovered(folder, article.id, ANNOTATOR, found, where)
    if events is not None and len(events) < acknowledged:
        found.fault("missing", where, f"{acknowledged} steps were acknowledged, {len(events)} are there")


# -- a session in a namespace ------------------------------------------------


class _Session:
    """A process in a namespace of its own, for as long as it is entered."""

    def __init__(self, folder: Path, name: str, prefix: Sequence[str]) -> None:
        self.view = folder
        self.answers: list[str] = []
        self._name = name
        self._folder = folder
        self._prefix = prefix

    def __enter__(self) -> _Session:
        command = [sys.executable, "-m", "tests.torture.namespaces"]
        if self._prefix == _PRIVATE:
            self.view = self._folder.with_name(f"seen by {self._name}")
            self.view.mkdir(exist_ok=True)
            bound = 'mount --bind "$1" "$2" && shift && exec "$2" -m tests.torture.namespaces "$1" "$3"'
            words = ["sh", "-c", bound, "sh", str(self._folder), str(self.view), sys.executable, self._name]
            command = [*self._prefix, *words]
        else:
            command = [*self._prefix, *command, str(self.view), self._name]
        self._process = subprocess.Popen(
            command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def ask(self, what: str) -> str:
        """The answer."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{what}\n")
        self._process.stdin.flush()
        self.answers.append(self._process.stdout.readline().rstrip("\n"))
        return self.answers[-1]

    @property
    def seen(self) -> Path:
        """The folder as the process sees it, for one that does not."""
        return Path(f"/proc/{self._process.pid}/root{self.view}")

    def mount(self, *words: str) -> None:
        self._inside("mount", *words)

    def unmount(self, target: str) -> None:
        self._inside("umount", "--lazy", target)

    def _inside(self, *command: str) -> None:
        inside = ["nsenter", "--target", str(self._process.pid), "--mount", *command]
        subprocess.run(inside, check=True, capture_output=True)

    def kill(self) -> None:
        """In a namespace of processes all in it end with the first."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        self._process.kill()
        with contextlib.closing(stdout), contextlib.suppress(ValueError, OSError):
            # Its end is the end of all that held the pipe: by then the lock is free.
            stdout.read()
        self._process.wait()
        with contextlib.suppress(OSError):
            stdin.close()


def _answers(folder: Path, name: str) -> Iterator[str]:
    [article_id] = Library(folder).ids()
    article = Library(folder).load(article_id)
    writer: Writer | None = None
    for number, line in enumerate(sys.stdin):
        try:
            match line.strip():
                case "open":
                    writer = store_in(folder).open(article_id, ANNOTATOR)
                    yield "got"
                case "put":
                    assert writer is not None
                    yield f"saved {writer.put(a_step(article, f'{name} {number}'))}"
                case _:
                    assert writer is not None
                    writer.close()
                    yield "closed"
        except Locked as error:
            yield f"locked {error}"
        except (NotSaved, Conflict, StoreError) as error:
            yield f"refused {error}"


if __name__ == "__main__":
    for answer in _answers(Path(sys.argv[1]), sys.argv[2]):
        print(answer, flush=True)

"""Files held open, so that they stay as they were at one moment, even if others take their names.

A writer only ever appends to a file or puts a new one in its place. So what was in a file when it was opened
can be read at leisure, up to the size that it had then.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from tui.store.disk import Disk, State
from tui.store.errors import cannot_read
from tui.store.files import Identity, identity, identity_of
from tui.store.protocol import Damaged
from tui.store.work_files import ArticleFiles

_TRIES = 100
"""How often a fold may come between opening the checkpoint and opening the last file."""

_BLOCK = 1 << 17
"""Bytes that are read at once."""


class Restless(Damaged):
    """The files are replaced faster than they can be opened."""


class OpenFile:
    """A file as it was when it was opened."""

    def __init__(self, path: Path, number: int, disk: Disk) -> None:
        """`number` is the open file's; it is closed with this. Raises OSError."""
        self.path = path
        self._number = number
        self._disk = disk
        self._state = disk.state_of(number)

    @property
    def size(self) -> int:
        """Bytes."""
        return self._state.size

    @property
    def state(self) -> State:
        """What the system knew of it."""
        return self._state

    def read(self, start: int = 0) -> bytes:
        """The bytes from `start` on. Raises Damaged, NotPermitted."""
        return b"".join(self.blocks(start))

    def blocks(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` to `end`, piece by piece. Raises Damaged, NotPermitted."""
        end = self.size if end is None else end
        while start < end:
            try:
                block = self._disk.read_at(self._number, min(_BLOCK, end - start), start)
            except OSError as error:
                raise cannot_read(self.path, error) from error
            if not block:
                return
            yield block
            start += len(block)

    def close(self) -> None:
        """Closing it again does nothing."""
        number, self._number = self._number, -1
        if number >= 0:
            # Nothing was written that could be lost with it.
            with suppress(OSError):
                self._disk.close(number)


@contextmanager
def open_file(path: Path, disk: Disk) -> Generator[OpenFile | None]:
    """A file held open; None without one. Raises Damaged, NotPermitted."""
    file = _opened(path, disk)
    try:
        yield file
    finally:
        if file is not None:
            file.close()


class Snapshot:
    """Some of one annotator's files on an article, held open as they were at one moment."""

    def __init__(self, files: ArticleFiles, checkpoint: OpenFile | None, others: Sequence[OpenFile]) -> None:
        self.files = files
        self.checkpoint = checkpoint
        """None where there was none."""
        self._others = {file.path: file for file in others}

    @property
    def version(self) -> Identity | None:
        """The checkpoint's; None where there was none."""
        return None if self.checkpoint is None else identity_of(self.checkpoint.state)

    def get(self, path: Path) -> OpenFile | None:
        """The other file of that name at that moment; None where there was none."""
        return self._others.get(path)

    def blocks(self, path: Path) -> Iterator[bytes]:
        """The bytes of the other file of that name, piece by piece. Raises Damaged, NotPermitted."""
        file = self._others.get(path)
        return iter(()) if file is None else file.blocks()


@contextmanager
def snapshot(files: ArticleFiles, paths: Sequence[Path], disk: Disk) -> Generator[Snapshot]:
    """Hold the checkpoint and `paths` open, in that order, as they are at one moment. Needs no lock.

    It is the moment of the checkpoint, which must be the same after the last file is opened as before the first.
    The logs may have grown meanwhile, by steps that follow that checkpoint. Raises Restless, Damaged, NotPermitted.
    """
    path = files.checkpoint
    with ExitStack() as held:
        for _ in range(_TRIES):
            opened: list[OpenFile | None] = []
            for each in (path, *paths):
                file = _opened(each, disk)
                opened.append(file)
                if file is not None:
                    held.callback(file.close)
            taken = Snapshot(files, opened[0], [file for file in opened[1:] if file is not None])
            if _is_still(path, taken.version, disk):
                yield taken
                return
            held.close()
    raise Restless(f"{path} is replaced all the time: find out by what, and stop it")


def _is_still(path: Path, version: Identity | None, disk: Disk) -> bool:
    return current_identity(path, disk) == version


def current_identity(path: Path, disk: Disk) -> Identity | None:
    """The version of the file that is there now; None without one. Raises Damaged, NotPermitted."""
    try:
        return identity(path, disk)
    except NotADirectoryError:
        return None
    except OSError as error:
        raise cannot_read(path, error) from error


def _opened(path: Path, disk: Disk) -> OpenFile | None:
    try:
        number = disk.open_to_read(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise cannot_read(path, error) from error
    try:
        return OpenFile(path, number, disk)
    except OSError as error:
        with suppress(OSError):
            disk.close(number)
        raise cannot_read(path, error) from error

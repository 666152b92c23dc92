"""A disk in memory that keeps, when the power goes, no more than what was synced.

A file's bytes are safe once the file is synced, a name once its folder is. Of what is not safe any part may
survive: `crash_states` gives the disks that a power cut may leave. Modes and owners are not forgotten.
"""

from __future__ import annotations

import errno
import itertools
import math
import os
import random
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tui.store.disk import Disk, Location, State

SECTOR = 512
"""Bytes that a disk writes at once: what is in one of them is the old or the new."""

_MOST_SECTORS = 5
"""Of so many all subsets are tried."""

_TEMPORARY = re.compile(r"\.[0-9a-f]{12}\.tmp$")


class Cut(BaseException):
    """The power went."""


class Write(NamedTuple):
    offset: int
    data: bytes


class _Resize(NamedTuple):
    size: int


class _Grow(NamedTuple):
    """What is left of a write whose content the system has given up."""

    size: int


_Change = Write | _Resize | _Grow


class SimulatedFile:
    def __init__(self, number: int, data: bytes = b"", mode: int = 0o600) -> None:
        self.number = number
        self.mode = stat.S_IFREG | mode
        self.durable = data
        self.now = bytearray(data)
        self.pending: list[_Change] = []
        self.changed_ns = 0

    def take(self, change: _Change) -> None:
        self.pending.append(change)
        _apply(self.now, change)


class _Naming(NamedTuple):
    """A folder's change: names that go and come at once."""

    removed: str | None
    added: str | None
    node: SimulatedFile | _Folder | None


class _Folder:
    def __init__(self, number: int, mode: int = 0o700) -> None:
        self.number = number
        self.mode = stat.S_IFDIR | mode
        self.durable: dict[str, SimulatedFile | _Folder] = {}
        self.now: dict[str, SimulatedFile | _Folder] = {}
        self.pending: list[_Naming] = []

    def take(self, naming: _Naming) -> None:
        self.pending.append(naming)
        _rename(self.now, naming)


_Names = Mapping[str, SimulatedFile | _Folder]
_Layout = dict[_Folder, _Names]
"""The names in each folder that can be reached."""


class SimulatedDisk(Disk):
    """Everything under one folder, which is there and safe from the beginning.

    Only what the store does is simulated: neither links to elsewhere nor the renaming of folders.
    """

    def __init__(self, root: Path, cut_after: int | None = None) -> None:
        """With `cut_after` that many calls work, and every further one raises Cut."""
        self.root = root
        self.cut_after = cut_after
        self.calls = 0
        self.changes = 0
        """Of what a power cut may leave."""
        self._numbers = itertools.count(1)
        self._open: dict[int, SimulatedFile] = {}
        self._held: dict[int, _Folder] = {}
        self._top = _Folder(next(self._numbers))

    # -- files by number ---------------------------------------------------

    def open(self, path: Path, flags: int, at: int | None = None) -> int:
        self._call("open", path)
        folder, node = self._find(path, at)
        if node is not None and flags & os.O_CREAT and flags & os.O_EXCL:
            raise _error(errno.EEXIST, path)
        if isinstance(node, _Folder):
            raise _error(errno.EISDIR, path)
        if node is None:
            if not flags & os.O_CREAT:
                raise _error(errno.ENOENT, path)
            node = SimulatedFile(next(self._numbers))
            self._name(folder, _Naming(None, path.name, node))
        if flags & os.O_TRUNC:
            self._change(node, _Resize(0))
        number = next(self._numbers)
        self._open[number] = node
        return number

    def open_to_read(self, path: Path, at: int | None = None) -> int:
        self._call("read", path)
        node = self._existing(path)
        if isinstance(node, _Folder):
            raise _error(errno.EISDIR, path)
        number = next(self._numbers)
        self._open[number] = node
        return number

    def read_at(self, number: int, size: int, offset: int) -> bytes:
        self._call("read", number)
        return bytes(self.file(number).now[offset : offset + size])

    def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
        self._call("write", number)
        if data:
            self._change(self.file(number), Write(offset, bytes(data)))
        return len(data)

    def truncate(self, number: int, size: int) -> None:
        self._call("truncate", number)
        self._change(self.file(number), _Resize(size))

    def set_mode(self, number: int, mode: int) -> None:
        self._call("set_mode", number)
        file = self.file(number)
        file.mode = stat.S_IFMT(file.mode) | mode

    def sync(self, number: int) -> None:
        self._call("sync", number)
        file = self.file(number)
        file.durable = _applied(file.durable, file.pending)
        file.pending.clear()
        self.changes += 1

    def state_of(self, number: int) -> State:
        self._call("state_of", number)
        return self._state(self._held.get(number) or self.file(number))

    def close(self, number: int) -> None:
        self._call("close", number)
        if self._held.pop(number, None) is None:
            self.file(number)
            del self._open[number]

    def hold(self, path: Path, at: int | None = None, *, follow: bool = False) -> int:
        self._call("hold", path)
        node = self._existing(path, at)
        if isinstance(node, SimulatedFile):
            raise _error(errno.ENOTDIR, path)
        number = next(self._numbers)
        self._held[number] = node
        return number

    # -- names -------------------------------------------------------------

    def state(self, path: Path, at: int | None = None) -> State:
        self._call("state", path)
        return self._state(self._existing(path, at))

    def location(self, path: Path, at: int | None = None) -> Location:
        self._call("location", path)
        return 1, self._existing(path, at).number

    def read(self, path: Path, start: int = 0, at: int | None = None) -> bytes:
        self._call("read", path)
        node = self._existing(path, at)
        if isinstance(node, _Folder):
            raise _error(errno.EISDIR, path)
        return bytes(node.now[start:])

    def names(self, folder: Path, at: int | None = None) -> list[str]:
        self._call("names", folder)
        return list(self._folder(folder, at).now)

    def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._call("replace", new)
        folder, node = self._find(old, at)
        if node is None:
            raise _error(errno.ENOENT, old)
        if self._folder(new.parent, to) is not folder or isinstance(node, _Folder):
            raise NotImplementedError
        there = folder.now.get(new.name)
        if isinstance(there, _Folder):
            raise _error(errno.EISDIR, new)
        # As rename(2): two names of one file stay both.
        if there is not node:
            self._name(folder, _Naming(old.name, new.name, node))

    def link(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._call("link", new)
        node = self._existing(old, at)
        folder, there = self._find(new, to)
        if there is not None:
            raise _error(errno.EEXIST, new)
        if isinstance(node, _Folder):
            raise _error(errno.EPERM, old)
        self._name(folder, _Naming(None, new.name, node))

    def unlink(self, path: Path, at: int | None = None) -> None:
        self._call("unlink", path)
        if isinstance(self._existing(path, at), _Folder):
            raise _error(errno.EISDIR, path)
        self._name(self._folder(path.parent, at), _Naming(path.name, None, None))

    def make_folder(self, path: Path, at: int | None = None) -> None:
        self._call("make_folder", path)
        folder, there = self._find(path, at)
        if there is not None:
            raise _error(errno.EEXIST, path)
        self._name(folder, _Naming(None, path.name, _Folder(next(self._numbers))))

    def set_folder_mode(self, path: Path, mode: int, at: int | None = None) -> None:
        self._call("set_folder_mode", path)
        node = self._existing(path, at)
        if isinstance(node, SimulatedFile):
            raise _error(errno.ENOTDIR, path)
        node.mode = stat.S_IFDIR | mode

    def sync_folder(self, path: Path, at: int | None = None) -> None:
        self._call("sync_folder", path)
        folder = self._folder(path, at)
        folder.durable = dict(folder.now)
        folder.pending.clear()
        self.changes += 1

    # -- what tests do to it -----------------------------------------------

    def give_up(self, file: SimulatedFile) -> None:
        """What a system does after a failed fsync: what was not written stays in memory and is never written.

        Names are not given up: a file system with a journal keeps them, or stops.
        """
        file.pending = [
            _Grow(change.offset + len(change.data)) if isinstance(change, Write) else change
            for change in file.pending
        ]
        self.changes += 1

    def copy(self) -> SimulatedDisk:
        """Another disk with the same on it. For one on which everything is safe, as after a power cut."""
        [layout] = _layouts(self._top)
        return self._left(layout, {file: bytes(file.now) for file in _files(layout)})

    def contents(self) -> dict[str, bytes]:
        """Every file's bytes by its path from the root."""
        found: dict[str, bytes] = {}
        waiting: list[tuple[str, SimulatedFile | _Folder]] = [("", self._top)]
        while waiting:
            path, node = waiting.pop()
            if isinstance(node, SimulatedFile):
                found[path] = bytes(node.now)
            else:
                waiting += [(f"{path}/{name}".lstrip("/"), under) for name, under in node.now.items()]
        return found

    def fingerprint(self) -> int:
        """The same for disks that hold the same; what a temporary file is called does not matter."""
        return hash(frozenset((_TEMPORARY.sub("", path), data) for path, data in self.contents().items()))

    def crash_states(self, choice: random.Random, most: int) -> Iterator[SimulatedDisk]:
        """Every disk that a power cut may leave now; of more than `most` some, with the extremes.

        In each folder that is any prefix of its changes, the last of them a rename that has left the old
        name too, or all but one. In each file it is any prefix of the bytes of its changes, all changes but
        one, or the new size with some sectors written, and in the others what they held before, or zeros.
        """
        layouts = list(_layouts(self._top))
        contents = {file: _contents(file) for layout in layouts for file in _files(layout)}
        products = [math.prod(len(contents[file]) for file in _files(layout)) for layout in layouts]
        if sum(products) <= most:
            for layout in layouts:
                files = _files(layout)
                for chosen in itertools.product(*(contents[file] for file in files)):
                    yield self._left(layout, dict(zip(files, chosen, strict=True)))
            return
        for layout, which in ((layouts[0], 0), (layouts[-1], -1)):
            yield self._left(layout, {file: contents[file][which] for file in _files(layout)})
        for _ in range(most - 2):
            layout = choice.choice(layouts)
            yield self._left(layout, {file: choice.choice(contents[file]) for file in _files(layout)})

    def _left(self, layout: _Layout, contents: Mapping[SimulatedFile, bytes]) -> SimulatedDisk:
        disk = SimulatedDisk(self.root)
        copies: dict[SimulatedFile | _Folder, SimulatedFile | _Folder] = {
            file: SimulatedFile(next(disk._numbers), data, stat.S_IMODE(file.mode))
            for file, data in contents.items()
        }
        for folder in layout:
            copies[folder] = _Folder(next(disk._numbers), stat.S_IMODE(folder.mode))
        for folder, names in layout.items():
            copy = copies[folder]
            assert isinstance(copy, _Folder)
            copy.now = {name: copies[node] for name, node in names.items()}
            copy.durable = dict(copy.now)
        top = copies[self._top]
        assert isinstance(top, _Folder)
        disk._top = top
        return disk

    # -- one call ----------------------------------------------------------

    def _call(self, name: str, where: Path | int) -> None:
        """Comes before everything else that a call does. `where` is its path, or the number of its file."""
        if self.cut_after is not None and self.calls >= self.cut_after:
            raise Cut
        self.calls += 1

    def _change(self, file: SimulatedFile, change: _Change) -> None:
        self.changes += 1
        file.take(change)
        file.changed_ns = self.calls

    def _name(self, folder: _Folder, naming: _Naming) -> None:
        self.changes += 1
        folder.take(naming)

    def file(self, number: int) -> SimulatedFile:
        try:
            return self._open[number]
        except KeyError:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF)) from None

    def _folder(self, path: Path, held: int | None = None) -> _Folder:
        if held is not None:
            return self._held[held]
        node: SimulatedFile | _Folder = self._top
        for name in path.relative_to(self.root).parts:
            if isinstance(node, SimulatedFile):
                raise _error(errno.ENOTDIR, path)
            if name not in node.now:
                raise _error(errno.ENOENT, path)
            node = node.now[name]
        if isinstance(node, SimulatedFile):
            raise _error(errno.ENOTDIR, path)
        return node

    def _find(self, path: Path, at: int | None = None) -> tuple[_Folder, SimulatedFile | _Folder | None]:
        """The folder, and what has the name there."""
        folder = self._folder(path.parent, at)
        return folder, folder.now.get(path.name)

    def _existing(self, path: Path, at: int | None = None) -> SimulatedFile | _Folder:
        node = self._top if path == self.root else self._find(path, at)[1]
        if node is None:
            raise _error(errno.ENOENT, path)
        return node

    def _state(self, node: SimulatedFile | _Folder) -> State:
        is_file = isinstance(node, SimulatedFile)
        return State(
            device=1,
            inode=node.number,
            size=len(node.now) if is_file else 0,
            changed_ns=node.changed_ns if is_file else 0,
            mode=node.mode,
            links=_names_of(node, self._top),
            owner=os.geteuid(),
        )


def _error(number: int, path: Path) -> OSError:
    return OSError(number, os.strerror(number), str(path))


def _names_of(node: SimulatedFile | _Folder, folder: _Folder) -> int:
    under = (_names_of(node, other) for other in folder.now.values() if isinstance(other, _Folder))
    return sum(other is node for other in folder.now.values()) + sum(under)


# -- what is left after a power cut ------------------------------------------


def _layouts(folder: _Folder) -> Iterator[_Layout]:
    """What names there may be in it and below; first without, last with all that happened."""
    for names in _namings(folder):
        below = [list(_layouts(node)) for node in names.values() if isinstance(node, _Folder)]
        for chosen in itertools.product(*below):
            layout: _Layout = {folder: names}
            for others in chosen:
                layout |= others
            yield layout


def _namings(folder: _Folder) -> Iterator[_Names]:
    pending = folder.pending
    if not pending:
        yield folder.durable
        return
    for count in range(len(pending)):
        yield _named(folder.durable, pending[:count])
        if pending[count].removed and pending[count].added:
            half = pending[count]._replace(removed=None)
            yield _named(folder.durable, [*pending[:count], half])
    for count in range(len(pending) - 1):
        yield _named(folder.durable, pending[:count] + pending[count + 1 :])
    yield _named(folder.durable, pending)


def _named(names: _Names, namings: Iterable[_Naming]) -> _Names:
    changed = dict(names)
    for naming in namings:
        _rename(changed, naming)
    return changed


def _rename(names: dict[str, SimulatedFile | _Folder], naming: _Naming) -> None:
    if naming.removed is not None:
        names.pop(naming.removed, None)
    if naming.added is not None and naming.node is not None:
        names[naming.added] = naming.node


def _files(layout: _Layout) -> list[SimulatedFile]:
    """Each once, whatever names it has."""
    return list(
        dict.fromkeys(
            node for names in layout.values() for node in names.values() if isinstance(node, SimulatedFile)
        )
    )


def _contents(file: SimulatedFile) -> list[bytes]:
    """What it may hold; first without, last with all that happened."""
    found = {file.durable: None}
    before = file.durable
    for change in file.pending:
        if isinstance(change, Write):
            for count in range(1, len(change.data)):
                found[_applied(before, [Write(change.offset, change.data[:count])])] = None
        after = _applied(before, [change])
        found |= dict.fromkeys(_by_sectors(before, after))
        found[after] = None
        before = after
    for index in range(len(file.pending)):
        found[_applied(file.durable, file.pending[:index] + file.pending[index + 1 :])] = None
    found |= dict.fromkeys(_by_sectors(file.durable, before))
    del found[before]
    found[before] = None
    return list(found)


def _by_sectors(old: bytes, new: bytes) -> Iterator[bytes]:
    """The new size with only some of the new sectors."""
    old = old[: len(new)].ljust(len(new), b"\0")
    starts = range(0, len(new), SECTOR)
    changed = [at for at in starts if old[at : at + SECTOR] != new[at : at + SECTOR]]
    for written in _subsets(changed):
        mixed = bytearray(old)
        for at in written:
            mixed[at : at + SECTOR] = new[at : at + SECTOR]
        yield bytes(mixed)


def _subsets(sectors: Sequence[int]) -> Iterator[Sequence[int]]:
    """All of a few; of many those of one and those that lack one."""
    many = len(sectors) > _MOST_SECTORS
    sizes = {0, 1, len(sectors) - 1} if many else set(range(len(sectors)))
    for size in sorted(sizes):
        yield from itertools.combinations(sectors, size)


def _applied(data: bytes, changes: Iterable[_Change]) -> bytes:
    changed = bytearray(data)
    for change in changes:
        _apply(changed, change)
    return bytes(changed)


def _apply(data: bytearray, change: _Change) -> None:
    size = change.offset + len(change.data) if isinstance(change, Write) else change.size
    if isinstance(change, _Resize):
        del data[size:]
    data.extend(bytes(max(0, size - len(data))))
    if isinstance(change, Write):
        data[change.offset : size] = change.data

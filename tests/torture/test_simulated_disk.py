"""The simulated disk does what the real one does, and forgets what a real one may forget."""

from __future__ import annotations

import errno
import os
import random
import stat
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.torture.simulated_disk import SECTOR, Cut, SimulatedDisk
from tui.store.disk import Disk

ROOT = Path("/simulated")
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL


def create(disk: Disk, path: Path, data: bytes, *, safe: bool = False) -> int:
    number = disk.open(path, NEW)
    disk.write(number, data, 0)
    if safe:
        disk.sync(number)
        disk.sync_folder(path.parent)
    return number


def left(disk: SimulatedDisk, most: int = 10_000) -> list[dict[str, bytes]]:
    return [state.contents() for state in disk.crash_states(random.Random(1), most)]


def test_a_file_is_safe_once_it_and_its_folder_are_synced() -> None:
    disk = SimulatedDisk(ROOT)
    number = create(disk, ROOT / "a", b"xyz")
    assert {} in left(disk)
    disk.sync(number)
    assert left(disk) == [{}, {"a": b"xyz"}]
    disk.sync_folder(ROOT)
    assert left(disk) == [{"a": b"xyz"}]


def test_of_a_write_any_beginning_may_be_left_or_zeros() -> None:
    disk = SimulatedDisk(ROOT)
    number = create(disk, ROOT / "a", b"one\n", safe=True)
    disk.write(number, b"two\n", 4)
    wanted = {b"one\n", b"one\nt", b"one\ntw", b"one\ntwo", b"one\ntwo\n", b"one\n\0\0\0\0"}
    assert {state["a"] for state in left(disk)} == wanted
    assert disk.read(ROOT / "a") == b"one\ntwo\n"


def test_of_a_long_write_any_sectors_may_be_left() -> None:
    disk = SimulatedDisk(ROOT)
    number = create(disk, ROOT / "a", b"a" * 500, safe=True)
    disk.write(number, b"b" * SECTOR * 2, 500)
    states = {state["a"] for state in left(disk)}
    # Of the three sectors that it touches only the middle one, or all but that one.
    assert b"a" * 500 + bytes(12) + b"b" * SECTOR + bytes(500) in states
    assert b"a" * 500 + b"b" * 12 + bytes(SECTOR) + b"b" * 500 in states
    assert b"a" * 500 + bytes(100) + b"b" * 924 not in states


def test_one_of_several_changes_may_be_missing() -> None:
    disk = SimulatedDisk(ROOT)
    number = create(disk, ROOT / "a", b"1234", safe=True)
    disk.truncate(number, 2)
    disk.write(number, b"56", 2)
    # Without the first it is 1256 too.
    assert {state["a"] for state in left(disk)} == {b"1234", b"12", b"125", b"1256", b"12\0\0"}


def test_a_rename_may_be_left_undone_or_half_done() -> None:
    disk = SimulatedDisk(ROOT)
    create(disk, ROOT / "a", b"old", safe=True)
    create(disk, ROOT / "b", b"new", safe=True)
    disk.replace(ROOT / "b", ROOT / "a")
    assert left(disk) == [{"a": b"old", "b": b"new"}, {"a": b"new", "b": b"new"}, {"a": b"new"}]


def test_names_may_come_in_another_order() -> None:
    disk = SimulatedDisk(ROOT)
    create(disk, ROOT / "a", b"1", safe=True)
    disk.link(ROOT / "a", ROOT / "b")
    disk.unlink(ROOT / "a")
    states = left(disk)
    assert {} in states
    assert {"a": b"1", "b": b"1"} in states
    assert states[0] == {"a": b"1"}
    assert states[-1] == {"b": b"1"}


def test_a_folder_that_is_not_safe_takes_all_in_it_along() -> None:
    disk = SimulatedDisk(ROOT)
    disk.make_folder(ROOT / "d")
    create(disk, ROOT / "d" / "a", b"1", safe=True)
    assert left(disk) == [{}, {"d/a": b"1"}]
    disk.sync_folder(ROOT)
    assert left(disk) == [{"d/a": b"1"}]


def test_two_names_of_a_file_stay_two_names_of_it() -> None:
    disk = SimulatedDisk(ROOT)
    create(disk, ROOT / "a", b"1", safe=True)
    disk.link(ROOT / "a", ROOT / "b")
    disk.sync_folder(ROOT)
    [state] = disk.crash_states(random.Random(1), 10)
    assert state.state(ROOT / "a").links == 2
    number = state.open(ROOT / "a", os.O_WRONLY)
    state.write(number, b"2", 0)
    assert state.read(ROOT / "b") == b"2"
    assert disk.read(ROOT / "b") == b"1"


def test_what_was_given_up_is_never_written() -> None:
    disk = SimulatedDisk(ROOT)
    number = create(disk, ROOT / "a", b"one", safe=True)
    disk.write(number, b"two", 3)
    disk.give_up(disk.file(number))
    disk.sync(number)
    assert disk.read(ROOT / "a") == b"onetwo"
    assert left(disk) == [{"a": b"one\0\0\0"}]


def test_of_too_many_states_some_are_taken_with_the_extremes() -> None:
    disk = SimulatedDisk(ROOT)
    for name in "abc":
        create(disk, ROOT / name, bytes(range(100)))
    states = left(disk, 50)
    assert len(states) == 50
    assert states[0] == {}
    assert states[1] == dict.fromkeys("abc", bytes(range(100)))


def test_the_power_goes_after_so_many_calls() -> None:
    disk = SimulatedDisk(ROOT, cut_after=2)
    number = create(disk, ROOT / "a", b"1")
    for _ in range(2):
        with pytest.raises(Cut):
            disk.sync(number)
    assert disk.calls == 2


# -- against the real one ----------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c", "d", "d/e", "d/f", "a/g"])
CALLS = st.one_of(
    st.tuples(st.just("create"), NAMES, st.binary(max_size=5), st.integers(0, 9)),
    st.tuples(st.just("overwrite"), NAMES, st.binary(max_size=5), st.integers(0, 9)),
    st.tuples(st.just("empty"), NAMES),
    st.tuples(st.just("cut"), NAMES, st.integers(0, 9)),
    st.tuples(st.just("replace"), NAMES, NAMES),
    st.tuples(st.just("link"), NAMES, NAMES),
    st.tuples(st.sampled_from(["unlink", "make_folder", "sync_folder", "names", "read"]), NAMES),
)


def told(disk: Disk, root: Path, call: tuple[object, ...], *, held: bool) -> object:
    """What a call gives, or the error's number where every system has the same."""
    path = root / str(call[1])
    if not held:
        return _told(disk, root, path, call, None)
    try:
        at = disk.hold(path if call[0] in {"names", "sync_folder"} else path.parent, follow=True)
    except OSError as error:
        return error.errno
    assert at is not None
    try:
        return _told(disk, root, path, call, at)
    finally:
        disk.close(at)


def _told(disk: Disk, root: Path, path: Path, call: tuple[object, ...], at: int | None) -> object:
    what, _, *more = call
    try:
        if what in {"create", "overwrite", "empty", "cut"}:
            flags = {"create": NEW, "empty": os.O_WRONLY | os.O_TRUNC}.get(str(what), os.O_WRONLY)
            number = disk.open(path, flags, at)
            try:
                if what == "cut":
                    disk.truncate(number, int(str(more[0])))
                elif what != "empty":
                    data, offset = more
                    assert isinstance(data, bytes)
                    assert isinstance(offset, int)
                    disk.write(number, data, offset)
                disk.set_mode(number, 0o640)
                disk.sync(number)
                state = disk.state_of(number)
                return state.size, state.mode, state.links
            finally:
                disk.close(number)
        if what in {"replace", "link"}:
            renames_folder = what == "replace" and stat.S_ISDIR(disk.state(path, at).mode)
            if renames_folder or path.parent != (root / str(more[0])).parent:
                return "not simulated"
            return getattr(disk, str(what))(path, root / str(more[0]), at, at)
        result = getattr(disk, str(what))(path, at=at)
        return sorted(result) if what == "names" else result
    except OSError as error:
        return error.errno if error.errno in {errno.ENOENT, errno.EEXIST} else "another error"


@settings(max_examples=60, deadline=None)
@given(st.lists(CALLS, max_size=25), st.booleans())
def test_it_does_what_the_real_one_does(calls: list[tuple[object, ...]], held: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        real, simulated = Disk(), SimulatedDisk(ROOT)
        for call in calls:
            assert told(simulated, ROOT, call, held=held) == told(real, Path(folder), call, held=held), call
        for path in Path(folder).rglob("*"):
            one, other = real.state(path), simulated.state(ROOT / path.relative_to(folder))
            assert stat.S_IFMT(one.mode) == stat.S_IFMT(other.mode)
            if stat.S_ISREG(one.mode):
                assert (one.size, one.links, one.owner) == (other.size, other.links, other.owner)
                assert real.read(path) == simulated.read(ROOT / path.relative_to(folder))

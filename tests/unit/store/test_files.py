"""A file is the old one or the new one, whole, whatever fails on the way."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.store.files import (
    discard_stale,
    identity,
    keep_as,
    make_folder,
    may_read,
    mode_within,
    read_file,
    replace_file,
)

OLD, NEW = b"the old content", b"the new content, which is longer"


def failing_after(calls: int, original: Callable[..., object], number: int) -> Callable[..., object]:
    left = [calls]

    def call(*arguments: object, **options: object) -> object:
        if left[0] == 0:
            raise OSError(number, os.strerror(number))
        left[0] -= 1
        return original(*arguments, **options)

    return call


@pytest.mark.parametrize("name", ["open", "pwrite", "fchmod", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, number: int
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    monkeypatch.setattr(os, name, failing_after(0, getattr(os, name), number))
    with pytest.raises(OSError) as raised:
        replace_file(path, [NEW])
    monkeypatch.undo()
    assert raised.value.errno == number
    assert path.read_bytes() == OLD
    assert [found.name for found in tmp_path.iterdir()] == ["a.json"]


def test_when_only_the_folder_cannot_be_synced_the_new_file_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(OLD)
    monkeypatch.setattr(os, "fsync", failing_after(1, os.fsync, errno.EIO))
    with pytest.raises(OSError):
        replace_file(path, [NEW])
    assert path.read_bytes() == NEW


def test_short_writes_are_continued(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.pwrite

    def write_little(descriptor: int, data: memoryview, offset: int) -> int:
        return write(descriptor, data[:3], offset)

    monkeypatch.setattr(os, "pwrite", write_little)
    replace_file(tmp_path / "a.json", [OLD, b"", NEW])
    assert (tmp_path / "a.json").read_bytes() == OLD + NEW


def test_content_is_synced_before_it_is_renamed_and_the_folder_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    fsync, replace = os.fsync, os.replace

    def record_fsync(descriptor: int) -> None:
        seen.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def record_replace(source: Path, target: Path, **folders: int | None) -> None:
        seen.append("rename")
        replace(source, target, **folders)

    monkeypatch.setattr(os, "fsync", record_fsync)
    monkeypatch.setattr(os, "replace", record_replace)
    replace_file(tmp_path / "a.json", [NEW])
    assert seen == ["file", "rename", "folder"]


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_modes_do_not_depend_on_the_umask_and_existing_ones_are_kept(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        make_folder(tmp_path / "own", 0o2750)
        replace_file(tmp_path / "own" / "a.json", [OLD])
        assert stat.S_IMODE((tmp_path / "own").stat().st_mode) & 0o777 == 0o750
        assert stat.S_IMODE((tmp_path / "own" / "a.json").stat().st_mode) == 0o640
        (tmp_path / "own" / "a.json").chmod(0o600)
        replace_file(tmp_path / "own" / "a.json", [NEW])
        assert stat.S_IMODE((tmp_path / "own" / "a.json").stat().st_mode) == 0o600
        (tmp_path / "own").chmod(0o700)
        make_folder(tmp_path / "own", 0o2750)
        assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o700
    finally:
        os.umask(before)


def test_folders_are_open_to_the_group_only_within_a_folder_that_is(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    assert mode_within(tmp_path) == 0o2750
    tmp_path.chmod(0o2770)
    assert mode_within(tmp_path) == 0o3770


def test_special_bits_that_are_not_granted_are_dropped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fchmod = os.fchmod

    def without_special_bits(number: int, mode: int) -> None:
        if mode > 0o777:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        fchmod(number, mode)

    monkeypatch.setattr(os, "fchmod", without_special_bits)
    make_folder(tmp_path / "own", 0o2750)
    assert stat.S_IMODE((tmp_path / "own").stat().st_mode) == 0o750


def test_links_pipes_and_folders_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(OLD)
    (tmp_path / "link").symlink_to(tmp_path / "secret")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("link", "pipe", "folder"):
        assert not may_read(tmp_path / name)
        with pytest.raises(OSError):
            read_file(tmp_path / name)
    assert read_file(tmp_path / "secret") == OLD


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "other").write_bytes(OLD)
    (tmp_path / "a.json").symlink_to(tmp_path / "other")
    replace_file(tmp_path / "a.json", [NEW])
    assert (tmp_path / "other").read_bytes() == OLD
    assert (tmp_path / "a.json").read_bytes() == NEW
    assert stat.S_IMODE((tmp_path / "a.json").lstat().st_mode) == 0o640


def test_every_version_has_its_own_identity(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    assert identity(path) is None
    seen: set[object] = set()
    for _ in range(5):
        replace_file(path, [OLD])
        seen.add(identity(path))
    path.write_bytes(NEW)
    seen.add(identity(path))
    assert len(seen) == 6


def test_only_the_leavings_of_the_same_file_are_discarded(tmp_path: Path) -> None:
    keep = ["a.json", ".b.json.0123456789ab.tmp", ".a.json.json.0123456789ab.tmp", "a.json.tmp", ".a.json"]
    for name in [*keep, ".a.json.0123456789ab.tmp", ".a.json.ffffffffffff.tmp"]:
        (tmp_path / name).write_bytes(OLD)
    discard_stale([tmp_path / "a.json"])
    assert sorted(found.name for found in tmp_path.iterdir()) == sorted(keep)


def test_a_second_name_that_is_there_already_leaves_no_temporary_file(tmp_path: Path) -> None:
    path, previous = tmp_path / "a.json", tmp_path / "a.json.prev"
    path.write_bytes(b"1")
    keep_as(path, previous)
    # As after a kill between the second name and the new file.
    keep_as(path, previous)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["a.json", "a.json.prev"]

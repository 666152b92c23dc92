"""Whether a file has a name in another folder, also while its writer is replacing it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.store.disk import DISK, Disk
from tui.store.files import keep_as, replace_file
from tui.store.owners import has_name_elsewhere


class Meanwhile(Disk):
    """Right after the names of a folder were listed, something else happens."""

    def __init__(self, *happenings: Callable[[], object]) -> None:
        self._happenings = list(happenings)

    def names(self, folder: Path, at: int | None = None) -> list[str]:
        found = sorted(super().names(folder, at))
        if self._happenings:
            self._happenings.pop(0)()
        return found


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "own" / "a.json"
    path.parent.mkdir()
    path.write_bytes(b"1")
    path.with_name("a.json.prev").write_bytes(b"0")
    return path


def test_a_second_name_is_found_only_in_another_folder(path: Path, tmp_path: Path) -> None:
    assert not has_name_elsewhere(path, DISK.state(path), DISK)
    keep_as(path, path.with_name("a.json.prev"))
    assert DISK.state(path).links == 2
    assert not has_name_elsewhere(path, DISK.state(path), DISK)
    os.link(path, tmp_path / "elsewhere")
    assert has_name_elsewhere(path, DISK.state(path), DISK)


def test_a_name_that_is_just_being_replaced_is_not_one_in_another_folder(path: Path, tmp_path: Path) -> None:
    previous, temporary = path.with_name("a.json.prev"), path.with_name(".a.json.prev.0123456789ab.tmp")
    os.link(path, temporary)

    def goes_on() -> None:
        temporary.replace(previous)

    state = DISK.state(path)
    assert not has_name_elsewhere(path, state, Meanwhile(goes_on))
    previous.unlink()
    os.link(path, temporary)
    assert not has_name_elsewhere(
        path, DISK.state(path), Meanwhile(goes_on, lambda: replace_file(path, (b"2",)))
    )


def test_a_name_in_another_folder_is_found_while_files_are_replaced(path: Path, tmp_path: Path) -> None:
    os.link(path, tmp_path / "elsewhere")
    temporary = path.with_name(".other.tmp")
    temporary.write_bytes(b"")
    assert has_name_elsewhere(path, DISK.state(path), Meanwhile(temporary.unlink))


def test_a_file_that_goes_meanwhile_says_so(path: Path, tmp_path: Path) -> None:
    os.link(path, tmp_path / "elsewhere")
    with pytest.raises(FileNotFoundError):
        has_name_elsewhere(path, DISK.state(path), Meanwhile(path.unlink))

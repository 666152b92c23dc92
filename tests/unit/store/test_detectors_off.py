"""The detectors that are switched off: a file too long to be one is refused, and never cut or replaced."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.store.detectors_off import FILE_NAME, keep_detectors_off, read_detectors_off
from tui.store.protocol import Damaged


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "people" / "ana"
    folder.mkdir(parents=True)
    return folder / FILE_NAME


def test_what_is_kept_is_read(path: Path, tmp_path: Path) -> None:
    keep_detectors_off(tmp_path, "ana", {"glued", "doubled"})
    assert read_detectors_off(tmp_path, "ana") == {"glued", "doubled"}
    assert path.read_text(encoding="utf-8") == "doubled\nglued\n"


def test_a_file_that_is_too_long_is_neither_cut_nor_replaced(path: Path, tmp_path: Path) -> None:
    path.write_text("glued\n" * 700 + "doubled\n", encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(Damaged, match=r"has 4,208 bytes, at most 4,000 are read"):
        read_detectors_off(tmp_path, "ana")
    with pytest.raises(Damaged):
        keep_detectors_off(tmp_path, "ana", {"numbers"})
    assert path.read_bytes() == before

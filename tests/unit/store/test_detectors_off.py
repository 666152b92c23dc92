"""Which detectors an annotator has switched off: one at a time, and no switch undoes another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.store import short_lock
from tui.store.detectors_off import FILE_NAME, read_detectors_off, switch_detector
from tui.store.protocol import Damaged, Locked


@pytest.fixture
def own(tmp_path: Path) -> Path:
    own = tmp_path / "people" / "ana"
    own.mkdir(parents=True)
    return own


def test_two_open_articles_switch_one_each(tmp_path: Path, own: Path) -> None:
    assert read_detectors_off(tmp_path, "ana") == frozenset()
    switch_detector(tmp_path, "ana", "names", is_off=True)
    assert switch_detector(tmp_path, "ana", "doubled", is_off=True) == {"names", "doubled"}
    assert switch_detector(tmp_path, "ana", "names", is_off=False) == {"doubled"}
    assert read_detectors_off(tmp_path, "ana") == {"doubled"}
    assert [path.name for path in own.iterdir()] == [FILE_NAME]


def test_one_waits_for_the_other(tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(short_lock, "PATIENCE", 0.0)
    with (
        short_lock.hold(own / f".{FILE_NAME}.lock", FILE_NAME, who="ana", doing="switching a detector"),
        pytest.raises(Locked, match="ana is switching a detector since"),
    ):
        switch_detector(tmp_path, "ana", "names", is_off=True)


def test_a_file_that_is_too_long_is_refused_whole(tmp_path: Path, own: Path) -> None:
    (own / FILE_NAME).write_text("names\n" * 1000)
    with pytest.raises(Damaged, match="has 6,000 bytes, at most 4,000 are read"):
        read_detectors_off(tmp_path, "ana")
    with pytest.raises(Damaged):
        switch_detector(tmp_path, "ana", "numbers", is_off=True)
    assert (own / FILE_NAME).read_text() == "names\n" * 1000

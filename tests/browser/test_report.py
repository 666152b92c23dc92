"""The page in a real browser: nothing in it runs, asks or opens anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import PROGRAM, seen
from tests.report_page import HOSTILE, hostile_page

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here")

OWNED = "document.documentElement.dataset.owned || document.querySelectorAll('script,img,iframe,form,base').length"


def test_hostile_text_in_every_field_runs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(hostile_page(), encoding="utf-8")
    found = seen(path, tmp_path / "profile", OWNED)
    assert found.dialogs == []
    assert found.requests == []
    assert found.violations == []
    assert found.value == 0


def test_what_would_run_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><title>x</title>{HOSTILE[0]}{HOSTILE[2]}", encoding="utf-8")
    found = seen(path, tmp_path / "profile", OWNED)
    assert "owned" in found.dialogs
    assert found.requests == ["http://127.0.0.1:9/x"]
    assert found.value == "1"

"""The pages that tell keys and settings tell those that there are."""

from __future__ import annotations

import importlib.util
from pathlib import Path

from tui import config
from tui.theme import PALETTES

ROOT = Path(__file__).parents[2]


def test_the_table_of_keys_is_todays() -> None:
    """`python scripts/keys.py` writes it anew."""
    spec = importlib.util.spec_from_file_location("keys", ROOT / "scripts" / "keys.py")
    assert spec is not None
    assert spec.loader is not None
    keys = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(keys)
    assert keys.page() == keys.PAGE.read_text(encoding="utf-8")


def test_every_setting_and_theme_is_told() -> None:
    page = (ROOT / "docs" / "config.md").read_text(encoding="utf-8")
    for setting in config.SETTINGS:
        assert f"| `{setting.name}` | `{setting.variable}` |" in page
    for name in PALETTES:
        assert f"| `{name}` |" in page

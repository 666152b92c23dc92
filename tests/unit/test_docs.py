"""The pages that tell keys and settings tell those that there are."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import cast

from tui.formats.scheme_schema import scheme_schema
from tui.hints.registry import DETECTORS
from tui.settings import config
from tui.settings.scheme_file import load
from tui.settings.theme import PALETTES

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


def test_the_scheme_that_is_shown_is_one(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")
    shown = page.split("```toml\n")[1].split("```")[0]
    (tmp_path / "shown.toml").write_text(shown, encoding="utf-8")
    assert load(tmp_path / "shown.toml").label == "debate/2"


def test_every_key_of_a_scheme_is_told() -> None:
    page = (ROOT / "docs" / "schemes.md").read_text(encoding="utf-8")
    definitions = cast("dict[str, dict[str, dict[str, object]]]", scheme_schema()["$defs"])
    for definition in definitions.values():
        for key in definition["properties"]:
            assert f"`{key}`" in page or f"[[{key}]]" in page or f"[{key}" in page or f".{key}]" in page


def test_every_detector_is_told() -> None:
    page = (ROOT / "docs" / "hints.md").read_text(encoding="utf-8")
    for detector in DETECTORS:
        assert f"| `{detector.name}` |" in page

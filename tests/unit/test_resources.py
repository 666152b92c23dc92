"""Package data is found in a checkout and in what a wheel installs."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui import resources
from tui.resources import data_folder, sample

CHECKOUT = Path(__file__).parent.parent.parent


def test_in_a_checkout_it_lies_at_the_top() -> None:
    assert data_folder("keymaps") == CHECKOUT / "keymaps"
    assert data_folder("seeds") == CHECKOUT / "seeds"
    assert (data_folder("keymaps") / "default.toml").is_file()
    assert sample().read_text(encoding="utf-8").startswith("Sous les yeux de Trump")


def test_in_a_wheel_it_lies_in_the_package(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "site-packages" / "tui"
    # Another distribution's folder of the same name must not be taken for ours.
    for folder in (package / "_data" / "keymaps", package / "_data" / "seeds", package.parent / "seeds"):
        folder.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert data_folder("keymaps") == package / "_data" / "keymaps"
    assert sample() == package / "_data" / "seeds" / "musk-altman.fr.txt"

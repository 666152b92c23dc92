"""The folders of the keymaps and the sample: in the wheel, or at the top of the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: Literal["keymaps", "seeds"]) -> Path:
    """The folder of that name, in `tui/_data` of a wheel or at the top level of a checkout."""
    in_wheel = _PACKAGE / "_data" / name
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / name


def sample() -> Path:
    """The article that ships with Postil."""
    return data_folder("seeds") / "musk-altman.fr.txt"

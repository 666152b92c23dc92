"""Where the keymaps and the sample lie: in the wheel's own copy, or at the top of the checkout."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: Literal["keymaps", "seeds"]) -> Path:
    """The folder of that name, which the top level of a checkout and `tui/_data` of a wheel both hold."""
    in_wheel = _PACKAGE / "_data" / name
    return in_wheel if in_wheel.is_dir() else _PACKAGE.parent / name


def sample() -> Path:
    """The article that ships with Postil."""
    return data_folder("seeds") / "musk-altman.fr.txt"

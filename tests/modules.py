"""Every module of the product is loaded by the tests that `make test` runs; a run of them all fails where one is not.

A module that no other loads by itself is loaded where it is used: what is not loaded has not been tried.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

IN_OTHER_PROCESSES = {
    "tui.__main__": "pty/conftest.py: python -m tui",
}
"""Modules that only processes of their own load, and the test that starts one."""


def loaded() -> list[str]:
    """The modules of the product that this process has loaded."""
    return sorted(name for name in sys.modules if name == "tui" or name.startswith("tui."))


def untried(names: set[str]) -> list[str]:
    """The modules of the product that are not among the names."""
    return sorted(_all() - names - IN_OTHER_PROCESSES.keys())


def _all() -> set[str]:
    paths = (path.relative_to(ROOT).with_suffix("") for path in (ROOT / "tui").rglob("*.py"))
    return {".".join(path.parts).removesuffix(".__init__") for path in paths}

"""The hostile text of `tests/hostile/`, which `python -m scripts.hostile` makes."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "hostile"


@cache
def cases() -> dict[str, str | bytes]:
    """Every case by `family/name`; bytes where it is no text."""
    found: dict[str, str | bytes] = {}
    for path in sorted(FOLDER.glob("*.json")):
        for name, held in json.loads(path.read_text(encoding="ascii")).items():
            found[f"{path.stem}/{name}"] = held if isinstance(held, str) else bytes.fromhex(held["hex"])
    return found


def texts() -> dict[str, str]:
    """Those that are text, and of the others what they come to as a file name."""
    return {
        name: held if isinstance(held, str) else held.decode("utf-8", "surrogateescape")
        for name, held in cases().items()
    }


def file_names() -> list[bytes]:
    """Those of the family `names` that a file in a folder can have."""
    held = (case for name, case in cases().items() if name.startswith("names/"))
    encoded = (case if isinstance(case, bytes) else case.encode() for case in held)
    return [name for name in encoded if b"/" not in name and b"\0" not in name and len(name) <= 255]

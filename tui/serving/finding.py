"""What a check of a host found."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["ok", "note", "bad"]


class Finding(msgspec.Struct, frozen=True):
    """One thing looked at; `fix` is what to do where `state` is not ok."""

    what: str
    found: str
    state: State = "ok"
    fix: str = ""

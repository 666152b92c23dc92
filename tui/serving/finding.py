"""The result of one check of a host."""

from __future__ import annotations

from typing import Literal

import msgspec

State = Literal["ok", "note", "bad"]


class Finding(msgspec.Struct, frozen=True, rename={"result": "found"}):
    """One thing that was checked; `fix` is what to do if `state` is not ok."""

    what: str
    result: str
    state: State = "ok"
    fix: str = ""

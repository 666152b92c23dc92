"""What an export format could not include."""

from __future__ import annotations

import msgspec


class LossReport(msgspec.Struct, kw_only=True):
    """How many records were written, and what was left out."""

    format: str
    records: int = 0
    lost: dict[str, int] = {}
    """How often each thing was left out that the format cannot include, such as `corrections`."""

    def lines(self) -> list[str]:
        """One line for each kind of loss, for standard error; empty if nothing was lost."""
        return [f"{self.format} cannot include {what}: {count} left out" for what, count in self.lost.items()]

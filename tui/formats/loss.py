"""What a dialect could not carry."""

from __future__ import annotations

import msgspec


class LossReport(msgspec.Struct, kw_only=True):
    """How many records were written, and what of them was lost on the way."""

    format: str
    records: int = 0
    lost: dict[str, int] = {}
    """What the dialect has no place for, e.g. `corrections`, to how often it was left out."""

    def lines(self) -> list[str]:
        """One line a kind of loss, for standard error; none when nothing was lost."""
        return [
            f"{self.format} has no place for {what}: {count} left out" for what, count in self.lost.items()
        ]

"""What a torture found."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Report:
    """One torture's counts, and what went wrong, a line each."""

    name: str
    counts: dict[str, int]
    failures: list[str]

    @property
    def ok(self) -> bool:
        return not self.failures

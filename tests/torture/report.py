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

    @property
    def fault(self) -> str:
        """The first line says how many faults there are and what to do; a line for each follows."""
        return (
            f"{len(self.failures)} faults in {self.name}: mend the first; python -m tests.torture PART runs it alone\n"
            + "\n".join(self.failures)
        )

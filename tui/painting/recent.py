"""A bounded cache: what was used last stays."""

from __future__ import annotations

from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class Recent(dict[Key, Value]):
    """Keeps the entries used last, at most `most` of them, in the order of use."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def recall(self, key: Key) -> Value | None:
        """The entry of a key, which counts as a use; None without one."""
        value = self.pop(key, None)
        if value is not None:
            self[key] = value
        return value

    def keep(self, key: Key, value: Value) -> None:
        """Add or replace an entry; the one not used for longest goes if there are too many."""
        self.pop(key, None)
        self[key] = value
        if len(self) > self._most:
            del self[next(iter(self))]

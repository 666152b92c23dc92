"""Lines of a journal that are kept, in little more room than their bytes: there may be many after a crash."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from tui.store.journal import Entry, read_line


class Lines:
    """Events that follow each other, as the lines that hold them."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._seqs: list[int] = []
        self._ends: list[int] = []
        """The byte of `_data` after each line, with its line feed."""

    def __len__(self) -> int:
        return len(self._seqs)

    def append(self, entry: Entry) -> None:
        self._data += entry.line
        self._seqs.append(entry.seq)
        self._ends.append(len(self._data))

    def data_after(self, seq: int) -> memoryview:
        """The lines of the events after that number. Nothing can be appended while it is used."""
        count = bisect_right(self._seqs, seq)
        return memoryview(self._data)[self._ends[count - 1] if count else 0 :]

    def first_after(self, seq: int) -> Entry | None:
        """The first event after that number; None if there is no such event."""
        count = bisect_right(self._seqs, seq)
        return self._entry(count) if count < len(self) else None

    def last_after(self, seq: int) -> Entry | None:
        """The last event, if it is after that number."""
        return self._entry(len(self) - 1) if len(self) and self._seqs[-1] > seq else None

    def backwards(self) -> Iterator[Entry]:
        return (self._entry(index) for index in reversed(range(len(self))))

    def _entry(self, index: int) -> Entry:
        start = self._ends[index - 1] if index else 0
        entry = read_line(bytes(self._data[start : self._ends[index] - 1]))
        assert entry is not None
        return entry

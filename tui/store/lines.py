"""Lines of a journal that are kept, in little more room than their bytes: there may be many after a crash."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterator

from tui.store.log import Entry, read_line


class Lines:
    """Events that follow each other, as the lines that hold them."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._seqs = array("q")
        self._ends = array("q")
        """The byte of `_data` after each line, with its line feed."""

    def __len__(self) -> int:
        return len(self._seqs)

    def append(self, found: Entry) -> None:
        self._data += found.line
        self._seqs.append(found.seq)
        self._ends.append(len(self._data))

    def drop(self, upto: int) -> None:
        """Forget the events up to that number."""
        count = bisect_right(self._seqs, upto)
        if not count:
            return
        size = self._ends[count - 1]
        del self._data[:size]
        del self._seqs[:count]
        self._ends = array("q", (end - size for end in self._ends[count:]))

    @property
    def data(self) -> bytearray:
        """All lines, one after the other."""
        return self._data

    @property
    def first(self) -> Entry:
        """Raises IndexError when there is none."""
        return self._entry(0)

    @property
    def last(self) -> Entry:
        """Raises IndexError when there is none."""
        return self._entry(len(self) - 1)

    def backwards(self) -> Iterator[Entry]:
        return (self._entry(index) for index in reversed(range(len(self))))

    def _entry(self, index: int) -> Entry:
        start = self._ends[index - 1] if index else 0
        found = read_line(bytes(self._data[start : self._ends[index] - 1]))
        assert found is not None
        return found

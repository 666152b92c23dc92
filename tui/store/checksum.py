"""Checksums at the end of JSON: a line or a file that shows whether it is as it was written."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple


class Checksum(NamedTuple):
    """The CRC-32 (zlib's) of all bytes before it, in hexadecimal, between `before` and `after`."""

    before: bytes
    after: bytes

    def of(self, crc: int) -> bytes:
        """What closes bytes with that checksum."""
        return b"%b%08x%b" % (self.before, crc, self.after)

    @property
    def length(self) -> int:
        """Bytes of a seal."""
        return len(self.before) + 8 + len(self.after)

    def given(self, data: bytes) -> str | None:
        """The checksum that `data` ends with, right or wrong; None without one."""
        end = len(data) - self.length
        if end < 0:
            return None
        digits = data[end + len(self.before) : end + len(self.before) + 8]
        if data[end:] != self.before + digits + self.after:
            return None
        return digits.decode("latin-1")

    def read(self, data: bytes) -> tuple[str, bool] | None:
        """The checksum of what comes before the one at the end of `data`, and True if they are the same; None without one."""
        given = self.given(data)
        if given is None:
            return None
        crc = f"{zlib.crc32(memoryview(data)[: len(data) - self.length]):08x}"
        return crc, crc == given

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """Where in a file seals are."""
        return re.compile(re.escape(self.before) + b"[0-9a-f]{8}" + re.escape(self.after))

"""Checksums at the end of JSON: a line or a file that says whether it is as it was written."""

from __future__ import annotations

import re
import zlib
from typing import NamedTuple


class Seal(NamedTuple):
    """The CRC-32 (zlib's) of all bytes before it, in hexadecimal, between `before` and `after`."""

    before: bytes
    after: bytes

    def of(self, crc: int) -> bytes:
        """What closes bytes with that checksum."""
        return b"%b%08x%b" % (self.before, crc, self.after)

    def read(self, data: bytes) -> tuple[str, bool] | None:
        """The checksum that `data` ends with, and whether it is that of the rest; None without one."""
        end = len(data) - len(self.before) - 8 - len(self.after)
        if end < 0:
            return None
        given = data[end + len(self.before) : end + len(self.before) + 8]
        if data[end:] != self.before + given + self.after:
            return None
        crc = f"{zlib.crc32(memoryview(data)[:end]):08x}"
        return crc, crc.encode() == given

    @property
    def pattern(self) -> re.Pattern[bytes]:
        """Where in a file seals are."""
        return re.compile(re.escape(self.before) + b"[0-9a-f]{8}" + re.escape(self.after))

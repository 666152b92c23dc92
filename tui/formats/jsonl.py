"""Postil's own format: one JSON record for each line, with exactly the keys of a record."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from tui.formats.loss import LossReport
from tui.formats.records import Record

NAME = "jsonl"

_LINES_A_WRITE = 256


def write(records: Iterable[Record], out: BinaryIO) -> LossReport:
    """Write records as they arrive, in UTF-8, each line ended by `\\n`. Raises OSError from `out`."""
    encoder = msgspec.json.Encoder()
    lines = bytearray()
    count = 0
    for record in records:
        encoder.encode_into(record, lines, -1)
        lines += b"\n"
        count += 1
        if count % _LINES_A_WRITE == 0:
            out.write(lines)
            lines.clear()
    out.write(lines)
    return LossReport(format=NAME, records=count)

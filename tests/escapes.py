"""What a program sent to a terminal, taken apart strictly: whatever is not known to be its own is foreign.

By ECMA-48 (https://ecma-international.org/publications-and-standards/standards/ecma-48/) for the shape of sequences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.text.clean import is_safe

_SEQUENCE = re.compile(
    rb"\x1b(?:"
    rb"\[[0-?]*[ -/]*[@-~]"  # CSI
    rb"|[\]PX^_][^\x1b\x07]*(?:\x07|\x1b\\)"  # OSC, DCS, SOS, PM, APC
    rb"|[ -/]*[0-~]"  # any other
    rb"|)"
)

_COLOUR = rb"[34]8;2;(?:[0-9]{1,3};){2}[0-9]{1,3}|[34]8;5;[0-9]{1,3}|[34]9"
_LOOK = rb"(?:[0-4]|7|9|2[1-479]|" + _COLOUR + rb")"
_SGR = rb"\[(?:" + _LOOK + rb")?(?:;" + _LOOK + rb")*m"

_PROGRESS = rb"\[K"

PRINTED = re.compile(_SGR + b"|" + _PROGRESS)
"""What commands print: looks in true colour, and a line of progress that is written over. The corpus asks for the eight colours, blinking, concealing and 66."""

_MODES = b"|".join((b"25", b"1000", b"1003", b"1004", b"1006", b"1015", b"1049", b"2004", b"2026", b"2048"))
PAINTED = re.compile(
    _SGR
    + rb"|\[[0-9]{1,3}[CX]|\[\?(?:"
    + _MODES
    + rb")[hl]|\[\?7[hl]|\[\?(?:2026|2048)\$p|\[>[0-9]{1,2}u|\[<u|\[(?P<row>[0-9]{1,3});(?P<column>[0-9]{1,3})H|\]22;(?:default|pointer|text)\x07"
)
"""What the app sends besides: what Textual's driver sets up and takes back, moves to a cell, the pointer's shape."""


def foreign(raw: bytes, ours: re.Pattern[bytes], *, columns: int = 0, rows: int = 0) -> list[str]:
    """Every sequence, control character and hidden character that is not the program's own.

    With `columns` and `rows`, moves to a cell beyond them are foreign too.
    """
    return list(_foreign(raw, ours, columns, rows))


def words(raw: bytes) -> str:
    """What is left without the sequences."""
    return _SEQUENCE.sub(b"", raw).decode("utf-8")


def _foreign(raw: bytes, ours: re.Pattern[bytes], columns: int, rows: int) -> Iterator[str]:
    for found in _SEQUENCE.finditer(raw):
        sequence = found.group()[1:]
        known = ours.fullmatch(sequence)
        if known is None:
            yield repr(sequence[:80])
        elif columns and sequence.endswith(b"H"):
            row, column = map(int, (known["row"], known["column"]))
            if not (1 <= row <= rows and 1 <= column <= columns):
                yield repr(sequence)
    try:
        told = words(raw)
    except UnicodeDecodeError as error:
        yield f"no UTF-8: {raw[max(0, error.start - 9) : error.end + 9]!r}"
        return
    for line in told.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        if not is_safe(line):
            yield ascii(line[:200])

"""Preparing standard input, output and error: open, and never failing on a character their encoding lacks.

A character that cannot be encoded becomes `?` on a terminal, and elsewhere its JSON escape (RFC 8259, section 7):
`\\u2013`. JSON output has escapes on a terminal too, so that it means the same everywhere.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

ESCAPED = "postil.escaped"
"""The name of the codec error handler that writes JSON escapes."""


def prepare_streams() -> None:
    """Open standard input and error if they were closed (`<&-`, `2>&-`), and let all streams accept any character.

    A closed standard output stays None.
    """
    codecs.register_error(ESCAPED, _escaped)
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY))
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    _reconfigure(sys.stdin, errors="replace")
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            _reconfigure(stream, errors="replace" if stream.isatty() else ESCAPED)


def write_json_only() -> None:
    """Make standard output suitable for JSON: UTF-8 if that is its encoding, else ASCII with JSON escapes."""
    if is_utf8(sys.stdout.encoding):
        _reconfigure(sys.stdout, errors=ESCAPED)
    else:
        _reconfigure(sys.stdout, encoding="ascii", errors=ESCAPED)


def write_exact(text: str) -> None:
    """Write to standard output for scripts, not for a terminal: file names as the system's bytes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(os.fsencode(text))


def is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def json_bytes(text: str, encoding: str) -> bytes:
    """JSON text as valid JSON bytes for a stream with that encoding: UTF-8, or ASCII with escapes."""
    return text.encode("utf-8" if is_utf8(encoding) else "ascii", ESCAPED)


def _reconfigure(stream: TextIO, *, errors: str, encoding: str | None = None) -> None:
    """Reconfigure a stream, unless it was replaced by another kind of object."""
    if isinstance(stream, io.TextIOWrapper) and (encoding is not None or stream.errors != errors):
        stream.reconfigure(encoding=encoding, errors=errors)  # pyright: ignore[reportUnknownMemberType]


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: UTF-16 code units as `\\uXXXX`, as in JSON."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end

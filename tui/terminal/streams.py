"""Standard input, output and error: open, and never in the way of a letter that their encoding lacks.

What an encoding cannot write becomes `?` on a terminal, and elsewhere the escape that JSON has for it (RFC 8259,
section 7): `\\u2013`. JSON keeps its escapes on a terminal too, so that it means the same everywhere.
"""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TextIO

ESCAPED = "postil.escaped"
"""The name of the error handler of codecs that escapes as JSON does."""


def prepare_streams() -> None:
    """Open standard input and error where they were closed (`<&-`, `2>&-`), and let no stream refuse a character.

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
    """Make standard output fit for JSON: UTF-8 where it is UTF-8, else ASCII with JSON's escapes."""
    if is_utf8(sys.stdout.encoding):
        _reconfigure(sys.stdout, errors=ESCAPED)
    else:
        _reconfigure(sys.stdout, encoding="ascii", errors=ESCAPED)


def write_exact(text: str) -> None:
    """Write for scripts to standard output, which is no terminal: file names are the bytes that the system has."""
    sys.stdout.flush()
    sys.stdout.buffer.write(os.fsencode(text))


def is_utf8(encoding: str) -> bool:
    return codecs.lookup(encoding).name == "utf-8"


def json_bytes(text: str, encoding: str) -> bytes:
    """JSON text as bytes that are valid JSON on a stream of that encoding: UTF-8, or ASCII with escapes."""
    return text.encode("utf-8" if is_utf8(encoding) else "ascii", ESCAPED)


def _reconfigure(stream: TextIO, *, errors: str, encoding: str | None = None) -> None:
    """Nothing for a stream that another program has put in place."""
    if isinstance(stream, io.TextIOWrapper) and (encoding is not None or stream.errors != errors):
        stream.reconfigure(encoding=encoding, errors=errors)  # pyright: ignore[reportUnknownMemberType]


def _escaped(error: UnicodeError) -> tuple[str, int]:
    """An error handler of codecs: UTF-16 code units as `\\uXXXX`, as JSON has them."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)), error.end

"""The tokens of Rich Text Format: groups, control words and bytes of text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

TokenKind = Literal["open", "close", "word", "bytes"]

_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?[0-9]{1,10})?[ ]?|'([0-9a-fA-F]{2})|(\r\n|[^a-zA-Z]))|([{}])|([^\\{}\r\n\x00]+)|[\r\n\x00]+|\\"
)


def tokens(data: bytes) -> Iterator[tuple[TokenKind, str, int | None, bytes]]:
    """Kind, control word, its number, and bytes of text. A control symbol is a word of one character."""
    at = 0
    while (token := _TOKEN.match(data, at)) is not None:
        at = token.end()
        word, number, code, symbol, brace, raw = token.groups()
        if word is not None:
            name = word.decode("ascii")
            parameter = int(number) if number else None
            if name == "bin":
                at += max(0, parameter or 0)
            else:
                yield "word", name, parameter, b""
        elif code is not None:
            yield "bytes", "", None, bytes((int(code, 16),))
        elif symbol is not None and symbol in b"\\{}":
            # Also the second byte of a character in an East Asian code page.
            yield "bytes", "", None, symbol
        elif symbol is not None:
            name = symbol.decode("latin-1")
            yield "word", "par" if name in ("\r", "\n", "\r\n") else name, None, b""
        elif brace is not None:
            yield "open" if brace == b"{" else "close", "", None, b""
        elif raw is not None:
            yield "bytes", "", None, raw

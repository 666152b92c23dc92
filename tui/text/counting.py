"""Counting words without holding up who waits for a key."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = re.compile(r"\s")

# Kana and Chinese characters, which no white space parts.
_ONE_EACH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_ONE_EACH}]|[^\W_{_ONE_EACH}][^\s{_ONE_EACH}]*")


def word_count(text: str) -> int:
    """How many words a text has.

    What white space parts is a word if it holds a letter or a digit: a dash or a guillemet that stands alone is
    none. A Chinese or Japanese character is a word by itself, as word processors count them.
    """
    return len(_WORD.findall(text))


def word_counts(text: str, size: int = 30_000) -> Iterator[int]:
    """How many words each piece of about `size` characters holds."""
    place = 0
    while place < len(text):
        space = _SPACE.search(text, place + size)
        end = space.start() if space is not None else len(text)
        yield word_count(text[place:end])
        place = end

"""Counting words, in pieces so that the interface stays responsive."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = re.compile(r"\s")

# Kana and Chinese characters, which are not separated by white space.
_ONE_EACH = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORD = re.compile(rf"[{_ONE_EACH}]|[^\W_{_ONE_EACH}][^\s{_ONE_EACH}]*")


def word_count(text: str) -> int:
    """The number of words in a text.

    A word is a run without white space that contains a letter or a digit; a lone dash or guillemet is not a word.
    Each Chinese or Japanese character counts as a word, as in word processors.
    """
    return len(_WORD.findall(text))


def word_counts(text: str, size: int = 30_000) -> Iterator[int]:
    """The number of words in each piece of about `size` characters."""
    start = 0
    while start < len(text):
        space = _SPACE.search(text, start + size)
        end = space.start() if space is not None else len(text)
        yield word_count(text[start:end])
        start = end

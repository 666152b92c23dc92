"""Counting words without holding up who waits for a key."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SPACE = re.compile(r"\s")


def word_counts(text: str, size: int = 100_000) -> Iterator[int]:
    """How many words, as white space parts them, each piece of about `size` characters holds."""
    place = 0
    while place < len(text):
        space = _SPACE.search(text, place + size)
        end = space.start() if space is not None else len(text)
        yield len(text[place:end].split())
        place = end

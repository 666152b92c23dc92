"""Which entries of a list fit what is typed, best first; without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SCATTERED_UP_TO = 60
"""Code points of a name in which scattered letters mean something; a longer one has all letters anyway."""

_WORD = re.compile(r"\w+")
_NEVER = 5


def plain(text: str) -> str:
    """The text without case and accents, for comparing."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    return "".join(char for char in folded if not unicodedata.combining(char))


def best_first(typed: str, texts: Sequence[str]) -> list[int]:
    """The places in `texts` (each made `plain`) that fit `typed`, the best first, else in their order.

    A text's first line is its name. Best is a name that begins so; then come names with words that begin like
    those typed, whatever their order, then the same in the lines below, then names that contain what is typed
    anywhere, and last short names with its letters in this order. Nothing typed fits everything.
    """
    sought = plain(typed).strip()
    if not sought:
        return list(range(len(texts)))
    words = _WORD.findall(sought) or sought.split()
    scattered = re.compile(r"\b" + ".*?".join(map(re.escape, "".join(words))))
    ranked = [(_rank(sought, words, scattered, text), index) for index, text in enumerate(texts)]
    return [index for rank, index in sorted(ranked) if rank < _NEVER]


def _rank(sought: str, words: list[str], scattered: re.Pattern[str], text: str) -> int:
    if text.startswith(sought):
        return 0
    name, _, below = text.partition("\n")
    if all(word in text for word in words):
        if _begin(words, name):
            return 1
        if below and _begin(words, text):
            return 2
        if all(word in name for word in words):
            return 3
    if len(name) <= _SCATTERED_UP_TO and scattered.search(name):
        return 4
    return _NEVER


def _begin(words: list[str], text: str) -> bool:
    """True if a word of the text begins like each of these."""
    beginnings = _WORD.findall(text)
    return all(any(beginning.startswith(word) for beginning in beginnings) for word in words)

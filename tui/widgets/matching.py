"""Which entries of a list fit what is typed, best first; without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_SUBSEQUENCE_UP_TO = 60
"""Code points of a text in which scattered letters still say something; in a longer one they are always there."""

_WORD = re.compile(r"\w+")


def plain(text: str) -> str:
    """The text without case and accents, for comparing."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold().replace("’", "'")
    return "".join(char for char in folded if not unicodedata.combining(char))


def best_first(typed: str, texts: Sequence[str]) -> list[int]:
    """The places in `texts` (each made `plain`) that fit `typed`, the best first, else in their order.

    Nothing typed fits everything. Better than words that begin like those typed, whatever their order, is a text
    that begins so; worse are letters inside a word, and worst letters scattered over a short text.
    """
    wanted = plain(typed).strip()
    if not wanted:
        return list(range(len(texts)))
    words = wanted.split()
    scattered = re.compile(".*?".join(map(re.escape, wanted.replace(" ", ""))), re.DOTALL)
    ranked = [(_rank(wanted, words, scattered, text), place) for place, text in enumerate(texts)]
    return [place for rank, place in sorted(ranked) if rank < _NEVER]


_NEVER = 4


def _rank(wanted: str, words: list[str], scattered: re.Pattern[str], text: str) -> int:
    if text.startswith(wanted):
        return 0
    if all(word in text for word in words):
        beginnings = _WORD.findall(text)
        if all(any(one.startswith(word) for one in beginnings) for word in words):
            return 1
        return 2
    if len(text) <= _SUBSEQUENCE_UP_TO and scattered.search(text):
        return 3
    return _NEVER

"""Finding words in an article of any length, ignoring case and accents, one block at a time.

The text is folded in blocks, each when a search first reaches it, and kept as UTF-8, where most folded letters take
one byte. Only the number of matches in each block is kept; the position of a match is computed on demand.
"""

from __future__ import annotations

import unicodedata
from array import array
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

Stretch = tuple[int, int]

BLOCK = 16_384
"""Code points that are folded at once, in about half a millisecond."""

_APOSTROPHES = "’ʼ‘"
_IOTA_BELOW = "\u0345"
"""The one mark that folds to a letter."""
_NEAR, _FAR = 64, 2_000
"""How many code points before and after a stretch are searched for matches that reach into it: at least, at most."""


class Match(NamedTuple):
    """One occurrence of the words."""

    start: int
    """Code points into the article's text."""
    number: int
    """From 1 on, in the order of the text."""


def folded(text: str) -> str:
    """The text without case and accents, and with one kind of apostrophe.

    Each character is folded by itself, so the parts of a text can be folded separately.
    """
    there = set(text)
    # Before decomposing the text, which takes quadratic time in the number of combining marks on a letter.
    for char in there:
        if unicodedata.combining(char) and char != _IOTA_BELOW:
            text = text.replace(char, "")
    text = unicodedata.normalize("NFKD", text).casefold()
    for letter in set(unicodedata.normalize("NFKD", "".join(there)).casefold()):
        if unicodedata.combining(letter):
            text = text.replace(letter, "")
        elif letter in _APOSTROPHES:
            text = text.replace(letter, "'")
    return text


class FoldedText:
    """An article's text, folded as far as it has been searched. Positions in it are a block and a byte of that block."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._blocks: list[bytes | None] = [None] * -(-len(text) // BLOCK)
        self.around = lru_cache(512)(self._around)

    def __len__(self) -> int:
        """The number of blocks."""
        return len(self._blocks)

    def block(self, index: int) -> bytes:
        folded_block = self._blocks[index]
        if folded_block is None:
            folded_block = self._blocks[index] = _encoded(self.text[index * BLOCK : (index + 1) * BLOCK])
        return folded_block

    def place_of(self, offset: int) -> tuple[int, int]:
        """The block and the byte where a character begins."""
        index = offset // BLOCK
        return index, len(_encoded(self.text[index * BLOCK : offset]))

    def offset_of(self, index: int, byte: int) -> int:
        """The offset of the character that a byte belongs to."""
        first, last = index * BLOCK, min(len(self.text), (index + 1) * BLOCK)
        while last - first > 1:
            middle = (first + last) // 2
            bytes_before = len(_encoded(self.text[first:middle]))
            if byte < bytes_before:
                last = middle
            else:
                first, byte = middle, byte - bytes_before
        return first

    def occurrences(self, words: bytes, index: int) -> Iterator[int]:
        """The bytes of a block where the words begin; matches may overlap."""
        within, end = self._with_what_follows(index, len(words) - 1)
        byte = within.find(words)
        while 0 <= byte < end:
            yield byte
            byte = within.find(words, byte + 1)

    def count(self, words: bytes, index: int) -> int:
        """How many times the words begin in a block."""
        if words[:1] in words[1:]:
            return sum(1 for _ in self.occurrences(words, index))
        # Such matches cannot overlap.
        return self._with_what_follows(index, len(words) - 1)[0].count(words)

    def _with_what_follows(self, index: int, most: int) -> tuple[bytes, int]:
        """A block with up to `most` of the bytes that follow it, and where these begin."""
        block = self.block(index)
        end = len(block)
        for following in range(index + 1, len(self)):
            missing = end + most - len(block)
            if not missing:
                break
            block += self.block(following)[:missing]
        return block, end

    def _around(self, start: int, end: int) -> tuple[str, list[int]]:
        """A short stretch of the text, folded, and for each letter the offset of its character."""
        letters: list[str] = []
        places: list[int] = []
        for offset in range(max(0, start), min(len(self.text), end)):
            for letter in _folded_char(self.text[offset]):
                letters.append(letter)
                places.append(offset)
        return "".join(letters), places


class Search:
    """A search for words from an offset to the end and on from the start, one block at a time."""

    def __init__(self, text: FoldedText, words: str, begin: int = 0) -> None:
        """`begin` is an offset: the first match is the first that begins there or later."""
        self._text = text
        self._letters = folded(words)
        self._words = _encoded(words)
        self._begin = begin
        self._counts = array("I", [0]) * len(text)
        first = min(begin // BLOCK, len(text))
        self._left = iter((*range(first, len(text)), *range(first)) if self._letters.strip() else ())
        self.first: int | None = None
        """The offset of the first match, as soon as it is known."""
        self.is_done = False
        self.total = 0
        """Matches so far."""

    def go_on(self) -> None:
        """Search one more block."""
        index = next(self._left, None)
        if index is None:
            self.is_done = True
            if self.first is None and self.total:
                self.first = self._nth(0).start
            return
        self._counts[index] = count = self._text.count(self._words, index)
        self.total += count
        if count and self.first is None:
            begin, byte = self._text.place_of(self._begin)
            later = (
                byte_at
                for byte_at in self._text.occurrences(self._words, index)
                if index != begin or byte_at >= byte
            )
            first_byte = next(later, None)
            self.first = self._text.offset_of(index, first_byte) if first_byte is not None else None

    def at(self, offset: int) -> Match:
        """The first match that begins at or after an offset, starting over at the end. Only if done and there are any."""
        return self._nth(self._before(offset))

    def before(self, offset: int) -> Match:
        """The last match that begins before an offset, starting over at the start. Only if done and there are any."""
        return self._nth(self._before(offset) - 1)

    def within(self, start: int, end: int) -> list[Stretch]:
        """The bounds of the matches that reach into a short stretch of the text, done or not."""
        if not self._letters.strip():
            return []
        reach = max(_NEAR, min(4 * len(self._letters), _FAR))
        letters, places = self._text.around(start - reach, end + reach)
        matches: list[Stretch] = []
        index = letters.find(self._letters)
        while index >= 0:
            match = places[index], places[index + len(self._letters) - 1] + 1
            if match[0] < end and match[1] > start:
                matches.append(match)
            index = letters.find(self._letters, index + 1)
        return matches

    def _before(self, offset: int) -> int:
        """How many matches begin before an offset."""
        block, byte = self._text.place_of(offset)
        before = sum(self._counts[:block])
        if block < len(self._text):
            before += sum(1 for byte_at in self._text.occurrences(self._words, block) if byte_at < byte)
        return before

    def _nth(self, number: int) -> Match:
        """A match by its number, from 0; numbers wrap around."""
        number = left = number % self.total
        for index, count in enumerate(self._counts):
            if left < count:
                byte = next(islice(self._text.occurrences(self._words, index), left, None))
                return Match(self._text.offset_of(index, byte), number + 1)
            left -= count
        raise AssertionError("the counts add up to the total")


def _encoded(text: str) -> bytes:
    return folded(text).encode("utf-8", "surrogatepass")


_folded_char = lru_cache(4_096)(folded)

"""The lists of known words: given names, places, organisations, ordinary words of each language and so on.

A word is looked up by the hash of its letters, so the lists take eight bytes a word. Two words in a million share a
hash; then the lists say too much of one of them, which is a feature among many.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from zlib import crc32


class Kind:
    """What the lists say of a word or of several words together, as bits: plain numbers, since they are quicker."""

    GIVEN = 1
    FAMILY = 2
    CITY = 4
    PLACE = 8
    """A small town, or another name of a city."""
    COUNTRY = 16
    REGION = 32
    LEGAL = 64
    """The legal form of a company."""
    LANGUAGE = 128
    ORGANISATION = 256
    NOUN = 512
    """A German noun."""
    TITLE = 1024
    """Comes before a person's name."""
    INSTITUTION = 2048
    """Is part of an organisation's name: University, Bank."""
    GEOGRAPHY = 4096
    """Is part of a place's name: Lake, Street."""
    CALENDAR = 8192
    """A month or a day of the week."""
    LINK = 16384
    """Joins the words of a name: of, von."""
    FIRST_OF_MANY = 32768
    """Begins a name of several words that is listed."""


MULTIWORD = Kind.CITY | Kind.PLACE | Kind.COUNTRY | Kind.REGION | Kind.ORGANISATION
"""The kinds of which names of several words are listed."""
MOST_WORDS = 5
"""Maximum number of words of a listed name."""


def word_hash(word: str) -> int:
    """Of 32 bits, the same on every machine."""
    return crc32(word.encode("utf-8", "surrogatepass"))


class WordLists:
    """Each look-up takes the time of a binary search."""

    def __init__(
        self, keys: array[int], kinds: array[int], ordinary_keys: array[int], languages: array[int]
    ) -> None:
        """`keys` and `ordinary_keys` are ascending hashes; `languages` are bit sets."""
        self._keys, self._kinds = keys, kinds
        self._ordinary_keys, self._languages = ordinary_keys, languages

    def kinds(self, words: str) -> int:
        """The kinds of a word, or of several words joined by blanks, as written; 0 if it is not listed."""
        key = word_hash(words)
        at = bisect_left(self._keys, key)
        return self._kinds[at] if at < len(self._keys) and self._keys[at] == key else 0

    def ordinary_in(self, word: str) -> int:
        """The bit set of the languages in which the lower-case word is an ordinary one."""
        key = word_hash(word)
        at = bisect_left(self._ordinary_keys, key)
        return self._languages[at] if at < len(self._ordinary_keys) and self._ordinary_keys[at] == key else 0

"""The data file of the recogniser: weights, transitions and word lists.

`PNM1`, the length of the header in four bytes, the header as JSON, then what the header counts: of each table first the
keys, which are hashes in ascending order, each as the difference to the one before in 16 bits, then the values. All
numbers are little-endian.
"""

from __future__ import annotations

import sys
from array import array
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple, TypeVar

import msgspec

from tui.text.names import labels
from tui.text.names.word_lists import WordLists

MAGIC = b"PNM1"


class Header(msgspec.Struct, frozen=True, kw_only=True):
    licence: str
    """Of the file itself."""
    version: str
    """What it was made of: a hash of the inputs."""
    languages: list[str]
    """Those with a list of ordinary words; the index is the bit."""
    feature_bits: int
    """Features are hashed to this many bits."""
    scale: float
    """A weight of 1.0 as the stored integer."""
    rows: int = 0
    """Features with weights."""
    words: int = 0
    """Entries in the lists of names and kinds of words."""
    ordinary: int = 0
    """Entries in the list of ordinary words."""
    transitions: list[list[int]]
    """From each label, and last from the beginning, to each label."""


class Model(NamedTuple):
    header: Header
    lists: WordLists
    feature_keys: array[int]
    weights: bytes
    """One signed byte for each feature and label."""


class ModelFileError(Exception):
    """The data file is missing or damaged; `str()` is one line."""


def encode(
    header: Header,
    words: dict[int, int],
    ordinary: dict[int, int],
    weights: dict[int, bytes],
) -> bytes:
    """The bytes of a file. The dictionaries map hashes to kinds, languages and the weights of each label.

    The numbers of entries in the header are set.
    """
    words, ordinary, weights = (
        _without_gaps(words, 0),
        _without_gaps(ordinary, 0),
        _without_gaps(weights, _NO_WEIGHTS),
    )
    header = msgspec.structs.replace(header, words=len(words), ordinary=len(ordinary), rows=len(weights))
    head = msgspec.json.encode(header)
    parts = [MAGIC, len(head).to_bytes(4, "little"), head]
    for table, size in ((words, "H"), (ordinary, "I")):
        keys = sorted(table)
        parts += [_differences(keys), _stored(array(size, [table[key] for key in keys]))]
    keys = sorted(weights)
    parts += [_differences(keys), *(weights[key] for key in keys)]
    return b"".join(parts)


def decode(data: bytes) -> Model:
    """Raises ModelFileError."""
    try:
        if data[:4] != MAGIC:
            raise ValueError("it begins otherwise")
        size = int.from_bytes(data[4:8], "little")
        header = msgspec.json.decode(data[8 : 8 + size], type=Header)
        reader = _Reader(data, 8 + size)
        keys, kinds = reader.keys(header.words), reader.numbers("H", header.words)
        ordinary, languages = reader.keys(header.ordinary), reader.numbers("I", header.ordinary)
        feature_keys = reader.keys(header.rows)
        weights = reader.rest(header.rows * labels.COUNT)
    except (ValueError, msgspec.DecodeError) as error:
        problem = f"the data file of the recogniser of names is damaged ({error}): reinstall postil"
        raise ModelFileError(problem) from error
    return Model(header, WordLists(keys, kinds, ordinary, languages), feature_keys, weights)


class _Reader:
    def __init__(self, data: bytes, offset: int) -> None:
        self._data, self._offset = data, offset

    def numbers(self, size: Literal["H", "I"], count: int) -> array[int]:
        """The next `count` numbers of an array's type code. Raises ValueError if there are fewer."""
        numbers: array[int] = array(size)
        numbers.frombytes(self._next(count * numbers.itemsize))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def keys(self, count: int) -> array[int]:
        """The next `count` ascending numbers. Raises ValueError if there are fewer."""
        return array("I", accumulate(self.numbers("H", count)))

    def rest(self, size: int) -> bytes:
        """The last `size` bytes. Raises ValueError if there are more or fewer."""
        if self._offset + size != len(self._data):
            raise ValueError("its length is wrong")
        return self._next(size)

    def _next(self, size: int) -> bytes:
        start, self._offset = self._offset, self._offset + size
        if self._offset > len(self._data):
            raise ValueError("it is too short")
        return self._data[start : self._offset]


_LARGEST_GAP = 0xFFFF
_NO_WEIGHTS = bytes(labels.COUNT)

_Value = TypeVar("_Value")


def _without_gaps(table: dict[int, _Value], nothing: _Value) -> dict[int, _Value]:
    """The table with an entry that says nothing in each gap too large for 16 bits."""
    filled = dict(table)
    before = 0
    for key in sorted(table):
        while key - before > _LARGEST_GAP:
            before += _LARGEST_GAP
            filled[before] = nothing
        before = key
    return filled


def _differences(keys: list[int]) -> bytes:
    """Ascending numbers as the difference of each to the one before, in 16 bits: half the size."""
    return _stored(array("H", [key - before for before, key in pairwise([0, *keys])]))


def _stored(numbers: array[int]) -> bytes:
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()

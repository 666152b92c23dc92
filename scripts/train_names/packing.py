"""From trained weights and word lists to the data file."""

from __future__ import annotations

import numpy as np

from scripts.train_names.crf import Weights
from scripts.train_names.word_lists import LANGUAGES, Lists
from tui.text.names.model_file import Header, encode
from tui.text.names.word_lists import Kind

_SCALE = 20.0
LICENCE = "CC BY-SA 4.0: an adaptation of the corpora and lists that NOTICE of Postil names"


def pack(
    lists: Lists, trained: Weights, rows: np.ndarray, feature_bits: int, version: str, least: float
) -> bytes:
    """The bytes of the data file. Features of which no weight is at least `least` are left out."""
    kept = np.flatnonzero(np.abs(trained.features).max(axis=1) >= least)
    stored = np.clip(np.rint(trained.features[kept] * _SCALE), -127, 127).astype(np.int8)
    header = Header(
        licence=LICENCE,
        version=version,
        languages=list(LANGUAGES),
        feature_bits=feature_bits,
        scale=_SCALE,
        transitions=np.rint(trained.transitions * _SCALE).astype(int).tolist(),
    )
    weights = {int(rows[row]): values.tobytes() for row, values in zip(kept, stored, strict=True)}
    return encode(header, lists.kinds, lists.ordinary, weights)


def without_capitals(lists: Lists) -> bytes:
    """A line for each name in a script without capitals: the name, a tab, and the letter of its kind."""
    lines = [
        f"{name}\t{letter}\n"
        for name, kinds in sorted(lists.without_capitals.items())
        if (letter := _letter_of(kinds))
    ]
    return f"# {LICENCE}\n{''.join(lines)}".encode()


def _letter_of(kinds: int) -> str:
    """`y` a country or region, `c` a city, `f` a given name, `l` a family name."""
    for letter, some in (
        ("y", Kind.COUNTRY | Kind.REGION),
        ("f", Kind.GIVEN),
        ("c", Kind.CITY),
        ("l", Kind.FAMILY),
    ):
        if kinds & some:
            return letter
    return ""

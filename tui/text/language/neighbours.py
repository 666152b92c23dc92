"""Luxembourgish and Alemannic (Swiss German), which have no profile of their own, by words that no neighbour has.

Own list: their articles, auxiliaries, pronouns and particles.
"""

from __future__ import annotations

from collections.abc import Sequence

_LUXEMBOURGISH = frozenset(
    [
        "huet",
        "ass",
        "déi",
        "vun",
        "hunn",
        "gëtt",
        "fir",
        "wéi",
        "eis",
        "dës",
        "wier",
        "gouf",
        "goufen",
        "ginn",
        "keng",
        "mat",
        "och",
        "net",
        "mam",
        "sech",
        "hirem",
        "säin",
        "säi",
        "méi",
        "nët",
        "elo",
        "deen",
        "hannert",
        "iwwer",
        "ënner",
        "zënter",
        "schonn",
        "eppes",
        "keen",
        "um",
        "ganzen",
        "well",
        "zou",
        "nees",
        "muer",
        "séier",
    ]
)
_ALEMANNIC = frozenset(
    [
        "isch",
        "hät",
        "het",
        "nöd",
        "nid",
        "nüd",
        "öppis",
        "öppe",
        "üs",
        "üüs",
        "eus",
        "uf",
        "vo",
        "gsi",
        "gsii",
        "hend",
        "händ",
        "cha",
        "chan",
        "chunt",
        "chunnt",
        "git",
        "dr",
        "gha",
        "niemert",
        "niemer",
        "lüt",
        "lüüt",
        "zyt",
        "ziit",
        "gäge",
        "vill",
        "wänn",
        "gseit",
        "gsait",
        "nümm",
        "drü",
        "sächs",
        "zäh",
        "ufem",
        "d",
        "s",
    ]
)
_SHARE = 0.1
_FEWEST = 3


def is_neighbour_of_german(words: Sequence[str], nearest: str) -> bool:
    """True if it is one of the two, by its words in small letters; `nearest` is the language it looks like most.

    Alemannic looks German alone; its short words are usual in other languages.
    """
    known = sum(word in _LUXEMBOURGISH for word in words)
    if nearest == "de":
        known = max(known, sum(word in _ALEMANNIC for word in words))
    return known >= _FEWEST and known >= _SHARE * len(words)

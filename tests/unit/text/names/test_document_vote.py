"""One kind for each name of a document."""

from __future__ import annotations

import pytest

from tui.text.names.document_vote import elected
from tui.text.names.recogniser import ScoredName

PER, LOC, ORG = (90, 0, 0, 0), (0, 0, 90, 0), (0, 90, 0, 0)
WEAK_LOC = (0, 0, 10, 0)


def labels(language: str, *names: tuple[str, tuple[int, ...]]) -> list[str]:
    text, scored = "", []
    for name, scores in names:
        scored.append(ScoredName(len(text), len(text) + len(name), scores))
        text += f"{name} ; "
    return [mention.label for mention in elected(text, scored, language)]


def test_one_certain_mention_outweighs_several_doubtful_ones() -> None:
    assert labels("en", ("Musk", PER), *[("Musk", WEAK_LOC)] * 5) == ["PER"] * 6


def test_a_full_name_counts_for_the_surname() -> None:
    assert labels("en", ("Ana Costa", PER), ("Costa", WEAK_LOC)) == ["PER", "PER"]


def test_a_surname_that_is_mostly_an_organisation_stays_one() -> None:
    assert labels("en", ("Credit Suisse", ORG), ("Suisse", LOC)) == ["ORG", "LOC"]


@pytest.mark.parametrize(("language", "kind"), [("de", "PER"), ("sv", "PER"), ("en", "LOC"), ("fr", "LOC")])
def test_a_genitive_counts_with_its_name(language: str, kind: str) -> None:
    assert labels(language, ("Merkel", PER), ("Merkels", WEAK_LOC))[1] == kind

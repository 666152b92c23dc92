from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.mentions import Mention
from tui.text.repair import repair


def repaired(text: str, *found: tuple[str, str], language: str = "fr") -> list[tuple[str, str]]:
    """Repair spans given as (text, label), each at its first place after the one before."""
    mentions: list[Mention] = []
    position = 0
    for name, label in found:
        start = text.index(name, position)
        position = start + len(name)
        mentions.append(Mention(start, position, label))
    return [(text[m.start : m.end], m.label) for m in repair(text, mentions, language)]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("Il voit l'Italie.", "l'Italie", ["Italie"]),
        ("Il voit l’Italie.", "l’Italie", ["Italie"]),
        ("Il va jusqu’à d'Ormesson.", "d'Ormesson", ["Ormesson"]),
        ("L'Italie gagne.", "L'Italie", ["Italie"]),
        ("Il dit : L’Italie gagne.", "L’Italie", ["Italie"]),
        ("Il va chez L'Oréal.", "L'Oréal", ["L'Oréal"]),
        ("Il écoute les Beatles.", "les Beatles", ["Beatles"]),
        ("Il dit « Paris » ici.", "« Paris »", ["Paris"]),
        ("Il n’a pas.", "n’", []),
        ("Il voit le chien.", "chien", []),
        ("Le PDG d'Endeavor part.", "PDG d'Endeavor", ["Endeavor"]),
        ("Le fonctionnement d’OpenAI va.", "Le fonctionnement d’OpenAI", ["OpenAI"]),
        ("Le développement de tout va.", "Le développement de tout", []),
        ("Il lit J. R. R. ici.", "J. R. R.", ["J. R. R."]),
        ("Il va à Paris.", "Paris.", ["Paris"]),
        ("Voici laL'influence.", "laL'", []),
    ],
)
def test_bounds(text: str, span: str, expected: list[str]) -> None:
    assert [name for name, _ in repaired(text, (span, "MISC"))] == expected


def test_a_surname_is_a_person_wherever_the_full_name_is_one() -> None:
    text = "Ana Costa parle. Costa rit, puis Costa part."
    assert repaired(text, ("Ana Costa", "PER"), ("Costa", "MISC")) == [
        ("Ana Costa", "PER"),
        ("Costa", "PER"),
        ("Costa", "PER"),
    ]


def test_what_was_overlooked_is_found_again_but_no_word_of_the_language() -> None:
    text = "Voici Trilux et Ligue. Trilux va, la ligue aussi, Ligue aussi."
    names = [name for name, _ in repaired(text, ("Trilux", "ORG"), ("Ligue", "ORG"))]
    assert names == ["Trilux", "Ligue", "Trilux"]


def test_the_document_votes_on_a_label() -> None:
    text = "Trilux, Trilux, Trilux."
    labels = {label for _, label in repaired(text, ("Trilux", "LOC"), ("Trilux", "ORG"), ("Trilux", "ORG"))}
    assert labels == {"ORG"}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Le PDG de Trilux démissionne.", "Trilux", "ORG"),
        ("Il aime Trilux, la société qui monte.", "Trilux", "ORG"),
        ("La chaîne américaine Trilux diffuse.", "Trilux", "ORG"),
        ("Le président Costa parle.", "Costa", "PER"),
        ("Il voit Costa, avocat à Lyon.", "Costa", "PER"),
        ("La ville de Costa brûle.", "Costa", "LOC"),
        ("Le film « Costa » sort.", "Costa", "MISC"),
    ],
)
def test_the_words_beside_a_name_tell_its_label(text: str, name: str, label: str) -> None:
    other = "LOC" if label != "LOC" else "PER"
    assert repaired(text, (name, other)) == [(name, label)]
    assert repaired(text, (name, other), language="it") == [(name, other)]


def test_a_cue_does_not_reach_over_a_line() -> None:
    assert repaired("Le président\nTrilux va.", ("Trilux", "ORG")) == [("Trilux", "ORG")]


def test_a_club_and_its_town_are_one_organisation() -> None:
    text = "Il joue chez les Canucks de Vancouver."
    assert repaired(text, ("Canucks", "MISC"), ("Vancouver", "LOC")) == [("Canucks de Vancouver", "ORG")]


words = st.sampled_from(
    ["Ana", "Costa", "l'Italie", "les", "de", "Lyon", "2015Ana", "«", ".", "PDG d'", "\n", "n’"]
)


@given(st.lists(words, max_size=30).map(" ".join), st.data())
def test_repaired_names_are_sorted_apart_and_inside_lines(text: str, data: st.DataObject) -> None:
    bounds = st.tuples(
        st.integers(0, len(text)), st.integers(1, 12), st.sampled_from(["PER", "ORG", "LOC", "MISC"])
    )
    spans = data.draw(st.lists(bounds, max_size=8))
    mentions = [
        Mention(start, min(len(text), start + size), label)
        for start, size, label in spans
        if "\n" not in text[start : start + size]
    ]
    end = 0
    for mention in repair(text, mentions, "fr"):
        assert end <= mention.start < mention.end <= len(text)
        assert "\n" not in text[mention.start : mention.end]
        assert any(c.isalnum() for c in text[mention.start : mention.end])
        end = mention.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Il voit les Canucks\nde Vancouver.", [("Canucks", "MISC"), ("Vancouver", "LOC")]),
        ("Il voit Trilux,\nla société va.", [("Trilux", "LOC")]),
    ],
)
def test_nothing_reaches_over_a_line(text: str, found: list[tuple[str, str]]) -> None:
    assert repaired(text, *found) == found

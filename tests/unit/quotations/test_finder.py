"""Whose words are quoted, and by whom: the gold passages one by one, and what they leave out."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quotations import Passage, gold_files, read_gold, score
from tui.documents.document import ReadingOptions
from tui.prepare.pipeline import read_articles
from tui.quotations.finder import Candidate, find, find_quotations
from tui.quotations.saying_verbs import LANGUAGES

KNOWN_MISSES = {
    *("de-31", "en-31", "fr-31"),  # a pronoun before the verb is right too seldom to be told
    *("en-36", "es-36", "fr-36", "it-36"),  # a short quotation without a verb, behind one that has it
    *("de-46", "it-46"),  # nobody's verb: `heißt es`, `fanno sapere`
    "de-48",  # two German genitives, of which the second is no genitive
    "es-50",  # `prometió publicar`
    "fr-44",  # a quotation before a colon
    "it-32",  # `in un'intervista la ministra`
}


@cache
def _passages() -> dict[str, tuple[Passage, str]]:
    found: dict[str, tuple[Passage, str]] = {}
    for path in gold_files():
        about, passages = read_gold(path)
        found |= {passage.id: (passage, about.lang) for passage in passages}
    return found


@pytest.mark.parametrize("name", sorted(_passages().keys() - KNOWN_MISSES))
def test_a_passage_is_understood(name: str) -> None:
    assert score(*_passages()[name])[1] == []


@pytest.mark.parametrize("name", sorted(KNOWN_MISSES))
def test_a_known_miss_is_one_still(name: str) -> None:
    assert score(*_passages()[name])[1] != []


def _told(text: str, language: str) -> list[tuple[str, str | None]]:
    """Words and speaker of each quotation."""
    return [
        (text[one.start : one.end], text[slice(*one.speaker)] if one.speaker else None)
        for one in find(text, language)
        if one.kind != "term"
    ]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        ("fr", "« Non », répète le ministre délégué chargé des Comptes.", [("Non", "le ministre délégué")]),
        ("fr", "« Non », dit M. Dupont-Aignan.", [("Non", "M. Dupont-Aignan")]),
        ("fr", "« Non », a dit à l'AFP Jean Duval.", [("Non", "Jean Duval")]),
        ("fr", "« Non », a dit à la presse Jean Duval.", [("Non", "Jean Duval")]),
        ("fr", "« Non merci », dit sa femme, Alice.", [("Non merci", "Alice")]),
        ("fr", "Jean Duval et Anne Roche ont répondu : « Non. »", [("Non.", "Jean Duval et Anne Roche")]),
        ("fr", "Jean Duval, qui préside le club, a répondu : « Non. »", [("Non.", "Jean Duval")]),
        ("fr", "Jean Duval quitte la salle et déclare : « C'est non. »", [("C'est non.", "Jean Duval")]),
        ("fr", "L'avocat de Girard a dit : « Non. »", [("Non.", "L'avocat de Girard")]),
        ("fr", "Paul est venu. Il a répondu : « Non merci. »", [("Non merci.", None)]),
        ("fr", "Paul est venu.\n« Je le savais depuis longtemps. »", [("Je le savais depuis longtemps.", None)]),
        ("fr", "Si Paul gagne, a dit « Le Courrier », tout ira bien.", [("Le Courrier", None)]),
        ("fr", "Je pense que le vin est bon.", []),
        ("fr", "On estime que le vin est bon.", []),
        ("fr", "Le maire n'a pas dit que le vin était bon.", []),
        ("fr", "Le maire a déclaré que « le vin est très bon ».", [("le vin est très bon", "Le maire")]),
        ("fr", "Le maire a déclaré, lui, que le vin était bon.", []),
        ("fr", "Le maire dit que le vin est bon ; il le boit.", [("le vin est bon", "Le maire")]),
        ("fr", "Le maire dit que c'est une « bonne » année.", [("c'est une « bonne » année", "Le maire")]),
        ("fr", "— Oui, dit-il.\n— Non, répondit Anne.", [("Oui", "il"), ("Non", "Anne")]),
        ("fr", "— du pain\n— du vin", []),
        ("en", "“No,” Obama mocked.", [("No,", "Obama")]),
        ("en", "“No,” said Mr. J. P. Morgan.", [("No,", "Mr. J. P. Morgan")]),
        ("en", "“No,” Jane Doe, a lawyer for Apple, said.", [("No,", "Jane Doe")]),
        ("en", "“No!” Jane Doe shouted.", [("No!", "Jane Doe")]),
        ("en", "“We left early that day.” Jane Doe said nothing else.", [("We left early that day.", None)]),
        ("en", "The mayor praised the sources that made this possible.", []),
        ("en", "The mayor told the police that the car was gone.", [("the car was gone", "The mayor")]),
        ("en", "The mayor said it was a good year.", [("it was a good year", "The mayor")]),
        ("en", "I believe that it was a good year.", []),
        ("en", "It was recorded as “Knuck If You Buck” at home.", []),
        ("de", "„Nein“, sagte Frau Gillard.", [("Nein", "Gillard")]),
        ("de", "Federico Fellini hat einmal gesagt: „Nein, danke.“", [("Nein, danke.", "Federico Fellini")]),
        ("de", "Die Polizei teilte mit, der Mann sei tot.", []),
        ("it", "«No», ha detto la Gillard.", [("No", "Gillard")]),
        ("it", "Se vince il suo rivale Rossi, ha detto che «tutto cambierà presto».", [("tutto cambierà presto", None)]),
        ("es", "“No”, dijo el sr. Gillard.", [("No", "sr. Gillard")]),
        ("es", "Se cree que el vino es bueno.", []),
        ("sv", "”Jag vet inte vad vi ska göra nu”, sade Anna.", [("Jag vet inte vad vi ska göra nu", None)]),
        ("sv", "Han köpte en ”smart” bil.", []),
        ("und", "「これはとても長い文章です。」", []),
    ],
)  # fmt: skip
def test_who_says_what(language: str, text: str, told: list[tuple[str, str | None]]) -> None:
    assert _told(text, language) == told


_PIECES = [
    *"«»“”„\"'‘’‚—(),.:;!? \n\u00a0A7é\u202e\x1b[",
    *(
        " dit ",
        "-t-il",
        " said ",
        " Jean Duval ",
        " que ",
        " le maire ",
        " selon ",
        " a déclaré ",
        " sagte ",
        "İ",
    ),
]


@given(st.lists(st.sampled_from(_PIECES), max_size=60).map("".join), st.sampled_from([*LANGUAGES, "sv"]))
def test_whatever_the_text_quotations_lie_in_it_apart(text: str, language: str) -> None:
    found = find(text, language)
    assert all(one.end <= following.start for one, following in pairwise(found))
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        assert one.speaker is None or (0 <= one.speaker[0] < one.speaker[1] <= len(text))
        assert one.kind != "term" or one.speaker is None


@given(st.text(alphabet=st.sampled_from('«» "ab.\n'), max_size=40))
def test_the_article_s_quotations_are_those(text: str) -> None:
    for article in read_articles(f"x {text}".encode(), options=ReadingOptions(language="fr")):
        bounds = [(one.start, one.end) for one in find_quotations(article)]
        found = find(article.text, "fr", article.starts, article.ends)
        assert bounds == [(one.start, one.end) for one in found if one.kind != "term"]


@pytest.mark.parametrize(
    "piece", ['"', '"a"', "«a” ", "'a ", "“x\n", "« a, dit ", "dit ", "a dit que ", "— a, dit X. ", "Selon "]
)
def test_the_work_grows_as_the_text_does(piece: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted in words that are looked at, since a clock says nothing on a busy machine."""
    from tui.quotations import clause

    looked_at = 0
    words_in = clause.words_in

    def counted(text: str, start: int, end: int) -> list[object]:
        nonlocal looked_at
        words = words_in(text, start, end)
        looked_at += len(words) + 1
        return list(words)

    monkeypatch.setattr(clause, "words_in", counted)

    def work(times: int) -> int:
        nonlocal looked_at
        looked_at = 0
        find(piece * times, "fr")
        return looked_at

    assert work(400) <= 3 * work(200) + 50


def test_a_speaker_is_one_line_and_short() -> None:
    [article] = read_articles(
        f"« Non », dit {'Jean ' * 50}.\n\n« Oui », dit Jean Duval.".encode(),
        options=ReadingOptions(language="fr"),
    )
    assert [one.speaker for one in find_quotations(article)] == [None, "Jean Duval"]


def test_terms_are_told_apart() -> None:
    assert find("Une voiture « intelligente ».", "fr") == [Candidate(14, 26, "term", None, True)]

"""What stands between which marks."""

from __future__ import annotations

import pytest

from tui.quotations.marks import QuotedSpan, quoted_spans


def _inner(text: str) -> list[str]:
    return [text[one.start : one.end] for one in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("Il dit : « Non merci » et part.", ["Non merci"]),
        ("Il dit : «\u202fNon merci\u202f» et part.", ["Non merci"]),
        ("He says “no thanks” and goes.", ["no thanks"]),
        ('He says "no thanks" and goes.', ["no thanks"]),
        ("Er sagt „nein danke“ und geht.", ["nein danke"]),
        ("Er sagt „nein danke” und geht.", ["nein danke"]),
        ('Er sagt „nein danke" und geht.', ["nein danke"]),
        ("Er sagt »nein danke« und geht.", ["nein danke"]),
        ("Han säger ”nej tack” och går.", ["nej tack"]),
        ("Er sagt ‚nein danke‘ und geht.", ["nein danke"]),
        ("彼は「はい」と言った。", ["はい"]),
        ("‘I don’t know,’ he says.", ["I don’t know,"]),
        ("'I don't know,' he says.", ["I don't know,"]),
        ("the players’ union of ’68", []),
        ("rock 'n' roll in the '90s, isn't it", []),
        ("the ‘new’ plan of the players’ union", ["new"]),
        ("un po' di caffe' per l'amico", []),
        ("L'eau, c'est la vie", []),
        ('a 27" screen and a 24" one', []),
        ('He said "a 27" screen" today', ["a 27"]),
        ("« Il a dit “non” hier »", ["Il a dit “non” hier"]),
        ("« Il a dit « non » hier »", ["Il a dit « non » hier"]),
        ("“He said ‘no’ twice”", ["He said ‘no’ twice"]),
        ("si vous le souhaitez : « Oui« . Puis « non ».", ["Oui", "non"]),
        ("“Oui« , puis “non”", ["Oui", "non"]),
        ("“Ja“, dann „nein“", ["Ja", "nein"]),
        ("l'offre de Musk:« Non merci »", ["Non merci"]),
        ("(« amicale »)", ["amicale"]),
        ("« »", []),
        ("“...”", []),
        ("fin »", []),
        ("fin” et suite", []),
        ("fin« .", []),
        ("« Un", ["Un"]),
        ("« Un. Puis « deux »", ["Un. Puis", "deux"]),
        ('"Un. Puis "deux"', ["Un. Puis", "deux"]),
        ("« Un.\n\n« Deux. »", ["Un.\n\n« Deux."]),
        ("« Un.\n\n» Deux. »", ["Un.\n\n» Deux."]),
        ("« Un.\nDeux. »\n« Trois »", ["Un.\nDeux.", "Trois"]),
        ("« Un.\nDeux.\nTrois.", ["Un."]),
        ('"Un.\nDeux" trois.', ["Un."]),
        ("", []),
        (" \n ", []),
    ],
)
def test_between_marks(text: str, inner: list[str]) -> None:
    assert _inner(text) == inner


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("« Un »", [True]),
        ("« Un", [False]),
        ("« Un« .", [True]),
        ("« Un\n\n« Deux »", [True]),
        ("« A « B »", [False, True]),
    ],
)
def test_what_was_never_closed_is_told(text: str, closed: bool) -> None:
    assert [one.closed for one in quoted_spans(text)] == closed


def test_marks_and_white_space_are_left_out() -> None:
    assert quoted_spans("a « b » c") == [QuotedSpan(4, 5, 2, 7, True)]


def test_the_end_of_unclosed_words_is_asked_for_once_a_paragraph() -> None:
    asked: list[tuple[int, int]] = []

    def end(start: int, stop: int) -> int | None:
        asked.append((start, stop))
        return None

    quoted_spans("«a\n«b\n«c", end)
    assert sorted(set(asked)) == [(1, 2), (3, 5), (6, 8)]

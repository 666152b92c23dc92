"""What a line of a text is, and what follows for its sentences and paragraphs."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.sentences import split


def laid_out(text: str, layout: str, language: str = "en") -> list[list[str]]:
    """The paragraphs of the text, each with its sentences, line ends shown as blanks."""
    sentences = split(text, language, layout=layout)
    spans = list(zip(sentences.starts, sentences.ends, strict=True))
    bounds = [*sentences.paragraphs, len(spans)]
    return [
        [" ".join(text[start:end].split()) for start, end in spans[first:last]]
        for first, last in pairwise(bounds)
    ]


WRAPPED = [
    ("en", "The mayor spoke on\nMonday. Nobody\nanswered him.\n\nHe left.", [["The mayor spoke on Monday.", "Nobody answered him."], ["He left."]]),
    ("en", "He lives in the U.S.\nSenate district. It\nis large.", [["He lives in the U.S. Senate district.", "It is large."]]),
    ("en", "One.\nTwo.\n \t\nThree\nfour.", [["One.", "Two."], ["Three four."]]),
    ("en", "One\r\ntwo. Three\r\nfour.\r\n\r\nFive.", [["One two.", "Three four."], ["Five."]]),
    ("de", "Der Fluss trat im Okto-\nber über die Ufer. Dr.\nLang half.", [["Der Fluss trat im Okto- ber über die Ufer.", "Dr. Lang half."]]),
    ("fr", "« Pourquoi\npartir ? », demande\nle maire. Rien.", [["« Pourquoi partir ? », demande le maire.", "Rien."]]),
    ("fr", "Le 4 déc.\n2019, il part. Il\nrevient.", [["Le 4 déc. 2019, il part.", "Il revient."]]),
    ("es", "Viven en EE.\nUU. desde ayer.\nNadie lo sabe.", [["Viven en EE. UU. desde ayer.", "Nadie lo sabe."]]),
    ("ru", "Он живёт в г.\nМосква. Она\nнет.", [["Он живёт в г. Москва.", "Она нет."]]),
    ("ja", "町は\n育った。そして\n縮んだ。", [["町は 育った。", "そして 縮んだ。"]]),
    # List items are paragraphs, also where they go on in the next line.
    ("en", "They want:\n- more money\n  for schools\n- fewer cars\n- rain", [["They want:"], ["- more money for schools"], ["- fewer cars"], ["- rain"]]),
    ("en", "Rules.\n1. Go on\nslowly.\n2. Stop.\n3) Rest.", [["Rules."], ["1. Go on slowly."], ["2. Stop."], ["3) Rest."]]),
    ("fr", "Ils veulent :\n• du pain\n• des jeux", [["Ils veulent :"], ["• du pain"], ["• des jeux"]]),
    # What only looks like one is none.
    ("en", "It began in\n1986. What a year it\nwas.", [["It began in 1986.", "What a year it was."]]),
    ("en", "The plan\n- a bold one -\nfailed. All knew.", [["The plan - a bold one - failed.", "All knew."]]),
    ("de", "Der Plan\n– ein kühner –\nscheiterte. Schade.", [["Der Plan – ein kühner – scheiterte.", "Schade."]]),
    # The first line of a paragraph, a heading, a quotation that is indented.
    ("en", "    The mayor\nspoke. He left.\n    Nobody\ncame.", [["The mayor spoke.", "He left."], ["Nobody came."]]),
    ("en", "        The news\nThe mayor spoke\nto all.", [["The news The mayor spoke to all."]]),
    ("en", "             The news\nThe mayor of the town spoke to\nall of us.", [["The news"], ["The mayor of the town spoke to all of us."]]),
    ("it", "Disse:\n    Amo la\n    pioggia.\nPoi uscì.", [["Disse:"], ["Amo la pioggia."], ["Poi uscì."]]),
    # A heading that no blank line parts from the text, and the short last line of a paragraph.
    ("en", "The ferry stops\nThe ferry to the island will stop running in March. About 400\npeople live there.", [["The ferry stops"], ["The ferry to the island will stop running in March.", "About 400 people live there."]]),
    ("fr", "Fin du bac\nLe bac qui relie l’île au continent cessera de circuler en\nmars. Rien d’autre.", [["Fin du bac"], ["Le bac qui relie l’île au continent cessera de circuler en mars.", "Rien d’autre."]]),
    ("de", "Aus für die Fähre\nDie Fähre zur Insel wird im März eingestellt, wie die Reederei\nmitteilte.", [["Aus für die Fähre"], ["Die Fähre zur Insel wird im März eingestellt, wie die Reederei mitteilte."]]),
    ("it", "Il traghetto smetterà di viaggiare a marzo, ha detto la\ncompagnia.\nUn portavoce della compagnia non ha voluto commentare\nnulla.", [["Il traghetto smetterà di viaggiare a marzo, ha detto la compagnia."], ["Un portavoce della compagnia non ha voluto commentare nulla."]]),
    ("en", "See the page of the town at\nhttps://example.org/a/very/long/address/that/is/wider/than/any/line/of/the/text\nfor more. It is long.", [["See the page of the town at https://example.org/a/very/long/address/that/is/wider/than/any/line/of/the/text for more.", "It is long."]]),
    # The header of a mail, and what it quotes.
    ("en", "From: Ann <ann@example.org>\nTo: Bob <bob@example.org>\nSubject: The ferry\n\nNo news\ntoday.", [["From: Ann <ann@example.org>"], ["To: Bob <bob@example.org>"], ["Subject: The ferry"], ["No news today."]]),
    ("de", "Von: Anna\nAn: Bernd\nBetreff: Die Fähre\n\nNichts\nNeues.", [["Von: Anna"], ["An: Bernd"], ["Betreff: Die Fähre"], ["Nichts Neues."]]),
    ("fr", "> Rien de\n> neuf ?\nNon, rien du\ntout.", [["> Rien de > neuf ?"], ["Non, rien du tout."]]),
    ("en", "A line\u2028goes on.\u2029A new\u2028one.", [["A line goes on."], ["A new one."]]),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "expected"), WRAPPED)
def test_a_wrapped_paragraph_runs_to_a_blank_line_or_a_block(
    language: str, text: str, expected: list[list[str]]
) -> None:
    assert laid_out(text, "wrapped", language) == expected


LINES = [
    ("Dr. Reed spoke. He left.\nNobody came", [["Dr. Reed spoke. He left.", "Nobody came"]]),
    ("One\n\nTwo\nThree\n \nFour\n", [["One"], ["Two", "Three"], ["Four"]]),
    ("\n\n  One  \n…\nTwo!", [["One", "…", "Two!"]]),
    ("« Oui. »\n« Non. Jamais. »", [["« Oui. »", "« Non. Jamais. »"]]),
    ("町は育った。縮んだ。\n終わり", [["町は育った。縮んだ。", "終わり"]]),
    ("One\u2028two\u2029three", [["One", "two"], ["three"]]),
    ("One\r\ntwo\r\n\r\nthree", [["One", "two"], ["three"]]),
    ("12\n- 3", [["12", "- 3"]]),
    ("(a) One. (b) Two.\n(c)", [["(a) One. (b) Two.", "(c)"]]),
    ("", []),
]


@pytest.mark.parametrize(("text", "expected"), LINES)
@pytest.mark.parametrize("language", ["en", "fr", "ja", "und"])
def test_a_line_is_a_sentence(text: str, expected: list[list[str]], language: str) -> None:
    assert laid_out(text, "lines", language) == expected


def test_an_unknown_layout_is_refused() -> None:
    with pytest.raises(ValueError, match="use paragraphs, wrapped or lines"):
        split("One.", "en", layout="verse")


PIECES = st.sampled_from(
    [*" \n\t\r.!?…«»-•\u2028\u2029\f", "\n\n", "1. ", "    ", "Il", "un", "é", "。", "[1]"]
)


@given(st.lists(PIECES, max_size=60).map("".join), st.sampled_from(["wrapped", "lines"]))
def test_spans_are_stripped_in_order_and_leave_nothing_out(text: str, layout: str) -> None:
    sentences = split(text, "fr", layout=layout)
    position = 0
    for start, end in zip(sentences.starts, sentences.ends, strict=True):
        assert position <= start < end
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        position = end
    assert not text[position:].strip()
    assert sentences.paragraphs == sorted(set(sentences.paragraphs))
    assert sentences.paragraphs[:1] == [0][: len(sentences)]
    for first in sentences.paragraphs[1:]:
        gap = text[sentences.ends[first - 1] : sentences.starts[first]]
        assert re.search("[\n\u2028\u2029]", gap)


@pytest.mark.parametrize("layout", ["wrapped", "lines"])
def test_a_long_text_in_pieces_has_the_paragraphs_of_its_whole(
    monkeypatch: pytest.MonkeyPatch, layout: str
) -> None:
    text = "The mayor\nspoke. He\nleft.\n\nNobody\ncame.\n" * 30
    whole = split(text, "en", layout=layout)
    monkeypatch.setattr("tui.text.cores._PIECE", 100)
    assert split(text, "en", layout=layout) == whole

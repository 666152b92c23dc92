"""The corrected reading: nothing of the text is lost, whatever is corrected."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.model.annotation import Annotation, Span
from tui.session.corrected_text import corrected, pieces

TEXT = "Un été à Rome, 😀 dit-il."

SPANS = st.lists(
    st.builds(
        lambda start, length, correction: Span(
            id="s",
            start=start,
            end=min(len(TEXT), start + length),
            text=TEXT[start : start + length],
            severity="minor",
            correction=correction,
        ),
        st.integers(0, len(TEXT)),
        st.integers(0, 8),
        st.sampled_from([None, "", "X", "YY"]),
    ),
    max_size=8,
)


@given(SPANS, st.integers(0, len(TEXT)))
def test_what_is_kept_and_deleted_is_the_text(spans: list[Span], cut: int) -> None:
    """Also where corrections overlap, as none that is made here does."""
    found = list(pieces(TEXT, 0, len(TEXT), spans, "fr"))
    assert "".join(piece.text for piece in found if piece.kind != "inserted") == TEXT
    for piece in found:
        if piece.kind != "inserted":
            assert TEXT[piece.start : piece.start + len(piece.text)] == piece.text
    assert [piece.start for piece in found] == sorted(piece.start for piece in found)


def test_of_two_corrections_that_overlap_the_first_is_made() -> None:
    spans = [
        Span(id="b", start=4, end=8, text="té à", severity="minor", correction="B"),
        Span(id="a", start=0, end=6, text="Un été", severity="minor", correction="A"),
    ]
    read = [piece.text for piece in pieces(TEXT, 0, 14, spans, "fr") if piece.kind != "deleted"]
    assert read == ["A", " à Rome,"]


def test_an_insertion_before_and_one_behind_a_correction_stay_where_they_are() -> None:
    spans = [
        Span(id="a", start=3, end=6, text="été", severity="minor", correction="hiver"),
        Span(id="b", start=3, end=3, text="", severity="minor", correction="long "),
        Span(id="c", start=6, end=6, text="", severity="minor", correction=" gris"),
    ]
    read = [piece.text for piece in pieces(TEXT, 0, 13, spans, "fr") if piece.kind != "deleted"]
    assert "".join(read) == "Un long hiver gris à Rome"


NARROW = "\u202f"


def corrected_with(marked: str, *corrections: str, language: str) -> str:
    """The corrected text: `|` is an omission, `[words]` are replaced or deleted."""
    text, spans = "", list[Span]()
    answers = iter(corrections)
    for part in re.split(r"(\||\[[^\]]*\])", marked):
        if part == "|" or part.startswith("["):
            words = part[1:-1]
            spans.append(span_on(text + words, len(text), len(spans), next(answers)))
            text += words
        else:
            text += part
    return read(text, spans, language)


def span_on(text: str, start: int, number: int, correction: str) -> Span:
    words = text[start:]
    return Span(
        id=f"s{number}", start=start, end=len(text), text=words, severity="minor", correction=correction
    )


def read(text: str, spans: Sequence[Span], language: str) -> str:
    found = pieces(text, 0, len(text), spans, language)
    assert "".join(piece.text for piece in found if piece.kind != "inserted") == text
    return "".join(piece.text for piece in found if piece.kind != "deleted")


@pytest.mark.parametrize(
    ("language", "marked", "corrections", "expected"),
    [
        ("fr", "Que |dirige Paul.", ["elle"], "Que elle dirige Paul."),
        ("fr", "Que |dirige Paul.", ["elle "], "Que elle dirige Paul."),
        ("fr", "de |entreprise", ["l'"], "de l'entreprise"),
        ("fr", "Un mot |suite", [","], "Un mot, suite"),
        ("fr", "Un mot |suite", [", "], "Un mot, suite"),
        ("fr", "Un mot| suite", [","], "Un mot, suite"),
        ("fr", "Un mot |suite", [";"], f"Un mot{NARROW}; suite"),
        ("fr", f"Il dit{NARROW}|!", ["oui"], f"Il dit oui{NARROW}!"),
        ("fr", "Il part|.", ["tôt"], "Il part tôt."),
        ("fr", "|Paul part.", ["Oui,"], "Oui, Paul part."),
        ("fr", "Paul part|", ["demain"], "Paul part demain"),
        ("fr", "un ac|ord", ["c"], "un accord"),
        ("fr", "de [l']hausse", ["la"], "de la hausse"),
        ("fr", "de [la] entreprise", ["l'"], "de l'entreprise"),
        ("fr", "des [mot ]ici", ["mots"], "des mots ici"),
        ("fr", "la soci[è]té", ["é"], "la société"),
        ("fr", "un mot[,] suite", [";"], f"un mot{NARROW}; suite"),
        ("fr", f"un mot{NARROW}[;] suite", [","], "un mot, suite"),
        ("fr", f"un [mot]{NARROW}! Oui", [""], f"un{NARROW}! Oui"),
        ("fr", "un [mot] de", [""], "un de"),
        ("fr", "[Mot] de", [""], "de"),
        ("fr", "un de [mot].", [""], "un de."),
        ("fr", "un mot[,]de", [""], "un mot de"),
        ("fr", "des mot[s] ici", [""], "des mot ici"),
        ("fr", "un [grand] [petit], mot", ["", ""], "un, mot"),
        ("fr", "un [grand] [petit] mot", ["", "beau"], "un beau mot"),
        ("fr", "un |[grand] mot", ["très", "petit"], "un très petit mot"),
        ("fr", "M.\u00a0[Musc] part", ["Musk"], "M.\u00a0Musk part"),
        ("fr", "Il dit |Non »", ["«"], "Il dit « Non »"),
        ("fr", f"Il dit «{NARROW}Non |.", ["»"], f"Il dit «{NARROW}Non{NARROW}»."),
        ("fr", "un mot\n|suite", [","], "un mot,\nsuite"),
        ("en", "The dog |house", ["'s"], "The dog's house"),
        ("en", "I do |know", ["n't"], "I don't know"),
        ("en", 'He said |No".', ['"'], 'He said "No".'),
        ("en", "He (the man |left", [")"], "He (the man) left"),
        ("en", "a well |known man", ["-"], "a well-known man"),
        ("en", "a |known man", ["well-"], "a well-known man"),
        ("en", "a man |a plan", ["—"], "a man — a plan"),
        ("en", "a man[—]a plan", [""], "a man a plan"),
        ("de", "Er sagt: |Nein“.", ["„"], "Er sagt: „Nein“."),
        ("de", "Er sagt: „Nein |, dass", ["“"], "Er sagt: „Nein“, dass"),
        ("de", "Er sagt »Nein |.", ["«"], "Er sagt »Nein«."),
        ("de", "Er [oft] sagt", [""], "Er sagt"),
        ("es", "Dijo: |Qué?", ["¿"], "Dijo: ¿Qué?"),
        ("es", "Dijo: ¿Qué |Sí", ["?"], "Dijo: ¿Qué? Sí"),
        ("it", "un |di pane", ["po'"], "un po' di pane"),
        ("zh", "他|说。", ["也"], "他也说。"),
        ("zh", "他[也]说。", [""], "他说。"),
        ("zh", "他使用 [ChatGPT] 进行。", [""], "他使用进行。"),
        ("zh", "他使用|进行。", ["ChatGPT"], "他使用ChatGPT进行。"),
        ("zh", "他说|好", ["，"], "他说，好"),
        ("zh", "他说：“好。”|然后", ["GPT"], "他说：“好。”GPT然后"),
        ("ja", "彼は|言う」", ["「"], "彼は「言う」"),
        ("th", "เขา|ว่า", ["พูด"], "เขาพูดว่า"),
        ("ar", "قال |الرجل", ["هذا"], "قال هذا الرجل"),
    ],
)
def test_a_correction_gets_the_blanks_that_it_needs(
    language: str, marked: str, corrections: list[str], expected: str
) -> None:
    assert corrected_with(marked, *corrections, language=language) == expected


SENTENCES = {
    "fr": (
        f"Elle dirige l'entreprise depuis dix ans, mais elle n'a rien dit{NARROW}; il attend{NARROW}!",
        f"Le porte-parole a répondu{NARROW}: «{NARROW}Nous n'irons pas à l'école (demain).{NARROW}» Qui le sait{NARROW}?",
    ),
    "en": (
        'The well-known man said: "We don\'t know, sir." He left (again); why?',
        "It’s the dog’s house, isn’t it? “No,” she said, “never!”",
    ),
    "de": (
        "Der Mann sagte: „Wir wissen es nicht“, und ging (wieder) fort; warum?",
        "Er kaufte »zwei Bücher«, drei Hefte und 5 Stifte.",
    ),
    "es": ("¿Qué dijo el hombre? ¡Nada! Dijo: «No lo sé», y se fue (otra vez); punto.",),
    "it": ("Un po' di pane, dell'acqua e l'uovo; perché? «Non lo so», disse (ieri).",),
    "zh": ("他说：“我们不知道，先生。”然后他（又）离开了；为什么？", "公司在2020年使用了新的方法，很好！"),
    "ja": ("彼は「知らない」と言った。そして、帰った（また）！",),
}
_UNSPACED = {"zh", "ja"}
_TOKEN = re.compile(r"[^\W\d_]+['’](?=\w)|\w+(?:[-'’]\w+)*|[^\w\s]")
_BLANKS = " \u202f"


@st.composite
def tokens(draw: st.DrawFn) -> tuple[str, str, int, int]:
    """A language, a sentence, and the bounds of a word or mark in it."""
    language = draw(st.sampled_from(sorted(SENTENCES)))
    sentence = draw(st.sampled_from(SENTENCES[language]))
    start, end = draw(st.sampled_from([match.span() for match in _TOKEN.finditer(sentence)]))
    if language in _UNSPACED:
        start = draw(st.integers(start, end - 1))
        end = draw(st.integers(start + 1, end))
    return language, sentence, start, end


@settings(max_examples=200)
@given(tokens(), st.booleans(), st.sampled_from(["", " "]))
def test_a_missing_word_that_is_put_back_gives_the_sentence(
    token: tuple[str, str, int, int], is_after_the_gap: bool, typed: str
) -> None:
    """Wherever in the gap the omission was marked, and with or without a blank that was typed after the word."""
    language, sentence, start, end = token
    left, right = sentence[:start].rstrip(_BLANKS), sentence[end:].lstrip(_BLANKS)
    before, after = sentence[len(left) : start], sentence[end : len(sentence) - len(right)]
    gap = (after if right[:1] in ";:!?».,)" else before or after) if left and right else ""
    offset = len(left) + (len(gap) if is_after_the_gap else 0)
    correction = sentence[start:end] + (typed if language not in _UNSPACED else "")
    text = left + gap + right
    assert read(text, [span_on(text[:offset], offset, 0, correction)], language) == sentence


@settings(max_examples=200)
@given(tokens())
def test_a_deleted_word_leaves_no_blank_too_many(token: tuple[str, str, int, int]) -> None:
    language, sentence, start, end = token
    shown = read(sentence, [span_on(sentence[:end], start, 0, "")], language)
    assert not re.search(r"[ \u202f]{2}|[ \u202f][.,)\]]|[(\[¿¡][ \u202f]|\A[ \u202f]|[ \u202f]\Z", shown)
    if start and sentence[start - 1] in _BLANKS and sentence[end : end + 1] == " " and language != "fr":
        assert shown.count(" ") >= sentence.count(" ") - 2


@given(tokens())
def test_a_correction_that_says_the_same_changes_nothing(token: tuple[str, str, int, int]) -> None:
    language, sentence, start, end = token
    assert read(sentence, [span_on(sentence[:end], start, 0, sentence[start:end])], language) == sentence


def test_a_sentence_that_is_deleted_takes_its_blank_along() -> None:
    text = "Un été. Un hiver. Un soir."
    annotations = [
        Annotation(
            segmentation=1,
            start=8,
            end=17,
            text=text[8:17],
            spans=(span_on(text[:17], 8, 0, ""),),
            created_at="0",
            updated_at="0",
        )
    ]
    assert corrected(text, annotations, "fr") == "Un été. Un soir."

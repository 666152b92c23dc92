"""The keys that are made of what is meant, where the sample's own script has no such case."""

from __future__ import annotations

import pytest

from bench.intent import Meant, MeantQuote, MeantSpan
from bench.typist import Act, Typist
from tui.model.article import Article
from tui.settings import scheme_file as scheme

ERROR = ("translation_error",)


def acts(article: Article, *, spans: list[MeantSpan], quotes: list[MeantQuote] | None = None) -> list[Act]:
    said = Meant(0, ERROR if spans else (), False, "", spans, quotes or [])
    return list(Typist(article, scheme.load(), ["Elon Musk"]).acts([said]))


def span(article: Article, words: str, category: str = "grammar", **more: object) -> MeantSpan:
    start = article.text.index(words)
    said = {"severity": "minor", "correction": None, "note": "", **more}
    return MeantSpan(start, start + len(words), category, **said)  # type: ignore[arg-type]


def test_an_omission_is_pointed_at_by_the_word_behind_it(plain_sample: Article) -> None:
    place = plain_sample.text.index("Trump")
    omission = MeantSpan(place, place, "omission", "major", None, "")
    [marked, decided] = acts(plain_sample, spans=[omission])
    assert marked.purpose == "span"
    assert marked.keys[0] == "e"
    assert list(marked.keys[-2:]) == ["space", "M"]
    assert decided.keys == ["t"]


def test_what_ends_inside_a_word_is_trimmed_and_counted_apart(plain_sample: Article) -> None:
    [marked, trimmed, _] = acts(plain_sample, spans=[span(plain_sample, "rump La quer")])
    assert len(marked.keys) == 5
    assert (trimmed.purpose, trimmed.keys) == ("trim", [")", *"[[[["])


def test_only_the_same_severity_and_category_directly_before_is_repeated(plain_sample: Article) -> None:
    said = [
        span(plain_sample, "Sous"),
        span(plain_sample, "yeux"),
        span(plain_sample, "Trump", "spelling"),
        span(plain_sample, "La", "spelling", severity="major"),
        span(plain_sample, "Elon", "spelling", severity="major"),
    ]
    purposes = [act.purpose for act in acts(plain_sample, spans=said)]
    assert purposes == ["span", "repeat", "span", "span", "repeat", "decide"]


def test_a_correction_keeps_what_is_the_same_at_the_beginning(plain_sample: Article) -> None:
    [_, corrected, _] = acts(plain_sample, spans=[span(plain_sample, "querelle", correction="querelles")])
    assert corrected.keys == ["=", "end", "s", "enter"]
    [_, corrected, _] = acts(plain_sample, spans=[span(plain_sample, "querelle", correction="")])
    assert corrected.keys == ["=", "backspace", "enter"]


@pytest.mark.parametrize(
    ("speaker", "keys"), [("Elon Musk", ["1"]), ("", ["0"]), ("Ana", ["/", *"Ana", "enter"])]
)
def test_a_speaker_is_chosen_or_typed(plain_sample: Article, speaker: str, keys: list[str]) -> None:
    start = plain_sample.text.index("Trump")
    quote = MeantQuote(start, start + len("Trump La"), speaker, None, True)
    [quoted, _] = acts(plain_sample, spans=[], quotes=[quote])
    assert quoted.keys[0] == "p"
    assert list(quoted.keys[-len(keys) :]) == keys


def test_errors_without_their_tag_cannot_be_meant(plain_sample: Article) -> None:
    said = Meant(0, ("fact",), False, "", [span(plain_sample, "Trump")], [])
    with pytest.raises(ValueError, match="not the error tag"):
        list(Typist(plain_sample, scheme.load(), []).acts([said]))

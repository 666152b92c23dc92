"""All detectors together: what a hint always is, and what they find in the sample."""

from __future__ import annotations

import ast
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui import hints as hints_package
from tui.documents.document import Document, ReadingOptions
from tui.hints.find import find_all, find_hints, parts
from tui.hints.function_words import FUNCTION_WORDS
from tui.hints.lexicon import LANGUAGES
from tui.hints.registry import BY_NAME, DETECTORS
from tui.model.article import Article
from tui.model.hint import Hint
from tui.prepare.pipeline import prepare_text
from tui.quotations.finder import find_quotations
from tui.settings import scheme_file as scheme

GOLD = Path(__file__).parents[2] / "gold"


def article_of(text: str, language: str) -> Article:
    return prepare_text(Document(text=text), source="a.txt", options=ReadingOptions(language=language))


def gold(name: str) -> list[dict[str, object]]:
    lines = (GOLD / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def sample() -> Article:
    [record] = gold("sample.sent.jsonl")
    return article_of(str(record["text"]), "fr")


def test_names_are_of_their_own_and_categories_of_the_scheme() -> None:
    news = scheme.load()
    assert len(BY_NAME) == len(DETECTORS)
    for detector in DETECTORS:
        assert re.fullmatch(r"[a-z-]+", detector.name)
        assert detector.category in {category.id for category in news.categories}
        assert detector.severity in {severity.id for severity in news.severities}
        assert 0 < detector.confidence <= 1


def test_every_language_with_tables_has_most_detectors_and_any_other_the_free_ones() -> None:
    for language in LANGUAGES:
        assert sum(detector.knows(language) for detector in DETECTORS) >= 11
    free = {detector.name for detector in DETECTORS if detector.knows("sw")}
    assert free == {"placeholder", "glued", "unbalanced", "punctuation", "names"}


def test_every_gold_error_of_form_lexicon_and_document_is_hinted(sample: Article) -> None:
    hints = find_hints(sample)
    errors = [
        error for error in gold("sample.errors.jsonl") if error["reach"] in {"form", "lexicon", "document"}
    ]
    assert len(errors) == 27
    missed = [error["text"] for error in errors if not any(overlap(hint, error) for hint in hints)]
    assert missed == []


def test_of_twenty_hints_nineteen_lie_on_a_gold_error(sample: Article) -> None:
    hints = find_hints(sample)
    errors = gold("sample.errors.jsonl")
    right = sum(any(overlap(hint, error) for error in errors) for hint in hints)
    assert right >= 0.95 * len(hints)


def overlap(hint: Hint, error: dict[str, object]) -> bool:
    start, end = error["start"], error["end"]
    assert isinstance(start, int)
    assert isinstance(end, int)
    return hint.start < end and start < hint.end


def test_no_rule_knows_the_samples_names(sample: Article) -> None:
    """With every name replaced by an invented one, each sentence has the same hints of the same detectors."""
    [record] = gold("sample.ner.jsonl")
    text, found = str(record["text"]), record["entities"]
    assert isinstance(found, list)
    words = {
        word
        for start, end, label in found
        if label in {"PER", "ORG", "LOC", "MISC"}
        for word in re.findall(r"[^\W\d_]+", text[start:end])
        if word[0].isupper() or word[1:2].isupper()
    }
    renamed = text
    for number, word in enumerate(sorted(words, key=len, reverse=True)):
        renamed = re.sub(rf"(?<![^\W\d_]){word}(?![^\W\d_])", invented(number, word), renamed)
    assert not any(
        re.search(rf"(?<![^\W\d_]){word}(?![^\W\d_])", renamed) for word in ("Musk", "Altman", "OpenAI")
    )
    assert counted(article_of(renamed, "fr")) == counted(sample)


def test_no_rule_has_a_name_of_the_sample_in_it() -> None:
    """Nor one of the passages: what is a string and no docstring in the rules, and in the lists made by hand."""
    folder = Path(hints_package.__file__).parent
    in_rules = {
        word.lower()
        for path in folder.rglob("*.py")
        for string in strings(ast.parse(path.read_text(encoding="utf-8")))
        for word in re.findall(r"[^\W\d_]{3,}", string)
    }
    [record] = gold("sample.ner.jsonl")
    text, found = str(record["text"]), record["entities"]
    assert isinstance(found, list)
    names = {
        word for start, end, label in found if label in {"PER", "ORG"} for word in named(text[start:end])
    }
    for passage in passages():
        names |= {error["text"] for error in passage["errors"] if error["family"] in {"name", "glued"}}
    assert len(names) > 40
    assert {name for name in names if name.lower() in in_rules} <= FUNCTION_WORDS["fr"]


def named(words: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]{3,}", words) if word[0].isupper()]


def strings(tree: ast.Module) -> Iterator[str]:
    """All strings but docstrings."""
    bodies = [
        node.body for node in ast.walk(tree) if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
    ]
    told = {id(line.value) for body in bodies for line in body if isinstance(line, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


def passages() -> list[dict[str, Any]]:
    return gold("heldout.errors.jsonl")[1:]


def test_the_passages_say_where_their_errors_are() -> None:
    assert len(passages()) == 12
    for passage in passages():
        places = [(error["start"], error["end"]) for error in passage["errors"]]
        assert places == sorted(places)
        for error in passage["errors"]:
            assert passage["text"][error["start"] : error["end"]] == error["text"] != error["right"]


@pytest.mark.parametrize(("half", "least"), [("tune", 65), ("held", 60)])
def test_most_errors_of_the_passages_are_hinted_and_nothing_else(half: str, least: int) -> None:
    hinted = hints = right = 0
    for passage in passages():
        if passage["half"] != half:
            continue
        found = find_hints(article_of(passage["text"], passage["lang"]))
        hinted += sum(any(overlap(hint, error) for hint in found) for error in passage["errors"])
        right += sum(any(overlap(hint, error) for error in passage["errors"]) for hint in found)
        hints += len(found)
        mended = passage["text"]
        for error in reversed(passage["errors"]):
            mended = mended[: error["start"]] + error["right"] + mended[error["end"] :]
        assert find_hints(article_of(mended, passage["lang"])) == []
    assert hinted >= least
    assert right >= 0.95 * hints


def test_a_sentence_a_line_leaves_quotations_whole() -> None:
    for passage in passages():
        text = passage["text"]
        for error in reversed(passage["errors"]):
            text = text[: error["start"]] + error["right"] + text[error["end"] :]
        article = article_of(text, passage["lang"])
        lines = [text[start:end] for start, end in zip(article.starts, article.ends, strict=True)]
        hints = find_hints(article_of("\n".join(lines), passage["lang"]))
        assert [hint for hint in hints if hint.detector == "unbalanced"] == []


def invented(number: int, word: str) -> str:
    """A name with a vowel or a consonant at its start, as the other has."""
    first = "A" if word[0].lower() in "aeiouhé" else "K"
    return f"{first}{'bdfglmnprt'[number % 10]}o{'bdfglmnprt'[number // 10]}uvax"


def counted(article: Article) -> Counter[tuple[int, str]]:
    """Hints by sentence and detector, without the detector that is about names."""
    return Counter(
        (article.sentence_at(hint.start), hint.detector)
        for hint in find_hints(article)
        if hint.detector != "names"
    )


def test_the_id_survives_a_new_preparation_and_tells_places_apart() -> None:
    text = "Il a a dit. Il a a fait."
    first, second = find_hints(article_of(text, "fr"))
    again, _ = find_hints(msgspec.structs.replace(article_of(text, "fr"), id="other", segmentation=2))
    assert first == again
    assert first.id != second.id
    [elsewhere] = find_hints(article_of("Il a a dit.", "fr"))
    assert (elsewhere.start, elsewhere.end) == (first.start, first.end)
    assert elsewhere.id != first.id


@pytest.mark.parametrize("language", ["fr", "it", "en", "es", "de", "sw"])
def test_a_short_text_of_nothing_has_no_hint(language: str) -> None:
    for text in ("a", "«", "Le", "1", "(", "l'"):
        hints = find_hints(article_of(text, language))
        assert all(hint.detector == "unbalanced" for hint in hints)


PIECES = st.sampled_from(
    [
        "le",
        "la",
        "les",
        "de",
        "que",
        "il",
        "Il",
        "a",
        "a",
        "avoir",
        "un",
        "société",
        "«",
        "»",
        "“",
        "”",
        '"',
        "(",
        ")",
        ".",
        ",",
        ";",
        ":",
        "2015",
        "Musk",
        "XNUMX",
        "l'",
        "d’",
        "\n",
        "-",
        "à",
        "y",
        "e",
        "14,30h",
        "the",
    ]
)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=5), max_size=30), st.sampled_from(["fr", "it", "en", "es", "de", "sw"])
)
def test_any_text_has_hints_in_order_each_within_a_sentence(pieces: list[str], language: str) -> None:
    article = article_of(" ".join(["x", *pieces]), language)
    hints = find_hints(article)
    assert [hint.start for hint in hints] == sorted(hint.start for hint in hints)
    assert len({hint.id for hint in hints}) == len(hints)
    for hint in hints:
        sentence = article.sentence_at(hint.start)
        assert article.starts[sentence] <= hint.start < hint.end <= article.ends[sentence]
        assert 0 < hint.confidence <= 1
        assert "\n" not in hint.reason


def test_addresses_are_left_alone(hints_of: Callable[..., list[Hint]]) -> None:
    assert hints_of("See http://www.thecompany.com/a,b;c and x.Yz@theplan.org today.", "en") == []


def test_a_long_article_in_parts_has_the_hints_of_its_whole(
    monkeypatch: pytest.MonkeyPatch, sample: Article
) -> None:
    whole = find_hints(sample)
    monkeypatch.setattr("tui.hints.find._PART", 5)
    assert find_hints(sample) == whole


@pytest.mark.parametrize("long", [0, 10**9])
def test_hints_and_quotations_are_the_same_side_by_side(
    monkeypatch: pytest.MonkeyPatch, sample: Article, long: int
) -> None:
    hints, quotations = find_hints(sample), find_quotations(sample)
    assert hints
    assert quotations
    monkeypatch.setattr("tui.hints.find._PART", 5)
    monkeypatch.setattr("tui.text.cores.LONG", long)
    told: list[float] = []
    assert find_all(sample, told.append) == (hints, quotations)
    assert told == sorted(told)
    assert (len(told) > 3, round(told[-1], 9)) == (True, 1)


@pytest.mark.parametrize(
    "text",
    [
        "a-" * 50_000,
        "a@" * 50_000,
        "aaA" + "b" * 100_000 + "1",
        "1 " * 50_000 + "million",
        "(" * 50_000 + "»" * 50_000,
        "« " * 50_000,
        "a. " + "b" * 100_000 + ".c",
        "Aaaa" * 25_000,
        " " * 50_000 + ",",
        "{{" * 50_000,
        "le la " * 20_000,
    ],
)
def test_no_text_takes_for_ever(text: str) -> None:
    """It would be hours where a rule's time grows with the square of the text's length."""
    article = msgspec.structs.replace(
        article_of("Il est.", "fr"), text=f"x {text}", starts=[0], ends=[len(text) + 2], paragraphs=[0]
    )
    find_hints(article)


def lines_article(text: str, language: str) -> Article:
    """The text as one sentence a line, with paragraphs between blank lines."""
    starts: list[int] = []
    ends: list[int] = []
    paragraphs: list[int] = []
    offset, is_first = 0, True
    for line in text.split("\n"):
        if line:
            if is_first:
                paragraphs.append(len(starts))
            starts.append(offset)
            ends.append(offset + len(line))
        is_first = not line
        offset += len(line) + 1
    return msgspec.structs.replace(
        article_of(text, language), layout="lines", starts=starts, ends=ends, paragraphs=paragraphs
    )


@pytest.mark.parametrize(
    ("language", "text", "marks"),
    [
        ("fr", "« Oui.\nNon.\n« Rien », dit-il.\nPeut-être.\nDemain. »\nIl part.", []),
        ("en", 'He said: "Yes.\nNo.\nIt was "fine" here.\nWe will see.\nTomorrow."\nHe left.', []),
        ("de", "Er sagte: „Ja.\nNein.\nEs war „gut“ hier.\nMal sehen.\nMorgen.“\nEr ging.", []),
        ("es", "«Sí.\nNo.\nEra «bueno» aquí.\nYa veremos.\nMañana», dijo.", []),
        ("it", "“Sì.\nNo.\nDisse “niente” qui.\nVedremo.\nDomani”, disse.", []),
        ("fr", "« Oui.\nNon.\n\nRien.\nDemain. »\nIl part.", ["«", "»"]),
        ("en", 'He said: "Yes.' + "\nIt rained." * 12 + '\nTomorrow."', ['"', '"']),
        ("en", "He said (yes.\nNever) and left.", ["(", ")"]),
        ("en", "Tomorrow.”\nHe said: “Yes.", ["”", "“"]),
        ("fr", "Il dit « oui.\nIl pleut.", ["«"]),
    ],
)
def test_a_quotation_may_span_lines_that_are_sentences(language: str, text: str, marks: list[str]) -> None:
    found = find_hints(lines_article(text, language), [BY_NAME["unbalanced"]])
    assert [text[hint.start : hint.end] for hint in found] == marks


def test_many_lines_without_a_blank_one_are_searched_in_parts() -> None:
    line = "This is a sentence of the text.\n"
    text = line * 2500 + "They walked to the the harbour.\n" + line * 2499
    article = lines_article(text, "en")
    assert [len(part) for part in parts(article)] == [2000, 2000, 1000]
    [hint] = find_hints(article, [BY_NAME["doubled"]])
    assert "the the" in text[hint.start - 4 : hint.end + 4]


def wrapped_article(text: str, language: str) -> Article:
    """The text as one hard-wrapped paragraph of one sentence."""
    return msgspec.structs.replace(
        article_of(text, language), layout="wrapped", starts=[0], ends=[len(text)], paragraphs=[0]
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "He said “yes and\nno” and left."),
        ("fr", "Il a dit « oui\net non » hier."),
        ("de", "Er sagte „ja\nund nein“ und ging."),
        ("es", "Dijo «sí\ny no» ayer."),
    ],
)
def test_of_wrapped_text_hints_and_quotations_see_paragraphs(language: str, text: str) -> None:
    assert find_hints(wrapped_article(text, language), [BY_NAME["unbalanced"]]) == []
    doubled = text.replace("and\n", "and\nand ")
    if language == "en":
        [hint] = find_hints(wrapped_article(doubled, "en"), [BY_NAME["doubled"]])
        assert "and" in doubled[hint.start : hint.end]


def test_a_quotation_of_wrapped_text_goes_over_its_line_ends() -> None:
    text = "“The council has not decided anything about the\nnew harbour,” Ann Miller said\non Monday."
    [quotation] = find_quotations(wrapped_article(text, "en"))
    assert text[quotation.start : quotation.end].startswith("The council has not decided")
    assert quotation.closed
    assert quotation.speaker == "Ann Miller"

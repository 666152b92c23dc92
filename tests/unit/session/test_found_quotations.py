"""What the reader offers of the quotations that preparation found."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import msgspec
import pytest

from tui.documents.document import ReadingOptions
from tui.model.annotation import Annotation, Quote
from tui.model.article import Article
from tui.model.quotation import Quotation, all_quotations, quotation_blocks, quotations_between
from tui.prepare.pipeline import read_articles
from tui.quotations.finder import find_quotations
from tui.session.found_quotations import found_quotation, found_speaker, quotation_to_mark
from tui.session.prompts.prompt import speaker_question
from tui.session.session import Session

TEXT = "« Oui », dit Duval. Une voiture « intelligente » passe. « Non », dit Anne Roche, « jamais ».\n"


@pytest.fixture
def article() -> Article:
    [found] = read_articles(TEXT.encode(), options=ReadingOptions(language="fr"))
    return msgspec.structs.replace(found, quotation_blocks=quotation_blocks(find_quotations(found)))


def _marked(article: Article, *bounds: tuple[int, int]) -> Annotation:
    quotes = (
        Quote(id=str(place), start=start, end=end, text=article.text[start:end])
        for place, (start, end) in enumerate(bounds)
    )
    return Annotation(
        segmentation=1, start=0, end=1, text="", quotes=tuple(quotes), created_at="", updated_at=""
    )


def _offered(article: Article, sentence: int, said: Annotation | None = None) -> str | None:
    place = quotation_to_mark(article, sentence, said)
    return article.text[slice(*place)] if place is not None else None


def test_the_first_that_is_not_marked_is_offered(article: Article) -> None:
    assert [_offered(article, sentence) for sentence in range(3)] == ["Oui", "intelligente", "Non"]
    first = TEXT.index("Non"), TEXT.index("Non") + 3
    assert _offered(article, 2, _marked(article, first)) == "jamais"
    both = first, (TEXT.index("jamais"), TEXT.index("jamais") + 6)
    assert _offered(article, 2, _marked(article, *both)) == "Non"


def test_a_term_comes_before_what_is_reported_without_marks() -> None:
    text = "Le maire dit que le vin est bon, celui que je nomme « amical » ici."
    [article] = read_articles(text.encode(), options=ReadingOptions(language="fr"))
    clause = text.index("le vin"), len(text) - 1
    found = [Quotation(start=clause[0], end=clause[1], speaker="Le maire")]
    article.quotation_blocks = quotation_blocks(found)
    term = text.index("amical"), text.index("amical") + 6
    assert quotation_to_mark(article, 0, None) == term
    assert quotation_to_mark(article, 0, _marked(article, term)) == clause
    assert quotation_to_mark(article, 0, _marked(article, term, clause)) == term


def test_where_nothing_was_found_the_marks_count(article: Article) -> None:
    bare = msgspec.structs.replace(article, quotation_blocks=[])
    assert [_offered(bare, sentence) for sentence in range(3)] == ["Oui", "intelligente", "Non"]


def test_what_was_found_has_these_bounds_exactly(article: Article) -> None:
    start = TEXT.index("Oui")
    assert found_quotation(article, start, start + 3) == Quotation(
        start=start, end=start + 3, speaker="Duval"
    )
    assert found_quotation(article, start, start + 2) is None
    assert found_quotation(article, start + 1, start + 3) is None


@pytest.mark.parametrize(
    ("speaker", "offered"),
    [
        ("Duval", "Jean Duval"),
        ("Jean Duval", "Jean Duval"),
        ("Roche", "Roche"),
        ("un porte-parole", "un porte-parole"),
        ("il", None),
        ("sources", None),
        (None, None),
    ],
)
def test_a_surname_is_told_in_full_where_one_bears_it(speaker: str | None, offered: str | None) -> None:
    people = ["Jean Duval", "Anne Roche", "Paul Roche"]
    assert found_speaker(Quotation(start=0, end=1, speaker=speaker), people) == offered


def test_whom_the_rules_found_comes_first() -> None:
    question = speaker_question(["Anne"], "Jean Duval")
    assert question.choices[:2] == [("enter", "Jean Duval"), ("1", "Anne")]
    assert question.values["enter"] == "Jean Duval"
    assert "enter" not in speaker_question(["Anne"]).values


def test_many_are_read_a_block_at_a_time() -> None:
    many = [Quotation(start=10 * place, end=10 * place + 5) for place in range(2500)]
    blocks = quotation_blocks(many)
    assert [block.start for block in blocks] == [0, 10_000, 20_000]
    assert list(all_quotations(blocks)) == many
    assert quotations_between(blocks, 9_990, 10_001) == many[999:1001]
    assert quotations_between(blocks, 1, 10) == []
    assert quotations_between([], 0, 10) == []


def test_an_open_article_takes_over_what_was_found(article: Article) -> None:
    bare = msgspec.structs.replace(article, quotation_blocks=[])
    own = msgspec.structs.replace(bare)
    taken: list[Article] = []
    asked = SimpleNamespace(take=taken.append)
    opened = SimpleNamespace(published=bare, article=own, asked=asked)
    Session.hints_found(cast(Session, opened), article)
    assert taken == [article]
    assert bare.quotation_blocks == own.quotation_blocks == article.quotation_blocks != []

"""The script of the whole session fits the gold, the scheme and the sample."""

from __future__ import annotations

from itertools import pairwise

from bench.intent import categories, gold_errors, meant
from tui.model.article import Article
from tui.settings import scheme_file as scheme


def test_every_category_of_the_gold_is_one_of_the_scheme() -> None:
    news = scheme.load()
    table = categories()
    assert set(table) == {error.category for error in gold_errors()}
    assert set(table.values()) <= {category.id for category in news.categories}
    assert {error.severity for error in gold_errors()} <= {severity.id for severity in news.severities}


def test_every_sentence_and_every_error_has_its_place(plain_sample: Article) -> None:
    said = meant(plain_sample)
    assert [one.sentence for one in said] == list(range(41))
    assert sum(len(one.spans) for one in said) == len(gold_errors()) == 56
    assert all(bool(one.spans) == ("translation_error" in one.tags) for one in said)
    assert all(any(quote for quote in one.quotes) <= ("quote" in one.tags) for one in said)
    assert sum(span.correction is not None for one in said for span in one.spans) >= 10


def test_of_two_errors_that_overlap_one_is_corrected(plain_sample: Article) -> None:
    for one in meant(plain_sample):
        corrected = [span for span in one.spans if span.correction is not None]
        for before, after in pairwise(corrected):
            assert before.end <= after.start

"""The score: points by severity and category, and points per 1000 words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from tui.model.annotation import Annotation, Span
from tui.model.scheme import Scheme
from tui.session.marks import add_span, delete_mark
from tui.session.score import score
from tui.session.session import Session

NewSession = Callable[..., Session]


def with_errors(counts: dict[tuple[str | None, str], int]) -> Annotation:
    """An annotation with so many marks of a category and severity."""
    spans = tuple(
        Span(id=str(number), start=0, end=1, text="U", category=category, severity=severity)
        for number, (category, severity) in enumerate(Counter(counts).elements())
    )
    return Annotation(
        segmentation=1, start=0, end=7, text="Un été.", spans=spans, created_at="", updated_at=""
    )


def test_points_are_the_sum_over_the_error_count_table(scheme: Scheme) -> None:
    """The steps of the linear model: penalties of each error type, their sum, by word, by 1000 words."""
    counts: dict[tuple[str | None, str], int] = {
        ("mistranslation", "minor"): 3,
        ("mistranslation", "major"): 2,
        ("terminology", "minor"): 4,
        ("terminology", "critical"): 1,
        ("style", "minor"): 6,
    }
    weighted = replace(
        scheme,
        categories=tuple(
            replace(one, weight={"terminology": 1.5, "style": 0.5}.get(one.id, 1.0))
            for one in scheme.categories
        ),
    )
    mistranslation, terminology, style = 3 * 1 + 2 * 5, (4 * 1 + 1 * 25) * 1.5, 6 * 1 * 0.5
    total = mistranslation + terminology + style
    assert total == 59.5
    found = score([with_errors(counts)], 2500, weighted)
    assert (found.points, found.errors) == (59.5, 16)
    assert found.per_1000_words == pytest.approx(59.5 / 2500 * 1000) == pytest.approx(23.8)


def test_in_the_scheme_that_ships_all_categories_weigh_alike(scheme: Scheme) -> None:
    counts = {(category.id, "major"): 1 for category in scheme.categories}
    assert score([with_errors({**counts})], 1000, scheme) == (60.0, 60.0, 12, 0)


def test_a_mark_without_a_category_weighs_one_and_an_unknown_severity_nothing(scheme: Scheme) -> None:
    assert score([with_errors({(None, "major"): 1})], 1000, scheme).points == 5
    assert score([with_errors({("style", "neutral"): 1})], 1000, scheme) == (0.0, 0.0, 1, 0)


def test_a_text_without_words_has_no_score_per_word(scheme: Scheme) -> None:
    assert score([with_errors({("style", "minor"): 1})], 0, scheme) == (1.0, 0.0, 1, 0)


def test_error_tags_without_a_mark_are_not_counted_and_said_to_be(new_session: NewSession) -> None:
    session = new_session()
    session.tag(0, "translation_error")
    session.tag(1, "translation_error")
    session.tag(2, "fact")
    add_span(session, 3, session.article.starts[3], session.article.starts[3] + 2, "minor", "grammar")
    assert score(session.work.annotations.values(), 500, session.scheme) == (1.0, 2.0, 1, 2)
    add_span(session, 0, 0, 2, "major", "grammar")
    assert score(session.work.annotations.values(), 500, session.scheme) == (6.0, 12.0, 2, 1)


def test_it_follows_the_marks(new_session: NewSession) -> None:
    session = new_session()
    add_span(session, 0, 0, 2, "minor", "grammar")
    add_span(session, 0, 1, 6, "critical", "style")
    assert score(session.work.annotations.values(), 500, session.scheme) == (26.0, 52.0, 2, 0)
    said = session.annotation(0)
    assert said is not None
    delete_mark(session, 0, said.spans[0].id)
    assert score(session.work.annotations.values(), 500, session.scheme) == (25.0, 50.0, 1, 0)

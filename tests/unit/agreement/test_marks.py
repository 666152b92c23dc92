"""Marks of two annotators compared by words, by bounds, by category, and as stretches of text."""

from __future__ import annotations

import pytest

from tui.agreement.marks import Marks, mark_agreement
from tui.agreement.resampling import Estimate
from tui.agreement.sentences import Compared
from tui.agreement.unitizing import alpha, expected, observed
from tui.model.annotation import Annotation, Span

TEXT = "Il a vu l'image, puis rien."


def said(start: int, *marks: tuple[int, int, str]) -> Annotation:
    """A sentence at `start`; the marks count from there."""
    spans = tuple(
        Span(
            id=f"{place}",
            start=start + begin,
            end=start + end,
            text=TEXT[begin:end],
            category=category,
            severity="minor",
        )
        for place, (begin, end, category) in enumerate(marks)
    )
    return Annotation(
        segmentation=1,
        start=start,
        end=start + len(TEXT),
        text=TEXT,
        decided=True,
        spans=spans,
        created_at="",
        updated_at="",
    )


def of_two(*sentences: tuple[Annotation, Annotation]) -> Marks:
    compared = [Compared(by_annotator={"ana": ana, "bob": bob}) for ana, bob in sentences]
    found, _ = mark_agreement(compared, ["ana", "bob"])
    return found["ana", "bob"]


def values(*figures: Estimate) -> list[float | None]:
    return [figure.value for figure in figures]


def test_words_bounds_and_category() -> None:
    """ana marks "vu" and "l'image," (4 words), bob "vu" with another category and "image"."""
    marks = of_two(
        (said(0, (5, 7, "style"), (8, 16, "style")), said(0, (5, 7, "spelling"), (10, 15, "style")))
    )
    assert marks.counts == (2, 2)
    assert values(marks.by_token.precision, marks.by_token.recall) == [1, pytest.approx(2 / 5)]
    assert marks.by_token.f1.value == pytest.approx(4 / 7)
    assert values(marks.exact.precision, marks.exact.recall, marks.exact.f1) == [0.5, 0.5, 0.5]
    assert marks.exact_with_category.f1.value == 0


def test_a_mark_that_is_there_twice_counts_twice() -> None:
    marks = of_two((said(0, (5, 7, "style"), (5, 7, "spelling")), said(0, (5, 7, "style"))))
    assert marks.counts == (2, 1)
    assert values(marks.exact.precision, marks.exact.recall) == [1, 0.5]
    assert values(marks.exact_with_category.precision, marks.exact_with_category.recall) == [1, 0.5]


def test_an_omission_counts_by_its_bounds_only() -> None:
    marks = of_two((said(0, (5, 5, "omission")), said(0, (5, 5, "omission"))))
    assert marks.exact_with_category.f1.value == 1
    assert marks.by_token.f1.value is None
    assert marks.alpha_u.value is None


def test_alpha_is_of_the_decided_sentences_one_after_another() -> None:
    """The second sentence lies elsewhere in the article: what is between was not decided by both."""
    length = len(TEXT)
    far = 5000
    marks = of_two(
        (said(0, (5, 7, "style")), said(0, (5, 15, "style"))),
        (said(far), said(far)),
        (said(2 * far, (8, 16, "style")), said(2 * far)),
    )
    ana, bob = [(5, 7), (2 * length + 8, 2 * length + 16)], [(5, 15)]
    chance = expected(ana, bob, 3 * length)
    assert marks.alpha_u.value == pytest.approx(alpha(observed(ana, bob), chance, 3 * length))
    assert marks.alpha_u.n == 3


def test_nothing_marked_is_undefined() -> None:
    marks = of_two((said(0), said(0)))
    assert marks.counts == (0, 0)
    assert values(marks.by_token.f1, marks.exact.f1, marks.alpha_u) == [None, None, None]


def test_each_pair_has_the_sentences_that_both_decided_and_the_mean_has_the_pairs_that_marked() -> None:
    mark = (5, 7, "style")
    sentences = [
        Compared(by_annotator={"ana": said(0, mark), "bob": said(0, mark), "eve": said(0)}),
        Compared(by_annotator={"ana": said(100, mark), "eve": said(100, mark)}),
        Compared(by_annotator={"bob": said(200), "eve": said(200)}),
    ]
    pairs, mean = mark_agreement(sentences, ["ana", "bob", "eve"])
    assert [pairs[pair].exact.f1.n for pair in pairs] == [1, 2, 2]
    assert [pairs[pair].exact.f1.value for pair in pairs] == [1, pytest.approx(2 / 3), 0]
    assert pairs["bob", "eve"].counts == (1, 0)
    assert mean.exact.value == pytest.approx((1 + 2 / 3 + 0) / 3)


def test_the_interval_holds_the_value_and_the_same_marks_are_certain() -> None:
    mark, other = (5, 7, "style"), (8, 16, "style")
    some = [(said(100 * place, mark), said(100 * place, mark if place % 3 else other)) for place in range(30)]
    found = of_two(*some).exact.f1
    assert found.value == pytest.approx(2 / 3)
    assert found.low is not None
    assert found.high is not None
    assert 0.35 < found.low < 0.6 < 0.75 < found.high < 0.95
    same = of_two(*((said(100 * place, mark), said(100 * place, mark)) for place in range(30)))
    assert same.exact.f1 == Estimate(value=1, low=1, high=1, n=30)
    assert same.alpha_u == Estimate(value=1, low=1, high=1, n=30)

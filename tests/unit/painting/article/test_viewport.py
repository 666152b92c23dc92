"""The view shows consecutive rows, shows what it is asked to, and never runs past the end."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.painting.article.viewport import Viewport

HEIGHTS = st.lists(st.integers(1, 9), min_size=1, max_size=40)


def viewport(heights: list[int], height: int) -> Viewport:
    view = Viewport(len(heights), heights.__getitem__)
    view.resize(height)
    return view


def all_rows(heights: list[int]) -> list[tuple[int, int]]:
    return [(sentence, row) for sentence, rows in enumerate(heights) for row in range(rows)]


@given(HEIGHTS, st.integers(1, 30), st.lists(st.integers(-50, 50), max_size=20))
def test_scrolling_shows_a_window_of_the_article_and_fills_the_screen(
    heights: list[int], height: int, scrolls: list[int]
) -> None:
    view = viewport(heights, height)
    everything = all_rows(heights)
    position = 0
    for rows in scrolls:
        moved = view.scroll(rows)
        expected = max(0, min(position + rows, max(0, len(everything) - height)))
        assert moved == (expected != position)
        position = expected
        assert view.rows() == everything[position : position + height]


@given(HEIGHTS, st.integers(1, 30), st.lists(st.integers(0, 39), max_size=20))
def test_a_shown_sentence_is_wholly_visible_when_it_fits(
    heights: list[int], height: int, sentences: list[int]
) -> None:
    view = viewport(heights, height)
    for sentence in (s % len(heights) for s in sentences):
        view.show(sentence)
        visible = [row for shown, row in view.rows() if shown == sentence]
        assert len(visible) == min(heights[sentence], height)
        assert not view.show(sentence)


@given(HEIGHTS, st.integers(1, 30), st.integers(1, 30), st.integers(0, 39))
def test_a_resize_keeps_the_top_sentence_unless_the_end_would_leave_a_gap(
    heights: list[int], before: int, after: int, sentence: int
) -> None:
    view = viewport(heights, before)
    view.show(sentence % len(heights))
    top = view.top
    view.resize(after)
    everything = all_rows(heights)
    assert view.top == top or view.rows() == everything[-len(view.rows()) :]
    assert len(view.rows()) == min(after, len(everything))


def test_a_sentence_below_goes_to_a_third_and_one_above_to_two_thirds() -> None:
    view = viewport([1] * 100, 30)
    view.show(50)
    assert view.rows().index((50, 0)) == 10
    view.show(30)
    assert view.rows().index((30, 0)) == 19


def test_a_sentence_taller_than_the_view_is_shown_from_its_start_and_can_be_scrolled_through() -> None:
    view = viewport([2, 100, 2], 10)
    view.show(1)
    assert view.rows()[0] == (1, 0)
    view.scroll(9)
    assert not view.show(1)
    assert view.rows()[0] == (1, 9)

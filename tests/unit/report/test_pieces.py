"""A sentence in pieces: every character once, and each under exactly what covers it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Span
from tui.model.article import Entity
from tui.report.people import Remark, View
from tui.report.pieces import pieces

PLACES = st.tuples(st.integers(0, 24), st.integers(0, 24)).map(sorted)


def remark(number: int, start: int, end: int) -> Remark:
    mark = Span(id=str(number), start=start, end=end, text="", severity="minor")
    return Remark(
        start=start, end=end, text="", is_quotation=False, views=(View(mark=mark, by=(0,)),), number=number
    )


@given(
    st.lists(PLACES, max_size=8),
    st.lists(st.integers(1, 23), max_size=6, unique=True).map(sorted),
)
def test_every_character_once_under_what_covers_it(places: list[list[int]], cuts: list[int]) -> None:
    start, end = 4, 20
    remarks = [remark(number, *place) for number, place in enumerate(places)]
    entities = [
        Entity(start=first, end=last, label="PER", origin="rule")
        for first, last in zip(cuts[::2], cuts[1::2], strict=False)
        if start <= first < last <= end
    ]
    found = list(pieces(start, end, remarks, entities))
    assert [place for piece in found for place in range(piece.start, piece.end)] == list(range(start, end))
    for piece in found:
        covering = {one.number for one in remarks if one.start <= piece.start and piece.end <= one.end}
        if piece.start < piece.end:
            assert {one.number for one in piece.covering} == {
                number for number in covering if remarks[number].start < remarks[number].end
            }
            over = [one for one in entities if one.start <= piece.start and piece.end <= one.end]
            assert [piece.entity] == (over or [None])
    # Whatever reaches into the stretch has its number once, where it ends.
    ended = sorted(one.number for piece in found for one in piece.ending)
    inside = [
        one.number
        for one in remarks
        if max(one.start, start) < min(one.end, end) or (one.start == one.end and start <= one.start <= end)
    ]
    assert ended == inside


def test_an_omission_lies_between_the_words() -> None:
    found = list(pieces(0, 6, [remark(1, 3, 3), remark(2, 6, 6)], []))
    assert [(piece.start, piece.end, len(piece.ending)) for piece in found] == [
        (0, 3, 0),
        (3, 3, 1),
        (3, 6, 0),
        (6, 6, 1),
    ]

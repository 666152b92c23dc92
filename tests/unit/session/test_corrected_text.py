"""The corrected reading: nothing of the text is lost, whatever is corrected."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Span
from tui.session.corrected_text import pieces

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
    found = list(pieces(TEXT, 0, len(TEXT), spans))
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
    read = [piece.text for piece in pieces(TEXT, 0, 14, spans) if piece.kind != "deleted"]
    assert read == ["A", " à Rome,"]


def test_an_insertion_before_and_one_behind_a_correction_stay_where_they_are() -> None:
    spans = [
        Span(id="a", start=3, end=6, text="été", severity="minor", correction="hiver"),
        Span(id="b", start=3, end=3, text="", severity="minor", correction="long "),
        Span(id="c", start=6, end=6, text="", severity="minor", correction=" gris"),
    ]
    read = [piece.text for piece in pieces(TEXT, 0, 13, spans) if piece.kind != "deleted"]
    assert "".join(read) == "Un long hiver gris à Rome"

"""The progress line fills with what is decided, and always spans the row."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.painting.segments import words_of
from tui.painting.progress import START, filled_cells, progress_line
from tui.painting.styles import Styles
from tui.settings import scheme_file
from tui.settings.theme import DARK

STYLES = Styles(DARK, scheme_file.load())


@given(st.integers(0, 500), st.integers(0, 500), st.integers(4, 200))
def test_it_is_full_only_when_all_is_decided(done: int, more: int, width: int) -> None:
    total = done + more
    filled = filled_cells(done, total, width)
    assert 0 <= filled <= width - 2 * START
    if more:
        assert filled < width - 2 * START or width == 2 * START
    elif total:
        assert filled == width - 2 * START
    assert len(words_of(progress_line(STYLES, filled, width))) == width - START

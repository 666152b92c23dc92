"""Text fits the cells that it is given, whatever it is made of."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.painting.cells import fitted, shortened
from tui.text.clean import is_safe

TEXTS = st.text(alphabet="ab é漢字👩🏽\u0301\x1b\u202e\n", max_size=40)


@given(TEXTS, st.integers(0, 30))
def test_a_fitted_text_has_the_very_width_and_is_safe(text: str, cells: int) -> None:
    shown = fitted(text, cells)
    assert cell_len(shown) == cells
    assert all(map(is_safe, shown))


def test_a_text_that_fits_stays_whole_and_another_ends_with_an_ellipsis() -> None:
    assert shortened("abc", 3) == "abc"
    assert shortened("abcd", 3) == "ab…"
    assert shortened("ab cd", 4) == "ab…"
    assert shortened("abc", 0) == ""

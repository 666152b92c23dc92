"""What found the names is shown in words."""

from __future__ import annotations

import pytest

from tui.painting.recogniser import recogniser_name


@pytest.mark.parametrize(
    ("prepared_by", "shown"),
    [
        ("fr_core_news_sm 3.8.0 + repair 1 + aliases 3611e1c4", "spaCy French"),
        ("names 62c9cf01 + repair 1", "Postil's own recogniser"),
        ("shapes 62c9cf01 + repair 1", "their shapes (names without kinds)"),
        ("lists 62c9cf01 + repair 1", "lists of names and places"),
        ("capitalisation rules 1 + repair 1", "capital letters"),
        ("another 2.0 + repair 1", "another 2.0"),
        ("\x1b[2J 1", "␛[2J 1"),
    ],
)
def test_it_is_shown_in_words(prepared_by: str, shown: str) -> None:
    assert recogniser_name(prepared_by) == shown

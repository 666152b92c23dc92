"""Whether a quotation is closed, and where one ends."""

from __future__ import annotations

import pytest

from tui.quotations.bounds import is_closed, quotation_in


@pytest.mark.parametrize(
    ("text", "words", "closed"),
    [
        ("Il dit : « Non merci » et part.", "Non merci", True),
        ("Il dit : « Non merci. » Il part.", "Non merci", True),
        ("Il dit : « Non merci« . Il part.", "Non merci", True),
        ("« Nous y allons., a-t-il dit.", "Nous y allons", False),
        ("« Nous y allons.\n« Eux aussi »", "Nous y allons", False),
        ('"Non merci", dit-il.', "Non merci", True),
        ('"Non merci, dit-il.', "Non merci", False),
        ("Il dit avoir fini.", "avoir fini", True),
        ("Non merci", "Non merci", True),
    ],
)
def test_only_what_begins_behind_a_mark_has_to_be_closed(text: str, words: str, closed: bool) -> None:
    start = text.index(words)
    assert is_closed(text, start, start + len(words)) is closed


@pytest.mark.parametrize(
    "text", ["Il dit : « Non merci » et part.", "Il dit : « Non merci, et part.", "“Non ‘merci’” et part."]
)
def test_what_is_found_is_as_closed_as_it_says(text: str) -> None:
    found = quotation_in(text, 0, len(text), len(text))
    assert found is not None
    assert is_closed(text, found.start, found.end) is found.closed

"""The reasons as they appear in the panel: one plain line each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.model.hint import Hint


@pytest.mark.parametrize(
    ("detector", "language", "text", "reason"),
    [
        ("doubled", "fr", "Il a a répondu.", "“a” is repeated"),
        (
            "glued",
            "fr",
            "Il annonce laacquisition du groupe.",
            "“laacquisition” is not a word: “l'acquisition” run together",
        ),
        ("punctuation", "fr", "Il veut parvenir., dit-il.", "“.,” is not valid punctuation"),
        ("untranslated", "fr", "Il parle della situazione molto difficile.", "looks Italian"),
        (
            "lower-case",
            "fr",
            "Il en frappa un. des pires affaires restent à régler.",
            "a lower-case letter after a full stop: is the sentence cut?",
        ),
        ("unbalanced", "fr", "Il a dit « non et il est parti.", "« is never closed in this paragraph"),
    ],
)
def test_a_reason_is_plain(
    hints_of: Callable[..., list[Hint]], detector: str, language: str, text: str, reason: str
) -> None:
    assert [hint.reason for hint in hints_of(text, language, detector)] == [reason]

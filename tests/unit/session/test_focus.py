"""The next hint from whatever has the focus."""

from __future__ import annotations

import pytest

from tests.unit.session.test_hint_answers import TEXT, session_on
from tui.session.focus import focus_of_hint, focusable, next_hint_here
from tui.session.marks import add_quote, add_span
from tui.session.session import Session

HINTS = (
    ("Le prix", "capital", None),
    ("Le", "lower-case", None),
    ("laacquisition", "glued", None),
    ("a a", "doubled", "a"),
)


@pytest.fixture
def session() -> Session:
    session = session_on(*HINTS)
    session.cursor = 1
    start = TEXT.index("de la")
    add_span(session, 1, start, start + 2, "minor", "style")
    add_quote(session, 1, TEXT.index("monté"), TEXT.index("monté") + 5, speaker="")
    return session


def walked(session: Session, focus: str | None, step: int) -> list[str]:
    words: list[str] = []
    hint = next_hint_here(session, focus, step)
    while hint is not None:
        words.append(TEXT[hint.start : hint.end])
        hint = next_hint_here(session, focus_of_hint(hint), step)
    return words


def test_from_no_focus_every_hint_of_the_sentence(session: Session) -> None:
    assert walked(session, None, +1) == ["Le prix", "Le", "laacquisition", "a a"]
    assert walked(session, None, -1) == []


def test_from_a_mark_the_hints_after_or_before_it(session: Session) -> None:
    assert session.annotation(1) is not None
    span, quote = session.annotation(1).spans[0].id, session.annotation(1).quotes[0].id  # type: ignore[union-attr]
    assert walked(session, span, +1) == ["laacquisition", "a a"]
    assert walked(session, span, -1) == ["Le", "Le prix"]
    assert walked(session, quote, +1) == []
    assert walked(session, quote, -1) == ["a a", "laacquisition", "Le", "Le prix"]


def test_every_place_has_the_nearest_hint_next(session: Session) -> None:
    here = focusable(session)
    hints = [focus for focus in here if focus.startswith("hint:")]
    for place, focus in enumerate(here):
        hint = next_hint_here(session, focus, +1)
        assert (focus_of_hint(hint) if hint else None) == next(
            (other for other in here[place + 1 :] if other in hints), None
        )

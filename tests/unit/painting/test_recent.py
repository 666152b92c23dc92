"""The bounded cache keeps what was used last."""

from __future__ import annotations

from tui.painting.recent import Recent


def test_what_was_used_last_stays() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.keep("a", 1)
    recent.keep("b", 2)
    assert recent.recall("a") == 1
    recent.keep("c", 3)
    assert (recent.recall("a"), recent.recall("b"), recent.recall("c")) == (1, None, 3)


def test_an_entry_that_is_replaced_counts_as_used() -> None:
    recent: Recent[str, int] = Recent(2)
    recent.keep("a", 1)
    recent.keep("b", 2)
    recent.keep("a", 4)
    recent.keep("c", 3)
    assert (recent.recall("a"), recent.recall("b")) == (4, None)

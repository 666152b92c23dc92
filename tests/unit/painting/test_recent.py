"""The bounded cache keeps what was used last."""

from __future__ import annotations

from tui.painting.recent import Recent


def test_what_was_used_last_stays() -> None:
    recent: Recent[str, int] = Recent(2)
    recent["a"] = 1
    recent["b"] = 2
    assert recent.get("a") == 1
    recent["c"] = 3
    assert (recent.get("a"), recent.get("b"), recent.get("c")) == (1, None, 3)


def test_an_entry_that_is_replaced_counts_as_used() -> None:
    recent: Recent[str, int] = Recent(2)
    recent["a"] = 1
    recent["b"] = 2
    recent["a"] = 4
    recent["c"] = 3
    assert (recent.get("a"), recent.get("b")) == (4, None)


def test_an_entry_can_be_forgotten_twice() -> None:
    recent: Recent[str, int] = Recent(2)
    recent["a"] = 1
    recent.discard("a")
    recent.discard("a")
    assert recent.get("a") is None
    recent["b"] = 2
    recent.clear()
    assert recent.get("b") is None

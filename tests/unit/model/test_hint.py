from __future__ import annotations

import msgspec
import pytest

from tui.model.hint import HINTS_PER_BLOCK, Hint, HintIndex, hint_blocks, hint_id


def a_hint(start: int) -> Hint:
    return Hint(
        id=hint_id("0" * 64, "doubled", start, start + 2),
        start=start,
        end=start + 2,
        detector="doubled",
        category="addition",
        severity="minor",
        reason="twice",
        confidence=0.8,
    )


@pytest.mark.parametrize("count", [0, 1, HINTS_PER_BLOCK, HINTS_PER_BLOCK + 1, 12 * HINTS_PER_BLOCK])
def test_blocks_hold_every_hint(count: int) -> None:
    hints = [a_hint(3 * number) for number in range(count)]
    index = HintIndex(hint_blocks(hints))
    assert list(index) == hints
    assert index.between(0, 3 * count) == hints
    for number in range(0, count, 997):
        assert index.between(3 * number, 3 * number + 1) == [hints[number]]
        assert index.between(3 * number + 1, 3 * number + 3) == []


def test_several_hints_that_start_together_across_blocks() -> None:
    hints = [a_hint(5)] * (HINTS_PER_BLOCK + 5)
    assert HintIndex(hint_blocks(hints)).between(5, 6) == hints


def test_a_correction_that_deletes_is_not_none() -> None:
    hint = msgspec.structs.replace(a_hint(1), correction="")
    assert msgspec.json.decode(msgspec.json.encode(hint), type=Hint).correction == ""

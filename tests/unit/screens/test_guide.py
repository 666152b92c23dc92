"""What the help says on each of its pages."""

from __future__ import annotations

from typing import get_args

import pytest

from tui.screens.guide import Page, guided_tags, key_blocks
from tui.settings import keymap
from tui.settings import scheme_file as scheme
from tui.settings.actions import actions

NEWS = scheme.load()
DEFAULT = keymap.load("default", actions(NEWS))


def told(page: Page, keys: str = "default") -> dict[str, list[str]]:
    """The ways to do it, by what they do."""
    blocks = key_blocks(page, keymap.load(keys, actions(NEWS)), NEWS)
    return {does: ways for block in blocks for ways, does in block.rows}


@pytest.mark.parametrize("page", get_args(Page))
def test_a_page_has_keys_and_no_line_without_one(page: Page) -> None:
    assert told(page)
    assert all(ways for ways in told(page).values())


def test_actions_of_one_line_are_told_together() -> None:
    assert told("reader")["next, previous sentence"] == ["j k", "↓ ↑"]
    assert told("reader", "arrows")["next, previous sentence"] == ["↓ ↑"]


def test_what_has_no_key_is_told_by_the_key_of_the_palette() -> None:
    assert told("reader")["split a sentence"] == [": split"]
    assert told("reader", "arrows")["split a sentence"] == ["ctrl+p split"]


def test_a_page_tells_no_keys_of_another() -> None:
    assert "mark a quotation" not in told("library")
    assert "next, previous sentence" not in told("marking")


def test_marking_tells_the_keys_of_the_scheme() -> None:
    marking = told("marking")
    assert marking["major"] == ["M"]
    assert marking["punctuation"] == ["p"]
    assert len([ways for ways in marking.values() if len(ways[0]) == 1]) == len(NEWS.categories) + 3


def test_the_tags_of_the_sentence_are_explained_or_all() -> None:
    assert guided_tags("reader", NEWS, ["quote", "fact", "gone"]) == ("fact", "quote")
    assert guided_tags("reader", NEWS, []) == tuple(tag.id for tag in NEWS.tags)
    assert guided_tags("marking", NEWS, ["fact"]) == ("translation_error",)
    assert guided_tags("quoting", NEWS, []) == ("quote", "opinion")
    assert guided_tags("library", NEWS, ["fact"]) == ()

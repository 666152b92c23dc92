"""Every action can be found: it has a key in every keymap, an entry in the palette and a line in the help."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tui.screens.guide import Page, key_blocks
from tui.screens.palette import entries
from tui.settings import keymap
from tui.settings import scheme_file as scheme
from tui.settings.actions import Action, actions
from tui.settings.keymap import Keymap, shown

NEWS = scheme.load()
KNOWN = actions(NEWS)
FITS_BESIDE_THE_GUIDE = 31
"""Cells of a line of help where the keys have half a page of 120 columns."""


def lacking(action: Action, keys: Keymap) -> Iterator[str]:
    """What one still cannot find the action by."""
    bound = keys.keys.get(action.id, ())
    if action.needs_key and not bound:
        yield "a key"
    if action.id != "palette" and action.id not in {row.value for row in entries(NEWS, keys, action.scopes)}:
        yield "an entry in the palette"
    pages: set[Page] = {
        place if place == "library" or place == "review" else "reader" for place in action.scopes
    }
    for page in pages:
        rows = [row for block in key_blocks(page, keys, NEWS) for row in block.rows]
        told = " ".join(" ".join(ways) for ways, does in rows if does == action.row).split(" ")
        wanted = shown(bound[0]) if bound else action.name
        if wanted not in told:
            yield f"a line in the help of the {page}"


@pytest.mark.parametrize("name", keymap.names())
@pytest.mark.parametrize("action", KNOWN, ids=lambda action: action.id)
def test_every_action_can_be_found(action: Action, name: str) -> None:
    assert action.id
    assert action.name
    assert action.does
    assert list(lacking(action, keymap.load(name, KNOWN))) == []


def test_what_cannot_be_found_is_noticed() -> None:
    nowhere = Action(id="new", name="new", does="something new", row="new", group="Look", scopes=("library",))
    assert len(list(lacking(nowhere, keymap.load("default", KNOWN)))) == 3


def test_actions_left_to_the_palette_have_no_key_by_default() -> None:
    keyless = [action.id for action in KNOWN if not action.needs_key]
    assert keyless == [
        "sentence.split",
        "sentence.merge",
        "hints.blind",
        "hints.detectors",
        "review.choose",
    ]
    assert not any(keymap.load("default", KNOWN).keys.get(action_id) for action_id in keyless)


def test_names_and_lines_are_short() -> None:
    assert [action.row for action in KNOWN if len(action.row) > FITS_BESIDE_THE_GUIDE] == []
    assert [action.name for action in KNOWN if len(action.name) > 20] == []

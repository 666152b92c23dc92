"""The palette: every command of a screen by its name; those used last come first."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.scheme import Scheme
from tui.screens.chooser import ChooserScreen
from tui.settings.actions import Scope, actions
from tui.settings.keymap import Keymap
from tui.widgets.choices import Row
from tui.workspace import Workspace

_SHORT_FORMS = {"quit": ("q", "q!", "wq", "x", "quit", "exit"), "help": ("h", "help")}
"""What users type after a colon, as in other programs."""


def palette(workspace: Workspace, places: Sequence[Scope], recent: Sequence[str]) -> ChooserScreen[str]:
    """A screen that ends with the id of an action, or None; `recent` are ids, the last one used first."""
    rows = entries(workspace.scheme, workspace.keymap, places, recent)
    return ChooserScreen(workspace, "Commands", rows, takes="run", prompt=":")


def entries(
    scheme: Scheme, keymap: Keymap, places: Sequence[Scope], recent: Sequence[str] = ()
) -> list[Row[str]]:
    """A row for every action of these places, but the one that shows them."""
    rows = [
        Row(
            value=action.id,
            text=action.does,
            left=action.name,
            right=keymap.first_key(action.id),
            short_forms=_SHORT_FORMS.get(action.id, ()),
        )
        for action in actions(scheme)
        if action.id != "palette" and not set(places).isdisjoint(action.scopes)
    ]
    last_used = {action_id: rank for rank, action_id in reversed(list(enumerate(recent)))}
    return sorted(rows, key=lambda row: last_used.get(row.value, len(last_used)))


def used(recent: Sequence[str], action_id: str) -> list[str]:
    """`recent` once `action_id` has been run from the palette."""
    return [action_id, *(other for other in recent if other != action_id)]

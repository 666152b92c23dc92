"""Everything a key can do: one table that the keymap, the footer, the help and the screens share."""

from __future__ import annotations

from typing import Literal

import msgspec

from tui.model.scheme import Scheme

Place = Literal["reader", "library"]


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a key can do."""

    id: str
    name: str
    """One or two words for the footer."""
    does: str
    """One line that says what it does."""
    row: str
    """The help's line for it; actions that share a line are explained together."""
    group: str
    places: tuple[Place, ...] = ("reader",)


_READER: tuple[Place, ...] = ("reader",)
_LIBRARY: tuple[Place, ...] = ("library",)
_BOTH: tuple[Place, ...] = ("reader", "library")

_MOVE = (
    ("sentence.next", "next", "next sentence", "sentence down, up", _BOTH),
    ("sentence.previous", "previous", "previous sentence", "sentence down, up", _BOTH),
    ("paragraph.next", "next paragraph", "next paragraph", "paragraph down, up", _READER),
    ("paragraph.previous", "previous paragraph", "previous paragraph", "paragraph down, up", _READER),
    ("page.down", "read on", "a page down", "a page down, up", _BOTH),
    ("page.up", "page up", "a page up", "a page down, up", _BOTH),
    ("undecided.next", "undecided", "next sentence without a decision", "undecided down, up", _READER),
    (
        "undecided.previous",
        "undecided",
        "previous sentence without a decision",
        "undecided down, up",
        _READER,
    ),
    ("article.start", "start", "first sentence", "first, last", _BOTH),
    ("article.end", "end", "last sentence", "first, last", _BOTH),
)
_DECIDE = (
    ("tag.none", "none", "decided: no tag applies; go on", "no tag applies: go on", _READER),
    ("tags.clear", "clear", "clear tags and decision, and stay", "clear tags and decision", _READER),
    ("unsure", "unsure", "flag the sentence as unsure, or take the flag back", "unsure, on or off", _READER),
    ("undo", "undo", "take back the last step, wherever it was", "undo, redo", _READER),
    ("redo", "redo", "do again what was undone", "undo, redo", _READER),
)
_LOOK = (
    ("article.open", "open", "open the article under the bar", "open the article", _LIBRARY),
    (
        "article.next",
        "next article",
        "when all is decided: the next article",
        "next unfinished article",
        _READER,
    ),
    ("panel.toggle", "panel", "show or hide the panel", "show or hide the panel", _READER),
    ("library", "library", "back to the library", "back to the library", _READER),
    ("help", "help", "the keys for where you are", "this help", _BOTH),
    ("back", "back", "close what is open", "close what is open", _BOTH),
    ("suspend", "suspend", "back to the shell for a while; fg returns", "to the shell: fg returns", _BOTH),
    ("quit", "quit", "leave; everything is saved", "leave: all is saved", _BOTH),
)


def actions(scheme: Scheme) -> tuple[Action, ...]:
    """All actions, with one to set and one to toggle each tag of the scheme."""
    tags = [
        (
            f"tag.{tag.id}",
            tag.name,
            f"tag as {tag.name}, decide and go on",
            f"{tag.name}: go on / stay",
            _READER,
        )
        for tag in scheme.tags
    ]
    toggles = [
        (
            f"toggle.{tag.id}",
            f"{tag.name} ±",
            f"{tag.name} on or off, and stay",
            f"{tag.name}: go on / stay",
            _READER,
        )
        for tag in scheme.tags
    ]
    groups = (("Move", _MOVE), ("Decide", (*tags, *toggles, *_DECIDE)), ("Look", _LOOK))
    return tuple(
        Action(id=action_id, name=name, does=does, row=row, group=group, places=places)
        for group, table in groups
        for action_id, name, does, row, places in table
    )

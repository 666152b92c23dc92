"""Keys as they arrive: how keymaps write them, and those typed faster than a screen could open or close."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual import events
from textual.screen import Screen

from tui.text.clean import is_safe

if TYPE_CHECKING:
    from tui.app_base import AppBase

Result = TypeVar("Result")


def passed_on(app: AppBase, screen: Screen[Result], event: events.Key) -> bool:
    """Hand a key on to the screen that has meanwhile replaced this one; True if there is one.

    A slow line delivers `:q` and enter at once: all three are on their way to the screen below before it
    has opened the list that the last two are meant for.
    """
    on_top = app.screen
    if on_top is screen:
        return False
    event.stop()
    # The very event: the app would hand a new one on once more when it bubbles up.
    on_top.post_message(event)
    return True


def key_of(event: events.Key) -> str:
    """A key as keymaps write it: what it types, or its name."""
    has_modifier = event.key.startswith(("alt+", "ctrl+", "super+", "hyper+", "meta+"))
    if event.character is not None and event.is_printable and event.character != " " and not has_modifier:
        return event.character
    return event.key


def typed(event: events.Key) -> str | None:
    """The character that a key types, which may be a no-break space; None for one that types nothing."""
    character = event.character
    return character if character is not None and is_safe(character) else None

"""Which keys the bottom row of the reader tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.session.session import Session
from tui.settings.actions import actions
from tui.workspace import Workspace

if TYPE_CHECKING:
    from tui.reader.handlers import ReaderKeys
    from tui.reader.keys.review import ReviewKeys

Keys = list[tuple[str, str]]
"""A key and what it does, in a word or two."""


class Footer:
    """The keys that matter where one is."""

    def __init__(self, workspace: Workspace, session: Session, review: ReviewKeys | None) -> None:
        self._keymap = workspace.keymap
        self._session = session
        self._review = review
        self._names = {action.id: action.name for action in actions(workspace.scheme)}

    def of_sentence(self) -> Keys:
        """While nothing has the focus."""
        if self._review is not None:
            return self._review.keys()
        tags = [f"tag.{tag.id}" for tag in self._session.scheme.tags]
        # Here and not beside each hint, where every move would paint them.
        answers = " ".join(map(self._keymap.first_key, ("hint.accept", "hint.refuse")))
        return [
            *self._keys(*tags, "tag.none", "span.mark"),
            *([(answers, "hint: yes, no")] if self._session.asked.mode != "off" else []),
            *self._keys("undo", "undecided.next", "quit", "library", "help"),
        ]

    def of_mark(self, keys: ReaderKeys) -> Keys:
        """While a mark, a name or a hint has the focus."""
        if keys.names.focused() is not None:
            return self._keys("mark.edit", "mark.delete", "mark.end.later", "mark.start.later", "back")
        if keys.hints.focused() is not None:
            return self._keys(
                "hint.accept",
                "hint.refuse",
                "span.correct",
                "mark.edit",
                "hint.next",
                "hint.accept_all",
                "back",
            )
        return self._keys(
            "span.correct", "mark.edit", "mark.delete", "note", "mark.end.later", "mark.start.later", "back"
        )

    def _keys(self, *wanted: str) -> Keys:
        return [(self._keymap.first_key(action), self._names[action]) for action in wanted]

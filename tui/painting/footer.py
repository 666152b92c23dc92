"""The reader's bottom row while it shows keys: which ones, for what has the focus."""

from __future__ import annotations

from collections.abc import Callable

from tui.model.scheme import Scheme
from tui.session.focus import focused_entity, focused_hint
from tui.session.session import Session
from tui.settings.actions import actions
from tui.settings.keymap import Keymap

Keys = list[tuple[str, str]]
"""A key and what it does, in a word or two."""

_ON_NAME = ("mark.edit", "mark.delete", "mark.end.later", "mark.start.later", "back")
_ON_HINT = (
    "hint.accept",
    "hint.refuse",
    "span.correct",
    "mark.edit",
    "hint.next",
    "hint.accept_all",
    "back",
)
_ON_MARK = ("span.correct", "mark.edit", "mark.delete", "note", "mark.end.later", "mark.start.later", "back")


class Footer:
    """The keys that matter in a session."""

    def __init__(
        self, session: Session, keymap: Keymap, scheme: Scheme, review_keys: Callable[[], Keys] | None = None
    ) -> None:
        """`review_keys` returns the keys of a sentence in a review."""
        self._session = session
        self._keymap = keymap
        self._review_keys = review_keys
        self._names = {action.id: action.name for action in actions(scheme)}

    def of(self, focus: str | None = None) -> Keys:
        """The keys of the current sentence, or of what has the focus in it."""
        session = self._session
        if focus is None:
            return self._of_sentence()
        if focused_entity(session, session.cursor, focus) is not None:
            return self._keys(*_ON_NAME)
        if focused_hint(session, session.cursor, focus) is not None:
            return self._keys(*_ON_HINT)
        return self._keys(*_ON_MARK)

    def _of_sentence(self) -> Keys:
        if self._review_keys is not None:
            return self._review_keys()
        tags = [f"tag.{tag.id}" for tag in self._session.scheme.tags]
        # Here and not with each hint, where every move would paint them.
        answers = " ".join(map(self._keymap.first_key, ("hint.accept", "hint.refuse")))
        return [
            *self._keys(*tags, "tag.none", "span.mark"),
            *([(answers, "hint: yes, no")] if self._session.asked.mode != "off" else []),
            *self._keys("undo", "undecided.next", "quit", "library", "help"),
        ]

    def _keys(self, *action_ids: str) -> Keys:
        return [(self._keymap.first_key(action), self._names[action]) for action in action_ids]

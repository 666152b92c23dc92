"""The reader's keys that decide sentences, and take back what was done."""

from __future__ import annotations

from collections.abc import Callable

from tui.reader.desk import Desk
from tui.session.session import Outcome


class DecideKeys:
    """What the reader does with its keys for tags, and with undo and redo."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._explained_quote = False

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        session = self._desk.session
        table: dict[str, Callable[[], None]] = {
            "tag.none": self._none,
            "tags.clear": lambda: self._change(session.clear),
            "unsure": lambda: self._change(session.unsure),
            "undo": lambda: self._take_back(session.undo),
            "redo": lambda: self._take_back(session.redo),
        }
        for tag in session.scheme.tags:
            table[f"tag.{tag.id}"] = lambda tag_id=tag.id: self._tag(tag_id)
            table[f"toggle.{tag.id}"] = lambda tag_id=tag.id: self._change(
                lambda sentence: session.toggle(sentence, tag_id)
            )
        return table

    def _none(self) -> None:
        self._decide(self._desk.session.none)

    def _tag(self, tag_id: str) -> None:
        accepted = self._decide(lambda sentence: self._desk.session.tag(sentence, tag_id))
        if accepted and tag_id == "quote" and not self._explained_quote:
            # Fingers that mean "quit" land here.
            self._explained_quote = True
            self._desk.hint(f"tagged quote: {self._desk.key('undo')} undoes, {self._desk.key('quit')} quits")

    def _decide(self, command: Callable[[int], Outcome]) -> bool:
        """Change the current sentence, and go on to the next if that decided it."""
        session = self._desk.session
        sentence = session.cursor
        if not self._desk.may_change() or not self._desk.apply(command(sentence)):
            return False
        if sentence + 1 < len(session.article):
            self._desk.go(sentence + 1)
        return True

    def _change(self, command: Callable[[int], Outcome]) -> None:
        """Change the current sentence and stay."""
        if self._desk.may_change():
            self._desk.apply(command(self._desk.session.cursor))

    def _take_back(self, command: Callable[[], Outcome]) -> None:
        """Undo or redo: go where it happened and say what it was."""
        if not self._desk.may_change():
            return
        outcome = command()
        self._desk.apply(outcome)
        if outcome.step is not None:
            self._desk.go(outcome.sentence)
        self._desk.say_done(outcome.message)

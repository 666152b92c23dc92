"""The reader's keys for sentences that were cut in the wrong place: split one at a word, merge two."""

from __future__ import annotations

from collections.abc import Callable

from tui.reader.desk import Desk
from tui.screens.modes import PromptMode
from tui.session.boundary_repairs import merge, places_to_split, split
from tui.session.prompts.pointing import Pointing
from tui.session.prompts.prompt import Prompt
from tui.session.session import Outcome


class DividingKeys:
    """What the reader does with its keys for the bounds of sentences."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"sentence.split": self._split, "sentence.merge": self._merge}

    def _split(self) -> None:
        if not self._desk.may_change():
            return
        session = self._desk.session
        places = places_to_split(session, session.cursor)
        if not places:
            self._desk.say("a sentence of one word cannot be split")
            return
        near = session.article.starts[session.cursor]
        prompt = Prompt(
            lambda: Pointing(places, near, gaps=False, single=True),
            None,
            lambda _: (),
            points_at="first word of the new sentence",
        )
        self._desk.enter(
            PromptMode(
                "dividing", prompt, lambda answer: self._apply(split(session, session.cursor, answer.start))
            )
        )

    def _merge(self) -> None:
        if self._desk.may_change():
            session = self._desk.session
            self._apply(merge(session, session.cursor))

    def _apply(self, outcome: Outcome) -> None:
        if self._desk.apply(outcome) and outcome.step is not None:
            self._desk.say_done(outcome.message)

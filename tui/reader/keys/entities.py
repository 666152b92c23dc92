"""The reader's keys for names: one that was found wrongly is corrected, one that was missed is added."""

from __future__ import annotations

from collections.abc import Callable

from tui.model.article import Entity, kind_name
from tui.reader.desk import Desk
from tui.screens.modes import PromptMode
from tui.session.entities import (
    Occurrence,
    delete_entity,
    occurrences,
    set_entity,
    set_entity_bounds,
)
from tui.session.focus import focus_of, focused_entity
from tui.session.mark_edits import Side, moved
from tui.session.prompts.entity_questions import (
    NO_NAME,
    OTHER_WORDS,
    REMEMBER,
    everywhere_question,
    kind_question,
)
from tui.session.prompts.labels import MOST
from tui.session.prompts.pointing import Pointing
from tui.session.prompts.prompt import Answer, Prompt
from tui.session.session import Outcome
from tui.session.tags import Refused
from tui.text.plurals import counted
from tui.text.words import targets_around
from tui.widgets.choices import Row

_LISTED = {"PER", "ORG", "LOC", "MISC"}
"""Kinds that the list of names may contain."""

Change = Callable[[bool], Outcome]
"""Make the change here, or wherever the words occur."""


class NameKeys:
    """What the reader does with its keys for names."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {"entity.edit": self.edit}

    def focused(self) -> Entity | None:
        """The name that keys apply to."""
        session = self._desk.session
        return focused_entity(session, session.cursor, self._desk.focus_mark)

    def edit(self) -> None:
        """Say something else of the focused name, or point at words that are one."""
        if not self._desk.may_change():
            return
        entity = self.focused()
        if entity is None:
            self._point(lambda start, end: self._ask_kind(start, end, None))
        else:
            self._ask_kind(entity.start, entity.end, entity)

    def delete(self, entity: Entity) -> None:
        """Say that the words are no name."""
        session = self._desk.session
        self._decide_where(
            entity.start,
            entity.end,
            None,
            lambda everywhere: delete_entity(session, entity, everywhere=everywhere),
        )

    def move(self, entity: Entity, side: Side, step: int) -> None:
        """Move a side of a name by a character."""
        session = self._desk.session
        article, cursor = session.article, session.cursor
        within = (article.starts[cursor], article.ends[cursor])
        try:
            start, end = moved(article.text, entity.start, entity.end, side, step, within)
        except Refused as refusal:
            self._desk.say(str(refusal))
            return
        self._apply(set_entity_bounds(session, entity, start, end), start)

    # -- conversations -----------------------------------------------------

    def _point(self, then: Callable[[int, int], None]) -> None:
        session = self._desk.session
        article, cursor = session.article, session.cursor
        start, end = article.starts[cursor], article.ends[cursor]

        def pointing() -> Pointing:
            words = targets_around(article.text, start, end, article.language, start, MOST)
            return Pointing(words, start, gaps=False)

        prompt = Prompt(pointing, None, lambda _: ())
        self._desk.enter(PromptMode("naming", prompt, lambda answer: then(answer.start, answer.end)))

    def _ask_kind(self, start: int, end: int, entity: Entity | None) -> None:
        def answered(answer: Answer) -> None:
            [kind] = answer.values
            if entity is None or kind not in {NO_NAME, OTHER_WORDS, REMEMBER}:
                session = self._desk.session
                self._decide_where(
                    start,
                    end,
                    kind,
                    lambda everywhere: set_entity(session, start, end, kind, everywhere=everywhere),
                )
            elif kind == NO_NAME:
                self.delete(entity)
            elif kind == OTHER_WORDS:
                name = entity
                self._point(lambda first, last: self._bound(name, first, last))
            else:
                self._remember(start, end, entity.label)

        question = kind_question(entity)
        self._desk.enter(PromptMode("naming", Prompt(None, (start, end), lambda _: (question,)), answered))

    def _bound(self, entity: Entity, start: int, end: int) -> None:
        session = self._desk.session
        self._decide_where(
            min(start, entity.start),
            max(end, entity.end),
            entity.label,
            lambda everywhere: set_entity_bounds(session, entity, start, end, everywhere=everywhere),
            named=(start, end),
        )

    def _decide_where(
        self, start: int, end: int, label: str | None, change: Change, named: tuple[int, int] | None = None
    ) -> None:
        """Make a change here, and offer to make it at every place where the words of `[start, end)` occur."""
        first, last = named or (start, end)
        everywhere = occurrences(self._desk.session, start, end)
        if len(everywhere) < 2:
            self._apply(change(False), first)
            return
        question = everywhere_question(len(everywhere), may_remember=label in _LISTED)

        def answered(answer: Answer) -> None:
            [where] = answer.values
            if where == "l":
                self._desk.choose(
                    counted(len(everywhere), "occurrence"),
                    [_row(occurrence, number) for number, occurrence in enumerate(everywhere, 1)],
                    lambda _: ask(),
                    takes="back to the question",
                )
                return
            self._apply(change(where != "o"), first)
            if where == "k" and label is not None:
                self._remember(first, last, label)

        def ask() -> None:
            prompt = Prompt(None, (start, end), lambda _: (question,))
            self._desk.enter(PromptMode("naming", prompt, answered))

        ask()

    # -- how they work -----------------------------------------------------

    def _remember(self, start: int, end: int, label: str) -> None:
        if label not in _LISTED:
            self._desk.say(
                "not added: the list of names is for people, organisations, places and other names"
            )
        else:
            self._desk.remember(self._desk.session.article.text[start:end], label)

    def _apply(self, outcome: Outcome, start: int) -> None:
        if not self._desk.apply(outcome) or outcome.step is None:
            return
        session = self._desk.session
        here = [entity for entity in session.entities(session.cursor) if entity.start == start]
        self._desk.focus_mark = focus_of(here[0]) if here else None
        self._desk.say(outcome.message)


def _row(occurrence: Occurrence, number: int) -> Row[int]:
    kind = kind_name(occurrence.label) if occurrence.label is not None else ""
    return Row(
        value=occurrence.sentence,
        text=f"{occurrence.before}[{occurrence.words}]{occurrence.after}",
        left=str(number),
        right=kind,
    )

"""The reader's keys for marks: errors and quotations are pointed at, walked through, changed and deleted."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.model.annotation import Quote, Span
from tui.model.article import Entity
from tui.model.hint import Hint
from tui.model.quotation import ORIGIN, Quotation
from tui.quotations.bounds import is_closed
from tui.reader.desk import Desk
from tui.reader.keys.entities import NameKeys
from tui.reader.keys.hints import HintKeys
from tui.screens.modes import PromptMode, TextInputMode
from tui.session.focus import focusable
from tui.session.found_quotations import found_quotation, found_speaker, quotation_to_mark
from tui.session.mark_edits import Mark, Side, marks, overlapping_correction
from tui.session.marks import (
    add_quote,
    add_span,
    attribute_quote,
    classify_span,
    correct_span,
    delete_mark,
    move_mark,
    note_mark,
)
from tui.session.prompts.labels import MOST
from tui.session.prompts.pointing import Pointing
from tui.session.prompts.prompt import (
    TO_TYPE,
    Answer,
    Prompt,
    Question,
    category_of,
    error_questions,
    holder_question,
    speaker_question,
    yes_question,
)
from tui.session.session import Outcome
from tui.text.words import Target, targets_around

_QUOTED_AHEAD = 300
"""Words that a quotation may be marked over with letters; `]` takes it further."""


class MarkKeys:
    """What the reader does with its keys for marks, and which mark has the focus."""

    def __init__(self, desk: Desk, names: NameKeys, hints: HintKeys) -> None:
        self._desk = desk
        self._names = names
        self._hints = hints
        self._last: tuple[str, str] | None = None
        """Severity and category of the last error that was marked."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {
            "mark.next": lambda: self._walk(+1),
            "mark.previous": lambda: self._walk(-1),
            "span.mark": self._mark,
            "span.repeat": self._repeat,
            "span.correct": lambda: self._with_span(self._correct),
            "quote.mark": self._quote,
            "mark.edit": lambda: self._with_mark(self._edit, lambda _: self._names.edit(), self._hints.edit),
            "mark.delete": lambda: self._with_mark(self._delete, self._names.delete, self._hints.refuse),
            "mark.end.later": lambda: self._move("end", +1),
            "mark.end.earlier": lambda: self._move("end", -1),
            "mark.start.later": lambda: self._move("start", +1),
            "mark.start.earlier": lambda: self._move("start", -1),
            "note": self._note,
        }

    def drag(self, sentence: int, start: int, end: int) -> None:
        """Mark the words that the mouse was dragged over; only the kind of error is asked."""
        if self._desk.may_change() and start < end:
            self._desk.go(sentence)
            scheme = self._desk.session.scheme
            self._ask("marking", Prompt(None, (start, end), error_questions(scheme)), self._marked)

    # -- the focused mark --------------------------------------------------

    def _marks(self) -> list[Mark]:
        session = self._desk.session
        return marks(session.annotation(session.cursor))

    def focused(self) -> Mark | None:
        """The mark that keys apply to."""
        return next((mark for mark in self._marks() if mark.id == self._desk.focus_mark), None)

    def _walk(self, step: int) -> None:
        """To the sentence's next mark or name."""
        ids = focusable(self._desk.session)
        if not ids:
            error, quote, name = map(self._desk.key, ("span.mark", "quote.mark", "entity.edit"))
            self._desk.say(f"no marks here: {error} marks an error, {quote} a quotation, {name} a name")
        elif self._desk.focus_mark in ids:
            index = ids.index(self._desk.focus_mark) + step
            self._desk.focus_mark = ids[index] if 0 <= index < len(ids) else None
        else:
            self._desk.focus_mark = ids[0 if step > 0 else -1]

    def _with_mark(
        self,
        act: Callable[[Mark], None],
        on_name: Callable[[Entity], None],
        on_hint: Callable[[Hint], None],
    ) -> None:
        """Act on the focused mark, name or hint, or on the only mark there is."""
        if not self._desk.may_change():
            return
        name, hint = self._names.focused(), self._hints.focused()
        if name is not None:
            on_name(name)
            return
        if hint is not None:
            on_hint(hint)
            return
        here = self._marks()
        mark = self.focused() or (here[0] if len(here) == 1 else None)
        if mark is None:
            self._desk.say("left and right choose a mark first" if here else "this sentence has no marks")
            return
        self._desk.focus_mark = mark.id
        act(mark)

    def _with_span(self, act: Callable[[Span], None]) -> None:
        def on_mark(mark: Mark) -> None:
            if isinstance(mark, Span):
                act(mark)
            else:
                refuse()

        def refuse(_: Entity | None = None) -> None:
            self._desk.say("only an error mark can be corrected")

        self._with_mark(on_mark, refuse, self._hints.correct)

    # -- errors ------------------------------------------------------------

    def _mark(self) -> None:
        if self._desk.may_change():
            scheme = self._desk.session.scheme
            self._ask("marking", Prompt(self._pointing, None, error_questions(scheme)), self._marked)

    def _repeat(self) -> None:
        if not self._desk.may_change():
            return
        if self._last is None:
            self._desk.say(f"nothing to mark again yet: {self._desk.key('span.mark')} marks an error")
            return
        severity, category = self._last

        def marked(answer: Answer) -> None:
            self._add(answer.start, answer.end, severity, category)

        self._ask("marking", Prompt(self._pointing, None, lambda _: ()), marked)

    def _marked(self, answer: Answer) -> None:
        self._add(answer.start, answer.end, answer.values[0], category_of(answer))

    def _add(self, start: int, end: int, severity: str, category: str) -> None:
        if start < end:
            self._last = (severity, category)
        session = self._desk.session
        self._apply(add_span(session, session.cursor, start, end, severity, category), start, end)

    def _correct(self, span: Span) -> None:
        def corrected(words: str) -> None:
            session = self._desk.session
            # Nothing for a gap, or the marked words themselves, is no correction.
            correction = None if words == span.text else words
            if correction is None and span.correction is None:
                self._desk.say("unchanged: no correction added")
                return
            annotation = session.annotation(session.cursor)
            other = (
                overlapping_correction(annotation, span)
                if annotation is not None and correction is not None
                else None
            )
            if other is None:
                self._done(correct_span(session, session.cursor, span.id, correction))
                return
            question = yes_question(f"“{other.text}” already corrects these words: replace it?")

            def take_place(answer: Answer) -> None:
                if answer.values[0] == "yes":
                    sentence = session.cursor
                    self._done(correct_span(session, sentence, span.id, correction, take_place=True))

            self._ask("marking", Prompt(None, (span.start, span.end), lambda _: (question,)), take_place)

        text = span.text if span.correction is None else span.correction
        self._desk.enter(
            TextInputMode(
                "editing", "correction", text, corrected, chosen=(span.start, span.end), replaces=True
            )
        )

    # -- quotations --------------------------------------------------------

    def _quote(self) -> None:
        if not self._desk.may_change():
            return
        session = self._desk.session
        article, cursor = session.article, session.cursor
        quotation = quotation_to_mark(article, cursor, session.annotation(cursor))
        shortcut = ("enter", "the quotation here", quotation) if quotation is not None else None

        def quoted(answer: Answer) -> None:
            self._spoken(
                answer,
                lambda speaker, holder: self._apply(
                    add_quote(
                        session,
                        cursor,
                        answer.start,
                        answer.end,
                        speaker=speaker,
                        holder=holder,
                        closed=is_closed(article.text, answer.start, answer.end),
                        origin=ORIGIN
                        if self._quotation_at(answer.start, answer.end) is not None
                        else "human",
                    ),
                    answer.start,
                    answer.end,
                ),
            )

        self._ask("quoting", Prompt(self._pointing_ahead, None, self._who, shortcut), quoted)

    def _quotation_at(self, start: int, end: int) -> Quotation | None:
        return found_quotation(self._desk.session.article, start, end)

    def _who(self, stretch: tuple[int, int]) -> Sequence[Question]:
        """Who speaks; and where the sentence is an opinion, whose."""
        people, quotation = self._desk.people, self._quotation_at(*stretch)
        speaker = found_speaker(quotation, people) if quotation is not None else None
        asked = [speaker_question(people, speaker)]
        return [*asked, holder_question()] if self._is_opinion else asked

    @property
    def _is_opinion(self) -> bool:
        session = self._desk.session
        annotation = session.annotation(session.cursor)
        return annotation is not None and "opinion" in annotation.tags

    def _spoken(
        self, answer: Answer, then: Callable[[str, str | None], None], holder: str | None = None
    ) -> None:
        """Go on with speaker and holder; a name that is to be typed is typed before the holder is asked for.

        `holder` stays where it is not asked for.
        """
        speaker, *rest = answer.values
        if speaker != TO_TYPE:
            then(speaker, (rest[0] or None) if rest else holder)
            return

        def typed(name: str) -> None:
            if not self._is_opinion:
                then(name.strip(), holder)
                return
            prompt = Prompt(None, (answer.start, answer.end), lambda _: [holder_question()])
            self._ask("quoting", prompt, lambda held: then(name.strip(), held.values[0] or None))

        self._desk.enter(TextInputMode("editing", "speaker", "", typed))

    # -- changing ----------------------------------------------------------

    def _edit(self, mark: Mark) -> None:
        session, cursor = self._desk.session, self._desk.session.cursor
        stretch = (mark.start, mark.end)
        if isinstance(mark, Quote):
            self._ask(
                "quoting",
                Prompt(None, stretch, self._who),
                lambda answer: self._spoken(
                    answer,
                    lambda speaker, holder: self._attribute(mark, speaker, holder),
                    mark.holder,
                ),
            )
            return
        self._ask(
            "marking",
            Prompt(None, stretch, error_questions(session.scheme)),
            lambda answer: self._done(
                classify_span(session, cursor, mark.id, answer.values[0], category_of(answer))
            ),
        )

    def _attribute(self, quote: Quote, speaker: str, holder: str | None) -> None:
        session = self._desk.session
        self._done(attribute_quote(session, session.cursor, quote.id, speaker, holder))

    def _delete(self, mark: Mark) -> None:
        session = self._desk.session
        ids = [other.id for other in self._marks()]
        index = ids.index(mark.id)
        self._done(delete_mark(session, session.cursor, mark.id))
        left = [other.id for other in self._marks()]
        self._desk.focus_mark = left[min(index, len(left) - 1)] if left else None

    def _move(self, side: Side, step: int) -> None:
        session = self._desk.session
        self._with_mark(
            lambda mark: self._done(move_mark(session, session.cursor, mark.id, side, step)),
            lambda name: self._names.move(name, side, step),
            lambda _: self._desk.say(f"{self._desk.key('hint.accept')} makes a mark of it first"),
        )

    def _note(self) -> None:
        if not self._desk.may_change():
            return
        session, cursor, mark = self._desk.session, self._desk.session.cursor, self.focused()
        if isinstance(mark, Span):
            span = mark
            self._desk.enter(
                TextInputMode(
                    "editing",
                    "note on the mark",
                    span.note,
                    lambda words: self._done(note_mark(session, cursor, span.id, words)),
                    chosen=(span.start, span.end),
                )
            )
            return
        annotation = session.annotation(cursor)
        self._desk.enter(
            TextInputMode(
                "editing",
                "note",
                annotation.note if annotation is not None else "",
                lambda words: self._done(session.set_note(cursor, words)),
            )
        )

    # -- how they work -----------------------------------------------------

    def _pointing(self) -> Pointing:
        """At the words of the current sentence, those after its last mark first."""
        session = self._desk.session
        article, cursor = session.article, session.cursor
        start, end = article.starts[cursor], article.ends[cursor]
        near = max((mark.end for mark in self._marks() if isinstance(mark, Span)), default=start)
        return Pointing(targets_around(article.text, start, end, article.language, near, MOST), near)

    def _pointing_ahead(self) -> Pointing:
        """At the words of the current sentence and of those after it."""
        article, sentence = self._desk.session.article, self._desk.session.cursor
        begun = article.starts[sentence]
        words: list[Target] = []
        while sentence < len(article) and len(words) < _QUOTED_AHEAD:
            start, end = article.starts[sentence], article.ends[sentence]
            words += targets_around(article.text, start, end, article.language, start, _QUOTED_AHEAD)
            sentence += 1
        return Pointing(words[:_QUOTED_AHEAD], begun, gaps=False)

    def _ask(self, help_page: str, prompt: Prompt, then: Callable[[Answer], None]) -> None:
        self._desk.enter(PromptMode(help_page, prompt, then))

    def _apply(self, outcome: Outcome, start: int, end: int) -> None:
        """Do what was asked, and focus the mark that came of it."""
        self._done(outcome)
        new = [mark.id for mark in self._marks() if (mark.start, mark.end) == (start, end)]
        if outcome.step is not None and new:
            self._desk.focus_mark = new[-1]

    def _done(self, outcome: Outcome) -> None:
        if self._desk.apply(outcome) and outcome.step is not None:
            self._desk.say(outcome.message)

"""The reader's keys for hints: accept one, refuse it, go to the next, and switch detectors on and off."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Sequence

from tui.model.hint import Hint, HintMode
from tui.painting.mark_lines import with_blanks
from tui.reader.desk import Desk
from tui.screens.modes import PromptMode, TextInputMode
from tui.session.focus import focus_of_hint, focused_hint, hints_in_order, next_hint_here
from tui.session.hint_answers import Open, accept, accept_all, next_open, open_hints, refuse
from tui.session.prompts.prompt import Answer, Prompt, category_of, error_questions, yes_question
from tui.session.session import Outcome
from tui.text.plurals import counted
from tui.widgets.choices import Row

_HASTE = 0.5
"""Seconds: too few to read a hint and its sentence."""
_HASTY = 5
"""Hints accepted in such haste, one after the other, until that is remarked upon."""
_AROUND = 24
"""Code points before and after the words of a hint in a list."""


class HintKeys:
    """What the reader does with its keys for hints."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        self._desk = desk
        self._clock = clock
        self._last_accepted = float("-inf")
        self._in_haste = 1
        self._offered_to_stop: set[str] = set()
        """Detectors that Postil has offered to switch off: it asks once a sitting."""

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {
            "hint.accept": self._accept,
            "hint.refuse": self._refuse,
            "hint.next": lambda: self._walk(+1),
            "hint.previous": lambda: self._walk(-1),
            "hint.accept_all": self._accept_all,
            "hints.show": self._turn,
            "hints.blind": self._turn_blind,
            "hints.detectors": self._detectors,
        }

    # -- which hint --------------------------------------------------------

    def focused(self) -> Hint | None:
        """The hint that has the focus."""
        session = self._desk.session
        return focused_hint(session, session.cursor, self._desk.focus_mark)

    def asked(self) -> Hint | None:
        """The hint that an answer is about: the focused one, or the first of the sentence while nothing has it."""
        if self._desk.focus_mark is not None:
            return self.focused()
        session = self._desk.session
        return next(iter(session.open_hints(session.cursor)), None)

    @property
    def question(self) -> str:
        """What is asked, in one line with the keys that answer; empty where nothing is."""
        hint = self.asked()
        if hint is None:
            return ""
        instead = _instead(hint)
        yes, no = self._desk.key("hint.accept"), self._desk.key("hint.refuse")
        return f"{yes} yes, {no} no: {hint.reason}{instead}"

    def _walk(self, step: int) -> None:
        """To the next hint that waits for an answer, or the one before, wherever it is."""
        session = self._desk.session
        article, cursor = session.article, session.cursor
        here = next_hint_here(session, self._desk.focus_mark, step)
        if here is not None:
            self._go_to(Open(cursor, here))
            return
        next_hint = next_open(session, article.ends[cursor] if step > 0 else article.starts[cursor], step)
        if next_hint is None:
            self._desk.say(self._nothing("no hint after this one" if step > 0 else "no hint before this one"))
            return
        there = hints_in_order(session, next_hint.sentence)
        self._go_to(next_hint._replace(hint=there[0] if step > 0 else there[-1]))

    def _go_to(self, item: Open) -> None:
        self._desk.go(item.sentence)
        self._desk.focus_mark = focus_of_hint(item.hint)

    def _nothing(self, otherwise: str) -> str:
        mode = self._desk.session.asked.mode
        if mode == "off":
            return f"hints are not shown: {self._desk.key('hints.show')} shows them"
        if mode == "blind":
            return f"{otherwise} (those of undecided sentences are hidden)"
        return otherwise

    # -- answers -----------------------------------------------------------

    def _accept(self) -> None:
        hint = self._to_answer()
        if hint is not None:
            self.accept(hint)

    def accept(self, hint: Hint, severity: str | None = None, category: str | None = None) -> None:
        """Make a mark of a hint of the current sentence, and go on to the next one."""
        session = self._desk.session
        outcome = accept(session, session.cursor, hint, severity=severity, category=category)
        if self._answered(hint, outcome):
            self._remark_on_haste()

    def edit(self, hint: Hint) -> None:
        """Accept a hint as another kind of error."""

        def answered(answer: Answer) -> None:
            self.accept(hint, answer.values[0], category_of(answer))

        questions = error_questions(self._desk.session.scheme)
        self._ask(Prompt(None, (hint.start, hint.end), questions), answered)

    def correct(self, hint: Hint) -> None:
        """Accept a hint with another correction."""
        session = self._desk.session
        text = session.article.text[hint.start : hint.end]

        def typed(words: str) -> None:
            correction = None if words == text else words
            outcome = accept(session, session.cursor, hint, correction=correction)
            self._answered(hint, outcome)

        line = text if hint.correction is None else hint.correction
        chosen = (hint.start, hint.end)
        self._desk.enter(TextInputMode("editing", "correction", line, typed, chosen=chosen, replaces=True))

    def refuse(self, hint: Hint) -> None:
        """Say that there is no such error, and go on to the next hint."""
        session = self._desk.session
        if self._answered(hint, refuse(session, session.cursor, hint)):
            self._offer_to_stop(hint)

    def _refuse(self) -> None:
        hint = self._to_answer()
        if hint is not None:
            self.refuse(hint)

    def _to_answer(self) -> Hint | None:
        """The hint that a key is about. Without one, go to the next, but do not answer it unread."""
        if not self._desk.may_change():
            return None
        hint = self.asked()
        if hint is None:
            session = self._desk.session
            here = session.open_hints(session.cursor)
            if here:
                self._desk.focus_mark = focus_of_hint(here[0])
            else:
                self._walk(+1)
        return hint

    def _answered(self, hint: Hint, outcome: Outcome) -> bool:
        """Do what was asked and focus the next hint: another sentence is gone to only from a decided one."""
        if not self._desk.apply(outcome) or outcome.step is None:
            return False
        session = self._desk.session
        here = session.open_hints(session.cursor)
        following = next((other for other in here if other.start >= hint.start), next(iter(here), None))
        self._desk.focus_mark = focus_of_hint(following) if following is not None else None
        if following is None and session.is_decided(session.cursor):
            next_hint = next_open(session, hint.start, +1)
            if next_hint is not None:
                self._go_to(next_hint)
        # Where the next question is in the line of keys, that counts for more.
        self._desk.hint(outcome.message)
        return True

    def _remark_on_haste(self) -> None:
        now = self._clock()
        self._in_haste = self._in_haste + 1 if now - self._last_accepted < _HASTE else 1
        self._last_accepted = now
        if self._in_haste >= _HASTY:
            key = self._desk.key("undo")
            self._desk.say(
                f"{counted(self._in_haste, 'hint')} accepted faster than one can read: {key} takes one back"
            )

    # -- many at once ------------------------------------------------------

    def _accept_all(self) -> None:
        """Show all hints of the detector at hand, and accept them if that is wanted."""
        if not self._desk.may_change():
            return
        hint = self.asked()
        if hint is not None:
            self._preview(hint.detector)
            return
        counts = Counter(item.hint.detector for item in open_hints(self._desk.session))
        if not counts:
            self._desk.say(self._nothing("no open hints"))
            return
        rows = [Row(value=name, text=name, right=str(count)) for name, count in counts.most_common()]
        self._desk.choose("Accept all hints of a kind", rows, self._preview, takes="list them")

    def _preview(self, detector: str | None) -> None:
        if detector is None:
            return
        waiting = list(open_hints(self._desk.session, detector))
        rows = [Row(value=0, text=f"accept all {len(waiting)}")]
        rows += [
            Row(value=number, text=self._in_context(item.hint), left=str(item.sentence + 1))
            for number, item in enumerate(waiting, 1)
        ]

        def chosen(row: int | None) -> None:
            if row == 0:
                self._take_all(waiting)
            elif row is not None:
                self._go_to(waiting[row - 1])

        title = f"{detector}: accept {len(waiting)} at once, or go to one"
        self._desk.choose(title, rows, chosen)

    def _take_all(self, waiting: Sequence[Open]) -> None:
        outcome = accept_all(self._desk.session, waiting)
        if self._desk.apply(outcome) and outcome.step is not None:
            self._desk.say(f"{outcome.message}: {self._desk.key('undo')} takes them all back")

    def _in_context(self, hint: Hint) -> str:
        article = self._desk.session.article
        sentence = article.sentence_at(hint.start)
        before = article.text[max(article.starts[sentence], hint.start - _AROUND) : hint.start]
        after = article.text[hint.end : min(article.ends[sentence], hint.end + _AROUND)]
        instead = _instead(hint)
        return f"{before}[{article.text[hint.start : hint.end]}{instead}]{after}"

    # -- which hints -------------------------------------------------------

    def _turn(self) -> None:
        mode = self._desk.session.asked.mode
        self._show("on" if mode == "off" else "off")
        message = "hints are shown" if mode == "off" else "hints are not shown"
        self._desk.say(
            f"{message}: {self._desk.key('hints.show')} turns them {'off' if mode == 'off' else 'on'}"
        )

    def _turn_blind(self) -> None:
        if self._desk.session.asked.mode == "blind":
            self._show("on")
            self._desk.say("hints are shown before a sentence is decided")
        else:
            self._show("blind")
            self._desk.say("blind: a sentence's hints are shown once it is decided, and compared")

    def _show(self, mode: HintMode) -> None:
        self._desk.session.asked.mode = mode
        self._desk.hints_changed()

    def _offer_to_stop(self, hint: Hint) -> None:
        """A detector that is wrong more often than not is asked to be quiet, once."""
        tally = self._desk.session.asked.tally(hint.detector)
        if not tally.is_poor or hint.detector in self._offered_to_stop:
            return
        self._offered_to_stop.add(hint.detector)
        asks = (
            f"{hint.detector} was right {counted(tally.accepted, 'time')} of {tally.decided}: switch it off?"
        )

        def answered(answer: Answer) -> None:
            if answer.values[0] == "yes":
                self._switch(hint.detector)

        self._ask(Prompt(None, (hint.start, hint.end), lambda _: (yes_question(asks),)), answered)

    def _detectors(self) -> None:
        asked = self._desk.session.asked
        counts = Counter(hint.detector for hint in asked.onwards(0, +1))
        names = sorted({*counts, *asked.detectors_off, *asked.here.detectors()})
        if not names:
            self._desk.say("no detector has found anything in this article")
            return
        rows: list[Row[str]] = []
        for name in names:
            tally = asked.tally(name)
            right = f"{tally.accepted} of {tally.decided} right" if tally.decided else "not decided yet"
            state = "off" if name in asked.detectors_off else "on"
            rows.append(Row(value=name, left=state, text=f"{name} ({counts[name]} here)", right=right))
        self._desk.choose("Detectors", rows, self._switch, takes="switch on or off")

    def _switch(self, detector: str | None) -> None:
        if detector is None:
            return
        asked = self._desk.session.asked
        asked.detectors_off = frozenset(asked.detectors_off) ^ {detector}
        self._desk.hints_changed()
        is_off = detector in asked.detectors_off
        self._desk.say(f"{detector} is {'off' if is_off else 'on'} for you in all articles")
        self._desk.switch_detector(detector, is_off=is_off)

    def _ask(self, prompt: Prompt, then: Callable[[Answer], None]) -> None:
        self._desk.enter(PromptMode("marking", prompt, then))


def _instead(hint: Hint) -> str:
    """What the hint would put in place of its words; empty if it does not say."""
    return "" if hint.correction is None else f" → {with_blanks(hint.correction) or 'nothing'}"

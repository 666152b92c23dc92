"""What the reader does with its keys while an article is reviewed, and how annotators' new work comes in."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from tui.painting.version_columns import VersionColumns
from tui.reader.desk import Desk
from tui.review.reviewing import Left, Reviewing
from tui.review.watching import Watch
from tui.screens.modes import TextInputMode
from tui.session.session import Outcome
from tui.settings.actions import ANNOTATORS_ONLY
from tui.text.plurals import counted
from tui.widgets.choices import Row
from tui.workspace import Workspace

LOOK_EVERY = 1.0
"""Seconds between two looks at the annotators' files."""

_LONGEST = 200
"""Code points of a sentence that a row shows."""

_MOST_NAMED = 3
"""Annotators that the footer names."""

_NOT_HERE = "not while reviewing: sentences, names and hints are the annotators'"


class ReviewKeys:
    """The keys of a review at one desk."""

    def __init__(self, desk: Desk, reviewing: Reviewing, columns: VersionColumns) -> None:
        self._desk = desk
        self._reviewing = reviewing
        self._columns = columns
        self.handlers: dict[str, Callable[[], None]] = {
            "disagreement.next": lambda: self._go(+1),
            "disagreement.previous": lambda: self._go(-1),
            "review.take": self._take_highlighted,
            "review.column": self._next_column,
            "review.choose": self._choose,
            "review.majority": lambda: self._decide(reviewing.take_majority),
            "review.reject": self._reject,
            "done.check": self._check,
        }
        """What an action does, by its id."""
        self.handlers |= dict.fromkeys(ANNOTATORS_ONLY, self._refuse)
        for number in range(1, 10):
            self.handlers[f"review.take.{number}"] = lambda number=number: self._take(number)

    def handler(self, action: str) -> Callable[[], None] | None:
        """What an action does here; None where that is as ever. A note on the sentence is a decision's reason."""
        if action == "note" and self._desk.focus_mark is None:
            return self.give_reason
        return self.handlers.get(action)

    def keys(self) -> list[tuple[str, str]]:
        """For the footer: a digit an annotator, then the other keys of a review."""
        names = self._reviewing.columns
        named = [
            (self._desk.key(f"review.take.{number}"), self._reviewing.shown(annotator))
            for number, annotator in enumerate(names[:9], start=1)
        ]
        if len(names) > _MOST_NAMED:
            named = [(f"{named[0][0]}-{named[-1][0]}", "take")]
        return [
            *named,
            *(
                (self._desk.key(action), name)
                for action, name in (
                    ("review.column", "column"),
                    ("review.majority", "majority"),
                    ("review.reject", "reject"),
                    ("disagreement.next", "next"),
                    ("undo", "undo"),
                    ("help", "help"),
                    ("quit", "quit"),
                )
            ),
        ]

    def give_reason(self) -> None:
        """What `note` does on a sentence: the reason of its decision."""
        settled = self._desk.session.annotation(self._desk.session.cursor)
        if not self._desk.may_change():
            return
        if settled is None or not settled.is_settled:
            self._desk.say("a reason goes with a decision: settle the sentence first")
            return
        sentence = self._desk.session.cursor

        def typed(words: str) -> None:
            self._desk.apply(self._reviewing.give_reason(sentence, words))

        self._desk.enter(TextInputMode("editing", "reason", settled.review_note, typed))

    # -- going -------------------------------------------------------------

    def _go(self, step: int) -> None:
        sentence = self._reviewing.next_to_settle(self._desk.session.cursor, step)
        if sentence is not None:
            self._desk.go(sentence)
        else:
            self._desk.say(self._all_settled() if self._reviewing.is_done else "none that way")

    def _all_settled(self) -> str:
        return f"everything is settled: {self._desk.key('done.check')} checks, {self._desk.key('quit')} quits"

    def _next_column(self) -> None:
        count = len(self._reviewing.columns)
        if count > 1:
            self._columns.highlighted = (self._columns.highlighted + 1) % count
            self._desk.versions_changed([], columns=True)

    # -- deciding ----------------------------------------------------------

    def _take(self, number: int) -> None:
        names = self._reviewing.columns
        if number > len(names):
            workers = counted(len(names), "annotator")
            self._desk.say(f"there is no version {number}: {workers} worked on this article")
            return
        self._decide(lambda sentence: self._reviewing.take(sentence, names[number - 1]))

    def _take_highlighted(self) -> None:
        self._take(self._columns.highlighted + 1)

    def _choose(self) -> None:
        rows = [
            Row(value=number, text=self._reviewing.shown(annotator), left=str(number))
            for number, annotator in enumerate(self._reviewing.columns, start=1)
        ]

        def take(number: int | None) -> None:
            if number is not None:
                self._take(number)

        self._desk.choose("Whose version", rows, take, takes="take it")

    def _reject(self) -> None:
        if not self._desk.may_change():
            return
        sentence = self._desk.session.cursor

        def typed(words: str) -> None:
            self._settle(sentence, lambda index: self._reviewing.reject(index, words))

        self._desk.enter(TextInputMode("editing", "reject because", "", typed))

    def _decide(self, command: Callable[[int], Outcome]) -> None:
        if self._desk.may_change():
            self._settle(self._desk.session.cursor, command)

    def _settle(self, sentence: int, command: Callable[[int], Outcome]) -> None:
        """Settle a sentence, and go on to the next that is to be settled."""
        if not self._desk.apply(command(sentence)):
            return
        following = self._reviewing.next_to_settle(sentence)
        if following is None:
            following = self._reviewing.next_to_settle(-1)
        if following is not None:
            self._desk.go(following)
        else:
            self._desk.say(self._all_settled())

    def _refuse(self) -> None:
        self._desk.say(_NOT_HERE)

    # -- what is left ------------------------------------------------------

    def _check(self) -> None:
        article = self._desk.session.article
        rows = [
            Row(
                value=item,
                left=str(item.sentence + 1),
                text=article.sentence_text(item.sentence)[:_LONGEST],
                right=item.what,
            )
            for item in self._reviewing.left()
        ]
        if not rows:
            self._desk.say("nothing is left: every sentence is settled or agreed on")
            return

        def go(chosen: Left | None) -> None:
            if chosen is not None:
                self._desk.go(chosen.sentence)
                self._desk.focus_mark = chosen.mark

        here = next((at for at, row in enumerate(rows) if row.value.sentence >= self._desk.session.cursor), 0)
        title = counted(len(rows), "thing is left", "things are left")
        self._desk.choose(title, rows, go, takes="go there", at=here)

    # -- what comes in -----------------------------------------------------

    async def watch(self, workspace: Workspace) -> None:
        """Take annotators' new work in as long as this runs."""
        article = self._desk.session.published
        watch = Watch(workspace.folder, workspace.store, article, workspace.scheme.label)
        while True:
            new_work = await asyncio.to_thread(watch.look)
            before = len(self._reviewing.columns)
            changed: set[int] = set()
            for name, work in new_work.items():
                changed |= set(self._reviewing.update_work(name, work))
            is_more = len(self._reviewing.columns) != before
            if changed or is_more:
                self._desk.versions_changed(sorted(changed), columns=is_more)
            await asyncio.sleep(LOOK_EVERY)

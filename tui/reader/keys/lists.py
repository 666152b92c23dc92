"""The reader's keys that open a list: sentences of a kind, headings, what is missing; and going to a number."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from tui.painting.cells import shortened
from tui.reader.desk import Desk
from tui.reader.keys.search import SearchKeys
from tui.screens.modes import TextInputMode
from tui.session.checklist import Missing, missing, worth_a_look
from tui.session.filters import filters
from tui.text.plurals import counted
from tui.widgets.choices import Row

_LONGEST = 200
"""Code points of a sentence that a row shows."""

_PROBLEM = 60
"""Cells of what is wrong with an expression while it is typed."""

_EXPRESSION = "where"
"""The row of the filters that lets an expression be typed."""

_NO_FILTER = "all"
"""The row of the filters that ends the one in force."""

_MOST = 10_000
"""Rows of a group of a list; the title of a longer one says that it is cut."""


def _many(rows: Sequence[object], singular: str, plural: str) -> str:
    """How many rows, and a word for them."""
    return f"{_MOST:,} or more {plural}" if len(rows) == _MOST else counted(len(rows), singular, plural)


class ChoiceKeys:
    """What the reader does with its keys that open a list."""

    def __init__(self, desk: Desk, search: SearchKeys) -> None:
        self._desk = desk
        self._search = search

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {
            "filter": self._filter,
            "outline": self._outline,
            "sentence.jump": self._number,
            "done.check": self.check,
        }

    def check(self) -> None:
        """List what is missing, then what is worth a look, and go where one likes."""
        rows, looks = self.missing(), self._rows(worth_a_look(self._desk.session))
        if not rows and not looks:
            self._desk.say("nothing is missing: every sentence is decided and every mark is complete")
            return
        title = f"{_many(rows, 'thing is', 'things are')} missing" if rows else "nothing is missing"
        title += f", {_many(looks, 'is', 'are')} worth a look" if looks else ""
        group = rows or looks
        here = next((index for index, row in enumerate(group) if row.value.sentence >= self._cursor), 0)
        # A heading that enter takes to the first of its rows.
        heading = [Row(value=looks[0].value, text="── worth a look ──")] if rows and looks else []
        self._desk.choose(title, [*rows, *heading, *looks], self._go_to, takes="go there", at=here)

    def missing(self) -> Sequence[Row[Missing]]:
        """A row for each thing that is missing, at most 10,000."""
        return self._rows(missing(self._desk.session))

    def _rows(self, items: Iterator[Missing]) -> Sequence[Row[Missing]]:
        article = self._desk.session.article
        rows: list[Row[Missing]] = []
        for item in islice(items, _MOST):
            start = article.starts[item.sentence]
            text = article.text[start : min(article.ends[item.sentence], start + _LONGEST)]
            rows.append(Row(value=item, left=str(item.sentence + 1), text=text, right=item.what))
        return rows

    @property
    def _cursor(self) -> int:
        return self._desk.session.cursor

    def _go_to(self, chosen: Missing | None) -> None:
        if chosen is not None:
            self._search.jump(chosen.sentence)
            self._desk.focus_mark = chosen.mark

    def _filter(self) -> None:
        rows = [
            Row(value=item.name, text=item.shown, right=str(item.sentences))
            for item in filters(self._desk.session)
            if item.sentences
        ]
        rows.append(Row(value=_EXPRESSION, text="where … (an expression)"))
        if self._search.has_filter:
            rows.append(Row(value=_NO_FILTER, text="no filter"))

        def go(name: str | None) -> None:
            if name == _EXPRESSION:
                self._where()
            elif name == _NO_FILTER:
                self._search.end_filter()
            elif name is not None:
                self._search.filter(name)

        self._desk.choose("Go through the sentences that are", rows, go, takes="go to the next")

    def _where(self) -> None:
        """Let an expression be typed, then go through the sentences that it is true of."""
        from tui.query.recognition import read

        scheme = self._desk.session.scheme

        def typed(text: str) -> None:
            if not text.strip():
                return
            condition, problem = read(text, "records", scheme)
            if condition is not None:
                self._search.filter_where(text.strip(), condition)
            else:
                self._desk.say(problem)

        def problem(text: str) -> str:
            return shortened(read(text, "records", scheme).problem, _PROBLEM) if text.strip() else ""

        self._desk.enter(
            TextInputMode("searching", "where, such as tag = opinion", "", typed, problem=problem)
        )

    def _outline(self) -> None:
        article = self._desk.session.article
        if not article.headings:
            self._desk.say("this article has no headings")
            return
        rows = [
            Row(value=index, text=article.sentence_text(index), right=str(index + 1))
            for index in article.headings
        ]
        before = [row_index for row_index, row in enumerate(rows) if row.value <= self._cursor]

        def go(index: int | None) -> None:
            if index is not None:
                self._search.jump(index)

        self._desk.choose("Headings", rows, go, takes="go there", at=before[-1] if before else 0)

    def _number(self) -> None:
        count = len(self._desk.session.article)

        def typed(words: str) -> None:
            if words.strip().isdecimal():
                self._search.jump(max(0, min(int(words.strip()[:9]) - 1, count - 1)))
            elif words.strip():
                self._desk.say(f"{words.strip()[:20]!r} is not a number: type 1 to {count}")

        self._desk.enter(TextInputMode("searching", f"sentence 1-{count}", "", typed))

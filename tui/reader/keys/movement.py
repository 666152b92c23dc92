"""The reader's keys for going through an article, sentence by sentence and further."""

from __future__ import annotations

from collections.abc import Callable

from tui.reader.desk import Desk


class MoveKeys:
    """What the reader does with its keys for moving."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def handlers(self) -> dict[str, Callable[[], None]]:
        """By action id."""
        return {
            "sentence.next": lambda: self._go_by(+1),
            "sentence.previous": lambda: self._go_by(-1),
            "paragraph.next": lambda: self._desk.go(self._paragraph(+1)),
            "paragraph.previous": lambda: self._desk.go(self._paragraph(-1)),
            "undecided.next": lambda: self._go_undecided(+1),
            "undecided.previous": lambda: self._go_undecided(-1),
            "article.start": lambda: self._desk.go(0),
            "article.end": lambda: self._desk.go(len(self._desk.session.article) - 1),
        }

    def _go_by(self, sentences: int) -> None:
        self._desk.go(self._desk.session.cursor + sentences)

    def _paragraph(self, direction: int) -> int:
        """First sentence of the next paragraph; backwards, of this one and then of the one before."""
        article, cursor = self._desk.session.article, self._desk.session.cursor
        here = article.paragraph_of(cursor)
        if direction < 0 and article.paragraphs[here] < cursor:
            return article.paragraphs[here]
        target = here + direction
        if target >= len(article.paragraphs):
            return len(article) - 1
        return article.paragraphs[max(0, target)]

    def _go_undecided(self, direction: int) -> None:
        session = self._desk.session
        sentence = session.next_undecided(session.cursor, direction)
        if sentence is not None:
            self._desk.go(sentence)
        else:
            self._desk.say(self._desk.all_decided if session.is_all_decided else "none that way")

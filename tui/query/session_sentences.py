"""The sentences of an open article, as a query is asked about them: those without annotations too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.formats.records import Record, record
from tui.query.documents import RecordDocument
from tui.query.reading import share
from tui.session.session import Session

if TYPE_CHECKING:
    from tui.query.compilation import Condition


class SessionSentences:
    """Finds out which sentences of a session fit."""

    def __init__(self, session: Session, condition: Condition) -> None:
        self._session = session
        self._condition = condition

    def fits(self, index: int) -> bool:
        """True if the sentence of that index fits."""
        return self._condition.query(RecordDocument(self._record(index), self._share))

    def _record(self, index: int) -> Record:
        session = self._session
        return record(
            session.article,
            session.annotation(index) or session.blank(index, ""),
            index,
            session.entities(index),
            annotator=session.annotator,
            scheme=session.scheme.label,
        )

    def _share(self, record: Record) -> float:
        return share(self._session.decided_count, len(self._session.article))

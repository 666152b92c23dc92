"""The sentences of an open article, as a query is asked about them: those without annotations too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.formats.records import Record, RecordEntity
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
        article = session.article
        annotation = session.annotation(index) or session.blank(index, "")
        return Record(
            article=article.id,
            title=article.title,
            source=article.source,
            language=article.language,
            source_language=article.source_language,
            text_sha256=article.text_sha256,
            scheme=session.scheme.label,
            segmentation=annotation.segmentation,
            sentence=index + 1,
            start=annotation.start,
            end=annotation.end,
            text=annotation.text,
            tags=annotation.tags,
            decided=annotation.decided,
            unsure=annotation.unsure,
            spans=annotation.spans,
            quotes=annotation.quotes,
            entities=self._entities(index),
            note=annotation.note,
            annotator=session.annotator,
            status=annotation.status,
            reviewer=annotation.reviewer,
            review_note=annotation.review_note,
            created_at=annotation.created_at or None,
            updated_at=annotation.updated_at or None,
            active_ms=annotation.active_ms,
            hints=annotation.hints,
        )

    def _entities(self, index: int) -> tuple[RecordEntity, ...]:
        text = self._session.article.text
        return tuple(
            RecordEntity(
                start=entity.start,
                end=entity.end,
                text=text[entity.start : entity.end],
                label=entity.label,
                origin=entity.origin,
                status=entity.status,
            )
            for entity in self._session.entities(index)
        )

    def _share(self, record: Record) -> float:
        return share(self._session.decided_count, len(self._session.article))

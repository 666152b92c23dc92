"""Which articles of a library fit, and the sentences that they are asked about, read from the store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.formats.records import Record, in_order, records
from tui.model.annotation import Annotation, Work
from tui.model.article import Article, EntityIndex
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.repaired import repaired
from tui.query.documents import ArticleDocument
from tui.query.fields import SHARE_KEY
from tui.store.folder import FolderStore
from tui.store.index import Entry
from tui.store.library import Library

if TYPE_CHECKING:
    from tui.query.compilation import Condition


def article_values(
    entry: Entry, *, decided: int, annotators: Sequence[str], touched: str, owners: Mapping[str, str]
) -> dict[str, object]:
    """What `postil list --json` prints of an article. `touched` is empty for never."""
    return {
        "article": entry.id,
        "title": entry.title,
        "source": entry.source,
        "language": entry.language,
        "source_language": entry.source_language,
        "sentences": entry.sentences,
        "decided": decided,
        "annotators": annotators,
        "touched_at": touched or None,
        "added_at": entry.added_at,
        "layout": entry.layout or "paragraphs",
        "encoding": entry.encoding,
        "encoding_guess": entry.encoding_guess,
        "owners": {name: owners[name] for name in annotators if name in owners},
    }


class ArticleFilter:
    """Finds out whether an article of a library fits a condition."""

    def __init__(self, condition: Condition, records: SentenceReader) -> None:
        """The condition is one on articles."""
        self._condition = condition
        self._records = records

    def may_fit(self, entry: Entry, annotators: Sequence[str]) -> bool:
        """False if it does not fit whatever the annotators did; reads nothing."""
        query = self._condition.index_query
        if query is None:
            return True
        values = article_values(entry, decided=0, annotators=annotators, touched="", owners={})
        return query(values)

    def fits(
        self,
        entry: Entry,
        *,
        decided: int,
        annotators: Sequence[str],
        touched: str,
        owners: Mapping[str, str],
    ) -> bool:
        """True if the article fits. Raises StoreError, RecordError if its annotations cannot be read."""
        values = article_values(entry, decided=decided, annotators=annotators, touched=touched, owners=owners)
        values["owners"] = [owners[name] for name in annotators if name in owners]
        values[SHARE_KEY] = share(decided, entry.sentences)
        return self._condition.query(ArticleDocument(values, lambda: self._records.of_article(entry.id)))


class SentenceReader:
    """Reads everyone's annotated sentences of an article, as `postil export` writes them."""

    def __init__(self, library: Library, store: FolderStore, reviews: FolderStore, scheme: str) -> None:
        """`scheme` is the label of the scheme in force."""
        self._library = library
        self._store = store
        self._reviews = reviews
        self._scheme = scheme

    def of_article(self, article_id: str) -> Iterator[Record]:
        """In the order of start and annotator. Raises StoreError, RecordError."""
        annotators = self._store.annotators(article_id)
        if not annotators:
            return iter(())
        article = self._library.load(article_id)
        entities = EntityIndex(article)
        settled = self._settled(article)
        return in_order([self._of(article, entities, name, settled) for name in annotators])

    def _settled(self, article: Article) -> Mapping[int, Annotation]:
        decisions: dict[str, dict[int, Annotation]] = {}
        for reviewer in self._reviews.annotators(article.id):
            stored = self._reviews.read(article.id, reviewer, article.text_sha256)
            if stored is not None and stored.meta.scheme == self._scheme:
                decisions[reviewer] = stored.annotations
        if not decisions:
            return {}
        from tui.review.adjudicated import in_force

        return in_force(decisions)

    def _of(
        self, article: Article, entities: EntityIndex, name: str, settled: Mapping[int, Annotation]
    ) -> Iterator[Record]:
        stored = self._store.read(article.id, name, article.text_sha256)
        work = stored.work if stored else Work()
        own = repaired(article, work.repairs.values())
        annotations = (work.annotations[start] for start in sorted(work.annotations))
        if settled:
            from tui.review.settled import reviewed

            annotations = (reviewed(item, name, settled.get(item.start)) for item in annotations)
        known = entities if own is article else EntityIndex(own)
        return records(
            own,
            annotations,
            annotator=name,
            scheme=stored.meta.scheme if stored else self._scheme,
            entities=CorrectedEntities(own, Corrections(work.entities), known),
        )


class Shares:
    """How much of an article the annotator of a record decided, in per cent; kept for the article read last."""

    def __init__(self, library: Library, store: FolderStore) -> None:
        self._library = library
        self._store = store
        self._article = ""
        self._by_annotator: dict[str, float] = {}

    def of(self, record: Record) -> float:
        """Raises StoreError."""
        if record.article != self._article:
            self._article, self._by_annotator = record.article, {}
        known = self._by_annotator.get(record.annotator)
        if known is None:
            article = self._library.load(record.article)
            work = self._store.load(record.article, record.annotator, record.text_sha256)
            decided = sum(item.decided for item in work.annotations.values())
            known = share(decided, len(repaired(article, work.repairs.values())))
            self._by_annotator[record.annotator] = known
        return known


def share(decided: int, sentences: int) -> float:
    """In per cent; of no sentences, all are decided."""
    return 100 * decided / sentences if sentences else 100.0

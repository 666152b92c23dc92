"""Each annotator's version of the sentences of one article, and where they differ; updated as work arrives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from tui.agreement.disagreements import Difference, differences
from tui.agreement.disagreements import versions as decided_by
from tui.model.annotation import Annotation
from tui.model.article import Article

Work = Mapping[int, Annotation]
"""One annotator's annotations, by the start of their sentence."""


class Versions:
    """All annotators' work on one article, by the index of the published sentence."""

    def __init__(self, article: Article, by_annotator: Mapping[str, Work]) -> None:
        self._article = article
        self._by_annotator = dict(by_annotator)
        self._differs = bytearray(len(article))
        """1 where annotators differ: the next one is a byte search away."""
        self._look_at(range(len(article)))

    @property
    def annotators(self) -> list[str]:
        """By name."""
        return sorted(self._by_annotator)

    def of(self, sentence: int) -> dict[str, Annotation]:
        """The versions of the annotators who decided a sentence, ordered by name."""
        return decided_by(self._by_annotator, self._article.starts[sentence], self._article.ends[sentence])

    def annotation_by(self, annotator: str, sentence: int) -> Annotation | None:
        """An annotator's annotation of a sentence, decided or not; None if theirs has other bounds."""
        annotation = self._by_annotator.get(annotator, {}).get(self._article.starts[sentence])
        return (
            annotation if annotation is not None and annotation.end == self._article.ends[sentence] else None
        )

    def differ(self, sentence: int) -> bool:
        """True if the annotators who decided a sentence differ on it."""
        return bool(self._differs[sentence])

    def differences(self, sentence: int) -> tuple[Difference, ...]:
        """Everything that they differ in."""
        return differences(self.of(sentence))

    def disagreements(self) -> Iterator[int]:
        """The sentences on which they differ, in order."""
        sentence = self._differs.find(1)
        while sentence >= 0:
            yield sentence
            sentence = self._differs.find(1, sentence + 1)

    def update_work(self, annotator: str, work: Work) -> list[int]:
        """Replace one annotator's work; returns the indexes of the sentences that changed, in order."""
        before = self._by_annotator.get(annotator, {})
        self._by_annotator[annotator] = dict(work)
        changed = sorted(
            index
            for start in before.keys() | work.keys()
            if before.get(start) != work.get(start)
            and (index := self._article.sentence_at(start)) < len(self._article)
        )
        self._look_at(changed)
        return changed

    def _look_at(self, sentences: Iterable[int]) -> None:
        for sentence in sentences:
            self._differs[sentence] = bool(self.differences(sentence))

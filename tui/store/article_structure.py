"""Whether the parts of an article fit together: asked where no checksum shows that Postil wrote it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Protocol

from tui.model.article import Article, EntityIndex
from tui.model.hint import HintIndex
from tui.model.quotation import all_quotations
from tui.text.plurals import counted


class _Bounded(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def misfit(article: Article) -> str | None:
    """What does not fit together, a few words; None if everything does. Takes time linear in the article."""
    return next(chain(_sentences(article), _groups(article), _spans(article)), None)


def _sentences(article: Article) -> Iterator[str]:
    starts, ends = article.starts, article.ends
    if len(starts) != len(ends):
        yield f"{counted(len(starts), 'start of a sentence', 'starts of sentences')} and {counted(len(ends), 'end')}"
    # Each must be followed by the next number that is not smaller.
    bounds = [0, *chain.from_iterable(zip(starts, ends, strict=False)), len(article.text)]
    if any(before > after for before, after in pairwise(bounds)):
        yield "its sentences are not one after another in its text"
    if any(start >= end for start, end in zip(starts, ends, strict=False)):
        yield "a sentence is empty"


def _groups(article: Article) -> Iterator[str]:
    for name, indexes in (("paragraphs", article.paragraphs), ("headings", article.headings)):
        bounds = [-1, *indexes, len(article.starts)]
        if any(before >= after for before, after in pairwise(bounds)):
            yield f"its {name} are not sentences in ascending order"
    if article.starts and article.paragraphs[:1] != [0]:
        yield "its first sentence is in no paragraph"


def _spans(article: Article) -> Iterator[str]:
    groups: tuple[tuple[str, Iterable[_Bounded]], ...] = (
        ("entities", EntityIndex(article)),
        ("hints", HintIndex(article.hint_blocks)),
        ("quotations", all_quotations(article.quotation_blocks)),
    )
    for name, spans in groups:
        last = 0
        try:
            for span in spans:
                if not last <= span.start < span.end <= len(article.text):
                    yield f"its {name} are not one after another in its text"
                last = span.start
        except (ValueError, RecursionError) as error:
            yield f"its {name} cannot be read ({error})"

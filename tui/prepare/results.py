"""Adding recognised entities, hints and quotations to an article."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from tui import hints
from tui.model.article import Article, EntityCount
from tui.model.hint import HintBlock
from tui.model.quotation import QuotationBlock

AUTO = "auto"
"""Model name that means the default model, if one is installed."""

MODEL_WARNING = "names were found in a simpler way: "
"""Start of the warning in an article whose recogniser could not be loaded."""
_EARLIER_WARNING = "names were found by their capitals: "
"""Its start in articles prepared before."""


class RecognitionResult(NamedTuple):
    blocks: list[msgspec.Raw]
    counts: list[EntityCount]
    prepared_by: str
    recogniser: str
    """For display, e.g. `fr_core_news_sm 3.8.0` or `names 1a2b3c4d`."""
    warnings: list[str]


def with_entities(article: Article, result: RecognitionResult) -> Article:
    """A copy of the article with the recognised entities."""
    kept = [
        warning for warning in article.warnings if not warning.startswith((MODEL_WARNING, _EARLIER_WARNING))
    ]
    return msgspec.structs.replace(
        article,
        entity_blocks=result.blocks,
        entity_counts=result.counts,
        prepared_by={**article.prepared_by, "entities": result.prepared_by},
        warnings=[*kept, *result.warnings],
    )


def has_current_hints(article: Article) -> bool:
    """True if the article's hints come from the current version of the detectors."""
    return article.prepared_by.get("hints") == hints.VERSION


def with_hints(
    article: Article, blocks: list[HintBlock], quotations: list[QuotationBlock], prepared_by: str
) -> Article:
    """A copy of the article with these hints and quotations."""
    return msgspec.structs.replace(
        article,
        hint_blocks=blocks,
        quotation_blocks=quotations,
        prepared_by={**article.prepared_by, "hints": prepared_by},
    )

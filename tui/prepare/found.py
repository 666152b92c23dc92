"""What the recognition of entities, and the detectors of hints, add to an article."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

from tui import hints
from tui.model.article import Article, EntityCount
from tui.model.hint import HintBlock
from tui.model.quotation import QuotationBlock

AUTO = "auto"
"""As the name of a model: the default one if it is installed."""

MODEL_WARNING = "names were found by their capitals: "
"""Begins the warning of an article whose model did not load."""


class Found(NamedTuple):
    blocks: list[msgspec.Raw]
    counts: list[EntityCount]
    prepared_by: str
    recogniser: str
    """For people, e.g. `fr_core_news_sm 3.8.0` or `capitalisation rules 1`."""
    warnings: list[str]


def with_found(article: Article, found: Found) -> Article:
    """A copy of the article with what recognition found."""
    kept = [warning for warning in article.warnings if not warning.startswith(MODEL_WARNING)]
    return msgspec.structs.replace(
        article,
        entity_blocks=found.blocks,
        entity_counts=found.counts,
        prepared_by={**article.prepared_by, "entities": found.prepared_by},
        warnings=[*kept, *found.warnings],
    )


def has_current_hints(article: Article) -> bool:
    """Whether today's detectors have been over the article."""
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

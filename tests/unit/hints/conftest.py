"""Sentences with what a detector should point at between ⟪ and ⟫."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tui.documents.document import Document, ReadingOptions
from tui.hints.find import find_hints
from tui.hints.registry import BY_NAME
from tui.model.article import Article
from tui.model.hint import Hint
from tui.prepare.pipeline import prepare_text


def prepared(text: str, language: str, source_language: str | None = None) -> Article:
    return prepare_text(
        Document(text=text),
        source="a.txt",
        options=ReadingOptions(language=language, source_language=source_language),
    )


@pytest.fixture
def hints_of() -> Callable[..., list[Hint]]:
    """The hints of a text, by all detectors or by one."""

    def found(
        text: str, language: str, detector: str | None = None, source_language: str | None = None
    ) -> list[Hint]:
        article = prepared(text, language, source_language)
        return find_hints(article, [BY_NAME[detector]]) if detector else find_hints(article)

    return found


@pytest.fixture
def marked(hints_of: Callable[..., list[Hint]]) -> Callable[..., str]:
    """The sentence, whose ⟪ and ⟫ are taken away first, with the detector's hints between such."""

    def mark(detector: str, language: str, sentence: str, source_language: str | None = None) -> str:
        text = sentence.replace("⟪", "").replace("⟫", "")
        for hint in reversed(hints_of(text, language, detector, source_language)):
            text = f"{text[: hint.start]}⟪{text[hint.start : hint.end]}⟫{text[hint.end :]}"
        return text

    return mark

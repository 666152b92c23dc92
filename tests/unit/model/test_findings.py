"""Names that are found late: what they add to the article, and what stays."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from tui.model.article import Article
from tui.model.findings import with_findings


def article(warnings: Sequence[str], *, has_names: bool) -> Article:
    """An article of one sentence with these warnings."""
    return Article(
        id="a",
        title="",
        source="-",
        language="fr",
        text_sha256="of Musk a dit non.",
        added_at="",
        text="Musk a dit non.",
        starts=[0],
        ends=[15],
        paragraphs=[0],
        prepared_by={"entities": "the tests"} if has_names else {},
        warnings=list(warnings),
    )


@pytest.mark.parametrize(
    ("before", "late", "after"),
    [
        (["guessed"], ["no model"], ["guessed", "no model"]),
        (["guessed"], ["guessed", "no model"], ["guessed", "no model"]),
        ([], ["no model"], ["no model"]),
        (["guessed"], [], ["guessed"]),
    ],
)
def test_the_warnings_of_both_stay_each_once(before: list[str], late: list[str], after: list[str]) -> None:
    found = with_findings(article(before, has_names=False), article(late, has_names=True))
    assert found.has_entities
    assert found.warnings == after


def test_an_article_that_has_names_keeps_its_own() -> None:
    own = article(["guessed"], has_names=True)
    assert with_findings(own, article(["no model"], has_names=True)) is own


def test_names_of_another_text_are_refused() -> None:
    other = replace(article([], has_names=True), text_sha256="of another")
    with pytest.raises(ValueError, match="different texts"):
        with_findings(article([], has_names=False), other)

"""A drag takes whole words of one sentence."""

from __future__ import annotations

import pytest

from tui.model.article import Article
from tui.reader.article_view.drag import dragged


@pytest.mark.parametrize(
    ("pressed", "now", "words"),
    [
        ("patron", "patron", "patron"),
        ("patron", " de", "patron"),
        (" patron", "Tesla", "patron de Tesla"),
        ("Tesla", " patron", "patron de Tesla"),
    ],
)
def test_a_drag_takes_the_words_that_it_touches(
    sample_article: Article, pressed: str, now: str, words: str
) -> None:
    text, start = sample_article.text, sample_article.starts[1]
    found = dragged(sample_article, 1, text.index(pressed, start), text.index(now, start))
    assert found is not None
    assert text[slice(*found)] == words


def test_a_drag_over_nothing_but_space_takes_nothing(sample_article: Article) -> None:
    space = sample_article.text.index(" ", sample_article.starts[1])
    assert dragged(sample_article, 1, space, space) is None


def test_a_drag_beyond_the_sentence_ends_with_it(sample_article: Article) -> None:
    start, end = sample_article.starts[1], sample_article.ends[1]
    assert dragged(sample_article, 1, start, len(sample_article.text)) == (start, end)
    assert dragged(sample_article, 1, end - 2, 0) == (start, end - 1)

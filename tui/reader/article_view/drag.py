"""What the mouse was dragged over: whole words of the sentence in which it was pressed."""

from __future__ import annotations

from tui.model.article import Article


def dragged(article: Article, sentence: int, pressed: int, now: int) -> tuple[int, int] | None:
    """Start and end of the words between two offsets, either way round; None where there are none."""
    from tui.text.words import targets

    low, high = sorted((pressed, now))
    start, end = article.starts[sentence], article.ends[sentence]
    words = targets(article.text, start, end, article.language)
    touched = [word for word in words if word[0] <= high and low < word[1]]
    return (touched[0][0], touched[-1][1]) if touched else None

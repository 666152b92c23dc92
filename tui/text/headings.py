"""Finding the sentences that are headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.text.sentences import Sentences

_LONGEST = 80
"""Code points; a longer line is not a heading."""

_ENDS_OTHERWISE = tuple(".!;,:»…。！；，：")
"""Characters a heading never ends with; it may end with a question mark."""

_LETTER = re.compile(r"[^\W\d_]")


def find(
    text: str, sentences: Sentences, known_starts: Iterable[int], layout: str = "paragraphs"
) -> list[int]:
    """Indexes of the sentences that are headings, ascending.

    `known_starts` are the offsets of headings that the file itself marks. If it marks none, a heading is a short
    paragraph in one line, of one sentence without a full stop, followed by a paragraph that is not such a line.
    Where each line is a sentence (`layout` is `lines`), no other line is a heading.
    """
    marked = frozenset(known_starts)
    if marked:
        return [
            sentence
            for first, end in _paragraphs(sentences)
            if sentences.starts[first] in marked
            for sentence in range(first, end)
        ]
    if layout == "lines":
        return []
    headings: list[int] = []
    before: int | None = None
    for first, end in _paragraphs(sentences):
        looks_like = end - first == 1 and _looks_like_heading(
            text[sentences.starts[first] : sentences.ends[first]]
        )
        if before is not None and not looks_like:
            headings.append(before)
        before = first if looks_like else None
    return headings


def _paragraphs(sentences: Sentences) -> Iterable[tuple[int, int]]:
    """For each paragraph, the index of its first sentence and the index after its last."""
    return zip(sentences.paragraphs, [*sentences.paragraphs[1:], len(sentences)], strict=False)


def _looks_like_heading(line: str) -> bool:
    return (
        len(line) <= _LONGEST
        and "\n" not in line
        and not line.endswith(_ENDS_OTHERWISE)
        and _LETTER.search(line) is not None
    )

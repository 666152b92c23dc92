"""Which sentences are headings."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.text.sentences import Sentences

_LONGEST = 80
"""Code points; a longer line is a paragraph."""

_ENDS_OTHERWISE = tuple(".!;,:»…。！；，：")
"""What a heading does not end in; a question mark it may."""

_LETTER = re.compile(r"[^\W\d_]")


def find(text: str, sentences: Sentences, known_starts: Iterable[int]) -> list[int]:
    """Indexes of the sentences that are headings, ascending.

    `known_starts` are the offsets of headings that the file itself marks. Where it marks none, a
    heading is a short line of one sentence without a full stop before a paragraph that is no such line.
    """
    marked = frozenset(known_starts)
    if marked:
        return [
            sentence
            for first, end in _paragraphs(sentences)
            if sentences.starts[first] in marked
            for sentence in range(first, end)
        ]
    found: list[int] = []
    before: int | None = None
    for first, end in _paragraphs(sentences):
        looks_like = end - first == 1 and _looks_like_heading(
            text[sentences.starts[first] : sentences.ends[first]]
        )
        if before is not None and not looks_like:
            found.append(before)
        before = first if looks_like else None
    return found


def _paragraphs(sentences: Sentences) -> Iterable[tuple[int, int]]:
    """Of each paragraph, the index of its first sentence and the index after its last."""
    return zip(sentences.paragraphs, [*sentences.paragraphs[1:], len(sentences)], strict=False)


def _looks_like_heading(line: str) -> bool:
    return len(line) <= _LONGEST and not line.endswith(_ENDS_OTHERWISE) and _LETTER.search(line) is not None

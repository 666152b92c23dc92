"""What painted rows show."""

from __future__ import annotations

from collections.abc import Iterable

from rich.segment import Segment

from tui.painting.cells import Line


def words_of(segments: Iterable[Segment]) -> str:
    """A row without its styles."""
    return "".join(segment.text for segment in segments)


def text_of(lines: Iterable[Line]) -> list[str]:
    """Lines without their styles."""
    return ["".join(text for text, _ in line) for line in lines]

"""A column of tags for each annotator, left of the ledger, with a sign for the state of each sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style

from tui.model.annotation import Annotation
from tui.painting.styles import Styles

if TYPE_CHECKING:
    from tui.review.reviewing import Reviewing

_LEAST_TEXT = 40
"""Cells that are left to the text; of more annotators some are out of sight then."""

_SIGNS = {"open": "≠", "changed": "≠", "settled": "✓", "agreed": "=", "single": " ", "undecided": " "}


class VersionColumns:
    """Paints everybody's tags of a sentence. One column is highlighted: its marks are shown in the text."""

    def __init__(self, reviewing: Reviewing, styles: Styles) -> None:
        self._reviewing = reviewing
        self._styles = styles
        self._tags = reviewing.session.scheme.tags
        self.highlighted = 0
        """Counts from 0."""
        self._shown = range(0)

    @property
    def annotator(self) -> str | None:
        """Whose column is highlighted."""
        names = self._reviewing.columns
        return names[self.highlighted] if self.highlighted < len(names) else None

    @property
    def cells(self) -> int:
        """All columns with the blank after each, and the sign."""
        return len(self._shown) * self._wide + 2

    @property
    def _wide(self) -> int:
        return len(self._tags) + 1

    def fit(self, width: int) -> None:
        """Show as many columns as `width` cells have room for, the highlighted one among them."""
        count = len(self._reviewing.columns)
        room = max(1, (width - _LEAST_TEXT - self._wide - 7) // self._wide)
        shown = min(count, room)
        first = max(0, min(self.highlighted - shown + 1, count - shown))
        if self.highlighted in self._shown and len(self._shown) == shown and self._shown.stop <= count:
            return
        self._shown = range(first, first + shown)

    def annotation(self, sentence: int) -> Annotation | None:
        """What the text shows of a sentence: what is settled, else the highlighted version."""
        settled = self._reviewing.session.annotation(sentence)
        if settled is not None or self.annotator is None:
            return settled
        return self._reviewing.versions.annotation_by(self.annotator, sentence)

    def heads(self) -> list[Segment]:
        """The columns' numbers, and the heading right of them."""
        styles = self._styles
        heads: list[Segment] = []
        for column in self._shown:
            is_highlighted = column == self.highlighted
            head = f"{column + 1}{'▾' if is_highlighted else ''}".ljust(self._wide)
            heads.append(Segment(head, styles.accent if is_highlighted else styles.dim))
        return [*heads, Segment("  settled", styles.dim)]

    def of(self, sentence: int, *, dimmed: bool) -> list[Segment]:
        """A sentence's cells."""
        styles, reviewing = self._styles, self._reviewing
        segments: list[Segment] = []
        for column in self._shown:
            version = reviewing.versions.annotation_by(reviewing.columns[column], sentence)
            segments += [*self._of_version(version, dimmed), Segment(" ", styles.ground)]
        standing = reviewing.standing(sentence)
        by_standing: dict[str, Style] = {
            "open": styles.accent,
            "changed": styles.accent,
            "settled": styles.good,
        }
        settled = reviewing.session.annotation(sentence)
        is_rejected = settled is not None and settled.status == "rejected" and standing == "settled"
        sign = "✗" if is_rejected else _SIGNS[standing]
        return [*segments, Segment(f"{sign} ", by_standing.get(standing, styles.faint))]

    def _of_version(self, version: Annotation | None, dimmed: bool) -> list[Segment]:
        styles, tags = self._styles, self._tags
        if version is None or not (version.decided or version.tags):
            return [Segment("·" * len(tags), styles.faint)]
        if version.decided and not version.tags:
            return [Segment("–" * len(tags), styles.dim)]
        is_dim = dimmed or not version.decided
        return [
            Segment(tag.letter, styles.dim if is_dim else styles.tags[tag.id])
            if tag.id in version.tags
            else Segment("·", styles.faint)
            for tag in tags
        ]

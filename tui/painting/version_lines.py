"""What the panel shows of each annotator's version of a sentence, and of the reviewer's decision."""

from __future__ import annotations

from rich.style import Style

from tui.model.annotation import Annotation
from tui.painting.cells import Line
from tui.painting.mark_lines import MarkLines
from tui.painting.styles import Styles
from tui.painting.version_columns import VersionColumns
from tui.review.reviewing import Reviewing
from tui.session.mark_edits import marks
from tui.text.clean import visible

_STANDINGS = {
    "open": "to be settled",
    "changed": "annotated differently since it was settled",
    "settled": "settled",
    "agreed": "all decisions agree",
    "single": "decided by one annotator only",
    "undecided": "not decided",
}


class VersionLines:
    """Words for versions."""

    def __init__(self, reviewing: Reviewing, columns: VersionColumns, styles: Styles) -> None:
        self._reviewing = reviewing
        self._columns = columns
        self._styles = styles

    def of(self, sentence: int, words: MarkLines) -> list[Line]:
        """The lines about a sentence: its state, the decision, then a block for each annotator."""
        styles, reviewing = self._styles, self._reviewing
        lines: list[Line] = [
            *words.wrapped(_STANDINGS[reviewing.standing(sentence)], self._standing(sentence))
        ]
        settled = reviewing.session.annotation(sentence)
        if settled is not None and settled.is_settled:
            lines += self._decision(settled, words)
        lines.append([])
        for number, annotator in enumerate(reviewing.columns, start=1):
            is_highlighted = annotator == self._columns.annotator
            version = reviewing.versions.annotation_by(annotator, sentence)
            heading = f"{'▸' if is_highlighted else ' '}{number} {visible(reviewing.shown(annotator))}"
            line: Line = [(heading, styles.accent if is_highlighted else styles.heading)]
            if version is not None and version.active_ms:
                line.append((f"  {_time(version.active_ms)}", styles.dim))
            lines += [line, *self._version(version, words), []]
        return lines

    def _standing(self, sentence: int) -> Style:
        standing = self._reviewing.standing(sentence)
        return self._styles.accent if standing in {"open", "changed"} else self._styles.dim

    def _decision(self, settled: Annotation, words: MarkLines) -> list[Line]:
        review = settled.review
        whose = self._whose(review.whose) if review else ""
        lines = words.wrapped(
            f"{settled.status}{whose} · {settled.updated_at[:16].replace('T', ' ')}", self._styles.good
        )
        if settled.review_note:
            lines += words.wrapped(settled.review_note, self._styles.ground)
        return lines

    def _whose(self, annotator: str | None) -> str:
        if annotator is None:
            return ""
        known = annotator in self._reviewing.columns
        return f", as {visible(self._reviewing.shown(annotator))}" if known else ""

    def _version(self, version: Annotation | None, words: MarkLines) -> list[Line]:
        styles = self._styles
        if version is None or version.is_empty:
            return [[("  not decided", styles.dim)]]
        scheme = self._reviewing.session.scheme
        names = {tag.id: tag.name for tag in scheme.tags}
        lines: list[Line] = []
        if version.tags:
            line: Line = [("  ", styles.dim)]
            for index, tag in enumerate(version.tags):
                line += [
                    (" · " if index else "", styles.dim),
                    (names.get(tag, visible(tag)), styles.tags.get(tag, styles.ground)),
                ]
            lines.append(line)
        elif version.decided:
            lines.append([("  no tag applies", styles.dim)])
        if not version.decided:
            lines.append([("  not decided", styles.dim)])
        elif version.unsure:
            lines.append([("  unsure", styles.accent)])
        for mark in marks(version):
            lines += words.of(mark, focused=False)
        if version.note:
            lines += words.wrapped(version.note, styles.ground)
        return lines


def _time(milliseconds: int) -> str:
    seconds = round(milliseconds / 1000)
    return f"{seconds // 60} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"

"""What the panel shows of the marks of a sentence: one to three lines each, and the focused one in full."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len
from rich.style import Style

from tui.model.annotation import Quote, Span
from tui.model.article import Article
from tui.model.hint import Hint
from tui.model.scheme import Scheme
from tui.painting.article.flow import CARET
from tui.painting.article.text_styles import Look, TextStyles
from tui.painting.cells import Line, shortened
from tui.painting.styles import Styles
from tui.painting.wrap import wrap
from tui.session.corrected_text import inserted_text
from tui.session.mark_edits import Mark
from tui.session.open_hints import Tally
from tui.text.clean import visible

_BLANK = "␣"
_LONGEST = 600
"""Code points of one text that are looked at: the panel has room for fewer."""
_MOST_LINES = 8
_MOST_OF_REASON = 3
"""Lines: a reason is one sentence, and the line of keys repeats it."""

_HOLDERS = {"author": "the author's opinion", "source": "the source's opinion"}


class MarkLines:
    """Words for marks."""

    def __init__(self, article: Article, scheme: Scheme, text_styles: TextStyles, cells: int) -> None:
        """The lines are at most `cells` wide."""
        self._article = article
        self._text_styles = text_styles
        self._styles = text_styles.styles
        self._cells = cells
        self._severities = {severity.id: severity.name for severity in scheme.severities}
        self._categories = {category.id: category.name for category in scheme.categories}

    def of(self, mark: Mark, *, focused: bool) -> list[Line]:
        """The lines about a mark."""
        lines = self._of_span(mark, focused) if isinstance(mark, Span) else self._of_quote(mark, focused)
        bar = ("▌", self._styles.bar) if focused else (" ", self._styles.ground)
        return [[bar, *line] for line in lines]

    def wrapped(self, text: str, style: Style) -> list[Line]:
        """A text on as many lines as it needs, at most 8."""
        return [[(row, style)] for row in self._rows(text, self._cells)]

    def of_hint(self, hint: Hint, tally: Tally) -> list[Line]:
        """The lines about a hint: few, since every move to another one paints them."""
        styles = self._styles
        words = self._article.text[hint.start : hint.end]
        lines = self._text(words, self._text_styles.style(Look(hinted=True)), False, indent=0)
        if hint.correction is not None:
            room = self._cells - 2 - sum(cell_len(part) for part, _ in lines[0])
            instead = f" → {with_blanks(hint.correction) or 'nothing'}"
            if cell_len(visible(instead)) <= room:
                lines[0].append((visible(instead), styles.good))
            else:
                lines += self._text(instead[1:], styles.good, False, indent=0)
        lines += self._text(hint.reason, styles.ground, True, indent=0)[:_MOST_OF_REASON]
        if tally.decided:
            record = f"{hint.detector}: right {tally.accepted} of {tally.decided}"
            lines += self._text(record, styles.dim, False, indent=0)
        return [[(" ", styles.ground), *line] for line in lines]

    def category(self, category: str) -> str:
        """The name of a category, to be shown."""
        return visible(self._categories.get(category, category))

    def _of_span(self, span: Span, focused: bool) -> list[Line]:
        styles, text_styles = self._styles, self._text_styles
        look = Look(sign=span.start == span.end, severity=text_styles.loudness(span.severity))
        words = f"{CARET} before {self._word_at(span.start)}" if look.sign else span.text
        severity = self._severities.get(span.severity, span.severity)
        category = self._categories.get(span.category or "", span.category or "no category yet")
        lines = self._text(words, text_styles.style(look), focused, indent=0)
        lines += self._text(f"{severity} · {category}", styles.dim, focused)
        if span.correction is not None:
            lines += self._text(f"→ {self._insertion(span) or 'nothing'}", styles.good, focused)
        if span.note:
            lines += self._text(span.note, styles.ground, focused)
        return lines

    def _of_quote(self, quote: Quote, focused: bool) -> list[Line]:
        styles = self._styles
        speaker = "no speaker yet" if quote.speaker is None else quote.speaker or "no one named"
        lines = self._text(quote.text, self._text_styles.style(Look(quoted=True)), focused, indent=0)
        lines += self._text(speaker, styles.entity("PER") if quote.speaker else styles.dim, focused)
        if quote.holder:
            lines += self._text(_HOLDERS.get(quote.holder, quote.holder), styles.dim, focused)
        if not quote.closed:
            lines += self._text("never closed", styles.dim, focused)
        return lines

    def _text(self, text: str, style: Style, in_full: bool, *, indent: int = 2) -> list[Line]:
        """In full or as far as it fits on one line, next to the bar."""
        cells = self._cells - 1 - indent
        rows = self._rows(text, cells) if in_full else [shortened(visible(text[:_LONGEST]), cells)]
        blank = (" " * indent, self._styles.ground)
        return [[blank, (row, style)] if indent else [(row, style)] for row in rows]

    def _rows(self, text: str, cells: int) -> Sequence[str]:
        words = visible(text[:_LONGEST])
        rows = [words[start:end] for start, end in wrap(words, 0, len(words), cells)]
        if len(rows) > _MOST_LINES or len(text) > _LONGEST:
            rows = rows[:_MOST_LINES]
            rows[-1] = shortened(rows[-1] + " " * cells, cells)
        return rows

    def _insertion(self, span: Span) -> str:
        """What the correction of a span puts into the text, with its blanks."""
        article = self._article
        sentence = article.sentence_at(span.start)
        start, end = article.starts[sentence], article.ends[sentence]
        return with_blanks(inserted_text(article.text, start, end, span, article.language))

    def _word_at(self, offset: int) -> str:
        article = self._article
        end = article.ends[article.sentence_at(offset)]
        from tui.text.words import targets

        words = targets(article.text, offset, min(end, offset + 40), article.language)
        return f"“{article.text[slice(*words[0])]}”" if words else "the end"


def with_blanks(text: str) -> str:
    """A correction with the blanks at its ends made visible."""
    words = text.strip()
    if not words:
        return _BLANK * len(text)
    start = text.index(words)
    return _BLANK * start + words + _BLANK * (len(text) - start - len(words))


_EDIT = ("edit", ("mark.edit",))
_CORRECT = ("correct", ("span.correct",))
_NOTE = ("note", ("note",))
_DELETE = ("delete", ("mark.delete",))
_START = ("start", ("mark.start.earlier", "mark.start.later"))
_END = ("end", ("mark.end.earlier", "mark.end.later"))

KEYS = tuple(action for _, actions in (_EDIT, _CORRECT, _NOTE, _DELETE, _START, _END) for action in actions)
"""Ids of the actions whose keys are shown below a focused mark."""


def key_lines(mark: Mark, keys: Mapping[str, str], styles: Styles, cells: int) -> list[Line]:
    """The keys that work on a mark; `keys` has them by action id, and those without one are left out."""
    offered = [_EDIT, _CORRECT, _NOTE, _DELETE] if isinstance(mark, Span) else [_EDIT, _DELETE]
    if mark.start < mark.end:
        offered += [_START, _END]
    lines: list[Line] = []
    room = -1
    for name, actions in offered:
        pressed = " ".join(keys[action] for action in actions if keys.get(action))
        if not pressed:
            continue
        wide = cell_len(f"{pressed} {name}")
        if wide + 2 > room:
            lines.append([])
            room = cells
        elif lines:
            lines[-1].append(("  ", styles.dim))
            room -= 2
        lines[-1] += [(pressed, styles.accent), (f" {name}", styles.dim)]
        room -= wide
    return [[("▌", styles.bar), *line] for line in lines]

"""The panel at the right: the current sentence, then the article's people and organisations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment

from tui.model.article import kind_name
from tui.painting.article.text_styles import TextStyles
from tui.painting.cells import Line, line_cells, shortened
from tui.painting.mark_lines import MarkLines, key_lines
from tui.painting.recogniser import recogniser_name
from tui.painting.styles import Styles
from tui.painting.wrap import wrap
from tui.session.focus import focused_entity, focused_hint
from tui.session.mark_edits import Mark, marks
from tui.session.session import Session
from tui.text.clean import visible

WIDTH = 34
"""Cells, with the rule at its left."""

_ROOM = WIDTH - 3
"""Cells of a line, next to the rule."""

TEXT_X = 2
"""The cell where lines begin, after the rule."""

_FOR_SENTENCE = 12
"""Lines that are kept for the sentence if there is room, so that what follows stays where it is."""

_BEFORE_LAYOUT = 40
"""Rows that are filled until the height of the panel is known."""


class PanelPainter:
    """What the panel shows of a session."""

    def __init__(
        self,
        session: Session,
        styles: Styles,
        text_styles: TextStyles,
        keys: Mapping[str, str],
        versions: Callable[[int, MarkLines], list[Line]] | None = None,
    ) -> None:
        """`keys` are those of the actions `mark_lines.KEYS`, as they are shown, by action id.

        `versions` makes the lines about the annotators' versions of a sentence, which replace the names.
        """
        self._session = session
        self._styles = styles
        self._text_styles = text_styles
        self._keys = keys
        self._versions = versions

    def lines(self, sentence: int, focus: str | None, height: int, searched: int | None) -> list[Line]:
        """The lines about a sentence and the focused mark in it, for a panel `height` rows high (0: not known).

        `searched` is the percentage of the article that has been searched for names, None if none are looked for.
        """
        height = height or _BEFORE_LAYOUT
        lines = self._sentence(sentence, focus, height)
        below = self._entities(searched) if self._versions is None else self._of_versions(sentence)
        kept = _FOR_SENTENCE if self._versions is None else 0
        free = min(kept, height - len(below) - 1)
        return lines + [[]] * (free - len(lines)) + below

    def row(self, lines: Sequence[Line], y: int) -> list[Segment]:
        """Row `y` of a panel that shows these lines; the first row is blank."""
        segments = [Segment("│ ", self._styles.faint)]
        if 0 < y <= len(lines):
            room = _ROOM
            for words, style in lines[y - 1]:
                words = shortened(words, room)
                segments.append(Segment(words, style))
                room -= cell_len(words)
        return segments

    def _sentence(self, sentence: int, mark: str | None, height: int) -> list[Line]:
        styles, session = self._styles, self._session
        annotation = session.annotation(sentence)
        lines: list[Line] = [[(f"Sentence {sentence + 1} of {len(session.article)}", styles.heading)]]
        if self._versions is not None and annotation is None:
            pass
        elif annotation is None:
            lines.append([("not decided yet", styles.dim)])
        else:
            if annotation.tags:
                lines += self._tags(annotation.tags)
            if not annotation.decided:
                lines.append([("not decided yet", styles.dim)])
            elif not annotation.tags:
                lines.append([("no tag applies", styles.dim)])
        lines += [[("unsure", styles.accent)], []] if annotation is not None and annotation.unsure else [[]]
        lines += self._about_name(sentence, mark)
        words = MarkLines(session.article, session.scheme, self._text_styles, _ROOM)
        lines += self._hints(sentence, mark, words)
        if annotation is None:
            return lines
        room = height - len(lines) - 2
        lines += self._marks(marks(annotation), mark, words, room)
        if annotation.note:
            lines += [[("Note", styles.accent)], *words.wrapped(annotation.note, styles.ground), []]
        return lines

    def _of_versions(self, sentence: int) -> list[Line]:
        if self._versions is None:
            return []
        session = self._session
        return self._versions(sentence, MarkLines(session.article, session.scheme, self._text_styles, _ROOM))

    def _about_name(self, sentence: int, focus: str | None) -> list[Line]:
        """The name that has the focus, and what it was found to be."""
        entity = focused_entity(self._session, sentence, focus)
        if entity is None:
            return []
        styles = self._styles
        words = visible(self._session.article.text[entity.start : entity.end])
        kind = visible(kind_name(entity.label))
        edit, delete = (self._keys.get(action, "") for action in ("mark.edit", "mark.delete"))
        keys: Line = [
            (edit, styles.accent),
            (" change it  ", styles.dim),
            (delete, styles.accent),
            (" no name", styles.dim),
        ]
        key_lines = [keys] if edit and delete else []
        heading: Line = [(f"Name: {kind}", styles.accent)]
        return [heading, [(words, styles.entity(entity.label))], *key_lines, []]

    def _hints(self, sentence: int, focus: str | None, words: MarkLines) -> list[Line]:
        """The hint that an answer would be about, and how many more wait; in blind mode the comparison."""
        session, styles = self._session, self._styles
        waiting = session.open_hints(sentence)
        blind = self._compared(sentence) if session.asked.mode == "blind" else []
        focused = focused_hint(session, sentence, focus)
        if not waiting or (focus is not None and focused is None):
            return blind
        hint = focused or waiting[0]
        heading = "Hint" if len(waiting) == 1 else f"Hint {waiting.index(hint) + 1} of {len(waiting)}"
        return [
            *blind,
            [(heading, styles.accent), (f" · {words.category(hint.category)}", styles.dim)],
            *words.of_hint(hint, session.asked.tally(hint.detector)),
            [],
        ]

    def _compared(self, sentence: int) -> list[Line]:
        """Hints compared with marks, in a sentence that was decided without hints."""
        from tui.session.hint_answers import compared
        from tui.text.plurals import counted

        if not self._session.is_decided(sentence):
            return []
        comparison = compared(self._session, sentence)
        if not any(comparison):
            return []
        styles = self._styles
        counts = [
            (comparison.both, "hint", " where you marked"),
            (comparison.hints_only, "hint", " where you did not"),
            (comparison.marks_only, "mark", " without a hint"),
        ]
        lines: list[Line] = [
            [(f" {counted(count, what)}{where}", styles.ground)] for count, what, where in counts if count
        ]
        return [[("Compared", styles.accent)], *lines]

    def _marks(self, here: Sequence[Mark], focused: str | None, words: MarkLines, room: int) -> list[Line]:
        """Marks in the order of the text; the first ones give way where the focused one would not fit."""
        if not here:
            return []
        styles = self._styles
        at = next((index for index, mark in enumerate(here) if mark.id == focused), None)
        heading = "Marks" if at is None else f"Mark {at + 1} of {len(here)}"
        lines: list[Line] = []
        if at is not None:
            lines = words.of(here[at], focused=True) + key_lines(here[at], self._keys, styles, _ROOM - 1)
        for mark in reversed(here[: at or 0]):
            before = words.of(mark, focused=False)
            if len(lines) + len(before) > room:
                break
            lines = before + lines
        for mark in here[0 if at is None else at + 1 :]:
            if len(lines) > room:
                break
            lines += words.of(mark, focused=False)
        return [[(heading, styles.accent)], *lines, []]

    def _tags(self, tags: tuple[str, ...]) -> list[Line]:
        """The tags' names, on as many lines as they need."""
        styles = self._styles
        lines: list[Line] = [[]]
        room = _ROOM
        for tag in tags:
            name = self._session.scheme.tag(tag).name if tag in styles.tags else visible(tag)
            separator = " · " if lines[-1] else ""
            if lines[-1] and cell_len(separator + name) > room:
                lines.append([])
                separator, room = "", _ROOM
            lines[-1] += [(separator, styles.dim), (name, styles.tags.get(tag, styles.ground))]
            room -= cell_len(separator + name)
        return lines

    def _entities(self, searched: int | None) -> list[Line]:
        styles, article = self._styles, self._session.article
        lines: list[Line] = [[("People, organisations, places", styles.accent)]]
        looking = f"looking for them: {searched} %" if searched else "looking for them …"
        if not article.has_entities:
            lines.append([(looking if searched is not None else "not looked for yet", styles.dim)])
            return lines
        for entity in article.entity_counts[:20]:
            style = styles.entity(entity.label)
            name = set_cell_size(shortened(visible(entity.text), 13), 13)
            kind = visible(kind_name(entity.label))
            lines.append([(f"{name}{entity.count:>4} ", style), (kind, styles.dim)])
        if not article.entity_counts:
            lines.append([("none found", styles.dim)])
        made_by = f"names: {recogniser_name(article.prepared_by['entities'])}"
        return [
            *lines,
            [],
            *([(made_by[a:b], styles.dim)] for a, b in wrap(made_by, 0, len(made_by), _ROOM)),
        ]


def changed_rows(before: Sequence[Line], after: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The rows that differ, each with the cells from `TEXT_X` on that have to be painted."""
    for y, (old, new) in enumerate(zip_longest(before, after, fillvalue=_BLANK), 1):
        if old != new:
            yield y, min(_ROOM, max(line_cells(old), line_cells(new)))


_BLANK: Line = []

"""What the page looks like, in its own styles: names, hints, error marks, quotations, and the ledger."""

from __future__ import annotations

from rich.cells import cell_len

from tui.model.article import kind_name
from tui.model.scheme import Scheme
from tui.painting.article.flow import CARET
from tui.painting.article.text_styles import Look, TextStyles
from tui.painting.cells import Line, line_cells
from tui.painting.styles import Styles
from tui.text.clean import visible

_NAMES = {"PER": "", "ORG": "", "LOC": "", "MISC": "", "NUMBER": "value"}
"""Labels, and what to call those whose own name says too little."""

_GAP = "  "


def legend_lines(styles: Styles, scheme: Scheme, room: int) -> list[Line]:
    """Lines of at most `room` cells, below a heading; what does not fit on one line goes on to the next."""
    groups = [_names(styles), _marks(styles, scheme), _ledger(styles, scheme)]
    return [
        [("What it looks like", styles.heading)],
        *(line for group in groups for line in _packed(group, room, styles)),
    ]


def _names(styles: Styles) -> list[Line]:
    return [[(name or visible(kind_name(label)), styles.entity(label))] for label, name in _NAMES.items()]


def _marks(styles: Styles, scheme: Scheme) -> list[Line]:
    text_styles = TextStyles(styles, scheme)
    opening, closing = ("[", "]") if text_styles.colourless else ("", "")
    errors: list[Line] = []
    for severity in scheme.severities:
        look = Look(severity=text_styles.loudness(severity.id))
        sign = text_styles.style(look._replace(sign=True))
        pieces: Line = [(opening, sign), (visible(severity.name), text_styles.style(look)), (closing, sign)]
        errors.append([(words, style) for words, style in pieces if words])
    errors[-1].append((" error", styles.dim))
    quotation_mark = text_styles.style(Look(quoted=True, quotation_mark=True))
    return [
        [("a hint", text_styles.style(Look(hinted=True)))],
        *errors,
        [(CARET, text_styles.style(Look(sign=True, severity=1))), (" omission", styles.dim)],
        [
            ("«", quotation_mark),
            (" quotation ", text_styles.style(Look(quoted=True))),
            ("»", quotation_mark),
        ],
    ]


def _ledger(styles: Styles, scheme: Scheme) -> list[Line]:
    first, *others = scheme.tags
    letter, dots = visible(first.letter), "·" * len(others)
    return [
        [(letter, styles.tags[first.id]), (dots, styles.faint), (" decided", styles.dim)],
        [(letter + dots, styles.dim), (" not decided", styles.dim)],
        [("–" * len(scheme.tags), styles.dim), (" no tag applies", styles.dim)],
        [("?", styles.accent), (" unsure", styles.dim)],
    ]


def _packed(entries: list[Line], room: int, styles: Styles) -> list[Line]:
    """As many entries on a line as fit."""
    lines: list[Line] = []
    for entry in entries:
        if lines and line_cells(lines[-1]) + cell_len(_GAP) + line_cells(entry) <= room:
            lines[-1] += [(_GAP, styles.ground), *entry]
        else:
            lines.append([*entry])
    return lines

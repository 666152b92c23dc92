"""The legend shows every look in its own style, within the width that it is given."""

from __future__ import annotations

import itertools

import pytest
from rich.style import Style

from tests.unit.painting.segments import text_of
from tui.painting.article.text_styles import Look, TextStyles
from tui.painting.cells import line_cells
from tui.painting.legend import legend_lines
from tui.painting.styles import Styles
from tui.settings.scheme_file import load
from tui.settings.theme import PALETTES, Palette

SCHEME = load()


@pytest.mark.parametrize("room", [30, 36, 67, 72, 100])
@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_it_names_every_look(palette: Palette, room: int) -> None:
    lines = legend_lines(Styles(palette, SCHEME), SCHEME, room)
    read = " ".join(text_of(lines))
    for words in ("person", "organisation", "place", "a hint", "minor", "critical", "omission", "quotation"):
        assert words in read
    for words in ("decided", "not decided", "no tag applies", "unsure"):
        assert words in read
    assert ("[minor]" in read) is palette.colourless
    assert all(line_cells(line) <= room for line in lines)


def _without_colour(style: Style) -> tuple[bool, ...]:
    return tuple(map(bool, (style.bold, style.dim, style.italic, style.underline, style.reverse)))


@pytest.mark.parametrize("name", ["ansi", "mono"])
@pytest.mark.parametrize("current", [False, True])
def test_hints_organisations_and_errors_differ_even_without_colour(name: str, current: bool) -> None:
    palette = PALETTES[name]
    text_styles = TextStyles(Styles(palette, SCHEME), SCHEME)
    looks = {
        "text": Look(current=current),
        "hint": Look(current=current, hinted=True),
        "organisation": Look(current=current, entity="ORG"),
        "minor": Look(current=current, severity=1),
        "critical": Look(current=current, severity=3),
    }
    styles = {look: text_styles.style(value) for look, value in looks.items()}
    for one, other in itertools.combinations(styles, 2):
        if {one, other} == {"text", "organisation"} and name == "ansi":
            assert styles[one].color != styles[other].color
        else:
            assert _without_colour(styles[one]) != _without_colour(styles[other]), (one, other)

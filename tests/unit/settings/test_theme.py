"""Themes: what can be read, what can be told apart by whom, and what `auto` picks.

Contrast as WCAG 2.1 measures it, https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio. Colour deficiencies as Machado,
Oliveira and Fernandes simulate them at severity 1.0 (2009, A physiologically-based model for simulation of color
vision deficiency, doi:10.1109/TVCG.2009.113): matrices over linear sRGB. Distances are those of CIELAB (CIE 1976,
D65), in which 2.3 is just noticeable (Mahy, Van Eycken and Oosterlinck 1994).
"""

from __future__ import annotations

import itertools
import math

import pytest
from rich.style import Style

from tui.settings import scheme_file as scheme
from tui.settings.theme import ANSI, DARK, LIGHT, MONO, PALETTES, Palette, ThemeError, choose

KNOWN = [palette for palette in PALETTES.values() if not palette.native]
"""The themes whose colours are not the terminal's own."""

KINDS = ("PER", "ORG", "LOC", "MISC", "MONEY")

TOLD_APART = 14
"""In CIELAB: letters are small, and one is seldom beside the other."""
LIGHTER_OR_DARKER = 9
"""In CIELAB's L*, where there is nothing but lightness."""

Matrix = tuple[tuple[float, float, float], ...]

SEEN: dict[str, Matrix] = {
    "as it is": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "without red": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "without green": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "without blue": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
GREY: Matrix = ((0.2126, 0.7152, 0.0722),) * 3


def linear(color: str) -> list[float]:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]


def seen(color: str, matrix: Matrix) -> list[float]:
    """What is left of a colour, in linear sRGB."""
    mixed = (sum(a * b for a, b in zip(row, linear(color), strict=True)) for row in matrix)
    return [min(1.0, max(0.0, channel)) for channel in mixed]


def lab(rgb: list[float]) -> tuple[float, float, float]:
    """CIELAB of linear sRGB under D65."""

    def f(t: float) -> float:
        return t ** (1 / 3) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116

    r, g, b = rgb
    x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047)
    y = f(0.2126 * r + 0.7152 * g + 0.0722 * b)
    z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def distance(first: str, second: str, matrix: Matrix) -> float:
    return math.dist(lab(seen(first, matrix)), lab(seen(second, matrix)))


def contrast(first: str, second: str) -> float:
    low, high = sorted(sum(seen(color, GREY)) / 3 for color in (first, second))
    return (high + 0.05) / (low + 0.05)


def ink(style: str, otherwise: str) -> str:
    """The colour that a style writes in."""
    color = Style.parse(style).color
    return color.name if color is not None else otherwise


def paper(style: str, otherwise: str) -> str:
    """The colour that a style writes on."""
    color = Style.parse(style).bgcolor
    return color.name if color is not None else otherwise


def emphasis(style: str) -> tuple[bool, bool, bool]:
    """Weight, slant and underline."""
    read = Style.parse(style)
    return bool(read.bold), bool(read.italic), bool(read.underline)


def tag_colours(palette: Palette) -> dict[str, str]:
    return {
        tag.id: palette.tags.get(tag.id, tag.color if palette.dark else tag.color_light)
        for tag in scheme.load().tags
    }


def test_the_measures_measure() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert lab(linear("#ffffff")) == pytest.approx((100, 0, 0), abs=0.05)
    assert lab(linear("#ff0000")) == pytest.approx((53.2, 80.1, 67.2), abs=0.1)
    # Red and green of one lightness: far apart, and hardly to be told apart by who sees no green.
    assert distance("#b3261e", "#8a4f00", SEEN["as it is"]) > 30
    assert distance("#b3261e", "#8a4f00", SEEN["without green"]) < 5


@pytest.mark.parametrize("palette", KNOWN, ids=lambda p: p.name)
def test_text_can_be_read_on_every_ground(palette: Palette) -> None:
    for ground in (palette.ground, palette.raised, palette.current):
        assert contrast(palette.text, ground) >= 7
        assert contrast(ink(palette.heading, ""), ground) >= 7
        assert contrast(palette.dim, ground) >= 4.5
        for color in (palette.accent, palette.good):
            assert contrast(color, ground) >= 4.5
        for style in palette.entities.values():
            assert contrast(ink(style, ""), ground) >= 4.5
    for color in tag_colours(palette).values():
        assert contrast(color, palette.ground) >= 4.5


@pytest.mark.parametrize("palette", KNOWN, ids=lambda p: p.name)
def test_every_mark_can_be_read_where_it_may_lie(palette: Palette) -> None:
    marks = palette.marks
    over = [
        *marks.severities,
        *marks.signs,
        marks.quoted,
        marks.quotation_mark,
        marks.hint,
        marks.focused,
        marks.focused_quote,
        marks.current_match,
        marks.chosen,
        marks.deleted,
        marks.inserted,
        marks.letter,
        marks.next_letter,
    ]
    for ground in (palette.ground, palette.current):
        for style in [*over, palette.alarm]:
            assert contrast(ink(style, palette.text), paper(style, ground)) >= 4.5, style
    found = paper(marks.match, "")
    assert contrast(palette.text, found) >= 4.5
    for style in palette.entities.values():
        assert contrast(ink(style, ""), found) >= 3, style


@pytest.mark.parametrize("palette", KNOWN, ids=lambda p: p.name)
@pytest.mark.parametrize("eyes", SEEN)
def test_kinds_of_names_are_told_apart_by_everybody(palette: Palette, eyes: str) -> None:
    styles = {"text": palette.text, **{kind: palette.entities[kind] for kind in KINDS}}
    for (one, first), (other, second) in itertools.combinations(styles.items(), 2):
        if emphasis(first) == emphasis(second):
            apart = distance(ink(first, ""), ink(second, ""), SEEN[eyes])
            assert apart >= TOLD_APART, (one, other)


@pytest.mark.parametrize("palette", KNOWN, ids=lambda p: p.name)
def test_kinds_of_names_are_told_apart_in_grey(palette: Palette) -> None:
    styles = {"text": palette.text, **{kind: palette.entities[kind] for kind in KINDS}}
    for (one, first), (other, second) in itertools.combinations(styles.items(), 2):
        if emphasis(first) == emphasis(second):
            assert distance(ink(first, ""), ink(second, ""), GREY) >= LIGHTER_OR_DARKER, (one, other)


@pytest.mark.parametrize("palette", KNOWN, ids=lambda p: p.name)
@pytest.mark.parametrize("eyes", SEEN)
def test_tags_are_told_apart_by_everybody(palette: Palette, eyes: str) -> None:
    """In grey they are by their letters and their columns."""
    for first, second in itertools.combinations(tag_colours(palette).values(), 2):
        assert distance(first, second, SEEN[eyes]) >= TOLD_APART, (first, second)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_severities_are_told_apart_without_their_colours(palette: Palette) -> None:
    minor, major, critical = map(Style.parse, palette.marks.severities)
    assert minor.underline
    assert not minor.bold
    assert major.underline
    assert major.bold
    assert critical.reverse or critical.bgcolor is not None
    for quieter in (minor, major):
        assert not quieter.reverse
        assert quieter.bgcolor is None


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_what_was_deleted_and_inserted_is_told_apart_without_colours(palette: Palette) -> None:
    deleted, inserted = Style.parse(palette.marks.deleted), Style.parse(palette.marks.inserted)
    assert deleted.strike
    assert inserted.underline
    assert not inserted.strike


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_names_differ_from_one_another_in_every_theme(palette: Palette) -> None:
    kinds = [palette.entities[label] for label in KINDS]
    assert len(set(kinds)) == len(kinds)


def test_mono_uses_no_colour_at_all() -> None:
    marks = MONO.marks
    styles = [MONO.text, MONO.dim, MONO.faint, MONO.accent, MONO.good, MONO.alarm, MONO.heading]
    styles += [*MONO.entities.values(), *MONO.tags.values(), *marks.severities, *marks.signs]
    styles += [
        value for value in map(marks.__getattribute__, marks.__struct_fields__) if isinstance(value, str)
    ]
    words = {word for style in styles for word in style.split()}
    assert words <= {"default", "bold", "not", "dim", "italic", "underline", "strike", "reverse"}
    assert MONO.colourless
    assert not any(palette.colourless for palette in PALETTES.values() if palette is not MONO)


def test_ansi_uses_the_terminals_own_colours_only() -> None:
    marks = ANSI.marks
    styles = [*ANSI.entities.values(), *ANSI.tags.values(), *marks.severities, *marks.signs, ANSI.alarm]
    styles += [
        value for value in map(marks.__getattribute__, marks.__struct_fields__) if isinstance(value, str)
    ]
    read = map(Style.parse, styles)
    colors = [color for style in read for color in (style.color, style.bgcolor) if color is not None]
    assert colors
    assert all(color.number is not None and color.number < 16 for color in colors if not color.is_default)


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "mono"),
        ({"TERM": "xterm-256color"}, "dark"),
        ({"TERM": "xterm", "COLORTERM": "truecolor"}, "dark"),
        ({"TERM": "xterm-256color", "COLORFGBG": "0;15"}, "light"),
        ({"TERM": "xterm"}, "ansi"),
        ({"TERM": "linux"}, "ansi"),
        ({}, "ansi"),
    ],
)
def test_auto_follows_the_terminal(environment: dict[str, str], expected: str) -> None:
    assert choose("auto", environment).name == expected


def test_themes_go_by_the_names_they_have() -> None:
    assert choose("contrast", {}).name == "contrast"
    assert choose("okabe-ito", {"NO_COLOR": "1"}).name == "okabe-ito"
    assert (choose("dark", {}), choose("light", {})) == (DARK, LIGHT)


def test_an_unknown_theme_is_refused_with_those_there_are() -> None:
    with pytest.raises(ThemeError, match="use one of auto, dark, light, contrast, okabe-ito"):
        choose("pink", {})

"""Contrast as WCAG 2.1 measures it (https://www.w3.org/TR/WCAG21/#dfn-contrast-ratio), and what `auto` picks."""

from __future__ import annotations

import re

import pytest

from tui.theme import ANSI, DARK, LIGHT, MONO, Palette, ThemeError, choose


def luminance(color: str) -> float:
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    light, dark = sorted((luminance(first), luminance(second)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def color_in(style: str) -> str:
    found = re.search(r"#[0-9a-f]{6}", style)
    assert found
    return found.group()


@pytest.mark.parametrize("palette", [DARK, LIGHT], ids=lambda p: p.name)
def test_text_can_be_read_on_every_ground(palette: Palette) -> None:
    for ground in (palette.ground, palette.raised, palette.current):
        assert contrast(palette.text, ground) >= 7
        assert contrast(color_in(palette.heading), ground) >= 7
        assert contrast(palette.accent, ground) >= 4.5
        for style in palette.entities.values():
            assert contrast(color_in(style), ground) >= 4.5
    for ground in (palette.ground, palette.raised):
        assert contrast(palette.dim, ground) >= 4.5


@pytest.mark.parametrize("palette", [DARK, LIGHT, ANSI, MONO], ids=lambda p: p.name)
def test_names_differ_from_one_another_in_every_theme(palette: Palette) -> None:
    kinds = [palette.entities[label] for label in ("PER", "ORG", "LOC", "MISC", "MONEY")]
    assert len(set(kinds)) == len(kinds)


def test_mono_uses_no_colour_at_all() -> None:
    styles = [MONO.text, MONO.dim, MONO.accent, MONO.alarm, *MONO.entities.values(), *MONO.tags.values()]
    words = {word for style in styles for word in style.split()}
    assert words <= {"default", "bold", "dim", "italic", "underline", "reverse"}


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


def test_an_unknown_theme_is_refused_with_those_there_are() -> None:
    with pytest.raises(ThemeError, match="use one of auto, dark"):
        choose("pink", {})

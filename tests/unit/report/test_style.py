"""The style sheet: what is written in colour can be read, whatever the scheme's colours are."""

from __future__ import annotations

import re

import msgspec
import pytest

from tui.model.scheme import Scheme
from tui.report.style import LEAST_CONTRAST, colours, contrast, readable, style_sheet
from tui.settings import scheme_file as scheme
from tui.settings.theme import DARK, LIGHT, Palette

LETTERS = ("text", "dim", "accent", "good", "quoted", "person", "organisation", "place", "other", "value")


def with_tag_colours(dark: str, light: str) -> Scheme:
    news = scheme.load()
    tags = (msgspec.structs.replace(tag, color=dark, color_light=light) for tag in news.tags)
    return msgspec.structs.replace(news, tags=tuple(tags))


def test_contrast_is_wcags() -> None:
    # The two ends of the scale, and an example of https://www.w3.org/TR/WCAG20-TECHS/G18.html (#767676 passes).
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#ffffff", "#ffffff") == pytest.approx(1)
    assert 4.5 < contrast("#767676", "#ffffff") < 4.6


@pytest.mark.parametrize("palette", [LIGHT, DARK])
@pytest.mark.parametrize("news", [scheme.load(), with_tag_colours("#222222", "#ffff00")])
def test_all_letters_can_be_read(palette: Palette, news: Scheme) -> None:
    page = colours(palette, news)
    tags = [f"t{place}" for place in range(len(news.tags))]
    for name in (*LETTERS, "r0", "r1", *tags):
        assert contrast(page[name], page["ground"]) >= LEAST_CONTRAST, name
        assert contrast(page[name], page["raised"]) >= LEAST_CONTRAST, name
    assert contrast(page["r2"], page["worst"]) >= LEAST_CONTRAST


def test_a_colour_that_can_be_read_stays_and_what_is_none_is_the_texts() -> None:
    assert readable("#1f6b5c", LIGHT) == "#1f6b5c"
    assert readable("red;} * { color: red", LIGHT) == LIGHT.text


def test_every_variable_is_set_and_no_rule_is_cut_short() -> None:
    style = style_sheet(scheme.load(), ["ana", "ben"])
    used = set(re.findall(r"var\(--([a-z0-9]+)", style))
    assert used <= set(re.findall(r"--([a-z0-9]+):", style))
    assert style.count("{") == style.count("}")


def test_boxes_have_rules_only_where_there_are_several_people() -> None:
    assert "#only" not in style_sheet(scheme.load(), ["ana"])
    assert "#only1:checked" in style_sheet(scheme.load(), ["ana", "ben"])

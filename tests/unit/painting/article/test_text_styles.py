"""Everything that must be told apart looks different, in every theme."""

from __future__ import annotations

import itertools

import msgspec
import pytest

from tui.model.scheme import Severity
from tui.painting.article.text_styles import CRITICAL, MAJOR, MINOR, Look, TextStyles
from tui.painting.styles import Styles
from tui.settings import scheme_file as scheme
from tui.settings.theme import PALETTES

NEWS = scheme.load()


@pytest.mark.parametrize("palette", sorted(PALETTES))
@pytest.mark.parametrize("current", [False, True], ids=["elsewhere", "current"])
def test_marks_are_told_apart(palette: str, current: bool) -> None:
    looks = TextStyles(Styles(PALETTES[palette], NEWS), NEWS)
    different = [
        Look(current=current),
        *(Look(current=current, severity=severity) for severity in (MINOR, MAJOR, CRITICAL)),
        Look(current=current, quoted=True),
        Look(current=current, quoted=True, focused=True),
        Look(current=current, matched=2 if current else 1),
        Look(current=current, chosen=True),
        Look(current=current, deleted=True),
        Look(current=current, dimmed=True),
    ]
    for one, other in itertools.combinations(different, 2):
        assert looks.style(one) != looks.style(other), (one, other)
    if not looks.colourless:
        for severity in (MINOR, MAJOR, CRITICAL):
            plain = Look(current=current, severity=severity)
            assert looks.style(plain) != looks.style(plain._replace(focused=True))


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_severities_differ_in_more_than_colour_also_over_names(palette: str) -> None:
    looks = TextStyles(Styles(PALETTES[palette], NEWS), NEWS)
    for entity in (None, "PER", "ORG", "LOC", "DATE"):
        shapes: list[tuple[bool, ...]] = []
        for severity in (MINOR, MAJOR, CRITICAL):
            style = looks.style(Look(current=True, entity=entity, severity=severity))
            filled = bool(style.reverse) or style.bgcolor != looks.style(Look(current=True)).bgcolor
            shapes.append((bool(style.bold), filled))
        assert shapes == [(False, False), (True, False), (True, True)]


@pytest.mark.parametrize("palette", sorted(PALETTES))
def test_letters_next_to_each_other_are_told_apart(palette: str) -> None:
    looks = TextStyles(Styles(PALETTES[palette], NEWS), NEWS)
    assert (
        len({*looks.letters, looks.style(Look(current=True)), looks.style(Look(current=True, chosen=True))})
        == 4
    )


def test_only_a_theme_without_colours_is_colourless() -> None:
    colourless = {
        name for name, palette in PALETTES.items() if TextStyles(Styles(palette, NEWS), NEWS).colourless
    }
    assert colourless == {"mono"}


@pytest.mark.parametrize(
    ("multipliers", "loudness"),
    [([1, 5, 25], [1, 2, 3]), ([3], [1]), ([5, 1], [3, 1]), ([0, 1, 5, 25], [1, 1, 2, 3])],
)
def test_a_schemes_severities_are_spread_by_what_they_cost(
    multipliers: list[int], loudness: list[int]
) -> None:
    severities = tuple(
        Severity(id=f"s{place}", name="", key=str(place), multiplier=multiplier)
        for place, multiplier in enumerate(multipliers)
    )
    own = msgspec.structs.replace(NEWS, severities=severities, tags=NEWS.tags[:1])
    looks = TextStyles(Styles(PALETTES["dark"], own), own)
    assert [looks.loudness(severity.id) for severity in severities] == loudness
    assert looks.loudness("unknown") == MAJOR


@pytest.mark.parametrize("palette", sorted(PALETTES))
@pytest.mark.parametrize("entity", [None, "PER"])
def test_the_hint_that_has_the_focus_is_told_from_the_others(palette: str, entity: str | None) -> None:
    looks = TextStyles(Styles(PALETTES[palette], NEWS), NEWS)
    hint = Look(current=True, entity=entity, hinted=True)
    plain = Look(current=True, entity=entity)
    focused = looks.style(hint._replace(focused=True))
    assert len({looks.style(plain), looks.style(hint), focused}) == 3
    assert not focused.dim

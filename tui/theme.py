"""Colours and emphasis, as plain data: one palette a theme.

Colour never stands alone: each entity kind differs in weight, slant or underline too, and each
tag has its letter and its column, so that every theme also works in grey.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

ENTITY_LABELS = ("PER", "ORG", "LOC", "MISC", "MONEY", "DATE", "TIME", "PERCENT", "NUMBER")


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """One theme. Colours are `#rrggbb`, names of the terminal's own 16, or `default`; styles are Rich's words."""

    name: str
    dark: bool
    native: bool = False
    """Whether it uses the terminal's own colours and ground."""
    ground: str
    raised: str
    current: str
    text: str
    heading: str
    dim: str
    faint: str
    accent: str
    good: str
    alarm: str
    """Style of `NOT SAVED`, the one thing that may shout."""
    current_style: str = ""
    """Emphasis of the current sentence where a ground alone would not show."""
    entities: dict[str, str]
    tags: dict[str, str] = {}
    """Colour by tag id, where the theme overrides the scheme's own."""


def _entities(person: str, organisation: str, place: str, other: str, value: str) -> dict[str, str]:
    values = dict.fromkeys(("MONEY", "DATE", "TIME", "PERCENT", "NUMBER"), value)
    return {"PER": person, "ORG": organisation, "LOC": place, "MISC": other} | values


DARK = Palette(
    name="dark",
    dark=True,
    ground="#12151b",
    raised="#171b23",
    current="#212a38",
    text="#d3d7de",
    heading="bold #ffffff",
    dim="#858fa3",
    faint="#3a4250",
    accent="#e8b04a",
    good="#5fb3a1",
    alarm="bold #12151b on #ef6f6c",
    entities=_entities("bold #9cc4ff", "#f0c674", "#a3d9a5", "#c9a8f5", "italic #7fd1cf"),
)

LIGHT = Palette(
    name="light",
    dark=False,
    ground="#f6f2ea",
    raised="#ece6d9",
    current="#e3dac6",
    text="#2b2b2b",
    heading="bold #000000",
    dim="#6b6558",
    faint="#c4bba8",
    accent="#7a4f00",
    good="#1f6b5c",
    alarm="bold #ffffff on #b3261e",
    entities=_entities("bold #124a9c", "#7a4300", "#1f6030", "#6a2fa0", "italic #00595c"),
)

ANSI = Palette(
    name="ansi",
    dark=True,
    native=True,
    ground="default",
    raised="default",
    current="default",
    text="default",
    heading="bold",
    dim="bright_black",
    faint="bright_black",
    accent="yellow",
    good="green",
    alarm="bold reverse red",
    current_style="bold",
    entities=_entities("bold blue", "yellow", "green", "magenta", "italic cyan"),
    tags={"fact": "green", "opinion": "yellow", "quote": "blue", "translation_error": "red"},
)

MONO = Palette(
    name="mono",
    dark=True,
    native=True,
    ground="default",
    raised="default",
    current="default",
    text="default",
    heading="bold",
    dim="dim",
    faint="dim",
    accent="bold",
    good="default",
    alarm="bold reverse",
    current_style="",
    entities=_entities("bold", "underline", "bold underline", "italic underline", "italic"),
    tags=dict.fromkeys(("fact", "opinion", "quote", "translation_error"), "bold"),
)

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, ANSI, MONO)}


class ThemeError(Exception):
    """An unknown theme; `str()` names those there are."""


def choose(name: str, environment: Mapping[str, str]) -> Palette:
    """The palette called `name`, or for `auto` the one that this terminal shows best.

    `auto` follows NO_COLOR (https://no-color.org), the terminal's number of colours, and the
    ground that COLORFGBG tells. Raises ThemeError.
    """
    if name != "auto":
        try:
            return PALETTES[name]
        except KeyError:
            known = ", ".join(["auto", *PALETTES])
            raise ThemeError(f"there is no theme {name!r}: use one of {known}") from None
    if environment.get("NO_COLOR"):
        return MONO
    if not _has_256_colours(environment):
        return ANSI
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in {"7", "15"} else DARK


def _has_256_colours(environment: Mapping[str, str]) -> bool:
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return True
    terminal = environment.get("TERM", "").lower()
    return (
        "256" in terminal
        or "direct" in terminal
        or terminal in {"xterm-kitty", "alacritty", "foot", "xterm-ghostty"}
    )

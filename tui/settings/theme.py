"""Colours and emphasis, as plain data: one palette for each theme.

Nothing is shown by colour alone. Kinds of entities differ from one another and from the text in weight, slant,
underline or lightness; tags have a letter and a column; severities differ in underline, weight and reverse.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

ENTITY_LABELS = ("PER", "ORG", "LOC", "MISC", "MONEY", "DATE", "TIME", "PERCENT", "NUMBER")


class MarkStyles(msgspec.Struct, frozen=True, kw_only=True):
    """Rich styles for marks in the text; each is added to the style of the text itself."""

    severities: tuple[str, str, str]
    """For minor, major and critical errors."""
    signs: tuple[str, str, str, str]
    """For signs between words, such as the caret of an omission: without an error, then by severity."""
    quoted: str
    quotation_mark: str
    """For the first and last character of a marked quotation."""
    hint: str
    """For words that only a detector found; never stronger than an annotator's mark."""
    focused: str
    """For an error that has the focus, and the signs around it."""
    focused_hint: str
    focused_quote: str
    match: str
    current_match: str
    """For a match in the current sentence."""
    chosen: str
    """For the words chosen so far while pointing."""
    deleted: str
    inserted: str
    letter: str
    """For a letter shown on a word to point at it."""
    next_letter: str
    """For letters right after others, without a cell between."""


class Palette(msgspec.Struct, frozen=True, kw_only=True):
    """One theme. Colours are `#rrggbb`, names of the terminal's own 16, or `default`; styles are Rich styles."""

    name: str
    about: str
    """What it is for, in a few words."""
    dark: bool
    native: bool = False
    """True if it uses the terminal's own colours and background."""
    colourless: bool = False
    """True if it has no colours at all, so that signs must replace them."""
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
    """For `NOT SAVED`, the strongest style of all."""
    current_style: str = ""
    """For the current sentence, if a background alone would not be visible."""
    entities: dict[str, str]
    tags: dict[str, str] = {}
    """Colours by tag id that replace those of the scheme."""
    marks: MarkStyles
    tint: float = 0.55
    """How much of the tag's colour goes into the text of a sentence in flowing prose."""


def _entities(person: str, organisation: str, location: str, other: str, value: str) -> dict[str, str]:
    values = dict.fromkeys(("MONEY", "DATE", "TIME", "PERCENT", "NUMBER"), value)
    return {"PER": person, "ORG": organisation, "LOC": location, "MISC": other} | values


def _tags(fact: str, opinion: str, quote: str, error: str) -> dict[str, str]:
    return {"fact": fact, "opinion": opinion, "quote": quote, "translation_error": error}


DARK = Palette(
    name="dark",
    about="a calm dark background",
    dark=True,
    ground="#12151b",
    raised="#171b23",
    current="#212a38",
    text="#d3d7de",
    heading="bold #ffffff",
    dim="#8a94a8",
    faint="#3a4250",
    accent="#e8b04a",
    good="#5fb3a1",
    alarm="bold #12151b on #ef6f6c",
    entities=_entities("bold #9cc4ff", "#dfb766", "#6aa870", "bold italic #c9a8f5", "italic #7fd1cf"),
    marks=MarkStyles(
        severities=(
            "not bold underline #eda3a8",
            "bold underline #ef6f6c",
            "bold underline #12151b on #ef6f6c",
        ),
        signs=("#8a94a8", "bold #eda3a8", "bold #ef6f6c", "bold #12151b on #ef6f6c"),
        quoted="#aec0ee",
        quotation_mark="bold #8aa9ff",
        hint="underline #a9b0bd",
        focused="#ffffff on #5d3437",
        focused_hint="#ffffff on #5d3437",
        focused_quote="#ffffff on #3b4769",
        match="on #4f4128",
        current_match="bold #12151b on #e8b04a",
        chosen="bold #ffffff on #68532e",
        deleted="not bold not underline strike #8a94a8",
        inserted="not bold underline #5fb3a1",
        letter="bold #12151b on #e8b04a",
        next_letter="bold #12151b on #dbc7a3",
    ),
)

LIGHT = Palette(
    name="light",
    about="a light background, like paper",
    dark=False,
    ground="#f6f2ea",
    raised="#ece6d9",
    current="#e3dac6",
    text="#2b2b2b",
    heading="bold #000000",
    dim="#615c50",
    faint="#c4bba8",
    accent="#7a4f00",
    good="#1f6b5c",
    alarm="bold #ffffff on #b3261e",
    entities=_entities("bold #124a9c", "#8a5000", "#0f4d29", "bold italic #6a2fa0", "italic #00595c"),
    # People who see no green cannot distinguish the scheme's own red and amber.
    tags={"translation_error": "#a3123f"},
    marks=MarkStyles(
        severities=(
            "not bold underline #9a3a56",
            "bold underline #a3123f",
            "bold underline #ffffff on #a3123f",
        ),
        signs=("#615c50", "bold #9a3a56", "bold #a3123f", "bold #ffffff on #a3123f"),
        quoted="#2d3d6e",
        quotation_mark="bold #2f4fb0",
        hint="underline #4d4940",
        focused="#000000 on #daa6b0",
        focused_hint="#000000 on #daa6b0",
        focused_quote="#000000 on #b2bbd6",
        match="on #d6c6a4",
        current_match="bold #f6f2ea on #7a4f00",
        chosen="bold #000000 on #c4b18c",
        deleted="not bold not underline strike #615c50",
        inserted="not bold underline #1f6b5c",
        letter="bold #f6f2ea on #7a4f00",
        next_letter="bold #f6f2ea on #4b391a",
    ),
)

CONTRAST = Palette(
    name="contrast",
    about="high contrast on black",
    dark=True,
    ground="#000000",
    raised="#101010",
    current="#16233f",
    text="#ffffff",
    heading="bold #ffffff",
    dim="#c4c4c4",
    faint="#757575",
    accent="#ffd000",
    good="#5fe08a",
    alarm="bold #000000 on #ff8cc0",
    entities=_entities("bold #8ec5ff", "#ffd166", "#4fd0a0", "bold italic #e0b0ff", "italic #66e0e0"),
    tags=_tags("#5fe08a", "#ffd000", "#9dbcff", "#ff8cc0"),
    marks=MarkStyles(
        severities=(
            "not bold underline #ffb3d4",
            "bold underline #ff8cc0",
            "bold underline #000000 on #ff8cc0",
        ),
        signs=("#c4c4c4", "bold #ffb3d4", "bold #ff8cc0", "bold #000000 on #ff8cc0"),
        quoted="#cedeff",
        quotation_mark="bold #9dbcff",
        hint="underline #d8d8d8",
        focused="#ffffff on #573041",
        focused_hint="#ffffff on #573041",
        focused_quote="#ffffff on #354057",
        match="on #4a3c00",
        current_match="bold #000000 on #ffd000",
        chosen="bold #ffffff on #665300",
        deleted="not bold not underline strike #c4c4c4",
        inserted="not bold underline #5fe08a",
        letter="bold #000000 on #ffd000",
        next_letter="bold #000000 on #ffec99",
    ),
)

OKABE_ITO = Palette(
    # Masataka Okabe and Kei Ito, Color Universal Design (2002, 2008), https://jfly.uni-koeln.de/color/
    # Its black, orange, sky blue, bluish green, yellow, vermillion and reddish purple; its blue is too dark here.
    name="okabe-ito",
    about="colours for colour-blind people",
    dark=True,
    ground="#000000",
    raised="#0e1116",
    current="#141a24",
    text="#e6e6e6",
    heading="bold #ffffff",
    dim="#9a9a9a",
    faint="#4d4d4d",
    accent="#e69f00",
    good="#009e73",
    alarm="bold #000000 on #d55e00",
    entities=_entities("bold #56b4e9", "#e69f00", "#009e73", "bold italic #cc79a7", "italic #f0e442"),
    tags=_tags("#009e73", "#f0e442", "#56b4e9", "#d55e00"),
    marks=MarkStyles(
        severities=(
            "not bold underline #cc79a7",
            "bold underline #d55e00",
            "bold underline #000000 on #d55e00",
        ),
        signs=("#9a9a9a", "bold #cc79a7", "bold #d55e00", "bold #000000 on #d55e00"),
        quoted="#9ecde8",
        quotation_mark="bold #56b4e9",
        hint="underline #b4b4b4",
        focused="#ffffff on #482000",
        focused_hint="#ffffff on #482000",
        focused_quote="#ffffff on #1d3d4f",
        match="on #3d2a00",
        current_match="bold #000000 on #e69f00",
        chosen="bold #ffffff on #5c4000",
        deleted="not bold not underline strike #9a9a9a",
        inserted="not bold underline #009e73",
        letter="bold #000000 on #e69f00",
        next_letter="bold #000000 on #e6ca8a",
    ),
)

ANSI = Palette(
    name="ansi",
    about="the terminal's own 16 colours",
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
    entities=_entities("bold blue", "yellow", "green", "bold italic magenta", "italic cyan"),
    tags=_tags("green", "yellow", "blue", "red"),
    # Backgrounds are made with reverse: a terminal's bold black may be an unreadable grey.
    marks=MarkStyles(
        severities=("not bold underline red", "bold underline red", "bold reverse red"),
        signs=("bright_black", "bold red", "bold red", "bold red"),
        quoted="italic",
        quotation_mark="bold blue",
        # Slanted, because grey and red may look alike.
        hint="italic underline bright_black",
        focused="bold underline reverse yellow",
        focused_hint="bold underline reverse yellow",
        focused_quote="bold reverse cyan",
        match="not bold reverse cyan",
        current_match="bold underline reverse cyan",
        chosen="bold reverse green",
        deleted="not bold strike bright_black",
        inserted="bold underline green",
        letter="bold reverse yellow",
        next_letter="bold reverse cyan",
    ),
)

MONO = Palette(
    name="mono",
    about="no colour at all",
    dark=True,
    native=True,
    colourless=True,
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
    # An organisation without an underline: hints and errors have one.
    entities=_entities("bold", "bold italic", "bold underline", "italic underline", "italic"),
    tags=_tags("bold", "bold", "bold", "bold"),
    marks=MarkStyles(
        severities=("not bold underline", "bold underline", "bold reverse"),
        signs=("dim", "bold", "bold", "bold"),
        quoted="italic",
        quotation_mark="bold italic",
        hint="dim underline",
        focused="",
        focused_hint="not dim reverse",
        focused_quote="italic reverse",
        match="reverse",
        current_match="bold italic reverse",
        chosen="bold underline reverse",
        deleted="dim strike",
        inserted="bold underline",
        letter="bold reverse",
        next_letter="underline reverse",
    ),
)

PALETTES = {palette.name: palette for palette in (DARK, LIGHT, CONTRAST, OKABE_ITO, ANSI, MONO)}


class ThemeError(Exception):
    """An unknown theme; `str()` lists the themes."""


def choose(name: str, environment: Mapping[str, str], *, lean: bool = False) -> Palette:
    """The palette with this name, or for `auto` the best one for this terminal, or the cheapest if `lean`.

    `auto` considers NO_COLOR (https://no-color.org), the terminal's number of colours, and the background in
    COLORFGBG. Raises ThemeError.
    """
    if name != "auto":
        try:
            return PALETTES[name]
        except KeyError:
            known = ", ".join(["auto", *PALETTES])
            raise ThemeError(f"there is no theme {name!r}: use one of {known}") from None
    if environment.get("NO_COLOR"):
        return MONO
    if lean or not _has_256_colours(environment):
        return ANSI
    background = environment.get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT if background in {"7", "15"} else DARK


def colours(environment: Mapping[str, str]) -> str:
    """How many colours the terminal claims to have, in words."""
    if environment.get("NO_COLOR"):
        return "none, because NO_COLOR is set"
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million"
    return "256" if _has_256_colours(environment) else "the terminal's own 16"


def _has_256_colours(environment: Mapping[str, str]) -> bool:
    if environment.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return True
    terminal = environment.get("TERM", "").lower()
    return (
        "256" in terminal
        or "direct" in terminal
        or terminal in {"xterm-kitty", "alacritty", "foot", "xterm-ghostty"}
    )

"""How a piece of the article text_styles, and the style that makes it look so in the theme at hand.

There are three kinds of terminal: one that shows any colour gets tinted grounds; one with its own 16 gets
those; one without colour gets underlines, weight and reverse, while signs in the text show the rest.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.color import Color, blend_rgb
from rich.style import Style

from tui.model.scheme import Scheme
from tui.painting.styles import Styles
from tui.settings.theme import Palette

MINOR, MAJOR, CRITICAL = 1, 2, 3
"""How loud a mark is; 0 without one."""

_UNDERLINED = Style(underline=True)


class Look(NamedTuple):
    """Everything that the style of a piece of text depends on."""

    heading: bool = False
    current: bool = False
    entity: str | None = None
    """Its label."""
    hinted: bool = False
    """Where a detector asks if this is an error."""
    severity: int = 0
    quoted: bool = False
    quotation_mark: bool = False
    """Where a quotation that was marked begins or ends."""
    focused: bool = False
    matched: int = 0
    """1 for a match, 2 for one in the current sentence."""
    chosen: bool = False
    deleted: bool = False
    inserted: bool = False
    tag: str | None = None
    """The id of the tag that tints it."""
    sign: bool = False
    """Not of the text."""
    bar: bool = False
    """The sign before the current sentence where it does not begin a row."""
    dimmed: bool = False


class TextStyles:
    """The styles of one theme, each made once."""

    def __init__(self, styles: Styles, scheme: Scheme) -> None:
        self.set_palette(styles, scheme)

    def set_palette(self, styles: Styles, scheme: Scheme) -> None:
        """Make the styles of other colours."""
        self.styles = styles
        palette = styles.palette
        self.colourless = palette.colourless
        """True if the theme has no colours, so that signs are needed."""
        self._marks = palette.marks
        self._tints = {tag.id: self._tint(_tag_colour(palette, scheme, tag.id)) for tag in scheme.tags}
        self._loudness = _loudness(scheme)
        self._made: dict[Look, Style] = {}
        self.letters = (
            styles.ground + Style.parse(self._marks.letter),
            styles.ground + Style.parse(self._marks.next_letter),
        )
        """Of letters on words, and of those that follow on others without a cell between."""

    def loudness(self, severity: str) -> int:
        """MINOR, MAJOR or CRITICAL; what the scheme does not know is MAJOR."""
        return self._loudness.get(severity, MAJOR)

    def style(self, look: Look) -> Style:
        """The style of a piece of text, with its ground."""
        style = self._made.get(look)
        if style is None:
            style = self._made[look] = self._make(look)
        return style

    def _make(self, look: Look) -> Style:
        styles, marks = self.styles, self._marks
        if look.dimmed:
            return styles.current(styles.dim) if look.current else styles.dim
        if look.bar:
            return styles.bar
        style = styles.text(None, heading=look.heading, current=look.current)
        if look.tag is not None:
            style += self._tints[look.tag]
        if look.entity is not None:
            style += Style.parse(styles.palette.entities.get(look.entity, ""))
        if look.hinted and not look.severity:
            # A name keeps its colour, and so does a tagged sentence that flows among others.
            coloured = look.entity is not None or look.tag is not None
            style += _UNDERLINED if coloured and not self.colourless else Style.parse(marks.hint)
        if look.sign:
            style += Style.parse(marks.signs[look.severity])
            return style + Style.parse(marks.focused) if look.focused else style
        is_error = bool(look.severity) or look.deleted or look.inserted
        focused = marks.focused if is_error else marks.focused_hint if look.hinted else marks.focused_quote
        over = [
            marks.quoted if look.quoted else "",
            marks.quotation_mark if look.quotation_mark else "",
            marks.severities[look.severity - 1] if look.severity else "",
            marks.deleted if look.deleted else "",
            marks.inserted if look.inserted else "",
            focused if look.focused else "",
            ("", marks.match, marks.current_match)[look.matched],
            marks.chosen if look.chosen else "",
        ]
        for words in over:
            style += Style.parse(words)
        return style

    def _tint(self, colour: str) -> Style:
        """What a tag makes of a sentence that flows among others."""
        if self.colourless:
            return Style()
        if self.styles.palette.native:
            return Style.parse(colour)
        return Style.parse(_mixed(self.styles.palette.text, colour, self.styles.palette.tint))


def _tag_colour(palette: Palette, scheme: Scheme, tag_id: str) -> str:
    """A tag's colour in the theme; the accent for a tag that the scheme lacks."""
    if tag_id in palette.tags:
        return palette.tags[tag_id]
    for tag in scheme.tags:
        if tag.id == tag_id:
            return tag.color if palette.dark else tag.color_light
    return palette.accent


def _loudness(scheme: Scheme) -> dict[str, int]:
    """The severities of a scheme, by what they cost, spread over the three ways they can look."""
    ordered = sorted(scheme.severities, key=lambda severity: severity.multiplier)
    last = max(1, len(ordered) - 1)
    return {severity.id: MINOR + 2 * rank // last for rank, severity in enumerate(ordered)}


def _mixed(ground: str, colour: str, share: float) -> str:
    """A colour that lets through so much of another; both are `#rrggbb`."""
    return blend_rgb(Color.parse(ground).get_truecolor(), Color.parse(colour).get_truecolor(), share).hex

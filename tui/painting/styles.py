"""The palette made into Rich styles, each built once."""

from __future__ import annotations

from functools import cached_property

from rich.style import Style

from tui.model.scheme import Scheme
from tui.settings.theme import Palette


class Styles:
    """Every style a widget paints with."""

    def __init__(self, palette: Palette, scheme: Scheme) -> None:
        self.set_palette(palette, scheme)

    def set_palette(self, palette: Palette, scheme: Scheme) -> None:
        """Paint in these colours from now on."""
        # What was made of other colours is made again when it is needed.
        vars(self).clear()
        self.palette = palette
        self.ground = Style.parse(f"{palette.text} on {palette.ground}")
        self.raised = Style.parse(f"{palette.text} on {palette.raised}")
        self._current = Style.parse(f"{palette.current_style} on {palette.current}".strip())
        self._text: dict[tuple[str | None, bool, bool], Style] = {}
        self.tags = {
            tag.id: self.ground
            + Style.parse(
                f"bold {palette.tags.get(tag.id) or (tag.color if palette.dark else tag.color_light)}"
            )
            for tag in scheme.tags
        }
        self.faint = self._on_ground(palette.faint)
        self.dim = self._on_ground(palette.dim)
        self.accent = self._on_ground(f"bold {palette.accent}")
        self.good = self._on_ground(palette.good)
        self.heading = self._on_ground(palette.heading)

    @cached_property
    def bar(self) -> Style:
        """The bar next to the current sentence, and the filled part of a progress line."""
        return self._on_ground(self.palette.accent)

    @cached_property
    def raised_dim(self) -> Style:
        return self.raised + Style.parse(self.palette.dim)

    @cached_property
    def raised_key(self) -> Style:
        return self.raised + Style.parse(f"bold {self.palette.accent}")

    @cached_property
    def raised_good(self) -> Style:
        return self.raised + Style.parse(self.palette.good)

    @cached_property
    def raised_bar(self) -> Style:
        """The bar next to the chosen row of a list."""
        return self.raised + Style.parse(self.palette.accent)

    @cached_property
    def rule(self) -> Style:
        """A line between the page and a list over it."""
        return self.raised + Style.parse(self.palette.faint)

    @cached_property
    def chosen(self) -> Style:
        """The chosen row of a list."""
        return self.raised + Style.parse(self.palette.heading)

    @cached_property
    def alarm(self) -> Style:
        return self.raised + Style.parse(self.palette.alarm)

    def current(self, style: Style) -> Style:
        """`style` on the ground of the current sentence."""
        return style + self._current

    def entity(self, label: str) -> Style:
        return self.text(label, heading=False, current=False)

    def text(self, label: str | None, *, heading: bool, current: bool) -> Style:
        """The style of a piece of running text: inside an entity of `label`, or outside of any."""
        key = (label, heading, current)
        style = self._text.get(key)
        if style is None:
            style = self.heading if heading else self.ground
            if label is not None:
                style += Style.parse(self.palette.entities.get(label, ""))
            if current:
                style = self.current(style)
            self._text[key] = style
        return style

    def _on_ground(self, words: str) -> Style:
        return self.ground + Style.parse(words)

"""The page's style sheet: the colours of the themes and of the scheme, and rules for each annotator."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files

from tui.model.scheme import Scheme
from tui.report.names import RANKS
from tui.settings.theme import DARK, LIGHT, Palette

LEAST_CONTRAST = 4.5
"""Of text to its background, by WCAG 2.2 (1.4.3, level AA)."""
_WIDEST_NAME = 14
"""Characters of an annotator's name that the ledger shows."""
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


def style_sheet(scheme: Scheme, people: Sequence[str]) -> str:
    """The whole style sheet. Of what people wrote it contains nothing but colours."""
    rules = files("tui.report").joinpath("style.css").read_text(encoding="utf-8")
    light, dark = (_block(colours(palette, scheme)) for palette in (LIGHT, DARK))
    return "\n".join(
        [
            f":root {{ {light} {_block(_sizes(scheme, people))} }}",
            f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}",
            rules.strip(),
            *(f".t{index} {{ color: var(--t{index}); }}" for index in range(len(scheme.tags))),
            *_one_alone(len(people)),
            "",
        ]
    )


def policy(style: str) -> str:
    """The page's Content Security Policy (level 3): nothing is allowed but this style sheet."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; script-src 'none'; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )


def colours(palette: Palette, scheme: Scheme) -> Mapping[str, str]:
    """Every colour of the page, `#rrggbb`, by its name in the style sheet."""
    entities = {name: _ink(palette.entities[label]) for name, label in _ENTITIES.items()}
    severities = {f"r{rank}": _ink(style) for rank, style in enumerate(palette.marks.severities)}
    tags = {
        f"t{index}": readable(
            palette.tags.get(tag.id) or (tag.color if palette.dark else tag.color_light), palette
        )
        for index, tag in enumerate(scheme.tags)
    }
    worst = _COLOUR.findall(palette.marks.severities[-1])
    return {
        "ground": palette.ground,
        "raised": palette.raised,
        "text": palette.text,
        "dim": palette.dim,
        "faint": palette.faint,
        "accent": palette.accent,
        "good": palette.good,
        "quoted": palette.marks.quoted,
        **entities,
        **severities,
        "worst": worst[-1],
        **tags,
    }


_ENTITIES = {"person": "PER", "organisation": "ORG", "place": "LOC", "other": "MISC", "value": "DATE"}


def readable(colour: str, palette: Palette) -> str:
    """The colour, mixed with the text's until it is readable on the theme's backgrounds; the text's if it is invalid."""
    if not _COLOUR.fullmatch(colour):
        return palette.text
    for part in range(11):
        mixed = _mixed(colour, palette.text, part / 10)
        if min(contrast(mixed, ground) for ground in (palette.ground, palette.raised)) >= LEAST_CONTRAST:
            return mixed
    return palette.text


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """The relative luminance of WCAG 2.2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (channel / 255 for channel in _channels(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _mixed(colour: str, other: str, part: float) -> str:
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(first + (second - first) * part):02x}" for first, second in pairs)


def _ink(style: str) -> str:
    """The text colour of a Rich style."""
    return _COLOUR.findall(style)[0]


def _block(values: Mapping[str, str]) -> str:
    return " ".join(f"--{name}: {value};" for name, value in values.items())


def _sizes(scheme: Scheme, people: Sequence[str]) -> Mapping[str, str]:
    name = min(max(map(len, people), default=0), _WIDEST_NAME) if len(people) > 1 else 0
    return {"name": f"{name}ch", "ledger": f"{(name + 1 if name else 0) + len(scheme.tags) + 2}ch"}


def _one_alone(people: int) -> Iterator[str]:
    """The rules that show only one person's work when their box is ticked."""
    if people < 2:
        return
    for person in range(people):
        chosen = f"#only{person}:checked ~ .text"
        yield f"{chosen} :is(.line, .remark, .kind, .view, .note, .ref):not(.p{person}) {{ display: none; }}"
        yield f"{chosen} .differing {{ display: none; }}"
        yield f"{chosen} mark.e:not(.e{person}) {{ all: unset; --over: initial; }}"
        yield f"{chosen} mark.q:not(.q{person}) {{ color: inherit; border: 0; padding: 0; }}"
        yield f"{chosen} mark:not(.e{person}, .q{person})::after {{ display: none; }}"
        for rank in range(RANKS):
            yield f"{chosen} mark.e{person}r{rank} {{ {_rank_variables(rank)} }}"


def _rank_variables(rank: int) -> str:
    return f"--line: var(--line{rank}); --ink: var(--r{rank}); --under: var(--under{rank}); --bold: var(--bold{rank});"

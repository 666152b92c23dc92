"""An SVG plot of milliseconds against the number of sentences, both on a logarithmic scale."""

from __future__ import annotations

from collections.abc import Mapping
from math import log10

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 160, 30, 50
"""Margins; the legend is in the right one."""
_LEAST, _MOST = 1.0, 1000.0
"""Milliseconds at the bottom and at the top."""
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9", "#e69f00", "#000000")
"""The palette of Okabe and Ito, for colour-blind readers."""


def plot(lines: Mapping[str, Mapping[int, float]], dashed: Mapping[str, Mapping[int, float]]) -> str:
    """The plot: for each named line, milliseconds by number of sentences. Dashed lines are other programs."""
    sizes = sorted({size for line in (*lines.values(), *dashed.values()) for size in line})
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        "<title>Milliseconds against the number of sentences of the open article</title>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>',
        f'<text x="{(_LEFT + _WIDTH - _RIGHT) / 2}" y="{_HEIGHT - 12}" text-anchor="middle">sentences</text>',
    ]
    for milliseconds in (1, 10, 100, 1000):
        y = _y(milliseconds)
        parts.append(f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="#dddddd"/>')
        parts.append(f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{milliseconds:,} ms</text>')
    for size in sizes:
        x = _x(size, sizes[0], sizes[-1])
        # The largest sizes are close together.
        anchor = "start" if size == sizes[-1] else "end" if 2 * size >= sizes[-1] else "middle"
        parts.append(f'<text x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="{anchor}">{size:,}</text>')
    for number, (name, line) in enumerate([*lines.items(), *dashed.items()]):
        colour = _COLOURS[number % len(_COLOURS)]
        dashes = ' stroke-dasharray="6 4"' if name in dashed else ""
        points = " ".join(
            f"{_x(size, sizes[0], sizes[-1]):.1f},{_y(line[size]):.1f}" for size in sorted(line)
        )
        y = _TOP + 6 + 20 * number
        x = _WIDTH - _RIGHT + 16
        parts.append(f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>')
        parts.append(f'<path d="M{x} {y}h20" stroke="{colour}" stroke-width="2"{dashes}/>')
        parts.append(f'<text x="{x + 26}" y="{y + 4}">{name}</text>')
    return "\n".join([*parts, "</svg>", ""])


def _x(size: int, least: int, most: int) -> float:
    share = log10(size / least) / log10(most / least) if most > least else 0.5
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * share


def _y(milliseconds: float) -> float:
    share = log10(min(_MOST, max(_LEAST, milliseconds)) / _LEAST) / log10(_MOST / _LEAST)
    return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share

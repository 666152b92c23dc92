"""The table of a benchmark: values, goals and verdicts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

_FORMATS = {"ms": ".1f", "bytes": ",.0f", "MB": ".0f", "%": ".2f", "keys": ".2f", "s": ".1f", "": ".0f"}

_HEADINGS = ("what", "value", "goal", "ratio", "")

LEGEND = "ratio: the value divided by the number or the program that its goal names"


@dataclass(frozen=True)
class Row:
    """One row; created by `figure`, `at_most`, `at_least` and `at_most_times`."""

    what: str
    value: float | None
    """None if it could not be measured."""
    unit: str
    goal: str = ""
    ratio: float | None = None
    met: bool | None = None
    """None without a goal or without a value."""

    @property
    def verdict(self) -> str:
        if self.met is not None:
            return "met" if self.met else "missed"
        return "not measured" if self.goal or self.value is None else ""

    def cells(self) -> tuple[str, str, str, str, str]:
        """The cells: what, value, goal, ratio, verdict."""
        small = self.unit == "ms" and self.value is not None and self.value < 1
        shown = ".3f" if small else _FORMATS[self.unit]
        value = "" if self.value is None else f"{self.value:{shown}} {self.unit}".rstrip()
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        return self.what, value, self.goal, ratio, self.verdict


@dataclass(frozen=True)
class Section:
    """Rows that belong together, and lines that are shown unchanged.

    A line that ends in `met` or `missed` (any case) counts as a verdict.
    """

    title: str
    rows: Sequence[Row]
    lines: Sequence[str] = ()
    plot: str = ""
    """SVG."""


def figure(what: str, value: float | None, unit: str) -> Row:
    """A value without a goal."""
    return Row(what, value, unit)


def at_most(what: str, value: float | None, unit: str, limit: float) -> Row:
    """A value that must not exceed a number."""
    goal = f"<= {limit:,g} {unit}".rstrip()
    if value is None:
        return Row(what, value, unit, goal)
    return Row(what, value, unit, goal, value / limit if limit else None, value <= limit)


def at_least(what: str, value: float | None, unit: str, least: float) -> Row:
    """A value that must reach a number other than 0."""
    goal = f">= {least:,g} {unit}".rstrip()
    if value is None:
        return Row(what, value, unit, goal)
    return Row(what, value, unit, goal, value / least, value >= least)


def at_most_times(
    what: str, value: float | None, unit: str, factor: float, anchor: float | None, name: str
) -> Row:
    """A value that must not exceed `factor` times the value of another program, `name`."""
    goal = f"<= {factor:g} x {name}"
    if value is None or anchor is None:
        return Row(what, value, unit, goal)
    return Row(what, value, unit, goal, value / anchor, value <= factor * anchor)


def plain(sections: Sequence[Section]) -> str:
    """The sections as aligned text for a terminal."""
    cells = [row.cells() for section in sections for row in section.rows]
    widths = [max(map(len, column)) for column in zip(_HEADINGS, *cells, strict=True)]

    def aligned(row: Sequence[str]) -> str:
        what, value, goal, ratio, verdict = row
        return (
            f"  {what:<{widths[0]}}  {value:>{widths[1]}}  {goal:<{widths[2]}}  {ratio:>{widths[3]}}  {verdict}"
        ).rstrip()

    lines = [aligned(_HEADINGS)] if cells else []
    for section in sections:
        lines += ["", section.title, *(aligned(row.cells()) for row in section.rows)]
        lines += [f"  {line}" for line in section.lines]
    return "\n".join([*lines, "", LEGEND, tally(sections), ""])


def markdown(sections: Sequence[Section], plot: str = "") -> str:
    """The sections as Markdown, one table each. `plot` is the name of the file with the plot."""
    lines: list[str] = []
    for section in sections:
        lines += [f"## {section.title}", ""]
        if section.rows:
            lines += [_markdown_row(_HEADINGS), "| --- | ---: | --- | ---: | --- |"]
            lines += [*(_markdown_row(row.cells()) for row in section.rows), ""]
        if section.lines:
            lines += ["```", *section.lines, "```", ""]
        if section.plot:
            lines += [f"![{section.title}: milliseconds against the number of sentences]({plot})", ""]
    return "\n".join([*lines, f"{LEGEND[0].upper()}{LEGEND[1:]}. {tally(sections)}", ""])


def tally(sections: Sequence[Section]) -> str:
    """One line with the number of each verdict."""
    verdicts: list[str] = []
    for section in sections:
        verdicts += [row.verdict for row in section.rows]
        verdicts += [line.rpartition(" ")[2].lower() for line in section.lines]
    return ", ".join(
        f"{verdicts.count(verdict)} {verdict}"
        for verdict in ("met", "missed", "not measured")
        if verdict != "not measured" or verdict in verdicts
    )


def _markdown_row(cells: Sequence[str]) -> str:
    escaped = (cell.replace("|", "\\|").replace("<", "&lt;").replace(">", "&gt;") for cell in cells)
    return f"| {' | '.join(escaped)} |"

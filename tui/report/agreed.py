"""How far annotators agree: a table of figures, each with its interval as numbers and as a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tui.agreement.figures import Agreement
from tui.agreement.resampling import Estimate
from tui.report.markup import Html, row, rows_headed, table, words
from tui.report.names import Names

_NOTHING = "–"
_FEW = 100
"""Sentences under which the values say little without their intervals."""
_SCALE = 100
"""Units of the plot from 0 to 1."""
_EDGE = 4
"""Units beside them, for the ends of a line."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure under its name."""

    name: str
    estimate: Estimate


def agreed(found: Agreement, names: Names) -> Html:
    """The table."""
    groups = dict(_groups(found, names))
    return table(
        [words(head) for head in ("figure", "value", "95 % interval", "sentences", "from 0 to 1")],
        [rows_headed(name, 5, [_row(figure) for figure in figures]) for name, figures in groups.items()],
        caption=words(_what(found)),
        labelled_by="agreement",
        class_="agreed",
    )


def _what(found: Agreement) -> str:
    count = "1 sentence" if found.sentences == 1 else f"{found.sentences} sentences"
    told = f"{', '.join(found.annotators)}: {count} that "
    if len(found.annotators) == 2:
        told += "both decided."
    else:
        told += f"two or more decided, {found.decided_by_all} that all did."
    return (
        f"{told} So few tell little: read the intervals, not the values." if found.sentences < _FEW else told
    )


def _groups(found: Agreement, names: Names) -> Iterator[tuple[str, Sequence[Figure]]]:
    for tag in found.tags:
        yield (
            f"{names.tag(tag.tag)} ({_counts(tag.given)})",
            _figures(
                {
                    "raw agreement": tag.raw,
                    "Cohen’s kappa": tag.cohen_kappa,
                    "Fleiss’ kappa": tag.fleiss_kappa,
                    "Krippendorff’s alpha": tag.alpha,
                }
            ),
        )
    sets = found.tag_sets
    yield (
        "All tags of a sentence",
        _figures({"the very same tags": sets.raw, "MASI-weighted alpha": sets.alpha}),
    )
    yield from _of_marks(found)


def _of_marks(found: Agreement) -> Iterator[tuple[str, Sequence[Figure]]]:
    if len(found.pairs) == 1:
        marks = found.pairs[0].marks
        if any(marks.counts):
            yield (
                f"Errors ({_counts(dict(zip(found.pairs[0].annotators, marks.counts, strict=True)))})",
                _figures(
                    {
                        "F1 by words": marks.by_token.f1,
                        "F1, same bounds": marks.exact.f1,
                        "F1, same bounds and category": marks.exact_with_category.f1,
                        "alpha for unitizing": marks.alpha_u,
                    }
                ),
            )
    elif found.marks is not None and found.marks.by_token.value is not None:
        yield (
            "Errors, on average over the pairs",
            _figures(
                {
                    "F1 by words": found.marks.by_token,
                    "F1, same bounds": found.marks.exact,
                    "F1, same bounds and category": found.marks.exact_with_category,
                }
            ),
        )


def _counts(given: Mapping[str, int]) -> str:
    return ", ".join(f"{who} {count}" for who, count in given.items())


def _figures(named: Mapping[str, Estimate | None]) -> list[Figure]:
    return [Figure(name=name, estimate=one) for name, one in named.items() if one is not None]


def _row(figure: Figure) -> Html:
    found = figure.estimate
    interval = _NOTHING
    if found.low is not None and found.high is not None:
        interval = f"{_number(found.low)} to {_number(found.high)}"
    return row(words(figure.name), [_number(found.value), interval, str(found.n), _plot(found)])


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}".replace("-", "−")


def _plot(found: Estimate) -> Html:
    """The value as a dot, its interval as a line; what is below 0 lies at the left end."""
    if found.value is None:
        return ""
    line = ""
    if found.low is not None and found.high is not None:
        line = f'<line class="interval" x1="{_x(found.low):g}" x2="{_x(found.high):g}" y1="6" y2="6"/>'
    width = _SCALE + 2 * _EDGE
    return (
        f'<svg viewBox="0 0 {width} 12" width="{width}" height="12" aria-hidden="true" focusable="false">'
        f'<line class="axis" x1="{_EDGE}" x2="{_EDGE + _SCALE}" y1="6" y2="6"/>{line}'
        f'<circle cx="{_x(found.value):g}" cy="6" r="3"/></svg>'
    )


def _x(value: float) -> float:
    return _EDGE + round(_SCALE * min(max(value, 0), 1), 1)

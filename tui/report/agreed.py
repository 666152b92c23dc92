"""How much annotators agree: a table of figures, each with its interval as numbers and as a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from tui.agreement.figures import Agreement
from tui.agreement.resampling import Estimate
from tui.report.markup import Html, row, rows_headed, table, words
from tui.report.names import Names
from tui.text.plurals import counted

_NOTHING = "–"
_FEW = 100
"""With fewer sentences, the values mean little without their intervals."""
_SCALE = 100
"""Units of the plot from 0 to 1."""
_EDGE = 4
"""Units on each side, for the ends of a line."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A figure with its name."""

    name: str
    estimate: Estimate


def agreed(agreement: Agreement, names: Names) -> Html:
    """The table."""
    groups = dict(_groups(agreement, names))
    return table(
        [words(head) for head in ("figure", "value", "95 % interval", "sentences", "from 0 to 1")],
        [rows_headed(name, 5, [_row(figure) for figure in figures]) for name, figures in groups.items()],
        caption=words(_what(agreement)),
        labelled_by="agreement",
        class_="agreed",
    )


def _what(agreement: Agreement) -> str:
    caption = f"{', '.join(agreement.annotators)}: {counted(agreement.sentences, 'sentence')} that "
    if len(agreement.annotators) == 2:
        caption += "both decided."
    else:
        caption += f"two or more decided, {agreement.decided_by_all} that all decided."
    return (
        f"{caption} This is a small sample: compare the intervals, not the values."
        if agreement.sentences < _FEW
        else caption
    )


def _groups(agreement: Agreement, names: Names) -> Iterator[tuple[str, Sequence[Figure]]]:
    for tag in agreement.tags:
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
    sets = agreement.tag_sets
    yield (
        "All tags of a sentence",
        _figures({"exactly the same tags": sets.raw, "MASI-weighted alpha": sets.alpha}),
    )
    yield from _of_marks(agreement)


def _of_marks(agreement: Agreement) -> Iterator[tuple[str, Sequence[Figure]]]:
    if len(agreement.pairs) == 1:
        marks = agreement.pairs[0].marks
        if any(marks.counts):
            yield (
                f"Errors ({_counts(dict(zip(agreement.pairs[0].annotators, marks.counts, strict=True)))})",
                _figures(
                    {
                        "F1 by words": marks.by_token.f1,
                        "F1, same bounds": marks.exact.f1,
                        "F1, same bounds and category": marks.exact_with_category.f1,
                        "alpha for unitizing": marks.alpha_u,
                    }
                ),
            )
    elif agreement.marks is not None and agreement.marks.by_token.value is not None:
        yield (
            "Errors, mean of the pairs",
            _figures(
                {
                    "F1 by words": agreement.marks.by_token,
                    "F1, same bounds": agreement.marks.exact,
                    "F1, same bounds and category": agreement.marks.exact_with_category,
                }
            ),
        )


def _counts(given: Mapping[str, int]) -> str:
    return ", ".join(f"{who} {count}" for who, count in given.items())


def _figures(named: Mapping[str, Estimate | None]) -> list[Figure]:
    return [Figure(name=name, estimate=estimate) for name, estimate in named.items() if estimate is not None]


def _row(figure: Figure) -> Html:
    estimate = figure.estimate
    interval = _NOTHING
    if estimate.low is not None and estimate.high is not None:
        interval = f"{_number(estimate.low)} to {_number(estimate.high)}"
    return row(words(figure.name), [_number(estimate.value), interval, str(estimate.n), _plot(estimate)])


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}".replace("-", "−")


def _plot(estimate: Estimate) -> Html:
    """The value as a dot, its interval as a line; values below 0 are at the left end."""
    if estimate.value is None:
        return ""
    line = ""
    if estimate.low is not None and estimate.high is not None:
        line = f'<line class="interval" x1="{_x(estimate.low):g}" x2="{_x(estimate.high):g}" y1="6" y2="6"/>'
    width = _SCALE + 2 * _EDGE
    return (
        f'<svg viewBox="0 0 {width} 12" width="{width}" height="12" aria-hidden="true" focusable="false">'
        f'<line class="axis" x1="{_EDGE}" x2="{_EDGE + _SCALE}" y1="6" y2="6"/>{line}'
        f'<circle cx="{_x(estimate.value):g}" cy="6" r="3"/></svg>'
    )


def _x(value: float) -> float:
    return _EDGE + round(_SCALE * min(max(value, 0), 1), 1)

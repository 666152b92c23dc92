"""How far annotators agree, in lines for 80 columns that need no colour."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator, Sequence

from tui.agreement.figures import Agreement, Confused, PairAgreement, TagSet
from tui.agreement.resampling import Estimate
from tui.model.scheme import Scheme
from tui.text.clean import visible
from tui.text.plurals import counted

WIDTH = 80
_PLOT = 25
_NOTHING = "–"
_SETS = 8
"""Tag sets that the confusion table has a row and a column for."""
_FEW = 100
"""With fewer sentences the values mean little without their intervals."""


def lines(figures: Agreement, scheme: Scheme, articles: int, with_marks: bool = True) -> Iterator[str]:
    """All that `postil agreement` shows of the compared sentences."""
    yield from _heading(figures, articles)
    yield ""
    yield f"{'':<24}{'value':>6}  {'95 % interval':<14}{'n':>6}  {'0':<12}{'.5':<12}1"
    for tag in figures.tags:
        yield _title(tag.tag, tag.given)
        yield _row("raw agreement", tag.raw)
        if tag.cohen_kappa is not None:
            yield _row("Cohen's kappa", tag.cohen_kappa)
        yield _row("Fleiss' kappa", tag.fleiss_kappa)
        yield _row("Krippendorff's alpha", tag.alpha)
    yield "all tags of a sentence"
    yield _row("exactly the same tags", figures.tag_sets.raw)
    yield _row("MASI-weighted alpha", figures.tag_sets.alpha)
    if with_marks:
        yield from _marks(figures)
    if len(figures.pairs) > 1:
        yield ""
        yield from _pairs(figures.pairs, scheme)
    yield ""
    yield from _confusion(figures, scheme)


def _heading(figures: Agreement, articles: int) -> Iterator[str]:
    names = ", ".join(figures.annotators)
    who = counted(len(figures.annotators), "annotator")
    text = f"{who}: {names}. {counted(figures.sentences, 'sentence')} in {counted(articles, 'article')}"
    if len(figures.annotators) == 2:
        text += " that both decided."
    else:
        text += f" that two or more decided, {figures.decided_by_all} that all decided."
    if figures.sentences < _FEW:
        text += " With so few sentences, read the intervals, not the values."
    yield from textwrap.wrap(text, WIDTH)


def _title(name: str, counts: dict[str, int]) -> str:
    title = f"{visible(name)} (" + ", ".join(f"{who} {count}" for who, count in counts.items()) + ")"
    return title if len(title) <= WIDTH else f"{title[: WIDTH - 1]}…"


def _row(label: str, figure: Estimate) -> str:
    interval = _NOTHING if figure.low is None else f"{_number(figure.low)} to {_number(figure.high)}"
    return f"  {label:<22}{_number(figure.value):>6}  {interval:<14}{figure.n:>6}  {_plot(figure)}".rstrip()


def _number(value: float | None) -> str:
    return _NOTHING if value is None else f"{value:.2f}"


def _plot(figure: Estimate) -> str:
    """The value and its interval on a line from 0 to 1. A value below 0 is `<` at its left end."""
    if figure.value is None:
        return ""
    cells = [" "] * _PLOT
    if figure.low is not None and figure.high is not None:
        low, high = _cell(figure.low), _cell(figure.high)
        cells[low : high + 1] = ["-"] * (high + 1 - low)
        cells[low], cells[high] = "[", "]"
        if figure.low < 0:
            cells[0] = "<"
    cells[_cell(figure.value)] = "o" if figure.value >= 0 else "<"
    return "".join(cells)


def _cell(value: float) -> int:
    return round(min(max(value, 0), 1) * (_PLOT - 1))


def _marks(figures: Agreement) -> Iterator[str]:
    if len(figures.pairs) == 1:
        [pair] = figures.pairs
        marks = pair.marks
        if not any(marks.counts):
            return
        yield _title("error marks", dict(zip(pair.annotators, marks.counts, strict=True)))
        for what, scores in (
            ("word", marks.by_token),
            ("same bounds", marks.exact),
            ("and category", marks.exact_with_category),
        ):
            yield _row(f"{what}: F1", scores.f1)
            yield _row(f"{'':<{len(what)}}  precision", scores.precision)
            yield _row(f"{'':<{len(what)}}  recall", scores.recall)
        yield _row("alpha for unitizing", marks.alpha_u)
    elif figures.marks is not None and figures.marks.by_token.value is not None:
        yield "error marks, on average over the pairs"
        yield _row("word: F1", figures.marks.by_token)
        yield _row("same bounds: F1", figures.marks.exact)
        yield _row("and category: F1", figures.marks.exact_with_category)


def _pairs(pairs: Sequence[PairAgreement], scheme: Scheme) -> Iterator[str]:
    letters = [_letter(tag, scheme) for tag in pairs[0].cohen_kappa]
    columns = ["n", *letters, "word F1", "bounds F1", "alpha u"]
    names = [" × ".join(pair.annotators) for pair in pairs]
    width = min(max(map(len, names)), 40)
    yield "pairs: Cohen's kappa of each tag, and of the marks (intervals: --json)"
    yield f"  {'':<{width}}" + "".join(
        f"{column:>{len(column) + 2 if len(column) > 3 else 6}}" for column in columns
    )
    for name, pair in zip(names, pairs, strict=True):
        values = [
            str(pair.sentences),
            *(_number(kappa.value) for kappa in pair.cohen_kappa.values()),
            _number(pair.marks.by_token.f1.value),
            _number(pair.marks.exact.f1.value),
            _number(pair.marks.alpha_u.value),
        ]
        cells = (
            f"{value:>{len(column) + 2 if len(column) > 3 else 6}}"
            for value, column in zip(values, columns, strict=True)
        )
        yield f"  {name if len(name) <= width else name[: width - 1] + '…':<{width}}" + "".join(cells)


def _confusion(figures: Agreement, scheme: Scheme) -> Iterator[str]:
    """Rows and columns of the most frequent tag sets, by their letters."""
    if len(figures.annotators) == 2:
        first, second = figures.annotators
        yield f"tags of a sentence: rows {first}, columns {second}"
    else:
        yield "tags of a sentence: rows one annotator, columns another, every pair both ways"
    frequent = _frequent(figures.confusion)
    names = [_letters(tags, scheme) for tags in frequent]
    counts: Counter[tuple[int, int]] = Counter()
    for confused in figures.confusion:
        counts[_index(confused.first, frequent), _index(confused.second, frequent)] += confused.count
    if any(len(frequent) in cell for cell in counts):
        names.append("other")
    width = max(6, *(len(name) + 2 for name in names))
    yield " " * width + "".join(f"{name:>{width}}" for name in names)
    for row, name in enumerate(names):
        cells = (counts[row, column] for column in range(len(names)))
        yield f"{name:>{width}}" + "".join(f"{count or '.':>{width}}" for count in cells)


def _frequent(confusion: Sequence[Confused]) -> list[TagSet]:
    totals: Counter[TagSet] = Counter()
    for confused in confusion:
        totals[confused.first] += confused.count
        totals[confused.second] += confused.count
    return [tags for tags, _ in sorted(totals.items(), key=lambda item: (-item[1], item[0]))[:_SETS]]


def _index(tags: TagSet, frequent: Sequence[TagSet]) -> int:
    return frequent.index(tags) if tags in frequent else len(frequent)


def _letters(tags: TagSet, scheme: Scheme) -> str:
    return "".join(_letter(tag, scheme) for tag in tags) or "none"


def _letter(tag: str, scheme: Scheme) -> str:
    return next((visible(known.letter) for known in scheme.tags if known.id == tag), "?")

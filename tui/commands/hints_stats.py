"""`postil hints --stats`: how often annotators accepted the hints of each detector."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from tui.commands.context import Context
from tui.commands.streams import Streams
from tui.session.open_hints import ENOUGH, Tallies
from tui.store.protocol import StoreError


def print_stats(context: Context, article: str | None, detectors: Collection[str], *, as_json: bool) -> int:
    """For one article or all, and for all annotators whose annotations can be read.

    `detectors` selects some by name; empty for all. Returns the exit code.
    """
    workspace = context.workspace
    article_ids = [workspace.library.find(article)] if article is not None else workspace.library.ids()
    by_annotator: dict[str, Tallies] = {}
    is_complete = True
    for article_id in article_ids:
        for annotator in workspace.store.annotators(article_id):
            try:
                annotations = list(workspace.store.scan(article_id, annotator))
            except StoreError as error:
                context.say(str(error))
                is_complete = False
                continue
            tallies = by_annotator.setdefault(annotator, Tallies())
            tallies.add(decision for annotation in annotations for decision in annotation.hint_decisions)
    rows = [
        (annotator, detector, tallies.of(detector).accepted, tallies.of(detector).decided)
        for annotator, tallies in sorted(by_annotator.items())
        for detector in tallies.detectors()
        if not detectors or detector in detectors
    ]
    if as_json:
        _print_json(context.streams, rows)
    elif rows:
        _print_table(context.streams, rows)
    else:
        context.say("no one has accepted or refused a hint yet: press a or r in the reader")
    return 0 if is_complete else 1


_Row = tuple[str, str, int, int]
"""Annotator, detector, accepted, decided."""


def _print_json(streams: Streams, rows: list[_Row]) -> None:
    """One JSON object for each detector and annotator."""
    for annotator, detector, accepted, decided in rows:
        streams.print_json(
            {
                "annotator": annotator,
                "detector": detector,
                "accepted": accepted,
                "decided": decided,
                "precision": accepted / decided,
            }
        )


def _print_table(streams: Streams, rows: list[_Row]) -> None:
    table = [("detector", "annotator", "accepted", "decided", "right"), *_in_words(rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        streams.print("  ".join(cells))


def _in_words(rows: list[_Row]) -> Iterator[tuple[str, str, str, str, str]]:
    """The rows of each detector, one for each annotator and one for all of them."""
    for detector in sorted({row[1] for row in rows}):
        of_detector = [row for row in rows if row[1] == detector]
        for annotator, _, accepted, decided in of_detector:
            yield detector, annotator, str(accepted), str(decided), _share(accepted, decided)
        if len(of_detector) > 1:
            accepted, decided = sum(row[2] for row in of_detector), sum(row[3] for row in of_detector)
            yield detector, "all", str(accepted), str(decided), _share(accepted, decided)


def _share(accepted: int, decided: int) -> str:
    """In percent, once there are enough decisions to judge by."""
    return f"{100 * accepted / decided:.0f} %" if decided >= ENOUGH else "–"

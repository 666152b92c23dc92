"""`postil hints --stats`: how often annotators accepted the hints of each detector."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterator

from tui.commands.context import say, workspace
from tui.session.open_hints import ENOUGH, Tallies
from tui.store.protocol import StoreError
from tui.text.clean import escape_json, visible


def tell(options: Namespace) -> int:
    """Of one article or of all, and of all annotators whose work can be read."""
    place = workspace(options)
    articles = [place.library.find(options.article)] if options.article is not None else place.library.ids()
    by_annotator: dict[str, Tallies] = {}
    complete = True
    for article in articles:
        for annotator in place.store.annotators(article):
            try:
                said = list(place.store.scan(article, annotator))
            except StoreError as error:
                say(str(error))
                complete = False
                continue
            tallies = by_annotator.setdefault(annotator, Tallies())
            tallies.add(one for kept in said for one in kept.hint_decisions)
    rows = [
        (annotator, detector, tallies.of(detector).accepted, tallies.of(detector).decided)
        for annotator, tallies in sorted(by_annotator.items())
        for detector in tallies.detectors()
        if not options.only or detector in options.only
    ]
    if options.json:
        _print_json(rows)
    elif rows:
        _print_table(rows)
    else:
        say("nobody has accepted or refused a hint yet: a and r do, in the reader")
    return 0 if complete else 1


_Row = tuple[str, str, int, int]
"""Annotator, detector, accepted, decided."""


def _print_json(rows: list[_Row]) -> None:
    """One JSON object a detector and annotator, a line each."""
    for annotator, detector, accepted, decided in rows:
        line = json.dumps(
            {
                "annotator": annotator,
                "detector": detector,
                "accepted": accepted,
                "decided": decided,
                "precision": accepted / decided,
            },
            ensure_ascii=False,
        )
        print(escape_json(line) if sys.stdout.isatty() else line)


def _print_table(rows: list[_Row]) -> None:
    table = [("detector", "annotator", "accepted", "decided", "right"), *_in_words(rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in table:
        cells = [
            cell.ljust(width) if column < 2 else cell.rjust(width)
            for column, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print(visible("  ".join(cells)))


def _in_words(rows: list[_Row]) -> Iterator[tuple[str, str, str, str, str]]:
    """A detector's annotators one after the other, and what they say together."""
    for detector in sorted({row[1] for row in rows}):
        of_detector = [row for row in rows if row[1] == detector]
        for annotator, _, accepted, decided in of_detector:
            yield detector, annotator, str(accepted), str(decided), _share(accepted, decided)
        if len(of_detector) > 1:
            accepted, decided = sum(row[2] for row in of_detector), sum(row[3] for row in of_detector)
            yield detector, "all", str(accepted), str(decided), _share(accepted, decided)


def _share(accepted: int, decided: int) -> str:
    """In percent, once there are enough decisions for that to say something."""
    return f"{100 * accepted / decided:.0f} %" if decided >= ENOUGH else "–"

"""`postil list`: the articles of the library and how far they are."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tui.commands.context import say, workspace
from tui.formats.records import RecordError
from tui.query.reading import article_values
from tui.store.protocol import StoreError
from tui.text.clean import escape_json, visible
from tui.workspace import Progress, Workspace

if TYPE_CHECKING:
    from tui.query.reading import ArticleFilter


def run(options: Namespace) -> int:
    place = workspace(options)
    # `postil open` lists too, where it cannot paint.
    where: str | None = getattr(options, "where", None)
    matches = _filter(place, where) if where is not None else None
    found = place.progress(matches.may_fit if matches else None)
    owners = place.store.owners.others()
    unreadable = list(place.unreadable)
    if matches is not None:
        found = _fitting(matches, found, owners, unreadable)
    for problem in unreadable:
        say(problem)
    if options.json:
        for progress in found:
            line = json.dumps(_as_object(progress, owners), ensure_ascii=False)
            print(escape_json(line) if sys.stdout.isatty() else line)
    elif found:
        _print_table(found, owners)
    elif matches is not None and not unreadable:
        say("no articles match")
    elif not unreadable:
        say(f"the library {place.folder} is empty: bring articles in with postil add FILE")
    return 1 if unreadable else 0


def _filter(place: Workspace, where: str) -> ArticleFilter:
    """Raises ExpressionError."""
    from tui.query.compilation import compiled
    from tui.query.reading import ArticleFilter, SentenceReader

    condition = compiled(where, "articles", place.scheme)
    reader = SentenceReader(place.library, place.store, place.reviews, place.scheme.label)
    return ArticleFilter(condition, reader)


def _fitting(
    matches: ArticleFilter, articles: list[Progress], owners: Mapping[str, str], unreadable: list[str]
) -> list[Progress]:
    """The articles that fit. Why one could not be read is added to `unreadable`."""
    fitting: list[Progress] = []
    for progress in articles:
        try:
            if matches.fits(
                progress.entry,
                decided=progress.decided,
                annotators=progress.annotators,
                touched=progress.touched,
                owners=owners,
            ):
                fitting.append(progress)
        except (StoreError, RecordError) as error:
            unreadable.append(str(error))
    return fitting


def _as_object(progress: Progress, owners: Mapping[str, str]) -> dict[str, object]:
    return article_values(
        progress.entry,
        decided=progress.decided,
        annotators=progress.annotators,
        touched=progress.touched,
        owners=owners,
    )


def _print_table(found: list[Progress], owners: Mapping[str, str]) -> None:
    rows = [("article", "language", "decided", "annotators", "last touched")]
    for progress in found:
        entry = progress.entry
        pair = f"{entry.source_language}→{entry.language}" if entry.source_language else entry.language
        who = ", ".join(_shown(name, owners) for name in progress.annotators) or "–"
        when = progress.touched[:16].replace("T", " ") or "–"
        rows.append((entry.id, pair, f"{progress.decided}/{entry.sentences}", who, when))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print(visible("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()))


def _shown(name: str, owners: Mapping[str, str]) -> str:
    """The annotator, with the account that the files belong to where that is another."""
    return f"{name} (files of {owners[name]})" if name in owners else name

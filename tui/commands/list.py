"""`postil list`: the articles of the library and how far each is annotated."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from tui.commands.context import Context
from tui.commands.streams import Streams
from tui.formats.records import RecordError
from tui.query.reading import article_values
from tui.store.protocol import StoreError
from tui.workspace import Progress, Workspace

if TYPE_CHECKING:
    from tui.query.reading import ArticleFilter


_GAP = "  "
_WIDEST_TITLE = 80
_NARROWEST_TITLE = 20
"""Cells."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    json: bool = False
    where: str | None = None


def run(context: Context, options: Options) -> int:
    workspace = context.workspace
    matches = _filter(workspace, options.where) if options.where is not None else None
    articles = workspace.progress(matches.may_fit if matches else None)
    owners = workspace.store.owners.others()
    unreadable = list(workspace.unreadable)
    if matches is not None:
        articles = _matching(matches, articles, owners, unreadable)
    for problem in unreadable:
        context.say(problem)
    if options.json:
        for progress in articles:
            context.streams.print_json(_as_object(progress, owners))
    elif articles:
        _print_table(context.streams, articles, owners)
    elif matches is not None and not unreadable and workspace.library.ids():
        context.say("no articles match")
    elif not unreadable:
        context.say(f"the library {workspace.folder} is empty: add articles with postil add FILE")
    return 1 if unreadable else 0


def _filter(workspace: Workspace, where: str) -> ArticleFilter:
    """Raises ExpressionError."""
    from tui.query.compilation import compiled
    from tui.query.reading import ArticleFilter, SentenceReader

    condition = compiled(where, "articles", workspace.scheme)
    reader = SentenceReader(workspace.library, workspace.store, workspace.reviews, workspace.scheme.label)
    return ArticleFilter(condition, reader)


def _matching(
    matches: ArticleFilter, articles: list[Progress], owners: Mapping[str, str], unreadable: list[str]
) -> list[Progress]:
    """The articles that match. Adds to `unreadable` why one could not be read."""
    matching: list[Progress] = []
    for progress in articles:
        try:
            if matches.fits(
                progress.entry,
                decided=progress.decided,
                annotators=progress.annotators,
                touched=progress.touched,
                owners=owners,
            ):
                matching.append(progress)
        except (StoreError, RecordError) as error:
            unreadable.append(str(error))
    return matching


def _as_object(progress: Progress, owners: Mapping[str, str]) -> dict[str, object]:
    return article_values(
        progress.entry,
        decided=progress.decided,
        annotators=progress.annotators,
        touched=progress.touched,
        owners=owners,
    )


def _print_table(streams: Streams, articles: Sequence[Progress], owners: Mapping[str, str]) -> None:
    """Two lines for each article: its title and figures in columns; its id, and who has annotated it."""
    rows = [("language", "decided", "last touched")]
    for progress in articles:
        entry = progress.entry
        pair = f"{entry.source_language}→{entry.language}" if entry.source_language else entry.language
        when = progress.touched[:16].replace("T", " ") or "–"
        rows.append((pair, f"{progress.decided}/{entry.sentences}", when))
    language, decided, touched = (max(len(row[column]) for row in rows) for column in range(3))
    titles = _in_cells(
        ["title", *(progress.entry.title for progress in articles)],
        _columns(streams) - language - decided - touched - 3 * len(_GAP),
    )
    for number, (title, row) in enumerate(zip(titles, rows, strict=True)):
        cells = (title, row[0].ljust(language), row[1].rjust(decided), row[2])
        streams.print(_GAP.join(cells).rstrip())
        if number > 0:
            progress = articles[number - 1]
            who = ", ".join(_shown(name, owners) for name in progress.annotators)
            streams.print(f"  {progress.entry.id}{_GAP}{who}".rstrip())


def _columns(streams: Streams) -> int:
    """The width of the terminal; 80 for a pipe or a file."""
    if not streams.is_terminal:
        return 80
    try:
        return os.get_terminal_size(streams.output.fileno()).columns or 80
    except OSError:
        return 80


def _in_cells(titles: Sequence[str], most: int) -> list[str]:
    """The titles safe to print, all of the same width: as wide as the widest, at most `most` cells."""
    from rich.cells import cell_len

    from tui.text.title import shown

    cut = [shown(title, min(_WIDEST_TITLE, max(_NARROWEST_TITLE, most))) for title in titles]
    widths = [cell_len(title) for title in cut]
    return [title + " " * (max(widths) - width) for title, width in zip(cut, widths, strict=True)]


def _shown(name: str, owners: Mapping[str, str]) -> str:
    """The annotator, with the account that owns the files if it is another."""
    return f"{name} (files of {owners[name]})" if name in owners else name

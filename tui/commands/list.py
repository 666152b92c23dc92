"""`postil list`: the articles of the library and how far each is annotated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from tui.commands.context import Context
from tui.commands.streams import Streams
from tui.workspace import Progress


class Options(msgspec.Struct, frozen=True, kw_only=True):
    json: bool = False


def run(context: Context, options: Options) -> int:
    workspace = context.workspace
    articles = workspace.progress()
    owners = workspace.store.owners.others()
    for problem in workspace.unreadable:
        context.say(problem)
    if options.json:
        for progress in articles:
            context.streams.print_json(_as_object(progress, owners))
    elif articles:
        _print_table(context.streams, articles, owners)
    elif not workspace.unreadable:
        context.say(f"the library {workspace.folder} is empty: add articles with postil add FILE")
    return 1 if workspace.unreadable else 0


def _as_object(progress: Progress, owners: Mapping[str, str]) -> dict[str, object]:
    entry = progress.entry
    return {
        "article": entry.id,
        "title": entry.title,
        "source": entry.source,
        "language": entry.language,
        "source_language": entry.source_language,
        "sentences": entry.sentences,
        "decided": progress.decided,
        "annotators": progress.annotators,
        "touched_at": progress.touched or None,
        "added_at": entry.added_at,
        "owners": {name: owners[name] for name in progress.annotators if name in owners},
    }


def _print_table(streams: Streams, articles: Sequence[Progress], owners: Mapping[str, str]) -> None:
    rows = [("article", "language", "decided", "annotators", "last touched")]
    for progress in articles:
        entry = progress.entry
        pair = f"{entry.source_language}→{entry.language}" if entry.source_language else entry.language
        who = ", ".join(_shown(name, owners) for name in progress.annotators) or "–"
        when = progress.touched[:16].replace("T", " ") or "–"
        rows.append((entry.id, pair, f"{progress.decided}/{entry.sentences}", who, when))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        streams.print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


def _shown(name: str, owners: Mapping[str, str]) -> str:
    """The annotator, with the account that owns the files if it is another."""
    return f"{name} (files of {owners[name]})" if name in owners else name

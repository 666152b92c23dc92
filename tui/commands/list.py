"""`postil list`: the articles of the library and how far they are."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Mapping

from tui.commands.context import say, workspace
from tui.text.clean import escape_json, visible
from tui.workspace import Progress


def run(options: Namespace) -> int:
    place = workspace(options)
    found = place.progress()
    owners = place.store.owners.others()
    for problem in place.unreadable:
        say(problem)
    if options.json:
        for progress in found:
            line = json.dumps(_as_object(progress, owners), ensure_ascii=False)
            print(escape_json(line) if sys.stdout.isatty() else line)
    elif found:
        _print_table(found, owners)
    elif not place.unreadable:
        say(f"the library {place.folder} is empty: bring articles in with postil add FILE")
    return 1 if place.unreadable else 0


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

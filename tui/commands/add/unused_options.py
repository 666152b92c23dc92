"""Options of `postil add` that change nothing: each is mentioned in one line, never ignored silently."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.commands.add.sources import Source, shown
from tui.documents.document import ReadingOptions
from tui.model.article import Article
from tui.prepare.reading_process import may_have_many


def without_effect(options: ReadingOptions, known: Article, read: Article, *, again: bool) -> str:
    """The options that a known article does not follow: `--language de has no effect without --again`, or nothing.

    `read` is the same text as the options read it. An option that gives what the article has is not mentioned.
    """
    ignored: list[str] = []
    if not again:
        ignored += [
            f"--{name.replace('_', '-')} {value}"
            for name, value, stored in (
                ("language", options.language, known.language),
                ("source_language", options.source_language, known.source_language),
                ("encoding", options.encoding and read.encoding, known.encoding),
                ("layout", options.layout, known.layout),
            )
            if value and value != stored
        ]
    if options.title_field and read.title != known.title:
        # A title never changes: the article's id is made of it.
        ignored.append(f"--title-field {options.title_field}")
    if not ignored:
        return ""
    named = ", ".join(ignored)
    where = "on an article that is in the library" if again else "without --again"
    return f"{named} {'has' if len(ignored) == 1 else 'have'} no effect {where}"


def of_the_run(options: ReadingOptions, sources: Sequence[Source], *, again: bool, force: bool) -> list[str]:
    """A line for each option that has no effect on any, or on some, of the sources."""
    lines: list[str] = []
    if force and not again:
        lines.append("--force has no effect without --again: add --again to prepare articles again")
    fields = [
        option
        for option, value in (("--text-field", options.text_field), ("--title-field", options.title_field))
        if value is not None
    ]
    # Standard input may be JSON: its reader shows it.
    others = [source for source in sources if isinstance(source, Path) and not may_have_many(source)]
    if fields and others:
        what = f"{shown(others[0])} is not a JSON file"
        if len(others) > 1:
            what = f"{len(others):,} files, such as {shown(others[0])}, are not JSON files"
        have = "has" if len(fields) == 1 else "have"
        lines.append(f"{' and '.join(fields)} {have} no effect: {what}")
    return lines

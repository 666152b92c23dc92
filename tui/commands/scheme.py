"""`postil scheme`: check a scheme file, or move annotations to another scheme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec
from msgspec.structs import replace

from tui.commands.context import Context
from tui.commands.errors import FOUND_A_PROBLEM, exit_code
from tui.commands.usage import UsageError
from tui.input_paths import as_path
from tui.model.annotation import Annotation, Step
from tui.model.clock import now
from tui.model.scheme import Renamed, Scheme
from tui.session.scheme_renames import changes, renamed, renamings, unknown_labels
from tui.session.undo import MIGRATE
from tui.settings import scheme_file as schemes
from tui.store.checkpoint import Database
from tui.store.folder import FolderStore
from tui.store.protocol import NotPermitted, StoreError
from tui.text.plurals import counted

KINDS = {"tag": "tags", "category": "categories", "severity": "severities"}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    what: Literal["check", "migrate"]
    words: tuple[str, ...] = ()
    """Files to check, or articles to migrate."""
    rename: tuple[str, ...] = ()
    apply: bool = False


def run(context: Context, options: Options) -> int:
    return _check(context, options) if options.what == "check" else _migrate(context, options)


# -- checking --------------------------------------------------------------


def _check(context: Context, options: Options) -> int:
    if context.restricted:
        raise NotPermitted("a scheme is a path, which --restricted forbids: leave it out")
    if not options.words or options.rename or options.apply:
        raise UsageError("check takes files and no options: postil scheme check mine.toml")
    code = 0
    for name in options.words:
        try:
            scheme = schemes.load(as_path(name))
        except schemes.SchemeError as error:
            context.streams.print(f"✗ {error}")
            code = FOUND_A_PROBLEM
            continue
        counts = (
            counted(len(scheme.tags), "tag"),
            counted(len(scheme.categories), "category", "categories"),
            counted(len(scheme.severities), "severity", "severities"),
        )
        context.streams.print(f"✓ {name}: {scheme.label}, {', '.join(counts)}")
    return code


# -- migrating -------------------------------------------------------------


def _migrate(context: Context, options: Options) -> int:
    workspace, scheme = context.workspace, context.scheme
    if options.apply and workspace.read_only:
        raise NotPermitted("--apply changes annotations, which --read-only forbids: leave one of them out")
    names = _with_given(scheme.renamed, options.rename, scheme)
    ids = {workspace.library.find(name) for name in options.words} or workspace.library.ids()
    own = code = 0
    stores: tuple[FolderStore, ...] = (workspace.store, workspace.second_passes)
    for article_id in sorted(ids):
        works = [(store, name) for store in stores for name in store.annotators(article_id)]
        for store, annotator in works:
            try:
                text = workspace.library.text_sha256(article_id)
                database = store.read(article_id, annotator, text)
                if database is None or not _needs_migration(database, names, scheme):
                    continue
                own += annotator == context.annotator
                if options.apply and annotator == context.annotator:
                    outcome = _apply(context, store, article_id, names)
                else:
                    outcome = _preview(context, article_id, annotator, database, names)
            except StoreError as error:
                # A problem with one article does not stop the others.
                context.say(f"{annotator} on {article_id}: {error}")
                outcome = exit_code(error) or FOUND_A_PROBLEM
            code = max(code, outcome)
    if not own:
        context.say(f"{context.annotator} has no annotations to move to {scheme.label}")
    elif not options.apply:
        context.say("this was a preview, nothing was changed: run it again with --apply")
    return code


def _needs_migration(database: Database, names: Renamed, scheme: Scheme) -> bool:
    """True if the annotations have another scheme, or labels that have new names in this one."""
    return database.meta.scheme != scheme.label or bool(changes(_in_order(database), names, scheme))


def _preview(context: Context, article_id: str, annotator: str, database: Database, names: Renamed) -> int:
    """Print what would change; returns the exit code."""
    left = unknown_labels(_renamed(database, names, context.scheme), context.scheme)
    context.streams.print(f"{article_id}, {annotator}{_summary(database, names, context.scheme, left)}")
    if annotator != context.annotator:
        context.streams.print(
            f"  only {annotator} can do this: Postil never writes to another annotator's file"
        )
        return 0
    return FOUND_A_PROBLEM if left else 0


def _apply(context: Context, migrated: FolderStore, article_id: str, names: Renamed) -> int:
    """Move your annotations of an article as one step; returns the exit code. Raises StoreError."""
    annotator, scheme = context.annotator, context.scheme
    before = migrated.read(article_id, annotator)
    assert before is not None
    store = migrated.with_scheme(before.meta.scheme)
    writer = store.open(article_id, annotator)
    try:
        for notice in writer.notices:
            context.say(notice)
        # Read again, now that no other process can change it.
        database = store.read(article_id, annotator)
        assert database is not None
        left = unknown_labels(_renamed(database, names, scheme), scheme)
        context.streams.print(f"{article_id}, {annotator}{_summary(database, names, scheme, left)}")
        if left:
            return FOUND_A_PROBLEM
        step = Step(
            action=MIGRATE,
            label=f"moved to {scheme.label}",
            at=now(),
            changes=tuple(changes(_in_order(database), names, scheme)),
            cursor=database.work.cursor,
            scheme=scheme.label,
        )
        writer.put(step)
    finally:
        writer.close()
    return 0


def _in_order(database: Database) -> Iterator[Annotation]:
    """The annotations in the order of the text."""
    return (database.annotations[start] for start in sorted(database.annotations))


def _renamed(database: Database, names: Renamed, scheme: Scheme) -> Iterator[Annotation]:
    return (renamed(annotation, names, scheme) for annotation in _in_order(database))


def _summary(database: Database, names: Renamed, scheme: Scheme, left: Counter[str]) -> str:
    """What changes in one annotator's work on an article: the line after its name."""
    label = database.meta.scheme
    head = f": {label} → {scheme.label}" if label != scheme.label else ""
    if left:
        return f"{head}: not possible, {scheme.label} has no {_counts(left)}: give the new name with --rename"
    count = len(changes(_in_order(database), names, scheme))
    sentences = counted(count, "sentence")
    made = _counts(renamings(_in_order(database), names))
    return f"{head}: {sentences} renamed: {made}" if made else f"{head}: no label to rename"


def _counts(counts: Counter[str]) -> str:
    return ", ".join(f"{label} ({count})" for label, count in sorted(counts.items()))


def _with_given(names: Renamed, given: Iterable[str], scheme: Scheme) -> Renamed:
    """The scheme's own renamings with those of the command line, `KIND:OLD=NEW`. Raises UsageError."""
    ids = {
        "tags": {tag.id for tag in scheme.tags},
        "categories": {category.id for category in scheme.categories},
        "severities": {severity.id for severity in scheme.severities},
    }
    for word in given:
        kind, _, pair = word.partition(":")
        old, _, new = pair.partition("=")
        table = KINDS.get(kind)
        if table is None or not old or new not in ids[table]:
            example = (
                f"write tag:OLD=NEW, category:OLD=NEW or severity:OLD=NEW, where NEW is in {scheme.label}"
            )
            raise UsageError(f"--rename {word[:80]!r} is not valid: {example}")
        names = replace(names, **{table: {**getattr(names, table), old: new}})
    return names

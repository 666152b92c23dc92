"""`postil scheme`: check a file of tags and categories, and bring annotations over to it."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator

from msgspec.structs import replace

from tui.cli import UsageError
from tui.commands.context import is_restricted, say, workspace
from tui.commands.errors import FOUND_A_PROBLEM, exit_code
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
from tui.text.clean import visible
from tui.workspace import Workspace

KINDS = {"tag": "tags", "category": "categories", "severity": "severities"}


def run(options: Namespace) -> int:
    if options.what == "check":
        return _check(options)
    return _migrate(options)


# -- checking --------------------------------------------------------------


def _check(options: Namespace) -> int:
    if is_restricted(options):
        raise NotPermitted("a scheme is a path, which --restricted forbids: check it elsewhere")
    if not options.words or options.rename or options.apply:
        raise UsageError("check takes files and nothing else: postil scheme check mine.toml")
    code = 0
    for name in options.words:
        try:
            found = schemes.load(as_path(name))
        except schemes.SchemeError as error:
            print(visible(f"✗ {error}"))
            code = FOUND_A_PROBLEM
            continue
        counts = (
            f"{len(found.tags)} tags, {len(found.categories)} categories, {len(found.severities)} severities"
        )
        print(visible(f"✓ {name}: {found.label}, {counts}"))
    return code


# -- carrying annotations over ---------------------------------------------


def _migrate(options: Namespace) -> int:
    place = workspace(options)
    if options.apply and place.read_only:
        raise NotPermitted("migrating changes annotations, which --read-only forbids: leave the option out")
    names = _with_given(place.scheme.renamed, options.rename, place.scheme)
    ids = sorted({place.library.find(name) for name in options.words} or place.library.ids())
    own = code = 0
    stores: tuple[FolderStore, ...] = (place.store, place.seconds)
    for article_id in ids:
        works = [(store, name) for store in stores for name in store.annotators(article_id)]
        for store, annotator in works:
            try:
                text = place.library.text_sha256(article_id)
                database = store.read(article_id, annotator, text)
                if database is None or not _needs(database, names, place.scheme):
                    continue
                own += annotator == place.annotator
                found = _migrate_one(place, store, article_id, annotator, names, apply=options.apply)
            except StoreError as error:
                # What is wrong with one article keeps no other from being carried over.
                say(f"{annotator} on {article_id}: {error}")
                found = exit_code(error) or FOUND_A_PROBLEM
            code = max(code, found)
    if not own:
        say(f"nothing of {place.annotator}'s is to be carried over to {place.scheme.label}")
    elif not options.apply:
        say("nothing was changed: --apply does it")
    return code


def _needs(database: Database, names: Renamed, scheme: Scheme) -> bool:
    """Whether work is said in another scheme, or in labels that are renamed in this one."""
    return database.meta.scheme != scheme.label or bool(changes(_said(database), names, scheme))


def _migrate_one(
    place: Workspace, store: FolderStore, article_id: str, annotator: str, names: Renamed, *, apply: bool
) -> int:
    """Carry over what somebody says about an article, or tell what would become of it; the exit code.

    Raises StoreError.
    """
    if apply and annotator == place.annotator:
        return _carry_over(place, store, article_id, names)
    database = store.read(article_id, annotator)
    assert database is not None
    left = unknown_labels(_renamed(database, names, place.scheme), place.scheme)
    print(visible(_told(article_id, annotator, database, names, place.scheme, left)))
    if annotator != place.annotator:
        print(visible(f"  {annotator}'s to carry over: nobody writes another's file"))
        return 0
    return FOUND_A_PROBLEM if left else 0


def _carry_over(place: Workspace, migrated: FolderStore, article_id: str, names: Renamed) -> int:
    """As one step of the annotator's, on what is stored once nobody else can change it. Raises StoreError."""
    before = migrated.read(article_id, place.annotator)
    assert before is not None
    store = migrated.with_scheme(before.meta.scheme)
    writer = store.open(article_id, place.annotator)
    try:
        for notice in writer.notices:
            say(notice)
        database = store.read(article_id, place.annotator)
        assert database is not None
        left = unknown_labels(_renamed(database, names, place.scheme), place.scheme)
        print(visible(_told(article_id, place.annotator, database, names, place.scheme, left)))
        if left:
            return FOUND_A_PROBLEM
        step = Step(
            action=MIGRATE,
            label=f"carried over to {place.scheme.label}",
            at=now(),
            changes=tuple(changes(_said(database), names, place.scheme)),
            cursor=database.work.cursor,
            scheme=place.scheme.label,
        )
        writer.put(step)
    finally:
        writer.close()
    return 0


def _said(database: Database) -> Iterator[Annotation]:
    """In the order of the text."""
    return (database.annotations[start] for start in sorted(database.annotations))


def _renamed(database: Database, names: Renamed, scheme: Scheme) -> Iterator[Annotation]:
    return (renamed(said, names, scheme) for said in _said(database))


def _told(
    article_id: str, annotator: str, database: Database, names: Renamed, scheme: Scheme, left: Counter[str]
) -> str:
    """What becomes of somebody's work on an article, in one line."""
    label = database.meta.scheme
    head = f"{article_id}, {annotator}" + (f": {label} → {scheme.label}" if label != scheme.label else "")
    if left:
        return (
            f"{head}: not possible, {scheme.label} has no {_counts(left)}: say what it became with --rename"
        )
    count = len(changes(_said(database), names, scheme))
    sentences = f"{count} sentence{'s' if count != 1 else ''}"
    made = _counts(renamings(_said(database), names))
    return f"{head}: {sentences} renamed: {made}" if made else f"{head}: no label to rename"


def _counts(found: Counter[str]) -> str:
    return ", ".join(f"{label} ({count})" for label, count in sorted(found.items()))


def _with_given(names: Renamed, given: list[str], scheme: Scheme) -> Renamed:
    """The scheme's own renamings and those of the command line, `KIND:OLD=NEW`. Raises UsageError."""
    there = {
        "tags": {tag.id for tag in scheme.tags},
        "categories": {category.id for category in scheme.categories},
        "severities": {severity.id for severity in scheme.severities},
    }
    for word in given:
        kind, _, pair = word.partition(":")
        old, _, new = pair.partition("=")
        table = KINDS.get(kind)
        if table is None or not old or new not in there[table]:
            example = f"write tag:OLD=NEW, category:OLD=NEW or severity:OLD=NEW, with a NEW of {scheme.label}"
            raise UsageError(f"--rename {word[:80]!r} cannot be: {example}")
        names = replace(names, **{table: {**getattr(names, table), old: new}})
    return names

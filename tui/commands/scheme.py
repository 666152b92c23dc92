"""`postil scheme`: check a file of tags and categories, and bring annotations over to it."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from pathlib import Path

from msgspec.structs import replace

from tui import scheme as schemes
from tui.cli import UsageError
from tui.commands.failures import FOUND_A_PROBLEM
from tui.commands.setting_up import is_restricted, say, workspace
from tui.model.annotation import Change, Step
from tui.model.clock import now
from tui.model.scheme import Renamed, Scheme
from tui.session.renaming import changes, unknown_labels
from tui.session.undo import MIGRATE
from tui.store.database import Database
from tui.store.folder import FolderStore
from tui.store.protocol import NotPermitted, StoreError
from tui.text.clean import visible
from tui.workspace import Workspace

KINDS = {"tag": "tags", "category": "categories", "severity": "severities"}


def run(options: Namespace) -> int:
    if options.what == "check":
        return _check(options)
    return _migrate(options)


def _check(options: Namespace) -> int:
    if is_restricted(options):
        raise NotPermitted("a scheme is a path, which --restricted forbids: check it elsewhere")
    if not options.words:
        raise UsageError("name the file to check: postil scheme check mine.toml")
    for name in options.words:
        found = schemes.load(Path(name))
        counts = (
            f"{len(found.tags)} tags, {len(found.categories)} categories, {len(found.severities)} severities"
        )
        print(visible(f"✓ {name}: {found.label}, {counts}"))
    return 0


def _migrate(options: Namespace) -> int:
    place = workspace(options)
    if options.apply and place.read_only:
        raise NotPermitted("migrating changes annotations, which --read-only forbids: leave the option out")
    names = _with_given(place.scheme.renamed, options.rename, place.scheme)
    ids = sorted({place.library.find(name) for name in options.words} or place.library.ids())
    failed = done = 0
    for article_id in ids:
        for annotator in place.store.annotators(article_id):
            database = place.store.read(article_id, annotator)
            if database is None or database.meta.scheme == place.scheme.label:
                continue
            if annotator != place.annotator:
                print(
                    visible(f"{article_id}: {annotator}'s work is {database.meta.scheme}: theirs to migrate")
                )
                continue
            done += 1
            failed += not _migrate_one(place, article_id, database, names, apply=options.apply)
    if not done:
        say(f"nothing of {place.annotator}'s is tagged by another scheme than {place.scheme.label}")
    elif not options.apply:
        say("nothing was changed: --apply does it")
    return FOUND_A_PROBLEM if failed else 0


def _migrate_one(
    place: Workspace, article_id: str, database: Database, names: Renamed, *, apply: bool
) -> bool:
    """Carry over what somebody said about an article, or say what would become of it; whether it can be."""
    said = database.work.annotations
    made = changes((said[start] for start in sorted(said)), names, place.scheme)
    after = said | {change.start: change.after for change in made if change.after is not None}
    left = unknown_labels(after.values(), place.scheme)
    head = f"{article_id}: {database.meta.scheme} → {place.scheme.label}"
    if left:
        unknown = ", ".join(f"{label} ({count})" for label, count in sorted(left.items()))
        print(
            visible(f"{head}: not possible, the scheme has no {unknown}: say what became of it with --rename")
        )
        return False
    print(visible(f"{head}: {_summary(made)}"))
    return not apply or _apply(place, article_id, database.meta.scheme, made)


def _apply(place: Workspace, article_id: str, label: str, made: list[Change]) -> bool:
    store = FolderStore(place.folder, scheme=label)
    try:
        writer = store.open(article_id, place.annotator)
    except StoreError as error:
        say(str(error))
        return False
    try:
        step = Step(
            action=MIGRATE,
            label=f"renamed labels for {place.scheme.label}",
            at=now(),
            changes=tuple(made),
            cursor=store.load(article_id, place.annotator).cursor,
        )
        writer.adopt_scheme(place.scheme.label, *([step] if made else []))
    finally:
        writer.close()
    return True


def _summary(made: list[Change]) -> str:
    """What was renamed, and how often."""
    found: Counter[str] = Counter()
    for change in made:
        assert change.before is not None
        assert change.after is not None
        gone = [tag for tag in change.before.tags if tag not in change.after.tags]
        found.update(f"tag {tag}" for tag in gone)
        for old, new in zip(change.before.spans, change.after.spans, strict=True):
            if old.category != new.category:
                found[f"category {old.category} → {new.category}"] += 1
            if old.severity != new.severity:
                found[f"severity {old.severity} → {new.severity}"] += 1
    what = ", ".join(f"{label} ({count})" for label, count in sorted(found.items()))
    sentences = f"{len(made)} sentence{'s' if len(made) != 1 else ''}"
    return f"{sentences} renamed: {what}" if made else "no label to rename"


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
            raise UsageError(f"--rename {word!r} cannot be: {example}")
        names = replace(names, **{table: {**getattr(names, table), old: new}})
    return names

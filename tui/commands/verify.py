"""`postil verify`: check every stored file, and with `--repair` put damaged ones together again."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from tui.commands.failures import FOUND_A_PROBLEM
from tui.commands.setting_up import annotations_folder, check_given, is_read_only, say, scheme_in_force
from tui.store.folder import FolderStore
from tui.store.paths import ArticleFiles
from tui.store.protocol import NotPermitted, StoreError
from tui.store.verify import verify
from tui.text.clean import visible

_TELL_EVERY = 100
"""Files after which progress is told."""


def run(options: Namespace) -> int:
    check_given(options)
    if options.repair and is_read_only(options):
        raise NotPermitted("--repair writes files, which --read-only forbids: leave one of them out")
    folder = annotations_folder(options)
    checked = works = problems = 0
    broken: list[ArticleFiles] = []
    for found in verify(folder):
        checked += 1
        works += found.work is not None
        problems += len(found.problems)
        for problem in found.problems:
            print(visible(f"✗ {problem}"))
        for note in found.notes:
            print(visible(f"· {note}"))
        if found.problems and found.work is not None:
            broken.append(found.work)
        if checked % _TELL_EVERY == 0 and sys.stderr.isatty():
            print(f"\r{checked} checked", end="", file=sys.stderr, flush=True)
    print(_summary(folder, checked, works, problems))
    if not options.repair:
        return FOUND_A_PROBLEM if problems else 0
    if broken:
        _repair(folder, broken, scheme_in_force(options).label)
    left = sum(len(found.problems) for found in verify(folder))
    if problems:
        say("everything is whole now" if not left else f"{left} problems are left, see above")
    return FOUND_A_PROBLEM if left else 0


def _summary(folder: Path, checked: int, works: int, problems: int) -> str:
    what = f"{problems} problem{'s' if problems != 1 else ''}" if problems else "everything is whole"
    looked_at = f"{checked} looked at, {works} of them annotations"
    return visible(f"{'✗' if problems else '✓'} {folder}: {what} ({looked_at})")


def _repair(folder: Path, broken: list[ArticleFiles], label: str) -> None:
    for files in broken:
        store = FolderStore(folder, scheme=label, kind=files.kind)
        name = f"{files.annotator} on {files.stem}"
        try:
            found = store.repair(files.article, files.annotator)
        except StoreError as error:
            say(f"{name} is not repaired: {error}")
            continue
        for path in found.damaged:
            say(f"{name}: {path.name} was damaged, and is kept as {path.name}.damaged-N beside it")
        for what in found.lost:
            say(f"{name}: could not be saved: {what}")
        for what in found.forgotten:
            say(f"{name}: no longer in the history: {what}")
        if not found.lost:
            say(f"{name} is repaired, no annotation is lost")

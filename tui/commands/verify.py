"""`postil verify`: check every stored file, and with `--repair` put damaged ones together again."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from tui.commands.context import annotations_folder, check_given, is_read_only, say, scheme_in_force
from tui.commands.errors import FOUND_A_PROBLEM, exit_code
from tui.store.folder import FolderStore
from tui.store.protocol import NoSuchArticle, NotPermitted, StoreError
from tui.store.verify import verify
from tui.store.work_files import ArticleFiles
from tui.text.clean import visible

_TELL_EVERY = 100
"""Files after which progress is shown."""


def run(options: Namespace) -> int:
    check_given(options)
    if options.repair and is_read_only(options):
        raise NotPermitted("--repair writes files, which --read-only forbids: leave one of them out")
    folder = annotations_folder(options)
    checked = works = 0
    problems: list[str] = []
    broken: list[ArticleFiles] = []
    for found in verify(folder):
        checked += 1
        works += found.work is not None
        problems += found.problems
        _print(found.problems, found.notes)
        if found.problems and found.work is not None:
            broken.append(found.work)
        if checked % _TELL_EVERY == 0 and sys.stderr.isatty():
            print(f"\r{checked} checked", end="", file=sys.stderr, flush=True)
    print(_summary(folder, checked, works, len(problems)))
    if not options.repair:
        return FOUND_A_PROBLEM if problems else 0
    return _repair_all(folder, broken, scheme_in_force(options).label, problems) if problems else 0


def _print(problems: list[str], notes: list[str]) -> None:
    for problem in problems:
        print(visible(f"✗ {problem}"))
    for note in notes:
        print(visible(f"· {note}"))


def _summary(folder: Path, checked: int, works: int, problems: int) -> str:
    what = f"{problems} problem{'s' if problems != 1 else ''}" if problems else "everything is whole"
    looked_at = f"{checked} looked at, {works} of them annotations"
    return visible(f"{'✗' if problems else '✓'} {folder}: {what} ({looked_at})")


def _repair_all(folder: Path, broken: list[ArticleFiles], label: str, known: list[str]) -> int:
    """Repair, and look again; `known` are the problems that were printed.

    Returns the exit code: that of the repair that failed, or else whether anything is wrong still.
    """
    codes = [_repair(folder, files, label) for files in broken]
    failed = sum(code != 0 for code in codes)
    left = [problem for found in verify(folder) for problem in found.problems]
    _print([problem for problem in left if problem not in known], [])
    if left:
        say(f"{len(left)} problem{'s are' if len(left) > 1 else ' is'} left, see above")
    elif failed:
        say(f"{failed} of {len(broken)} could not be repaired, see above: run it again")
    else:
        say("everything is whole now")
    return max([*codes, FOUND_A_PROBLEM if left else 0])


def _repair(folder: Path, files: ArticleFiles, label: str) -> int:
    """Returns the exit code of this repair alone."""
    name = f"{files.annotator} on {files.stem}"
    try:
        found = FolderStore(folder, scheme=label, kind=files.kind).repair(files.article, files.annotator)
    except StoreError as error:
        say(f"{name} is not repaired: {error}")
        # A missing article is a finding, not a missing right.
        is_gone = isinstance(error.__cause__, NoSuchArticle)
        return FOUND_A_PROBLEM if is_gone else exit_code(error) or FOUND_A_PROBLEM
    if found.fits:
        say(f"{name}: nothing is damaged that a repair could mend, nothing was written")
    for path in found.damaged:
        say(f"{name}: {path.name} was damaged, and is kept as {path.name}.damaged-N")
    for what in found.lost:
        say(f"{name}: could not be saved: {what}")
    for what in () if found.fits else found.forgotten:
        say(f"{name}: no longer in the history: {what}")
    if not (found.lost or found.fits):
        say(f"{name} is repaired, no annotation is lost")
    return 0

"""`postil verify`: check every stored file, and repair damaged ones with `--repair`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from tui.commands.context import Context
from tui.commands.errors import FOUND_A_PROBLEM, exit_code
from tui.commands.streams import Streams
from tui.store.folder import FolderStore
from tui.store.protocol import NoSuchArticle, NotPermitted, StoreError
from tui.store.verify import verify
from tui.store.work_files import ArticleFiles
from tui.text.plurals import counted

_SHOW_EVERY = 100
"""Progress is shown after this number of files."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    repair: bool = False


def run(context: Context, options: Options) -> int:
    context.check_unused()
    if options.repair and context.read_only:
        raise NotPermitted("--repair writes files, which --read-only forbids: leave one of them out")
    streams = context.streams
    checked = works = 0
    problems: list[str] = []
    broken: list[ArticleFiles] = []
    for result in verify(context.folder):
        checked += 1
        works += result.work is not None
        problems += result.problems
        _print(streams, result.problems, result.notes)
        if result.problems and result.work is not None:
            broken.append(result.work)
        if checked % _SHOW_EVERY == 0 and streams.errors.isatty():
            print(f"\r{checked} checked", end="", file=streams.errors, flush=True)
    streams.print(_summary(context.folder, checked, works, len(problems)))
    if options.repair and problems:
        return _repair_all(context, broken, problems)
    return FOUND_A_PROBLEM if problems else 0


def _print(streams: Streams, problems: list[str], notes: list[str]) -> None:
    for problem in problems:
        streams.print(f"✗ {problem}")
    for note in notes:
        streams.print(f"· {note}")


def _summary(folder: Path, checked: int, works: int, problems: int) -> str:
    result = counted(problems, "problem") if problems else "no problems"
    files = f"{counted(checked, 'file')} checked, {works:,} of them annotations"
    return f"{'✗' if problems else '✓'} {folder}: {result} ({files})"


def _repair_all(context: Context, broken: list[ArticleFiles], known: list[str]) -> int:
    """Repair, and check again; `known` are the problems that were printed.

    Returns the exit code: of the repair that failed, or of the problems that are left.
    """
    codes = [_repair(context, files) for files in broken]
    failed = sum(code != 0 for code in codes)
    left = [problem for result in verify(context.folder) for problem in result.problems]
    _print(context.streams, [problem for problem in left if problem not in known], [])
    if left:
        context.say(f"{counted(len(left), 'problem is', 'problems are')} left, see above")
    elif failed:
        context.say(f"{failed} of {len(broken)} could not be repaired, see above: run it again")
    else:
        context.say("no problems are left")
    return max([*codes, FOUND_A_PROBLEM if left else 0])


def _repair(context: Context, files: ArticleFiles) -> int:
    """Returns the exit code of this repair alone."""
    name = f"{files.annotator} on {files.stem}"
    store = FolderStore(context.folder, scheme=context.scheme.label, kind=files.kind)
    try:
        repair = store.repair(files.article, files.annotator)
    except StoreError as error:
        context.say(f"{name} is not repaired: {error}")
        # A missing article is a problem of the data, not a missing right.
        is_gone = isinstance(error.__cause__, NoSuchArticle)
        return FOUND_A_PROBLEM if is_gone else exit_code(error) or FOUND_A_PROBLEM
    if repair.fits:
        context.say(f"{name}: no damage to repair, nothing was written")
    for path in repair.damaged:
        context.say(f"{name}: {path.name} was damaged, and is kept as {path.name}.damaged-N")
    for item in repair.lost:
        context.say(f"{name}: could not be saved: {item}")
    for item in () if repair.fits else repair.forgotten:
        context.say(f"{name}: no longer in the history: {item}")
    if not (repair.lost or repair.fits):
        context.say(f"{name} is repaired, no annotation is lost")
    return 0

"""Each read of what is stored fails once, with EIO, in every command that reads. strace puts the error there."""

from __future__ import annotations

import itertools
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from tests.long import long_or_short
from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish

CALLS = ("openat", "read", "newfstatat", "getdents64")

COMMANDS = (
    ("list",),
    ("list", "--json"),
    ("show", "ARTICLE"),
    ("export",),
    ("export", "--adjudicated"),
    ("agreement",),
    ("report", "ARTICLE"),
    ("history", "ARTICLE"),
    ("hints", "ARTICLE"),
    ("verify",),
)

QUICK_COMMANDS = (("export",),)
QUICK_EVERY = long_or_short(3, 8)
"""Each so-many-th call."""

PEOPLE = ("ana", "ben")

_TRACEBACK = "Traceback (most recent call last)"
_UNEXPECTED = "unexpected "


class Ended(NamedTuple):
    """A command that ended."""

    code: int
    output: str
    said: str
    was_hit: bool
    """True if a call failed."""


def run(quick: bool) -> Report:
    """Each says in a line what cannot be read, and ends with 1, 3 or 4: never a traceback, never less than there is."""
    found = Findings()
    if shutil.which("strace") is None:
        return Report("reads that fail: skipped, strace is not installed", {"skipped": 1}, [])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "annotations"
        article = furnish(folder).id
        _annotate(folder, article)
        for words in QUICK_COMMANDS if quick else COMMANDS:
            command = [article if word == "ARTICLE" else word for word in words]
            whole = _ended(folder, command, None, 0)
            for call in CALLS:
                step = QUICK_EVERY if quick else 1
                for number in itertools.count(1, step):
                    if not _fail(folder, command, whole, call, number, found):
                        break
    return found.report("reads that fail")


def _annotate(folder: Path, article: str) -> None:
    """Two people tag and disagree; one of them has a journal that was never folded."""
    for who, tags in zip(PEOPLE, (("fact", "opinion"), ("fact", "quote")), strict=True):
        for sentence, tag in enumerate(tags, 1):
            _postil(folder, "tag", article, str(sentence), tag, "--annotator", who)


def _fail(folder: Path, command: list[str], whole: Ended, call: str, number: int, found: Findings) -> bool:
    """False if there was no such call."""
    ended = _ended(folder, command, call, number)
    if not ended.was_hit:
        return False
    where = f"postil {' '.join(command)}, EIO at {call} {number}"
    found.counts["reads that failed"] += 1
    found.counts[f"ended with {ended.code}"] += 1
    if _TRACEBACK in ended.said or _UNEXPECTED in ended.said or ended.code not in {0, 1, 3, 4}:
        found.fault("unreadable", where, f"ended with {ended.code}: {ended.said[-300:]}")
    elif ended.code == 0 and (ended.output, ended.said) != (whole.output, whole.said):
        if "not be read" not in ended.said and "cannot be read" not in ended.said:
            found.fault(
                "missing", where, f"ended with 0 and says {ended.said[-200:]!r}: {ended.output[:80]!r}"
            )
    elif ended.code and not ended.said and ended.output == whole.output:
        found.fault("unreadable", where, f"ended with {ended.code} and does not say why")
    return True


def _ended(folder: Path, command: list[str], call: str | None, number: int) -> Ended:
    postil = [sys.executable, "-m", "tui", *command, "--annotations", str(folder)]
    if call is None:
        done = subprocess.run(postil, cwd=CHECKOUT, capture_output=True, text=True, check=False)
        return Ended(done.returncode, done.stdout, done.stderr, False)
    with tempfile.NamedTemporaryFile("r") as log:
        strace = ["strace", "-f", "-qq", "-o", log.name, *_paths(folder)]
        strace += ["-e", f"trace={call}", "-e", f"inject={call}:error=EIO:when={number}"]
        done = subprocess.run([*strace, *postil], cwd=CHECKOUT, capture_output=True, text=True, check=False)
        traced = Path(log.name).read_text(encoding="utf-8", errors="replace")
    return Ended(done.returncode, done.stdout, done.stderr, "(INJECTED)" in traced)


def _paths(folder: Path) -> list[str]:
    # The locks are not read, and the index is written anew.
    paths = [folder, *(path for path in sorted(folder.rglob("*")) if not re.search(r"\.tmp$", path.name))]
    return [word for path in paths for word in ("-P", str(path))]


def _postil(folder: Path, *words: str) -> None:
    command = [sys.executable, "-m", "tui", *words, "--annotations", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, capture_output=True, check=True)

"""Real file systems that are full, without inodes, over quota, read-only, failing or cut off in the middle of tags."""

from __future__ import annotations

import contextlib
import itertools
import random
import sys
import tempfile
from pathlib import Path

from tests.terminal import Terminal
from tests.torture.mounted import TROUBLES, NoDisk, Setting, Trouble
from tests.torture.report import Report
from tests.torture.scene import (
    CHECKOUT,
    Findings,
    check_submitted,
    check_writable,
    furnish,
    has_journal,
    recovered,
    workspace_in,
)
from tests.torture.working import kill_in_trouble, some_steps
from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.protocol import NotSaved, StoreError
from tui.store.writer import FolderWriter

FOLD_AT = (1, 4_000, 1 << 18)
"""Bytes of the journal: the trouble meets a checkpoint, a history, a journal."""
QUICK_FOLD_AT = (4_000,)

ROUNDS = 4
QUICK_ROUNDS = 1

SAVES = 12
"""Puts before the trouble, at most."""
REST = 15
"""Answers after it."""

ANNOTATOR = "ana"
LEAVE = "\x11"


def run(quick: bool) -> Report:
    """What was acknowledged can be read in the trouble and after it, and what waits is saved once it is over."""
    found = Findings()
    seeds = range(QUICK_ROUNDS if quick else ROUNDS)
    for setting in TROUBLES:
        name = setting.__name__.replace("_", " ")
        try:
            for seed, fold_at in itertools.product(seeds, QUICK_FOLD_AT if quick else FOLD_AT):
                where = f"{name}, fold at {fold_at}, seed {seed}"
                _kill(setting, fold_at, seed, found, f"killed, {where}")
                _wait(setting, fold_at, seed, found, f"waited, {where}")
            if not quick:
                _on_the_screen(setting, name, found)
            found.counts[name] += 1
        except NoDisk as error:
            found.counts[f"{name}: skipped, {error}"] += 1
            found.counts["skipped"] += 1
    return found.report("real disks")


# -- a process that is killed ------------------------------------------------


def _kill(setting: Setting, fold_at: int, seed: int, found: Findings, where: str) -> None:
    with setting() as trouble:
        article = furnish(trouble.folder)
        saves = random.Random(seed).randrange(1, SAVES)
        told = kill_in_trouble(trouble.folder, ANNOTATOR, seed, fold_at, trouble, saves, REST)
        found.counts["runs"] += 1
        found.counts["acknowledged"] += told.acknowledgements
        found.counts["refused"] += len(told.refused)
        if trouble.is_readable:
            _check(trouble.folder, article, told.submitted, told.saved, found, f"{where}: in trouble")
        trouble.end()
        _check(trouble.folder, article, told.submitted, told.saved, found, f"{where}: after it")
        check_writable(trouble.folder, article.id, ANNOTATOR, found, where)
        _check(trouble.folder, article, told.submitted, told.saved, found, f"{where}: opened again")


# -- a session that goes on --------------------------------------------------


def _wait(setting: Setting, fold_at: int, seed: int, found: Findings, where: str) -> None:
    with setting() as trouble:
        if trouble.lasts:
            return
        article = furnish(trouble.folder)
        choice = random.Random(seed)
        place = workspace_in(trouble.folder, ANNOTATOR)
        opened = place.open(article)
        assert isinstance(opened.writer, FolderWriter), opened.notice
        writer = opened.writer
        writer.fold_at = fold_at
        steps: list[Step] = []
        saved = 0
        begins = choice.randrange(0, SAVES)
        for number in range(begins + REST):
            if number == begins:
                trouble.begin()
            some = some_steps(opened.session, choice)
            steps += some
            try:
                saved = writer.put(*some)
                found.counts["acknowledged"] += 1
            except NotSaved:
                found.counts["refused"] += 1
            writer.tidy()
        found.counts["runs"] += 1
        _check(trouble.folder, article, steps, saved, found, f"{where}: in trouble")
        trouble.end()
        try:
            saved = writer.put()
            if saved != len(steps):
                found.fault("missing", where, f"{len(steps)} steps waited, and the next put says {saved}")
            writer.close()
        except StoreError as error:
            found.fault("unwritable", f"{where}: after it", str(error))
            return
        if has_journal(trouble.folder, article.id, ANNOTATOR):
            found.fault("unwritable", where, "the journal is left after closing")
        _check(trouble.folder, article, steps, len(steps), found, f"{where}: after closing")


# -- the program -------------------------------------------------------------


def _on_the_screen(setting: Setting, name: str, found: Findings) -> None:
    """The reader says NOT SAVED and why; it saves once the trouble is over, or can be left."""
    for tags_before in (0, 1):
        where = f"on the screen, {name} after {tags_before} tags"
        with setting() as trouble, tempfile.TemporaryDirectory() as elsewhere:
            article = furnish(trouble.folder)
            try:
                with contextlib.closing(_reader(trouble, article, Path(elsewhere))) as reader:
                    _type_in_trouble(reader, trouble, tags_before, found, where)
            except AssertionError as error:
                found.fault("unwritable", where, str(error))
                continue
            if trouble.lasts:
                trouble.end()
                _check_tags(trouble.folder, article, tags_before, 5, found, where)
                check_writable(trouble.folder, article.id, ANNOTATOR, found, where)
            else:
                _check_tags(trouble.folder, article, 5, 5, found, where)


def _reader(trouble: Trouble, article: Article, elsewhere: Path) -> Terminal:
    where = ["--annotations", str(trouble.folder), "--annotator", ANNOTATOR]
    command = [sys.executable, "-m", "tui", "open", article.id, *where]
    return Terminal(command, folder=CHECKOUT, environment={"XDG_DATA_HOME": str(elsewhere)})


def _type_in_trouble(
    reader: Terminal, trouble: Trouble, tags_before: int, found: Findings, where: str
) -> None:
    """Five sentences are decided, of which so many are saved before the trouble."""
    reader.wait_for("0/41 decided")
    if tags_before:
        reader.send("f" * tags_before)
        reader.wait_for(lambda screen: f"{tags_before}/41 decided" in screen and "saved ✓" in screen)
    trouble.begin()
    reader.send("o" * (5 - tags_before))
    reader.wait_for(
        lambda screen: "5/41 decided" in screen and ("saved ✓" in screen or "NOT SAVED" in screen)
    )
    found.counts["runs"] += 1
    found.counts["acknowledged"] += tags_before
    if "NOT SAVED" not in reader.screen:
        found.counts["saved in trouble"] += 1
    else:
        found.counts["NOT SAVED shown"] += 1
        reader.wait_for("not saved, ")
    if trouble.lasts:
        reader.send(LEAVE)
        reader.wait_for("in memory only")
        reader.send("\r")
        if reader.wait_for_end() != 0:
            found.fault("unwritable", where, "no copy is kept elsewhere when the reader is left")
        return
    trouble.end()
    # It tries again by itself.
    reader.wait_for(lambda screen: "5/41 decided" in screen and "saved ✓" in screen)
    reader.send(LEAVE)
    if reader.wait_for_end() != 0:
        found.fault("unwritable", where, "the reader ends with an error once all is saved")


# -- what is left ------------------------------------------------------------


def _check_tags(folder: Path, article: Article, least: int, most: int, found: Findings, where: str) -> None:
    events = recovered(folder, article.id, ANNOTATOR, found, where)
    if events is None:
        return
    decided = sum(event.step.action.startswith("tag.") for event in events)
    if not least <= decided <= most:
        found.fault("missing", where, f"{least} to {most} tags must be there, {decided} are")


def _check(
    folder: Path, article: Article, submitted: list[Step], saved: int, found: Findings, where: str
) -> None:
    events = recovered(folder, article.id, ANNOTATOR, found, where)
    if events is not None:
        check_submitted([event.step for event in events], submitted, saved, found, where)

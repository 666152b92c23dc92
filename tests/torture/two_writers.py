"""Two processes that want to annotate the same article as the same person.

`python -m tests.torture.two_writers FOLDER NAME PUTS` takes the article, puts one step and closes it,
until it has put so many, and prints how many it put and how often the other had it. With 0 it tries to take
the article whenever a line comes on standard input, prints `got` or `locked REASON`, and keeps it.
"""

from __future__ import annotations

import contextlib
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish, has_journal, recovered, store_in
from tui.model.annotation import Annotation, Change, Step
from tui.model.article import Article
from tui.store.library import Library
from tui.store.protocol import Locked

PUTS_EACH = 200
QUICK_PUTS_EACH = 25

SUCCESSIONS = 20
QUICK_SUCCESSIONS = 2

LONGEST_PAUSE = 0.002
"""Seconds."""

ANNOTATOR = "ana"


def run(quick: bool) -> Report:
    """One at a time, the other is told who; the place is free once its holder is dead; no update is lost."""
    found = Findings()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(QUICK_SUCCESSIONS if quick else SUCCESSIONS):
            _succession(Path(folder, str(number)), found, f"succession {number}")
        _in_turn(Path(folder, "turns"), QUICK_PUTS_EACH if quick else PUTS_EACH, found)
    return found.report("two writers")


# -- who has it, and who is next -------------------------------------------


def _succession(folder: Path, found: Findings, where: str) -> None:
    article = furnish(folder)
    with _process(folder, "one", 0) as one, _process(folder, "two", 0) as two:
        processes = [one, two]
        for process in processes:
            _ask(process)
        answers = [_answer(process) for process in processes]
        found.counts["got"] += answers.count("got")
        found.counts["locked"] += sum(answer.startswith("locked ") for answer in answers)
        if sorted(answer[:4] for answer in answers) != ["got", "lock"]:
            found.fault("not one writer", where, f"{answers}")
            return
        holder, other = processes if answers[0] == "got" else processes[::-1]
        # Not the first answer: it may have come between the other's taking the lock and signing it.
        _ask(other)
        refusal = _answer(other)
        if f"{ANNOTATOR} has this article open since " not in refusal or f"(pid {holder.pid})" not in refusal:
            found.fault("holder not named", where, refusal)
        holder.kill()
        holder.wait()
        _ask(other)
        answer = _answer(other)
        found.counts["got after the holder's death"] += answer == "got"
        if answer != "got":
            found.fault("unwritable", where, f"the holder is dead, and the other is told: {answer}")
        other.kill()
        other.wait()
    events = recovered(folder, article.id, ANNOTATOR, found, where)
    found.counts["acknowledged"] += 2
    if events is not None and len(events) != 2:
        found.fault("missing", where, f"each has put one step, {len(events)} are there")


# -- many times in turn ----------------------------------------------------


def _in_turn(folder: Path, puts: int, found: Findings) -> None:
    article = furnish(folder)
    names = ("one", "two")
    with contextlib.ExitStack() as stack:
        processes = [stack.enter_context(_process(folder, name, puts)) for name in names]
        for process in processes:
            output, _ = process.communicate()
            if process.returncode:
                found.fault("unwritable", "in turn", f"a writer ended with {process.returncode}")
                continue
            done, refused = map(int, output.split())
            found.counts["acknowledged"] += done
            found.counts["locked"] += refused
    events = recovered(folder, article.id, ANNOTATOR, found, "in turn")
    if events is None:
        return
    notes = [_note(event.step) for event in events]
    wanted = {f"{name} {number}" for name in names for number in range(puts)}
    found.counts["turns taken"] += sum(
        one.partition(" ")[0] != other.partition(" ")[0] for one, other in pairwise(notes)
    )
    lost = wanted - set(notes)
    if lost:
        found.fault("missing", "in turn", f"{len(lost)} of {len(wanted)} updates: {sorted(lost)[:5]}")
    if len(notes) > len(wanted):
        found.fault("phantom", "in turn", f"{len(notes)} updates, {len(wanted)} were put")
    if has_journal(folder, article.id, ANNOTATOR):
        found.fault("unwritable", "in turn", "a journal is left though both have closed")


def _note(step: Step) -> str:
    [change] = step.changes
    assert change.after is not None
    return change.after.note


# -- the other process -----------------------------------------------------


@contextlib.contextmanager
def _process(folder: Path, name: str, puts: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "tests.torture.two_writers", str(folder), name, str(puts)]
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.kill()


def _ask(process: subprocess.Popen[bytes]) -> None:
    assert process.stdin is not None
    process.stdin.write(b"\n")
    process.stdin.flush()


def _answer(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().decode().rstrip("\n")


def _write(folder: Path, name: str, puts: int) -> None:
    [article_id] = Library(folder).ids()
    article = Library(folder).load(article_id)
    done = refused = 0
    while done < puts:
        try:
            writer = store_in(folder).open(article.id, ANNOTATOR)
        except Locked:
            refused += 1
        else:
            writer.put(a_step(article, f"{name} {done}"))
            writer.close()
            done += 1
        # Without a pause one would have it all the time.
        time.sleep(random.uniform(0, LONGEST_PAUSE))
    print(done, refused)


def _hold(folder: Path, name: str) -> None:
    [article_id] = Library(folder).ids()
    article = Library(folder).load(article_id)
    for number, _ in enumerate(sys.stdin):
        try:
            writer = store_in(folder).open(article.id, ANNOTATOR)
        except Locked as error:
            print(f"locked {error}", flush=True)
        else:
            writer.put(a_step(article, f"{name} {number}"))
            print("got", flush=True)
            sys.stdin.read()


def a_step(article: Article, note: str) -> Step:
    """It changes the same sentence each time, which is what loses updates."""
    said = Annotation(
        segmentation=article.segmentation,
        start=article.starts[0],
        end=article.ends[0],
        text=article.sentence_text(0),
        note=note,
        created_at="",
        updated_at="",
    )
    return Step(
        action="note", label="wrote the note", at="", changes=(Change(before=None, after=said),), cursor=0
    )


if __name__ == "__main__":
    if int(sys.argv[3]):
        _write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
    else:
        _hold(Path(sys.argv[1]), sys.argv[2])

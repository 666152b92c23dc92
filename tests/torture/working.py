"""A process that works as the reader does, without a screen, and tells on a pipe what it does.

`python -m tests.torture.working FOLDER ANNOTATOR SEED FOLD_AT` annotates the folder's only article until it
is killed. It prints, a line each: `opened`, `submitted STEP` (JSON), `saved NUMBER`, `refused REASON`.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from tests.torture.mounted import Trouble
from tests.torture.scene import CHECKOUT, workspace_in
from tui.model.annotation import Step
from tui.session.session import Session
from tui.store.protocol import NotSaved, StoreError, Writer
from tui.store.writer import FolderWriter

LONGEST_SITTING = 150
"""Puts until the article is closed and opened again."""


class Told(NamedTuple):
    """What a process told before it was killed."""

    submitted: list[Step]
    saved: int
    """The number of the last step that was acknowledged; 0 for none."""
    acknowledgements: int
    refused: list[str]


def kill_at_work(folder: Path, annotator: str, seed: int, fold_at: int, delay: float) -> Told:
    """Start a process, let it work for `delay` seconds from when it has opened the article, and kill it."""
    with _process(folder, annotator, seed, fold_at) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        executioner = threading.Timer(delay, process.kill)
        executioner.start()
        said += process.stdout.read()
    return _told(said, process)


def kill_when_refused(folder: Path, annotator: str, seed: int, fold_at: int, refusals: int) -> Told:
    """Start a process, and kill it when so many of its puts have not been saved."""
    said = b""
    with _process(folder, annotator, seed, fold_at) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said += line
            refusals -= line.startswith(b"refused ")
            if refusals <= 0:
                process.kill()
    return _told(said, process)


def kill_in_trouble(
    folder: Path, annotator: str, seed: int, fold_at: int, trouble: Trouble, saves: int, rest: int
) -> Told:
    """Start a process, make trouble once so many puts were saved, and kill it so many answers later."""
    said = b""
    with _process(folder, annotator, seed, fold_at) as process:
        assert process.stdout is not None
        answers = 0
        for line in process.stdout:
            said += line
            answers += line.startswith((b"refused ", b"saved "))
            if answers == saves and line.startswith((b"refused ", b"saved ")):
                with _stopped(process.pid) if trouble.is_between_calls else contextlib.nullcontext():
                    trouble.begin()
            if answers >= saves + rest:
                process.kill()
    return _told(said, process)


@contextlib.contextmanager
def _stopped(pid: int) -> Iterator[None]:
    """Let the process finish the call that it is in, and begin no other meanwhile."""
    os.kill(pid, signal.SIGSTOP)
    os.waitid(os.P_PID, pid, os.WSTOPPED | os.WNOWAIT)
    yield
    os.kill(pid, signal.SIGCONT)


def _process(folder: Path, annotator: str, seed: int, fold_at: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "tests.torture.working", str(folder), annotator, str(seed), str(fold_at)]
    return subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE)


def _told(said: bytes, process: subprocess.Popen[bytes]) -> Told:
    """What the bytes from the pipe say; a last line without its end says nothing."""
    if process.returncode != -signal.SIGKILL:
        raise RuntimeError(f"the process ended by itself with {process.returncode}: {said[-500:]!r}")
    submitted: list[Step] = []
    numbers: list[int] = []
    refused: list[str] = []
    for line in said.split(b"\n")[:-1]:
        word, _, rest = line.partition(b" ")
        if word == b"submitted":
            submitted.append(msgspec.json.decode(rest, type=Step))
        elif word == b"saved":
            numbers.append(int(rest))
        elif word == b"refused":
            refused.append(rest.decode())
    return Told(submitted, max(numbers, default=0), len(numbers), refused)


def some_steps(session: Session, choice: random.Random) -> list[Step]:
    """One to three steps as keys make them, undo and redo among them."""
    steps: list[Step] = []
    wanted = choice.choice((1, 1, 1, 2, 3))
    while len(steps) < wanted:
        step = _some_command(session, choice)
        if step is not None:
            steps.append(step)
    return steps


def _some_command(session: Session, choice: random.Random) -> Step | None:
    sentence = choice.randrange(len(session.article))
    tag = choice.choice(session.scheme.tags).id
    commands = (
        (6, lambda: session.tag(sentence, tag)),
        (2, lambda: session.toggle(sentence, tag)),
        (2, lambda: session.none(sentence)),
        (1, lambda: session.clear(sentence)),
        (1, lambda: session.unsure(sentence)),
        (2, lambda: session.set_note(sentence, f"note {choice.random()} é😀 " * choice.randrange(20))),
        (3, session.undo),
        (2, session.redo),
    )
    weights, what = zip(*commands, strict=True)
    [command] = choice.choices(what, weights)
    session.cursor = sentence
    return command().step


def _work(folder: Path, annotator: str, seed: int, fold_at: int) -> None:
    choice = random.Random(seed)
    place = workspace_in(folder, annotator)
    FolderWriter.fold_at = fold_at
    [article_id] = place.library.ids()
    article = place.library.load(article_id)
    while True:
        try:
            opened = place.open(article)
        except StoreError as error:
            _tell(f"refused {error}")
            continue
        if opened.writer is None:
            _tell(f"refused {opened.notice}")
            continue
        _tell("opened")
        saved = True
        sitting = choice.randrange(1, LONGEST_SITTING)
        while sitting > 0 or not saved:
            sitting -= 1
            steps = some_steps(opened.session, choice)
            for step in steps:
                _tell(f"submitted {msgspec.json.encode(step).decode()}")
            opened.writer.put_cursor(article.starts[opened.session.cursor])
            saved = _put(opened.writer, steps)
            opened.writer.tidy()
        _close(opened.writer)


def _put(writer: Writer, steps: list[Step]) -> bool:
    try:
        number = writer.put(*steps)
    except NotSaved as error:
        _tell(f"refused {error}")
        return False
    _tell(f"saved {number}")
    return True


def _close(writer: Writer) -> None:
    try:
        writer.close()
    except NotSaved as error:
        _tell(f"refused {error}")


def _tell(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    _work(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))

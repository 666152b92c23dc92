"""Preparation for a command that waits for it: the steps of `pipeline`, in a process that keeps to limits.

If a text takes too much time or memory, or the process is killed, that is a PreparationError here.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.client import MODULE, kill_with_its_own, worker_environment
from tui.prepare.found import AUTO
from tui.prepare.limits import ended
from tui.prepare.messages import Answer, Done, Entities, Failed, Hints, Progress, Reply, decode_reply, encode
from tui.prepare.questions import STANDARD_INPUT, Hinting, Question, Reading, Recognition

Told = Callable[[float], None]
"""Called from time to time with the share that is done, 0 to 1."""


def read_articles(
    source: Path | bytes,
    *,
    language: str | None = None,
    source_language: str | None = None,
    progress: Told = lambda _: None,
) -> Iterator[Article]:
    """As `pipeline.read_articles`, of a file or of what came from standard input. Raises PreparationError."""
    path, content = (source, None) if isinstance(source, Path) else (STANDARD_INPUT, source)
    question = Reading(path, content, language=language, source_language=source_language)
    if path.suffix.lower() == ".jsonl":
        yield from _answers(_MANY, question, progress)
    else:
        yield from list(_answers(_ONE, question, progress))


def add_entities(
    article: Article, alias_files: Sequence[Path], model: str | None = AUTO, progress: Told = lambda _: None
) -> Article:
    """As `pipeline.add_entities`. Raises PreparationError."""
    [whole] = _answers(_ONE, Recognition(article, alias_files, model), progress)
    return whole


def add_hints(article: Article, progress: Told = lambda _: None) -> Article:
    """As `pipeline.add_hints`. Raises PreparationError."""
    [whole] = _answers(_ONE, Hinting(article), progress)
    return whole


def _answers(process: str, question: Question, progress: Told) -> Iterator[Article]:
    for reply in _process(process).replies(question):
        if isinstance(reply, Progress):
            progress(reply.share)
        elif (article := question.take(reply)) is not None:
            yield article


_ONE, _MANY = "one", "many"
"""Two processes: while one waits to send the next of many articles, the other works on this one."""


@cache
def _process(_: str) -> _Process:
    return _Process()


def end_processes() -> None:
    """End those that were started. What is asked afterwards starts another."""
    for which in (_ONE, _MANY):
        _process(which).end()


class _Process:
    """A worker that is started at the first request, and again after it has died; it ends with this process."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def replies(self, question: Question) -> Iterator[Answer]:
        """The replies. When it is left before their end the process is killed, since it would go on."""
        running = self._started()
        is_whole = False
        try:
            for reply in self._read(running, question):
                is_whole = isinstance(reply, Done | Entities | Hints | Failed)
                if isinstance(reply, Failed):
                    raise PreparationError(reply.message)
                yield reply
                if is_whole:
                    return
        finally:
            if not is_whole:
                self.end()

    def _read(self, running: subprocess.Popen[bytes], question: Question) -> Iterator[Reply]:
        assert running.stdin is not None
        assert running.stdout is not None
        # How it ended, where it did, is seen below.
        with suppress(BrokenPipeError, ConnectionResetError):
            running.stdin.writelines(map(encode, question.messages()))
            running.stdin.flush()
        for line in running.stdout:
            if line.endswith(b"\n"):
                yield decode_reply(line)
        code = running.wait()
        self._running = None
        raise PreparationError(ended(question.what, question.limits, code))

    def _started(self) -> subprocess.Popen[bytes]:
        if self._running is not None and self._running.poll() is None:
            return self._running
        try:
            self._running = subprocess.Popen(
                [sys.executable, "-P", "-m", MODULE],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("POSTIL_DEBUG") else subprocess.DEVNULL,
                start_new_session=True,
                env=worker_environment(),
            )
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PreparationError(
                f"the preparation process cannot be started ({reason}): check the Python installation"
            ) from error
        return self._running

    def end(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        if running.poll() is None:
            kill_with_its_own(running)
        running.wait()
        for pipe in (running.stdin, running.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

"""The blocking client of the preparation process, for commands: the steps of `pipeline`, within limits.

If a text takes too much time or memory, or the process is killed, PreparationError is raised.
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

from tui.documents.document import DEFAULTS, ReadingOptions
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.client import MODULE, kill_process_group, worker_environment
from tui.prepare.jobs import STANDARD_INPUT, EntityJob, HintJob, Job, ReadingJob
from tui.prepare.limits import end_message
from tui.prepare.messages import Answer, Done, Entities, Failed, Hints, Progress, Reply, decode_reply, encode
from tui.prepare.results import AUTO

ProgressCallback = Callable[[float], None]
"""Called now and then with the share that is done, 0 to 1."""


def read_articles(
    source: Path | bytes,
    *,
    options: ReadingOptions = DEFAULTS,
    report: Callable[[str], None] = lambda _: None,
    progress: ProgressCallback = lambda _: None,
) -> Iterator[Article]:
    """Like `pipeline.read_articles`, for a file or the content of standard input. Raises PreparationError."""
    path, content = (source, None) if isinstance(source, Path) else (STANDARD_INPUT, source)
    job = ReadingJob(path, content, options=options, report=report)
    if path.suffix.lower() == ".jsonl":
        yield from _answers(_MANY, job, progress)
    else:
        yield from list(_answers(_ONE, job, progress))


def add_entities(
    article: Article,
    alias_files: Sequence[Path],
    model: str | None = AUTO,
    progress: ProgressCallback = lambda _: None,
) -> Article:
    """Like `pipeline.add_entities`. Raises PreparationError."""
    [whole] = _answers(_ONE, EntityJob(article, alias_files, model), progress)
    return whole


def add_hints(article: Article, progress: ProgressCallback = lambda _: None) -> Article:
    """Like `pipeline.add_hints`. Raises PreparationError."""
    [whole] = _answers(_ONE, HintJob(article), progress)
    return whole


def _answers(process: str, job: Job, progress: ProgressCallback) -> Iterator[Article]:
    for reply in _process(process).replies(job):
        if isinstance(reply, Progress):
            progress(reply.share)
        elif (article := job.receive(reply)) is not None:
            yield article


_ONE, _MANY = "one", "many"
"""Two processes: while one waits to send the next of many articles, the other one processes the current one."""


@cache
def _process(_: str) -> _Process:
    return _Process()


def end_processes() -> None:
    """End the processes. A later request starts a new one."""
    for which in (_ONE, _MANY):
        _process(which).end()


class _Process:
    """A worker, started at the first request and again if it has died. It ends with this process."""

    def __init__(self) -> None:
        self._running: subprocess.Popen[bytes] | None = None
        atexit.register(self.end)

    def replies(self, job: Job) -> Iterator[Answer]:
        """The replies. If the caller stops before the last one, the process is killed, as it would continue working."""
        running = self._started()
        is_whole = False
        try:
            for reply in self._read(running, job):
                is_whole = isinstance(reply, Done | Entities | Hints | Failed)
                if isinstance(reply, Failed):
                    raise PreparationError(reply.message)
                yield reply
                if is_whole:
                    return
        finally:
            if not is_whole:
                self.end()

    def _read(self, running: subprocess.Popen[bytes], job: Job) -> Iterator[Reply]:
        assert running.stdin is not None
        assert running.stdout is not None
        # If the process has ended, the exit code below shows why.
        with suppress(BrokenPipeError, ConnectionResetError):
            running.stdin.writelines(map(encode, job.messages()))
            running.stdin.flush()
        for line in running.stdout:
            if line.endswith(b"\n"):
                yield decode_reply(line)
        code = running.wait()
        self._running = None
        raise PreparationError(end_message(job.what, job.limits, code))

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
                f"the preparation process could not be started ({reason}): check the Python installation"
            ) from error
        return self._running

    def end(self) -> None:
        running, self._running = self._running, None
        if running is None:
            return
        if running.poll() is None:
            kill_process_group(running)
        running.wait()
        for pipe in (running.stdin, running.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()

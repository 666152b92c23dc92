"""The asynchronous client of the preparation process. Nothing here blocks the event loop."""

from __future__ import annotations

import asyncio
import os
import signal
import site
import subprocess
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple

import tui
from tui.documents.document import DEFAULTS, ReadingOptions
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.jobs import EntityJob, HintJob, Job, ReadingJob
from tui.prepare.limits import end_message
from tui.prepare.messages import Answer, Done, Failed, Progress, decode_reply, encode
from tui.prepare.results import AUTO

_LINE_LIMIT = 2**30
"""Maximum size of a reply in bytes. Only the entities of a huge sentence come near it."""
MODULE = "tui.prepare.worker"
_OUT_OF_TIME = -getattr(signal, "SIGXCPU", 0)


class _Running(NamedTuple):
    process: asyncio.subprocess.Process
    requests: asyncio.StreamWriter
    replies: asyncio.StreamReader


class PreparationWorker:
    """One preparation process, started at the first request and again if it has died.

    Requests are processed one at a time. Cancelling one kills the process. The process's standard error goes to
    `log`, if given.
    """

    def __init__(self, log: Path | None = None) -> None:
        self._log = log
        self._running: _Running | None = None
        self._killed: list[asyncio.subprocess.Process] = []
        self._turn = asyncio.Lock()
        self._job: Job | None = None

    async def prepare_file(
        self,
        path: Path,
        *,
        options: ReadingOptions = DEFAULTS,
        report: Callable[[str], None] = lambda _: None,
        progress: Callable[[float], None] = lambda _: None,
    ) -> AsyncGenerator[Article]:
        """The articles of a file, without entities. Raises PreparationError.

        `report` receives what is wrong with one of several articles, one line each. `progress` is called now and
        then with the share of an article that has been read, 0 to 1.
        """
        job = ReadingJob(path, options=options, report=report)
        async with self._conversation(job) as replies:
            async for reply in replies:
                if isinstance(reply, Done):
                    return
                if isinstance(reply, Progress):
                    progress(reply.share)
                elif (article := job.receive(reply)) is not None:
                    yield article

    async def recognise(
        self,
        article: Article,
        alias_files: Sequence[Path],
        model: str | None = AUTO,
        *,
        progress: Callable[[float], None] = lambda _: None,
        shown: str = "",
    ) -> Article:
        """The article with its entities, like `pipeline.add_entities`. Raises PreparationError.

        Messages call the file `shown`. `progress` is called now and then with the share of the text that has been searched, 0 to 1.
        """
        return await self._answer(EntityJob(article, alias_files, model, shown), progress)

    async def find_hints(
        self, article: Article, *, progress: Callable[[float], None] = lambda _: None, shown: str = ""
    ) -> Article:
        """The article with its hints and quotations, like `pipeline.add_hints`. Raises PreparationError.

        Messages call the file `shown`. `progress` is called now and then with the share of the text that has been searched, 0 to 1.
        """
        return await self._answer(HintJob(article, shown), progress)

    async def aclose(self) -> None:
        """Kill the process and wait until it has ended."""
        self._kill()
        for process in self._killed:
            await process.wait()
        self._killed.clear()

    async def _answer(self, job: Job, progress: Callable[[float], None]) -> Article:
        async with self._conversation(job) as replies:
            async for reply in replies:
                if isinstance(reply, Progress):
                    progress(reply.share)
                elif (article := job.receive(reply)) is not None:
                    return article
        raise AssertionError("the worker answers or fails")

    @asynccontextmanager
    async def _conversation(self, job: Job) -> AsyncGenerator[AsyncIterator[Answer]]:
        """Send the job; yields its replies, which must be read to the end.

        If the block ends early, by an error or a cancellation, the process is killed, as it would continue
        answering.
        """
        async with self._turn:
            running = await self._started()
            try:
                self._job = job
                await self._send(running, job)
                yield self._replies(running)
            except PreparationError:
                raise
            except BaseException:
                self._kill()
                raise

    async def _started(self) -> _Running:
        if self._running is not None and self._running.process.returncode is None:
            return self._running
        log = asyncio.subprocess.DEVNULL
        if self._log is not None:
            log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-P",
                *("-m", MODULE),
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
                limit=_LINE_LIMIT,
                start_new_session=True,
                env=worker_environment(),
            )
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise PreparationError(
                f"the preparation process could not be started ({reason}): check the Python installation"
            ) from error
        finally:
            if log >= 0:
                os.close(log)
        assert process.stdin is not None
        assert process.stdout is not None
        self._running = _Running(process, process.stdin, process.stdout)
        return self._running

    async def _send(self, running: _Running, job: Job) -> None:
        try:
            for message in job.messages():
                running.requests.write(encode(message))
                await running.requests.drain()
        except (BrokenPipeError, ConnectionResetError) as error:
            raise await self._died(running) from error

    async def _replies(self, running: _Running) -> AsyncIterator[Answer]:
        while True:
            line = await running.replies.readline()
            if not line.endswith(b"\n"):
                raise await self._died(running)
            reply = decode_reply(line)
            if isinstance(reply, Failed):
                raise PreparationError(reply.message)
            yield reply

    async def _died(self, running: _Running) -> PreparationError:
        code = await running.process.wait()
        self._running = None
        where = f", or see {self._log}" if self._log and code != _OUT_OF_TIME else ""
        assert self._job is not None
        return PreparationError(f"{end_message(self._job.what, self._job.limits, code)}{where}")

    def _kill(self) -> None:
        if self._running is None:
            return
        process = self._running.process
        if process.returncode is None:
            kill_process_group(process)
        self._killed.append(process)
        self._running = None


def worker_environment() -> dict[str, str]:
    """The environment in which the worker imports this package, whatever the current folder is.

    The current folder is not on the worker's path (`-P`), since it may contain any file.
    """
    environment = dict(os.environ)
    parent_folder = str(Path(tui.__file__).resolve().parent.parent)
    inherited = "" if sys.flags.ignore_environment else environment.pop("PYTHONPATH", "")
    environment.pop("PYTHONPATH", None)
    folders = [folder for folder in inherited.split(os.pathsep) if folder]
    if parent_folder not in (*site.getsitepackages(), site.getusersitepackages(), *folders):
        folders.insert(0, parent_folder)
    if folders:
        environment["PYTHONPATH"] = os.pathsep.join(folders)
    return environment


def kill_process_group(process: asyncio.subprocess.Process | subprocess.Popen[bytes]) -> None:
    """Kill the process, which leads its own session, and the processes that it has started."""
    if sys.platform == "win32":
        process.kill()
        return
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        process.kill()

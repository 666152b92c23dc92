"""Preparation for a command that waits for it: the steps of `pipeline`, in a process that keeps to limits.

What a stranger's text does to the process, be it out of time, out of memory or killed, is a PreparationError here.
"""

from __future__ import annotations

import atexit
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

import msgspec

from tui.model.article import Article
from tui.model.hint import HintBlock
from tui.model.quotation import QuotationBlock
from tui.prepare import PreparationError
from tui.prepare.client import MODULE, kill_with_its_own, worker_environment
from tui.prepare.found import AUTO, Found, with_found, with_hints
from tui.prepare.limits import Limits, ended, limits_for
from tui.prepare.messages import (
    Answer,
    ArticleAssembler,
    Done,
    Entities,
    EntityBlock,
    Failed,
    FindHints,
    Hints,
    HintsFound,
    PrepareFile,
    Progress,
    QuotationsFound,
    RecogniseEntities,
    Request,
    article_parts,
    decode_reply,
    encode,
)
from tui.text.clean import visible

_STANDARD_INPUT = "-"

Told = Callable[[float], None]


def read_articles(
    source: Path | bytes,
    *,
    language: str | None = None,
    source_language: str | None = None,
    progress: Told = lambda _: None,
) -> Iterator[Article]:
    """As `pipeline.read_articles`, of a file or of what came from standard input. Raises PreparationError."""
    path, content = (source, None) if isinstance(source, Path) else (Path(_STANDARD_INPUT), source)
    request = PrepareFile(os.fsencode(path.absolute()), language, source_language, content)
    if path.suffix.lower() == ".jsonl":
        yield from _articles(_process(_MANY), request, path, progress)
    else:
        yield from list(_articles(_process(_ONE), request, path, progress))


def _articles(process: _Process, request: PrepareFile, path: Path, progress: Told) -> Iterator[Article]:
    content = request.content
    limits = limits_for(_size(path) if content is None else len(content))
    request = msgspec.structs.replace(request, limits=limits)
    assembler = ArticleAssembler()
    for reply in process.answers(request, visible(path.name), limits):
        if isinstance(reply, Done):
            return
        if isinstance(reply, Progress):
            progress(reply.share)
            continue
        assert not isinstance(reply, EntityBlock | Entities | HintsFound | QuotationsFound | Hints)
        article = assembler.add(reply)
        if article is not None:
            yield article


def add_entities(
    article: Article, alias_files: Sequence[Path], model: str | None = AUTO, progress: Told = lambda _: None
) -> Article:
    """As `pipeline.add_entities`. Raises PreparationError."""
    limits = limits_for(len(article.text))
    files = [os.fsencode(file.absolute()) for file in alias_files]
    blocks: list[msgspec.Raw] = []
    request = RecogniseEntities(files, model, limits)
    for reply in _process(_ONE).answers(request, article.source, limits, article):
        if isinstance(reply, Progress):
            progress(reply.share)
        elif isinstance(reply, EntityBlock):
            blocks.append(reply.entities)
        elif isinstance(reply, Entities):
            return with_found(
                article, Found(blocks, reply.counts, reply.prepared_by, reply.recogniser, reply.warnings)
            )
    raise AssertionError("the worker answers or fails")


def add_hints(article: Article, progress: Told = lambda _: None) -> Article:
    """As `pipeline.add_hints`. Raises PreparationError."""
    limits = limits_for(len(article.text))
    blocks: list[HintBlock] = []
    quotations: list[QuotationBlock] = []
    for reply in _process(_ONE).answers(FindHints(limits), article.source, limits, article):
        if isinstance(reply, Progress):
            progress(reply.share)
        elif isinstance(reply, HintsFound):
            blocks.append(reply.block)
        elif isinstance(reply, QuotationsFound):
            quotations.append(reply.block)
        elif isinstance(reply, Hints):
            return with_hints(article, blocks, quotations, reply.prepared_by)
    raise AssertionError("the worker answers or fails")


_ONE, _MANY = "one", "many"
"""Two processes: while one waits to tell of the next of many articles, the other is at work on this one."""


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

    def answers(
        self, request: Request, what: str, limits: Limits, article: Article | None = None
    ) -> Iterator[Answer]:
        """The replies. When it is left before their end the process is killed, since it would go on."""
        running = self._started()
        is_whole = False
        try:
            for reply in self._replies(running, request, article, what, limits):
                is_whole = isinstance(reply, Done | Entities | Hints | Failed)
                if isinstance(reply, Failed):
                    raise PreparationError(reply.message)
                yield reply
        finally:
            if not is_whole:
                self.end()

    def _replies(
        self,
        running: subprocess.Popen[bytes],
        request: Request,
        article: Article | None,
        what: str,
        limits: Limits,
    ) -> Iterator[Answer | Failed]:
        assert running.stdin is not None
        assert running.stdout is not None
        # How it ended, where it did, is seen below.
        with suppress(BrokenPipeError, ConnectionResetError):
            running.stdin.writelines(map(encode, _sent(request, article)))
            running.stdin.flush()
        for line in running.stdout:
            if line.endswith(b"\n"):
                yield decode_reply(line)
        code = running.wait()
        self._running = None
        raise PreparationError(ended(what, limits, code))

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


def _sent(request: Request, article: Article | None) -> Iterable[Request]:
    yield request
    if article is not None:
        yield from article_parts(article)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

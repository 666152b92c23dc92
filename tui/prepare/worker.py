"""The worker process that prepares articles: requests on standard input, replies on standard output.

It is a separate process because loading a model would delay the reader's keys even from a thread. It ends
immediately when its standard input closes, so it never outlives its parent.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

import msgspec

from tui.model.article import Article
from tui.prepare import PreparationError, pipeline
from tui.prepare.limits import Limits, enforced, memory_message
from tui.prepare.messages import (
    ArticleAssembler,
    Done,
    Entities,
    EntityBlock,
    Failed,
    FindHints,
    Hints,
    HintsFound,
    PrepareFile,
    Problem,
    Progress,
    QuotationsFound,
    RecogniseEntities,
    Reply,
    Request,
    article_parts,
    decode_request,
    encode,
)
from tui.prepare.shown_path import shown_path

_WAITING = 64
"""Maximum number of request lines read ahead."""

_TELL_EVERY = 0.5
"""Seconds between two progress messages."""


def main() -> None:
    replies = _reserve_standard_output()
    sys.excepthook = _log_and_end
    if hasattr(os, "nice"):
        os.nice(5)  # the reader's keys have priority

    def send(reply: Reply) -> None:
        replies.write(encode(reply))
        replies.flush()

    requests = _requests(sys.stdin.buffer)
    # A forked process would close it, and would wait for the reading thread, which exists only in the parent.
    sys.stdin = None
    try:
        for request in requests:
            _answer(request, requests, send)
    except BrokenPipeError:
        os._exit(0)


def _answer(request: Request, following: Iterator[Request], send: Callable[[Reply], None]) -> None:
    what, limits = "the file", Limits()
    try:
        match request:
            case PrepareFile(path=path, limits=limits):
                what = request.shown or shown_path(Path(os.fsdecode(path)))
                with enforced(limits):
                    _prepare(request, send)
            case RecogniseEntities(limits=limits):
                article = _article(following)
                what = request.shown or article.source
                with enforced(limits):
                    _recognise(request, article, send)
            case FindHints(limits=limits):
                article = _article(following)
                what = request.shown or article.source
                with enforced(limits):
                    _find_hints(article, send, request.shown)
            case _:
                send(Failed("a part of an article was sent without a request: restart postil"))
    except PreparationError as error:
        send(Failed(str(error)))
    except MemoryError:
        send(Failed(memory_message(what, limits)))
    except RecursionError:
        send(Failed(f"{what} is nested too deeply: save its text as .txt"))


def _prepare(request: PrepareFile, send: Callable[[Reply], None]) -> None:
    path = Path(os.fsdecode(request.path))
    articles = pipeline.read_articles(
        path if request.content is None else request.content,
        name=path.name,
        shown=request.shown or None,
        options=request.options,
        report=lambda message: send(Problem(message)),
        progress=_progress_reporter(send),
    )
    for article in articles:
        for part in article_parts(article):
            send(part)
    send(Done())


def _recognise(request: RecogniseEntities, article: Article, send: Callable[[Reply], None]) -> None:
    alias_files = [Path(os.fsdecode(file)) for file in request.alias_files]
    result = pipeline.find_entities(
        article, alias_files, request.model, _progress_reporter(send), request.shown
    )
    for block in result.blocks:
        send(EntityBlock(block))
    send(Entities(article.id, result.counts, result.prepared_by, result.recogniser, result.warnings))


def _progress_reporter(send: Callable[[Reply], None]) -> Callable[[float], None]:
    """A function that sends progress messages, at most one every `_TELL_EVERY` seconds."""
    last = time.monotonic()

    def report(share: float) -> None:
        nonlocal last
        if time.monotonic() >= last + _TELL_EVERY:
            last = time.monotonic()
            send(Progress(share))

    return report


def _find_hints(article: Article, send: Callable[[Reply], None], shown: str) -> None:
    prepared = pipeline.add_hints(article, _progress_reporter(send), shown)
    for block in prepared.hint_blocks:
        send(HintsFound(block))
    for quotation_block in prepared.quotation_blocks:
        send(QuotationsFound(quotation_block))
    send(Hints(prepared.prepared_by["hints"]))


def _article(following: Iterator[Request]) -> Article:
    assembler = ArticleAssembler()
    for part in following:
        if isinstance(part, PrepareFile | RecogniseEntities | FindHints):
            break
        article = assembler.add(part)
        if article is not None:
            return article
    raise PreparationError("an incomplete article was sent: restart postil")


def _requests(stdin: BinaryIO) -> Iterator[Request]:
    """The requests as they arrive. The process ends when standard input closes, even during a request."""
    lines: queue.Queue[bytes] = queue.Queue(_WAITING)

    def read() -> None:
        for line in iter(stdin.readline, b""):
            lines.put(line)
        _end_with_children()

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            yield decode_request(lines.get())
        except msgspec.DecodeError as error:
            print(f"postil: invalid request: {error}", file=sys.stderr, flush=True)
            os._exit(1)


def _end_with_children() -> None:
    """Exit immediately, and kill the parallel processes, which would continue otherwise."""
    if "multiprocessing" in sys.modules:
        import multiprocessing

        for child in multiprocessing.active_children():
            child.kill()
    os._exit(0)


def _log_and_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Exit immediately: a regular exit would abort while a thread waits for standard input."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _reserve_standard_output() -> BinaryIO:
    """Reserve standard output for replies; anything else that prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return replies


if __name__ == "__main__":
    main()

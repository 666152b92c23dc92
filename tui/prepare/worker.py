"""The process that prepares articles: requests on standard input, replies on standard output.

It is a process of its own because loading a model would stall the reader's keys, in a thread too.
It ends as soon as its standard input closes, whatever it is doing, and so never outlives its parent.
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
from tui.prepare.limits import Limits, kept, out_of_memory
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
    Progress,
    QuotationsFound,
    RecogniseEntities,
    Reply,
    Request,
    article_parts,
    decode_request,
    encode,
)
from tui.text.clean import visible

_WAITING = 64
"""Request lines read ahead."""

_TELL_EVERY = 0.5
"""Seconds between two words about how far a long text is."""


def main() -> None:
    replies = _own_standard_output()
    sys.excepthook = _log_and_end
    if hasattr(os, "nice"):
        os.nice(5)  # the reader's keys come first

    def send(reply: Reply) -> None:
        replies.write(encode(reply))
        replies.flush()

    requests = _requests(sys.stdin.buffer)
    # Processes that are forked would close it, and wait for the thread that reads from it and is not theirs.
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
                what = visible(Path(os.fsdecode(path)).name)
                with kept(limits):
                    _prepare(request, send)
            case RecogniseEntities(limits=limits):
                article = _article(following)
                what = article.source
                with kept(limits):
                    _recognise(request, article, send)
            case FindHints(limits=limits):
                article = _article(following)
                what = article.source
                with kept(limits):
                    _find_hints(article, send)
            case _:
                send(Failed("a part of an article came without a request: restart postil"))
    except PreparationError as error:
        send(Failed(str(error)))
    except MemoryError:
        send(Failed(out_of_memory(what, limits)))
    except RecursionError:
        send(Failed(f"{what} is nested too deeply to be read: save its text as .txt"))


def _prepare(request: PrepareFile, send: Callable[[Reply], None]) -> None:
    path = Path(os.fsdecode(request.path))
    articles = pipeline.read_articles(
        path if request.content is None else request.content,
        name=path.name,
        language=request.language,
        source_language=request.source_language,
        progress=_telling(send),
    )
    for article in articles:
        for part in article_parts(article):
            send(part)
    send(Done())


def _recognise(request: RecogniseEntities, article: Article, send: Callable[[Reply], None]) -> None:
    alias_files = [Path(os.fsdecode(file)) for file in request.alias_files]
    found = pipeline.find_entities(article, alias_files, request.model, _telling(send))
    for block in found.blocks:
        send(EntityBlock(block))
    send(Entities(article.id, found.counts, found.prepared_by, found.recogniser, found.warnings))


def _telling(send: Callable[[Reply], None]) -> Callable[[float], None]:
    """What tells how far it is, now and then."""
    last = time.monotonic()

    def told(share: float) -> None:
        nonlocal last
        if time.monotonic() >= last + _TELL_EVERY:
            last = time.monotonic()
            send(Progress(share))

    return told


def _find_hints(article: Article, send: Callable[[Reply], None]) -> None:
    found = pipeline.add_hints(article, _telling(send))
    for block in found.hint_blocks:
        send(HintsFound(block))
    for quoted in found.quotation_blocks:
        send(QuotationsFound(quoted))
    send(Hints(found.prepared_by["hints"]))


def _article(following: Iterator[Request]) -> Article:
    assembler = ArticleAssembler()
    for part in following:
        if isinstance(part, PrepareFile | RecogniseEntities | FindHints):
            break
        article = assembler.add(part)
        if article is not None:
            return article
    raise PreparationError("an article came incomplete: restart postil")


def _requests(stdin: BinaryIO) -> Iterator[Request]:
    """Requests as they come; the process ends with standard input, even in the midst of one."""
    lines: queue.Queue[bytes] = queue.Queue(_WAITING)

    def read() -> None:
        for line in iter(stdin.readline, b""):
            lines.put(line)
        _end_with_its_own()

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            yield decode_request(lines.get())
        except msgspec.DecodeError as error:
            print(f"postil: something else than a request was sent: {error}", file=sys.stderr, flush=True)
            os._exit(1)


def _end_with_its_own() -> None:
    """End at once, and with it the processes that work side by side, which would go on without it."""
    if "multiprocessing" in sys.modules:
        import multiprocessing

        for child in multiprocessing.active_children():
            child.kill()
    os._exit(0)


def _log_and_end(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """End at once: the ordinary way aborts while a thread waits for standard input."""
    sys.__excepthook__(kind, error, trace)
    sys.stderr.flush()
    os._exit(1)


def _own_standard_output() -> BinaryIO:
    """Standard output for replies alone; whatever else prints goes to standard error."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return replies


if __name__ == "__main__":
    main()

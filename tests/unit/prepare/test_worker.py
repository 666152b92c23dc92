"""The real process, spoken to in its own words."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.model.article import Article
from tui.prepare.messages import (
    ArticleAssembler,
    ArticleHead,
    ArticlePart,
    Done,
    Entities,
    EntityBlock,
    Failed,
    PrepareFile,
    Progress,
    RecogniseEntities,
    Reply,
    Request,
    article_parts,
    decode_reply,
    encode,
)
from tui.prepare.worker import _progress_reporter

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "seeds" / "musk-altman.fr.txt"


class Worker:
    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tui.prepare.worker"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def send(self, *requests: Request) -> None:
        assert self.process.stdin
        self.process.stdin.writelines(encode(request) for request in requests)
        self.process.stdin.flush()

    def reply(self) -> Reply:
        """The next one but for how far it is, which is told only where the machine is slow."""
        assert self.process.stdout
        while isinstance(reply := decode_reply(self.process.stdout.readline()), Progress):
            pass
        return reply

    def articles(self) -> Iterator[Article]:
        assembler = ArticleAssembler()
        while not isinstance(reply := self.reply(), Done):
            assert isinstance(reply, ArticlePart), f"the worker answered {reply!r}: it was to send an article"
            if article := assembler.add(reply):
                yield article


@pytest.fixture
def worker() -> Iterator[Worker]:
    started = Worker()
    yield started
    started.process.kill()
    started.process.wait()
    for pipe in (started.process.stdin, started.process.stdout, started.process.stderr):
        assert pipe
        pipe.close()


def test_a_file_and_its_entities(worker: Worker) -> None:
    worker.send(PrepareFile(os.fsencode(SAMPLE)))
    [article] = worker.articles()
    assert len(article) == 41
    worker.send(RecogniseEntities([], None), *article_parts(article))
    assert isinstance(worker.reply(), EntityBlock)
    found = worker.reply()
    assert isinstance(found, Entities)
    assert found.id == article.id
    assert found.recogniser.startswith("names ")


def test_it_fails_in_words_and_goes_on(worker: Worker) -> None:
    worker.send(PrepareFile(b"/no/such/file.txt"))
    assert worker.reply() == Failed("/no/such/file.txt does not exist: check the path")
    worker.send(PrepareFile(os.fsencode(SAMPLE)))
    assert len(list(worker.articles())) == 1


def test_parts_without_a_request_are_refused(worker: Worker) -> None:
    worker.send(PrepareFile(os.fsencode(SAMPLE)))
    [article] = worker.articles()
    worker.send(ArticleHead(article))
    assert isinstance(worker.reply(), Failed)


def test_it_ends_with_its_standard_input(worker: Worker) -> None:
    worker.send(PrepareFile(os.fsencode(SAMPLE)))
    assert len(list(worker.articles())) == 1
    assert worker.process.stdin
    worker.process.stdin.close()
    assert worker.process.wait(timeout=60) == 0


def test_it_ends_in_the_midst_of_its_work(worker: Worker, tmp_path: Path) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    large = tmp_path / "large.txt"
    large.write_text(text * 2_000, encoding="utf-8")
    worker.send(PrepareFile(os.fsencode(large)))
    assert worker.process.stdin
    worker.process.stdin.close()
    assert worker.process.wait(timeout=60) == 0


def test_something_else_than_a_request_ends_it_with_a_word(worker: Worker) -> None:
    assert worker.process.stdin
    worker.process.stdin.write(b"hello\n")
    worker.process.stdin.flush()
    assert worker.process.wait(timeout=60) == 1
    assert worker.process.stderr
    assert b"invalid request" in worker.process.stderr.read()


def test_a_mistake_of_ours_ends_it_with_a_trace_in_the_log() -> None:
    code = (
        "from tui.prepare import pipeline, worker;"
        "pipeline.read_articles = lambda *a, **k: 1 / 0;"
        "worker.main()"
    )
    done = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.stdin
    done.stdin.write(encode(PrepareFile(b"x")))
    done.stdin.flush()
    assert done.wait(timeout=60) == 1
    assert b"ZeroDivisionError" in done.communicate()[1]


def test_what_prints_does_not_reach_the_replies() -> None:
    code = (
        "import os, sys; from tui.prepare import pipeline, worker;"
        "pipeline.read_articles = lambda *a, **k: (print('noise'), os.write(1, b'raw noise\\n'), iter(()))[2];"
        "worker.main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write(encode(PrepareFile(b"x")))
    process.stdin.flush()
    assert decode_reply(process.stdout.readline()) == Done()
    process.stdin.close()
    assert process.stdout.read() == b""
    assert sorted(process.stderr.read().split(b"\n")) == [b"", b"noise", b"raw noise"]
    process.wait()
    process.stdout.close()
    process.stderr.close()


def test_how_far_it_is_is_told_twice_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[Reply] = []
    clock = [100.0]
    monkeypatch.setattr("tui.prepare.worker.time", SimpleNamespace(monotonic=lambda: clock[-1]))
    report = _progress_reporter(sent.append)
    for seconds, share in ((100.4, 0.1), (100.5, 0.2), (100.9, 0.3), (101.0, 0.4), (105.0, 1.0)):
        clock.append(seconds)
        report(share)
    assert sent == [Progress(0.2), Progress(0.4), Progress(1.0)]

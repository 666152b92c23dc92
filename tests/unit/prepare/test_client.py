from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from tests.long import long_or_short
from tui.model.article import Article, EntityIndex
from tui.model.hint import HintIndex
from tui.prepare import PreparationError
from tui.prepare.client import PreparationWorker
from tui.prepare.pipeline import add_entities, add_hints, alias_files_for, read_articles
from tui.prepare.results import has_current_hints

ROOT = Path(__file__).resolve().parents[3]
SAMPLE = ROOT / "seeds" / "musk-altman.fr.txt"


@pytest.fixture
async def worker(tmp_path: Path) -> AsyncIterator[PreparationWorker]:
    started = PreparationWorker(tmp_path / "log")
    yield started
    await started.aclose()


def sample() -> Article:
    [article] = read_articles(SAMPLE)
    return article


def children() -> list[psutil.Process]:
    """Worker processes of this one that run."""
    return [
        child
        for child in psutil.Process().children()
        if child.status() != psutil.STATUS_ZOMBIE and "tui.prepare.worker" in child.cmdline()
    ]


def large(folder: Path, times: int = 500) -> Path:
    path = folder / "large.txt"
    path.write_text(SAMPLE.read_text(encoding="utf-8") * times, encoding="utf-8")
    return path


async def prepared(worker: PreparationWorker, path: Path) -> list[Article]:
    return [article async for article in worker.prepare_file(path)]


async def test_a_file_is_prepared_as_in_this_process(worker: PreparationWorker) -> None:
    [article] = await prepared(worker, SAMPLE)
    here = sample()
    here.added_at = article.added_at
    assert article == here


async def test_entities_are_recognised_as_in_this_process(worker: PreparationWorker) -> None:
    article, files = sample(), alias_files_for(SAMPLE, None)
    there, here = await worker.recognise(article, files), add_entities(article, files)
    assert list(EntityIndex(there)) == list(EntityIndex(here))
    assert there.entity_counts == here.entity_counts
    assert there.prepared_by == here.prepared_by
    assert not article.has_entities


async def test_quotations_are_found_as_in_this_process(worker: PreparationWorker) -> None:
    there, here = await worker.find_hints(sample()), add_hints(sample())
    assert there.quotation_blocks == here.quotation_blocks != []
    assert there.prepared_by["hints"] == here.prepared_by["hints"]


async def test_hints_are_found_as_in_this_process(worker: PreparationWorker) -> None:
    article = sample()
    there, here = await worker.find_hints(article), add_hints(article)
    assert there.hint_blocks == here.hint_blocks
    assert len(list(HintIndex(there.hint_blocks))) > 20
    assert there.prepared_by == here.prepared_by
    assert has_current_hints(there)
    assert not has_current_hints(article)


async def test_many_articles_come_one_by_one(worker: PreparationWorker, tmp_path: Path) -> None:
    path = tmp_path / "all.jsonl"
    path.write_text('{"text": "One."}\n{"text": "Two."}\n', encoding="utf-8")
    assert [article.text for article in await prepared(worker, path)] == ["One.", "Two."]


@pytest.mark.longer
async def test_a_large_article_travels_whole(worker: PreparationWorker, tmp_path: Path) -> None:
    path = large(tmp_path, long_or_short(500, 100))
    read, searched = list[float](), list[float]()
    [article] = [one async for one in worker.prepare_file(path, progress=read.append)]
    assert article.text == path.read_text(encoding="utf-8")
    found = await worker.recognise(article, [], None, progress=searched.append)
    assert len(found.entity_blocks) == -(-len(article) // 1000)
    # How often it is told is a matter of time: a quick machine is done before the first.
    for told in read, searched:
        assert told == sorted(told)
        assert all(0 < share <= 1 for share in told)


async def test_how_far_the_hints_are_is_told(worker: PreparationWorker, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text(SAMPLE.read_text(encoding="utf-8") * 60, encoding="utf-8")
    [article] = await prepared(worker, path)
    told: list[float] = []
    await worker.find_hints(article, progress=told.append)
    assert told
    assert 0 < told[0] <= told[-1] <= 1


async def test_a_failure_is_told_and_the_process_goes_on(worker: PreparationWorker) -> None:
    with pytest.raises(PreparationError, match="does not exist: check the path"):
        await prepared(worker, Path("/no/such/file.txt"))
    before = children()
    assert len(await prepared(worker, SAMPLE)) == 1
    assert children() == before


async def test_requests_wait_for_each_other(worker: PreparationWorker) -> None:
    both = await asyncio.gather(prepared(worker, SAMPLE), prepared(worker, SAMPLE))
    assert [len(articles) for articles in both] == [1, 1]
    assert len(children()) == 1


async def test_a_killed_process_is_told_and_replaced(worker: PreparationWorker, tmp_path: Path) -> None:
    await prepared(worker, SAMPLE)
    [child] = children()
    child.suspend()
    waiting = asyncio.create_task(prepared(worker, SAMPLE))
    await asyncio.sleep(0)
    child.send_signal(signal.SIGKILL)
    with pytest.raises(PreparationError, match=f"killed by SIGKILL: try again, or see {tmp_path}"):
        await waiting
    assert len(await prepared(worker, SAMPLE)) == 1


async def test_a_process_killed_while_it_is_sent_something_is_told(
    worker: PreparationWorker, tmp_path: Path
) -> None:
    [article] = read_articles(large(tmp_path))
    await prepared(worker, SAMPLE)
    [child] = children()
    child.suspend()
    waiting = asyncio.create_task(worker.recognise(article, [], None))
    await asyncio.sleep(0)
    child.send_signal(signal.SIGKILL)
    with pytest.raises(PreparationError, match="killed by SIGKILL: try again"):
        await waiting


async def test_cancelling_kills_the_process(worker: PreparationWorker, tmp_path: Path) -> None:
    await prepared(worker, SAMPLE)
    [child] = children()
    child.suspend()
    waiting = asyncio.create_task(prepared(worker, SAMPLE))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await worker.aclose()
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE
    assert len(await prepared(worker, SAMPLE)) == 1


async def test_closing_leaves_no_process(worker: PreparationWorker) -> None:
    await prepared(worker, SAMPLE)
    assert len(children()) == 1
    await worker.aclose()
    assert children() == []


@pytest.mark.skipif(not hasattr(os, "getsid"), reason="no sessions here")
async def test_the_terminal_s_signals_do_not_reach_it(worker: PreparationWorker) -> None:
    await prepared(worker, SAMPLE)
    [child] = children()
    assert os.getsid(child.pid) == child.pid


async def test_the_current_folder_may_hold_anything(
    worker: PreparationWorker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tui").mkdir()
    (tmp_path / "tui" / "__init__.py").write_text("raise SystemExit('wrong tui')", encoding="utf-8")
    (tmp_path / "msgspec.py").write_text("raise SystemExit('wrong msgspec')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert len(await prepared(worker, SAMPLE)) == 1


@pytest.mark.parametrize("options", [["-I"], ["-E"], ["-P"]])
def test_it_starts_from_an_isolated_interpreter(options: list[str], tmp_path: Path) -> None:
    code = (
        f"import asyncio, sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from pathlib import Path\n"
        "from tui.prepare.client import PreparationWorker\n"
        "async def main():\n"
        "    worker = PreparationWorker()\n"
        f"    async for article in worker.prepare_file(Path({str(SAMPLE)!r})): print(len(article))\n"
        "    await worker.aclose()\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, *options, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("41\n", "")
    assert done.returncode == 0


async def test_a_python_that_cannot_be_started_is_one_line(
    worker: PreparationWorker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    with pytest.raises(PreparationError, match="could not be started"):
        await prepared(worker, SAMPLE)


@pytest.mark.skipif(os.name == "nt", reason="no file modes here")
async def test_the_log_is_private(worker: PreparationWorker, tmp_path: Path) -> None:
    await prepared(worker, SAMPLE)
    assert (tmp_path / "log").stat().st_mode & 0o777 == 0o600

"""No key waits, nothing is said to be saved that is not, and a failure loses nothing."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from typing import cast

import pytest

from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.folder import FolderStore
from tui.store.protocol import Locked, NotSaved, Writer
from tui.store.saver import BackgroundSaver

PATIENCE = 30
"""Seconds until a test gives up waiting for the thread."""


class SlowWriter:
    """A writer that waits for the test before each put, and fails when told to."""

    def __init__(self) -> None:
        self.begun: queue.Queue[tuple[Step, ...]] = queue.Queue()
        self.go_on: queue.Queue[Exception | None] = queue.Queue()
        self.kept: list[Step] = []
        self.durable: list[Step] = []
        self.cursors: list[int] = []
        self.tidied: queue.Queue[list[Step]] = queue.Queue()
        self.closed = threading.Event()

    def put(self, *steps: Step) -> int:
        self.begun.put(steps)
        error = self.go_on.get(timeout=PATIENCE)
        if isinstance(error, ValueError):
            raise error
        self.kept += steps
        if error is not None:
            raise error
        self.durable = list(self.kept)
        return len(self.durable)

    def put_cursor(self, cursor: int) -> None:
        self.cursors.append(cursor)

    def tidy(self) -> None:
        self.tidied.put(list(self.durable))

    def close(self) -> None:
        self.closed.set()


class Told:
    """What the saver said, in order."""

    def __init__(self) -> None:
        self._queue: queue.Queue[int | str] = queue.Queue()
        self.saved = self._queue.put
        self.failed = self._queue.put

    def next(self) -> int | str:
        return self._queue.get(timeout=PATIENCE)

    @property
    def silent(self) -> bool:
        return self._queue.empty()


@pytest.fixture
def writer() -> SlowWriter:
    return SlowWriter()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def saver(writer: SlowWriter, told: Told) -> Iterator[BackgroundSaver]:
    """One that never tries again by itself while a test lasts."""
    saver = BackgroundSaver(
        cast(Writer, writer), on_saved=told.saved, on_failed=told.failed, retry_every=10 * PATIENCE
    )
    yield saver
    for _ in range(3):
        writer.go_on.put(None)
    saver.close(force=True)


@pytest.fixture
def stubborn(writer: SlowWriter, told: Told) -> Iterator[BackgroundSaver]:
    """One that tries again at once."""
    saver = BackgroundSaver(cast(Writer, writer), on_saved=told.saved, on_failed=told.failed, retry_every=0)
    yield saver
    for _ in range(3):
        writer.go_on.put(None)
    saver.close(force=True)


@pytest.fixture
def steps() -> list[Step]:
    return [Step(action="tag.fact", label=f"{n}", at="", changes=(), cursor=n) for n in range(6)]


def begun(writer: SlowWriter) -> list[Step]:
    return list(writer.begun.get(timeout=PATIENCE))


def test_what_waits_is_written_together_and_in_order(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    assert begun(writer) == steps[:1]
    for step in steps[1:4]:
        saver.submit(step)
    assert saver.pending == 4
    writer.go_on.put(None)
    assert told.next() == 3
    assert begun(writer) == steps[1:4]
    saver.submit(steps[4])
    writer.go_on.put(None)
    assert told.next() == 1
    assert begun(writer) == steps[4:5]
    assert saver.pending == 1
    writer.go_on.put(None)
    assert told.next() == 0
    assert writer.durable == steps[:5]
    assert saver.pending == 0


def test_preparing_makes_the_writer_ready_before_the_first_step(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.prepare()
    assert begun(writer) == []
    saver.submit(steps[0])
    writer.go_on.put(None)
    assert told.next() == 1
    writer.go_on.put(None)
    assert told.next() == 0
    assert writer.durable == steps[:1]


def test_a_failure_keeps_the_work_for_the_next_step(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    writer.go_on.put(NotSaved("not saved, full: free some space"))
    assert told.next() == "not saved, full: free some space"
    assert saver.pending == 1
    assert begun(writer) == steps[:1]
    saver.submit(steps[1])
    assert begun(writer) == steps[1:2]
    assert saver.pending == 2
    writer.go_on.put(None)
    assert told.next() == 0
    assert writer.durable == steps[:2]


def test_retry_writes_what_failed(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    writer.go_on.put(NotSaved("full"))
    assert told.next() == "full"
    saver.retry()
    writer.go_on.put(None)
    assert told.next() == 0
    assert saver.pending == 0
    assert writer.durable == steps[:1]


def test_what_failed_is_tried_again_by_itself_until_it_works(
    stubborn: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    for error in (NotSaved("full"), NotSaved("still full"), None):
        writer.go_on.put(error)
    stubborn.submit(steps[0])
    assert [told.next() for _ in range(3)] == ["full", "still full", 0]
    assert stubborn.failure is None
    assert [begun(writer) for _ in range(3)] == [steps[:1], [], []]
    assert writer.tidied.get(timeout=PATIENCE) == steps[:1]
    assert writer.begun.empty()


def test_what_could_not_be_saved_on_closing_is_tried_again_by_itself(
    stubborn: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    stubborn.submit(steps[0])
    begun(writer)
    closing = threading.Thread(target=stubborn.close)
    closing.start()
    while closing.is_alive():
        writer.go_on.put(NotSaved("full"))
        closing.join(0.01)
    assert stubborn.failure == "full"
    writer.go_on.put(None)
    while told.next() != 0:
        pass
    assert writer.durable == steps[:1]


def test_settling_waits_for_the_disk_and_no_longer_than_it_may(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    assert saver.flush(0)
    saver.submit(steps[0])
    assert not saver.flush(0)
    begun(writer)
    saver.submit(steps[1])
    writer.go_on.put(None)
    assert told.next() == 1
    assert not saver.flush(0)
    begun(writer)
    settled: list[bool] = []
    settling = threading.Thread(target=lambda: settled.append(saver.flush(10 * PATIENCE)), daemon=True)
    settling.start()
    writer.go_on.put(None)
    settling.join(PATIENCE)
    assert settled == [True]
    assert writer.durable == steps[:2]


def test_after_a_failure_nothing_is_settled(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    writer.go_on.put(NotSaved("full"))
    assert told.next() == "full"
    assert saver.failure == "full"
    assert not saver.flush(0)


def test_tidying_waits_until_all_is_saved_and_told(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    begun(writer)
    saver.submit(steps[1])
    writer.go_on.put(None)
    assert told.next() == 1
    begun(writer)
    assert writer.tidied.empty()
    writer.go_on.put(None)
    assert told.next() == 0
    assert writer.tidied.get(timeout=PATIENCE) == steps[:2]


def test_a_failure_is_not_tidied_after(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    writer.go_on.put(NotSaved("full"))
    assert told.next() == "full"
    writer.go_on.put(None)
    assert saver.close()
    assert writer.tidied.empty()


def test_a_bug_in_tidying_ends_no_thread_and_is_told(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails() -> None:
        raise ValueError("odd")

    monkeypatch.setattr(writer, "tidy", fails)
    for step, said in zip(
        steps, (0, "not saved, ValueError in Postil (odd): please report this"), strict=False
    ):
        saver.submit(step)
        writer.go_on.put(None)
        assert told.next() == said
    assert writer.durable == steps[:2]


def test_the_latest_cursor_goes_with_the_next_step_and_none_without(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit_cursor(3)
    saver.submit_cursor(5)
    assert writer.begun.empty()
    saver.submit(steps[0])
    writer.go_on.put(None)
    assert told.next() == 0
    assert writer.cursors == [5]


def test_closing_waits_for_everything_and_says_nothing(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    for _ in range(2):
        writer.go_on.put(None)
    saver.submit(steps[0])
    assert told.next() == 0
    saver.submit_cursor(9)
    assert saver.close()
    assert saver.close()
    assert writer.closed.is_set()
    assert writer.cursors == [9]
    assert told.silent
    with pytest.raises(RuntimeError, match="lost"):
        saver.submit(steps[1])


def test_closing_in_vain_keeps_the_work_and_the_lock(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    writer.go_on.put(NotSaved("full"))
    assert told.next() == "full"
    writer.go_on.put(NotSaved("full"))
    assert not saver.close()
    assert not writer.closed.is_set()
    saver.submit(steps[1])
    writer.go_on.put(None)
    assert told.next() == 0
    writer.go_on.put(None)
    assert saver.close()
    assert writer.durable == steps[:2]


def test_giving_up_releases_the_lock_and_says_that_work_is_lost(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    writer.go_on.put(NotSaved("full"))
    assert told.next() == "full"
    writer.go_on.put(NotSaved("full"))
    assert not saver.close(force=True)
    assert writer.closed.is_set()


def test_after_a_bug_nothing_is_ever_said_to_be_saved(
    saver: BackgroundSaver, writer: SlowWriter, told: Told, steps: list[Step]
) -> None:
    saver.submit(steps[0])
    writer.go_on.put(ValueError("odd"))
    assert "ValueError in Postil (odd)" in str(told.next())
    saver.submit(steps[1])
    writer.go_on.put(None)
    assert "please report" in str(told.next())
    assert writer.durable == steps[1:2]
    writer.go_on.put(None)
    assert not saver.close()


def test_a_callback_whose_loop_is_gone_stops_nothing(writer: SlowWriter, steps: list[Step]) -> None:
    def gone(_: object) -> None:
        raise RuntimeError("Event loop is closed")

    saver = BackgroundSaver(cast(Writer, writer), on_saved=gone, on_failed=gone)
    for step, error in zip(steps, (None, NotSaved("full"), None), strict=False):
        writer.go_on.put(error)
        saver.submit(step)
        begun(writer)
    writer.go_on.put(None)
    assert saver.close()
    assert writer.durable == steps[:3]


def test_over_a_real_store(
    store: FolderStore, article: Article, step_on: Callable[..., Step], told: Told
) -> None:
    saver = BackgroundSaver(store.open(article.id, "ana"), told.saved, told.failed)
    for index in range(4):
        saver.submit(step_on(index, "fact"))
    saver.submit_cursor(article.starts[4])
    with pytest.raises(Locked):
        store.open(article.id, "ana")
    assert saver.close()
    work = store.load(article.id, "ana")
    assert sorted(work.annotations) == article.starts[:4]
    assert work.cursor == article.starts[4]
    store.open(article.id, "ana").close()

"""Saving in the background: one thread for each open article, so that no key waits for a disk."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from tui.model.annotation import Step
from tui.store.protocol import StoreError, Writer

RETRY_EVERY = 5.0
"""Seconds after which what failed is tried again by itself."""


class BackgroundSaver:
    """Hands steps to a writer in its own thread, in order, as many at once as are waiting.

    `on_saved(pending)` is called when steps became durable, with how many are not yet;
    `on_failed(message)` when none did: the work is kept, and tried again with the next step, by
    `retry`, and by itself every `retry_every` seconds. Both are called in the saver's thread.
    Neither is called while it closes.
    """

    def __init__(
        self,
        writer: Writer,
        on_saved: Callable[[int], None],
        on_failed: Callable[[str], None],
        retry_every: float = RETRY_EVERY,
    ) -> None:
        self._writer = writer
        self._on_saved = on_saved
        self._on_failed = on_failed
        self._retry_every = retry_every
        self._changed = threading.Condition()
        self._waiting: list[Step] = []
        self._unsaved = 0
        """Steps submitted and not yet durable."""
        self._cursor: int | None = None
        self._failure: str | None = None
        self._try_now = False
        self._closing: bool | None = None
        """Whether it is to end even with unsaved work; None while it is not closing."""
        self._ended = False
        self._bug: str | None = None
        self._thread = threading.Thread(target=self._run, name="saver", daemon=True)
        self._thread.start()

    @property
    def pending(self) -> int:
        """Steps that are not on disk yet."""
        return self._unsaved

    @property
    def failure(self) -> str | None:
        """Why the last attempt failed; None after one that worked."""
        return self._failure

    def submit(self, step: Step) -> None:
        """Save a step soon. Raises RuntimeError after the end."""
        with self._changed:
            if self._ended:
                raise RuntimeError("the saver has ended: the step would be lost")
            self._waiting.append(step)
            self._unsaved += 1
            self._changed.notify_all()

    def submit_cursor(self, offset: int) -> None:
        """Keep the start offset of the current sentence, with the next step or on closing."""
        with self._changed:
            self._cursor = offset

    def flush(self, timeout: float) -> bool:
        """Wait until every step is on disk; False if that took more than `timeout` seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._unsaved == 0, timeout)

    def prepare(self) -> None:
        """Load, in the saver's thread, what the first step needs: call it when nothing is waiting for the processor."""
        self.retry()

    def retry(self) -> None:
        """Try again now to save what failed."""
        with self._changed:
            self._try_now = True
            self._changed.notify_all()

    def close(self, *, force: bool = False) -> bool:
        """Save everything, release the lock and end; whether everything is on disk.

        When it is not, the saver goes on, with its work and its lock: more can be submitted, and
        `close` called again. With `force` it ends and releases the lock in any case.
        """
        with self._changed:
            if not self._ended:
                self._closing = force
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closing is None)
        if self._ended:
            self._thread.join()
        return self._unsaved == 0

    # -- in the thread -----------------------------------------------------

    def _run(self) -> None:
        while not self._ended:
            with self._changed:
                self._changed.wait_for(
                    self._has_something_to_do, None if self._failure is None else self._retry_every
                )
                steps, self._waiting = self._waiting, []
                cursor, self._cursor = self._cursor, None
                closing, self._try_now = self._closing, False
            self._save(steps, cursor)
            if closing is not None:
                self._end(force=closing)
            elif self._failure is not None:
                _tell(self._on_failed, self._failure)
            else:
                _tell(self._on_saved, self._unsaved)
                self._tidy()

    def _has_something_to_do(self) -> bool:
        return bool(self._waiting) or self._try_now or self._closing is not None

    def _save(self, steps: list[Step], cursor: int | None) -> None:
        """Make what was submitted until now durable; `failure` says why it is not."""
        failure = None
        try:
            if cursor is not None:
                self._writer.put_cursor(cursor)
            self._writer.put(*steps)
        except StoreError as error:
            failure = str(error)
        except Exception as error:  # noqa: BLE001 - a bug must show as work not saved, not as a dead thread
            self._bug = _report(error)
        with self._changed:
            self._failure = self._bug or failure
            if self._failure is None:
                self._unsaved = len(self._waiting)
                self._changed.notify_all()

    def _tidy(self) -> None:
        if self._has_something_to_do():
            return
        try:
            self._writer.tidy()
        except Exception as error:  # noqa: BLE001 - as above; what was reported as saved is
            self._bug = _report(error)

    def _end(self, *, force: bool) -> None:
        with self._changed:
            if self._failure is None and self._waiting:
                return
            self._ended = self._failure is None or force
        try:
            if self._ended:
                with contextlib.suppress(StoreError):
                    self._writer.close()
        finally:
            with self._changed:
                self._closing = None
                self._changed.notify_all()


def _report(error: Exception) -> str:
    return f"not saved, {type(error).__name__} in Postil ({error}): please report this"


def _tell(callback: Callable[..., None], what: object) -> None:
    # The receiver may be gone, and its event loop closed; saving goes on.
    with contextlib.suppress(RuntimeError):
        callback(what)

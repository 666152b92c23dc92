"""A headless Chromium, spoken to over a pipe (Chrome DevTools Protocol): what a page does when it is opened."""

from __future__ import annotations

import fcntl
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import Any, NamedTuple

PATIENCE = 30.0
"""Seconds after which a page that should be there never will be."""

PROGRAM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--remote-debugging-pipe",
)


class Seen(NamedTuple):
    """What a page did."""

    dialogs: list[str]
    requests: list[str]
    """Addresses, but for the page's own."""
    violations: list[str]
    """What the browser complains of, such as scripts that the page's policy holds back."""
    value: object
    """What the expression came to."""


def seen(page: Path, profile: Path, expression: str) -> Seen:
    """Open a page in a browser of its own, let it settle, and evaluate an expression in it."""
    assert PROGRAM is not None
    to_browser, ours_out = os.pipe()
    ours_in, from_browser = os.pipe()
    high = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (to_browser, from_browser)]

    def take_their_places() -> None:
        # The browser reads what it is told from file 3, and answers on file 4.
        os.dup2(high[0], 3)
        os.dup2(high[1], 4)

    browser = subprocess.Popen(
        [PROGRAM, *_FLAGS, f"--user-data-dir={profile}", "about:blank"],
        preexec_fn=take_their_places,  # noqa: PLW1509 - no other thread runs here
        pass_fds=(3, 4),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for end in (*high, to_browser, from_browser):
        os.close(end)
    try:
        return _Talk(ours_out, ours_in).about(page.as_uri(), expression)
    finally:
        browser.kill()
        browser.wait()
        os.close(ours_out)
        os.close(ours_in)


class _Talk:
    def __init__(self, out: int, into: int) -> None:
        self._out, self._in = out, into
        self._buffer = b""
        self._asked = 0
        self._events: list[dict[str, Any]] = []
        self._session: str | None = None

    def about(self, address: str, expression: str) -> Seen:
        target = self._ask("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Log", "Runtime"):
            self._ask(f"{domain}.enable")
        self._ask("Page.navigate", url=address)
        self._wait_for("Page.loadEventFired")
        value = self._ask(
            "Runtime.evaluate",
            # Two frames later whatever began with the page has been painted, or has run.
            expression=f"new Promise(done => setTimeout(() => done({expression}), 200))",
            awaitPromise=True,
            returnByValue=True,
        )["result"].get("value")
        return Seen(
            dialogs=[event["message"] for event in self._of("Page.javascriptDialogOpening")],
            requests=[
                request
                for event in self._of("Network.requestWillBeSent")
                if (request := event["request"]["url"]) != address and not request.startswith("data:,")
            ],
            violations=[event["entry"]["text"] for event in self._of("Log.entryAdded")],
            value=value,
        )

    def _of(self, method: str) -> list[dict[str, Any]]:
        return [event["params"] for event in self._events if event.get("method") == method]

    def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        self._asked += 1
        number = self._asked
        self._send(number, method, parameters)
        while True:
            message = self._read()
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    def _send(self, number: int, method: str, parameters: dict[str, object]) -> None:
        message: dict[str, object] = {"id": number, "method": method, "params": parameters}
        if self._session is not None:
            message["sessionId"] = self._session
        os.write(self._out, json.dumps(message).encode() + b"\0")

    def _wait_for(self, method: str) -> None:
        while not self._of(method):
            self._read()

    def _read(self) -> dict[str, Any]:
        limit = time.monotonic() + PATIENCE
        while b"\0" not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], 1.0)
            assert time.monotonic() < limit, "the browser says nothing"
            if ready:
                data = os.read(self._in, 1 << 16)
                assert data, "the browser has ended"
                self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\0")
        message = json.loads(line)
        if "method" in message:
            self._events.append(message)
            if message["method"] == "Page.javascriptDialogOpening":
                self._asked += 1
                self._send(self._asked, "Page.handleJavaScriptDialog", {"accept": True})
        return message

"""The program as processes of its own over one annotations folder, of which some can be held."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import zlib
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from tests.terminal import Terminal

PATIENCE = 60.0
"""Seconds after which what should happen never will."""
HELD = Path(__file__).with_name("held.py")

WITHOUT_ANNOTATOR = {"export", "history", "agreement", "report", "verify"}


class Done(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class Program:
    """An annotations folder, and what is run over it. No module of the program is imported."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder = place / "annotations"

    def run(self, *words: str, annotator: str = "ana", typed: str = "") -> Done:
        """A command, from its beginning to its end."""
        return _ended(
            _started([sys.executable, "-m", "tui", *self._words(words, annotator)], self.place), typed
        )

    @contextmanager
    def held(self, *words: str, at: tuple[str, ...], annotator: str = "ana") -> Generator[Held]:
        """A command that stands still at the first of some places, from the beginning of the block."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(PATIENCE)
            command = [sys.executable, str(HELD), str(server.getsockname()[1]), *at, "--"]
            process = _started([*command, *self._words(words, annotator)], self.place)
            try:
                held = Held(process, _called(server))
                yield held
                held.go_on()
            finally:
                process.kill()
                process.communicate()

    @contextmanager
    def held_reader(self, article: str, *, at: tuple[str, ...], annotator: str = "ana") -> Generator[Reader]:
        """The reader on a terminal, which stands still at the first of some places."""
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.settimeout(PATIENCE)
            command = [sys.executable, str(HELD), str(server.getsockname()[1]), *at, "--"]
            words = self._words(("open", article), annotator)
            terminal = Terminal(
                [*command, *words], environment={"POSTIL_CONFIG": os.devnull}, folder=self.place
            )
            held = _called(server)
            try:
                yield Reader(terminal, held)
            finally:
                held.close()
                terminal.close()

    def add(self, text: str, name: str = "text.txt", annotator: str = "ana") -> str:
        """Add a text; returns the id that was printed."""
        path = self.place / name
        path.write_text(text, encoding="utf-8")
        done = self.run("add", str(path), annotator=annotator)
        assert done.code == 0, done.err
        return done.out.strip()

    def article(self, article: str) -> dict[str, Any]:
        """What `postil show --json` prints."""
        done = self.run("show", article, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    def records(self) -> list[dict[str, Any]]:
        """What `postil export` prints, whatever else it says."""
        return [json.loads(line) for line in self.run("export").out.splitlines()]

    def stored(self, article: str) -> Path:
        return self.folder / "articles" / f"{article}.json"

    def work(self, article: str, annotator: str = "ana") -> Path:
        return self.folder / "people" / annotator / f"{article}.json"

    def rewrite(self, path: Path, **changed: object) -> None:
        """Change a stored file, and what it says of its own checksum."""
        found: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
        is_work = found.pop("_checksum", None) is not None
        found.pop("crc32", None)
        body = json.dumps({**found, **changed}, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
        crc = f"{zlib.crc32(body):08x}"
        end = f',"_checksum":{{"1":{{"crc32":"{crc}"}}}}}}' if is_work else f',"crc32":"{crc}"}}'
        path.write_bytes(body + end.encode())

    def _words(self, words: tuple[str, ...], annotator: str) -> list[str]:
        whose = [] if words[0] in WITHOUT_ANNOTATOR else ["--annotator", annotator]
        return [*words, "--annotations", str(self.folder), *whose]


class Reader(NamedTuple):
    """A reader that stands still until it is let go."""

    terminal: Terminal
    held: socket.socket

    def close(self) -> int:
        """Let it go on, and leave it; its exit code."""
        self.held.close()
        self.terminal.send("\x11")
        return self.terminal.wait_for_end()


class Held:
    """A command that stands still until it is let go."""

    def __init__(self, process: subprocess.Popen[str], held: socket.socket) -> None:
        self._process = process
        self._held = held
        self._done: Done | None = None

    def go_on(self) -> Done:
        """Let it come to its end."""
        if self._done is None:
            self._held.close()
            self._done = _ended(self._process)
        return self._done

    def kill(self) -> None:
        """Where it stands still it ends."""
        self._process.kill()
        self._held.close()
        self._done = _ended(self._process)


def _called(server: socket.socket) -> socket.socket:
    """The line on which the held command waits for an answer."""
    line = server.accept()[0]
    assert line.recv(4) == b"here", "the command ended without being held"
    return line


def _started(
    command: list[str], place: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    given = {**os.environ, "POSTIL_CONFIG": os.devnull, **(environment or {})}
    pipe = subprocess.PIPE
    # Not where the tests are run: Python would find the program there first.
    return subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, cwd=place, env=given)


def _ended(process: subprocess.Popen[str], typed: str = "") -> Done:
    try:
        out, err = process.communicate(typed, timeout=PATIENCE)
    finally:
        # Where it has not ended by then, it never will.
        process.kill()
    return Done(process.returncode, out, err)

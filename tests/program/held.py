"""Run the program, and hold it where it is about to do something: python held.py PORT PLACE... -- WORDS

A PLACE is `rename NAME` or `open NAME`: before a file of that name is put in its place, or before one is opened.
At the first of them it asks the test at PORT, and goes on once it is answered. Nothing of the program is replaced:
the interpreter itself reports these calls, so that this holds whatever the program is made of.
"""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

PLACES = {"rename": ("os.rename", 1), "open": ("open", 0)}
"""The interpreter's name for the call, and which of its arguments is the path."""


def main() -> int:
    port = int(sys.argv[1])
    end = sys.argv.index("--")
    awaited = {(PLACES[kind], name) for kind, name in (place.split(" ", 1) for place in sys.argv[2:end])}

    def hold(event: str, given: tuple[object, ...]) -> None:
        for (call, number), name in list(awaited):
            if event == call and _name(given[number]) == name:
                awaited.clear()
                _call(port, b"here")

    sys.addaudithook(hold)
    from tui.cli import main as run

    try:
        return run(sys.argv[end + 1 :])
    finally:
        if awaited:
            _call(port, b"over")


def _name(path: object) -> str:
    name = os.fsdecode(path) if isinstance(path, bytes) else path
    return Path(name).name if isinstance(name, str | Path) else ""


def _call(port: int, what: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port)) as test:
        test.sendall(what)
        test.recv(1)


if __name__ == "__main__":
    sys.exit(main())

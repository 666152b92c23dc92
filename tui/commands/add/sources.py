"""What `postil add` reads: the files that its paths name, and standard input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from tui.commands.errors import FOUND_A_PROBLEM, NOT_PERMITTED, WRONG_USE
from tui.input_paths import as_path, exists, files_of
from tui.prepare.shown_path import shown_path
from tui.prepare.web_address import refusal

Source = Path | str
"""A file, or `-` for standard input."""


def sources_of(names: Sequence[str], fail: Callable[[str, int], None]) -> list[Source]:
    """The files that the names mean, with `-` for standard input, in the order given.

    The files of a folder or pattern are in the order of their names. `fail` gets a line about each name that means
    none, and the exit code.
    """
    sources: list[Source] = []
    for name in names:
        if name == "-":
            sources.append(name)
            continue
        path = as_path(name)
        refused = "" if exists(path) else refusal(name)
        if refused:
            fail(refused, WRONG_USE)
            continue
        unreadable: list[OSError] = []
        files = files_of(name, unreadable.append)
        for error in unreadable:
            code = NOT_PERMITTED if isinstance(error, PermissionError) else FOUND_A_PROBLEM
            fail(f"{error.filename} cannot be listed ({error.strerror}): ask its owner for read access", code)
        if not files and not unreadable:
            fail(
                f"{shown_path(path)} has no files that Postil reads: name the files themselves",
                FOUND_A_PROBLEM,
            )
        sources += files
    return sources


def shown(source: Source) -> str:
    """What messages call the source: the path as you typed it, or `-`."""
    return source if isinstance(source, str) else shown_path(source)

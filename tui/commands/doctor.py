"""`postil doctor`: check this terminal, machine and installation, and show how to fix problems."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import msgspec

from tui import __version__
from tui.commands.context import Context
from tui.commands.open import NOT_DRAWN_ON
from tui.commands.streams import Streams
from tui.commands.usage import UsageError
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
from tui.text.clean import visible
from tui.text.plurals import counted

State = Literal["ok", "note", "bad"]
_MARKS: dict[State, str] = {"ok": "✓", "note": "·", "bad": "✗"}
_PLAIN_MARKS: dict[State, str] = {"ok": "+", "note": "-", "bad": "x"}
"""For an output that cannot show the other marks."""


class Check(msgspec.Struct, frozen=True, rename={"result": "found"}):
    """One thing that was checked; `fix` is what to do if `state` is not ok."""

    what: str
    result: str
    state: State = "ok"
    fix: str = ""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    json: bool = False


def run(context: Context, options: Options) -> int:
    encoding = context.streams.encoding
    checks = [
        *_installation(),
        *_terminal(context.streams),
        *_encodings(encoding, os.environ),
        *_settings(context),
        *_folder(context),
    ]
    has_marks = all(_has(encoding, char) for char in "✓✗·→")
    marks, arrow = (_MARKS, "→") if has_marks else (_PLAIN_MARKS, "->")
    for check in checks:
        if options.json:
            context.streams.print_json(msgspec.to_builtins(check))
        else:
            fix = f"  {arrow} {check.fix}" if check.fix else ""
            print(
                f"{marks[check.state]} {check.what:<12} {visible(check.result)}{visible(fix)}",
                file=context.streams.output,
            )
    return 1 if any(check.state == "bad" for check in checks) else 0


def _installation() -> Iterator[Check]:
    yield Check("postil", f"{__version__} with Python {platform.python_version()} on {platform.platform()}")
    libraries = ", ".join(f"{name} {_version(name)}" for name in ("textual", "rich", "tinydb"))
    yield Check("libraries", libraries)
    yield from _recognisers()
    if find_spec("trafilatura"):
        yield Check("web pages", f"read by trafilatura {_version('trafilatura')}")
    else:
        yield Check("web pages", ".html is not read", "note", "pip install 'postil[html]'")
    if find_spec("pypdfium2"):
        yield Check("PDF", f"read by pypdfium2 {_version('pypdfium2')}")
    else:
        yield Check("PDF", ".pdf is not read", "note", "pip install 'postil[docs]'")


def _recognisers() -> Iterator[Check]:
    """What finds the names in each language, how good it is, and what brings a better one."""
    from tui.text import spacy_french, spacy_models
    from tui.text.names import finder, listed, measured, recogniser
    from tui.text.names.model_file import ModelFileError

    try:
        recogniser.shipped()
        own, state, fix = "Postil's own recogniser", "ok", ""
    except ModelFileError as error:
        own, state, fix = f"capital letters, since {error}", "bad", "reinstall postil"
    if spacy_french.available():
        name = next(name for name in spacy_french.MODELS if find_spec(name))
        result = f"French by {name} {_version(name.replace('_', '-'))}, F1 {measured.FRENCH_MODEL}"
        yield Check("entities", result)
    else:
        result = f"French by {own}, F1 {measured.F1['fr']}"
        yield Check("entities", result, "note", f"pip install 'postil[fr]' for F1 {measured.FRENCH_MODEL}")
    models = {name[:2]: model for name in measured.SPACY if (model := spacy_models.installed(name[:2]))}
    for code, model in models.items():
        yield Check("entities", f"{code} by {model}")
    figures = ", ".join(
        f"{code} {f1}" for code, f1 in measured.F1.items() if code not in models and code != "fr"
    )
    rest = [name for name in measured.SPACY if name[:2] not in models]
    better = (
        f"python -m spacy download {rest[0]}_sm for {rest[0][:2]}; so for {_codes(rest[1:])}" if rest else ""
    )
    yield Check("entities", f"{own}, F1 {figures}; related languages are not measured", state, fix or better)
    shapes = [
        name[:2] for name in measured.SPACY if finder.way(name[:2]) == "shapes" and name[:2] not in models
    ]
    yield Check(
        "entities",
        f"names without kinds in {', '.join(shapes)} and other languages in Latin or Greek letters",
    )
    yield Check(
        "entities", f"by lists of places, given names and titles in {', '.join(sorted(listed.LANGUAGES))}"
    )


def _codes(models: Sequence[str]) -> str:
    return ", ".join(name[:2] for name in models)


def _terminal(streams: Streams) -> Iterator[Check]:
    term = os.environ.get("TERM", "")
    if not streams.is_terminal:
        yield Check(
            "terminal", "standard output is not one", "note", "run postil doctor in the terminal to check"
        )
    elif term in NOT_DRAWN_ON:
        yield Check(
            "terminal",
            f"TERM={term or 'unset'} cannot show the screen",
            "bad",
            "set TERM, or use postil show",
        )
    else:
        yield Check("terminal", f"TERM={term}, COLORTERM={os.environ.get('COLORTERM') or 'unset'}")
        yield Check("colours", theme.colours(os.environ))
        yield from _line()
        yield _size(os.get_terminal_size(streams.output.fileno()))
    yield _keys_beside_a_pipe()


_MARKS_OF_TEXT = "–’“…é漢"
"""Characters that are frequent in articles and in Postil's own lines."""


def _encodings(encoding: str, environment: Mapping[str, str]) -> Iterator[Check]:
    """Checks that standard output can show every character, and that file names are read as they are written."""
    fix = "export LC_ALL=C.UTF-8"
    if is_utf8(encoding):
        yield Check("encoding", "UTF-8")
    else:
        lacks = "".join(char for char in _MARKS_OF_TEXT if not _has(encoding, char))
        result = f"standard output is set to {encoding}, and the reader needs UTF-8"
        if lacks:
            result = f"standard output is set to {encoding}, which cannot show {' '.join(lacks)}"
        yield Check(
            "encoding", result, "bad", "unset PYTHONIOENCODING" if "PYTHONIOENCODING" in environment else fix
        )
    names = sys.getfilesystemencoding()
    if not is_utf8(names):
        result = f"read as {names}: other characters in them are shown as �"
        yield Check("file names", result, "note", fix)


def _has(encoding: str, char: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeError:
        return False
    return True


def _line() -> Iterator[Check]:
    """Checks of what is between Postil and the terminal."""
    if os.environ.get("TMUX"):
        fix = "for a faster escape key: tmux set -s escape-time 20"
        yield Check("multiplexer", "tmux, which draws for the terminal", "note", fix)
    elif os.environ.get("STY"):
        yield Check("multiplexer", "screen, which draws for the terminal", "note", "for 256 colours use tmux")
    elif is_remote(os.environ):
        yield Check("line", "ssh: Postil paints less if the terminal answers late, or with --lean")


def _size(size: os.terminal_size) -> Check:
    columns, rows = SMALLEST
    result = f"{size.columns}x{size.lines}"
    if not (size.columns and size.lines):
        return Check(
            "size", "unknown: the terminal does not report it", "note", "resize the window, or use stty"
        )
    if not has_room(size):
        return Check("size", result, "bad", f"make it at least {columns}x{rows}")
    return Check("size", result)


def _keys_beside_a_pipe() -> Check:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR))
    except OSError:
        return Check("keys", "no /dev/tty", "note", "postil - cannot open the reader: use postil show -")
    return Check("keys", "come from /dev/tty when the article comes from a pipe")


def _settings(context: Context) -> Iterator[Check]:
    try:
        for problem in context.settings.problems:
            yield Check("config", problem, "note")
    except ConfigError as error:
        # Without settings, none of the other checks is possible.
        yield _wrong("config", error)
        return
    try:
        yield Check("annotator", context.annotator)
    except ConfigError as error:
        yield _wrong("annotator", error)
    try:
        keys = context.keymap
        yield Check("keymap", keys.name)
        for problem in keys.problems:
            yield Check("keymap", problem, "note")
    except (KeymapError, NotPermitted) as error:
        yield _wrong("keymap", error)
    try:
        yield Check("theme", context.palette.name)
    except ThemeError as error:
        yield _wrong("theme", error)


def _folder(context: Context) -> Iterator[Check]:
    try:
        folder = context.folder
        articles = len(Library(folder).ids())
    except (UsageError, ConfigError, StoreError) as error:
        yield _wrong("annotations", error)
        return
    shared = network_file_system(folder)
    if shared is not None:
        fix = "keep annotations on a local disk: file locks and fsync may not work there"
        yield Check("annotations", f"{folder} is on a network file system ({shared})", "note", fix)
    for path in (folder / "articles", folder / "people"):
        if path.exists() and not os.access(path, os.W_OK | os.X_OK):
            fix = "ask the folder's owner, or read with --read-only"
            yield Check("annotations", f"you may not write {path}", "note", fix)
    existing = next((path for path in (folder, *folder.absolute().parents) if path.exists()), Path("/"))
    if not os.access(existing, os.W_OK | os.X_OK):
        yield Check(
            "annotations", f"you may not write {folder}", "bad", "choose another with --annotations DIR"
        )
        return
    free = shutil.disk_usage(existing).free
    room = f"{free / 1e9:.1f} GB free"
    if free < 50_000_000:
        yield Check("annotations", f"{folder}, {room}", "bad", "free some space")
    elif folder.is_dir():
        yield Check("annotations", f"{folder}, {counted(articles, 'article')}, {room}")
    else:
        yield Check("annotations", f"{folder} (does not exist yet), {room}")


def _wrong(what: str, error: Exception) -> Check:
    """A check that failed with an error, whose line is the problem, then the fix."""
    problem, _, fix = str(error).rpartition(": ")
    return Check(what, problem or fix, "bad", fix if problem else "")


def _version(distribution: str) -> str:
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "missing"

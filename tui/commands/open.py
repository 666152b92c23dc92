"""`postil open`: the reader, or the library."""

from __future__ import annotations

import codecs
import contextlib
import gc
import io
import os
import sys
from argparse import Namespace

from tui.cli import UsageError
from tui.commands.context import say, workspace
from tui.workspace import Opened, Workspace

NOT_DRAWN_ON = {"", "dumb", "unknown"}
"""Kinds of terminals on which nothing can be put in a place."""

_LEFT_ALONE = {"TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS", "TEXTUAL_ANIMATIONS"}
"""Of Textual's own variables, those that cannot change what runs or where it writes."""

_COLOUR_SYSTEMS = {"auto", "standard", "256", "truecolor"}


def run(options: Namespace) -> int:
    if not sys.stdout.isatty():
        return _print_instead(options)
    check_terminal()
    # Nothing that is made before the first paint is garbage; the reader collects after it.
    gc.disable()
    place = workspace(options)
    opened = None
    if options.article is not None:
        from tui.commands.find_article import find_article

        article, source = find_article(place, options.article, options)
        opened = place.open(article, source)
    return show_on_terminal(place, opened)


def show_on_terminal(place: Workspace, opened: Opened | None) -> int:
    """Run the app on an article or the library; returns the exit code."""
    if not sys.stdin.isatty():
        keys_from_terminal()
    _sanitise_environment()
    from tui.app import PostilApp

    # What lives by now stays: no collection need look through it, which would take 50 ms at each change of screen.
    gc.freeze()
    app = PostilApp(place, opened)
    code = app.run(mouse=not app.is_lean)
    for farewell in app.exit_messages:
        # The terminal may have gone by now.
        with contextlib.suppress(OSError):
            say(farewell)
    if app.broken_by is not None:
        raise app.broken_by
    if code == 0 and app.has_lost_work:
        return 4
    return code if code is not None else app.return_code or 0


def keys_from_terminal() -> None:
    """Read keys from the terminal where standard input is a pipe. Raises UsageError without one."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError("there is no terminal to read keys from: use postil show") from error
    os.dup2(terminal, 0)
    os.close(terminal)


def _print_instead(options: Namespace) -> int:
    if options.article is None:
        from tui.commands import list as list_command

        options.json = False
        code = list_command.run(options)
        say("standard output is no terminal: this was the list of articles")
        return code
    from tui.commands import show

    options.json = False
    code = show.run(options)
    say("standard output is no terminal: this was postil show")
    return code


def check_terminal() -> None:
    """Raises UsageError where there is nothing to draw on."""
    term = os.environ.get("TERM", "")
    if term in NOT_DRAWN_ON:
        raise UsageError(
            f"this terminal (TERM={term or 'unset'}) cannot be drawn on: use postil show, or set TERM"
        )
    if not sys.stderr.isatty():
        raise UsageError("the screen is drawn on standard error, which is no terminal: leave it as it is")
    encoding = codecs.lookup(sys.stderr.encoding).name
    if encoding == "ascii" and isinstance(sys.stderr, io.TextIOWrapper):
        # The locale C says nothing about the terminal, and hardly any is without UTF-8.
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportUnknownMemberType]
    elif encoding != "utf-8":
        fix = "unset PYTHONIOENCODING" if "PYTHONIOENCODING" in os.environ else "export LC_ALL=C.UTF-8"
        raise UsageError(
            f"the screen is drawn in UTF-8, and this terminal is set to {encoding}: "
            f"{fix} if it knows UTF-8, else use postil show"
        )


def _sanitise_environment() -> None:
    """Before Textual is imported: let nothing from outside change what runs."""
    for name in ("COLUMNS", "LINES"):
        # Left over from an earlier window, they would hide the terminal's real size.
        os.environ.pop(name, None)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM", "auto") not in _COLOUR_SYSTEMS:
        del os.environ["TEXTUAL_COLOR_SYSTEM"]
    if os.environ.get("POSTIL_DEBUG") != "1":
        for name in [name for name in os.environ if name.startswith("TEXTUAL_") and name not in _LEFT_ALONE]:
            del os.environ[name]

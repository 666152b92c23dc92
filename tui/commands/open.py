"""`postil open`: the reader, or the library."""

from __future__ import annotations

import codecs
import contextlib
import gc
import io
import os
import sys

import msgspec

from tui.commands.context import Context
from tui.commands.usage import UsageError
from tui.workspace import Opened

NOT_DRAWN_ON = {"", "dumb", "unknown"}
"""Kinds of terminals that cannot move the cursor."""

_LEFT_ALONE = {"TEXTUAL_COLOR_SYSTEM", "TEXTUAL_FPS", "TEXTUAL_ANIMATIONS"}
"""Textual's own variables that cannot change what runs or where it writes."""

_COLOUR_SYSTEMS = {"auto", "standard", "256", "truecolor"}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str | None = None


def run(context: Context, options: Options) -> int:
    if not context.streams.is_terminal:
        return _print_instead(context, options.article)
    check_terminal()
    # Nothing that is made before the first paint is garbage; the reader collects after it.
    gc.disable()
    workspace = context.workspace
    opened = None
    if options.article is not None:
        from tui.commands.find_article import find_article

        article, source = find_article(context, options.article)
        opened = workspace.open(article, source)
    return show_on_terminal(context, opened)


def show_on_terminal(context: Context, opened: Opened | None) -> int:
    """Run the app on an article or the library; returns the exit code."""
    if not sys.stdin.isatty():
        keys_from_terminal()
    _sanitise_environment()
    from tui.app import PostilApp

    # All objects that exist now stay: a collection that looked through them would take 50 ms at each change of screen.
    gc.freeze()
    app = PostilApp(context.workspace, opened)
    code = app.run(mouse=not app.is_lean)
    for message in app.exit_messages:
        # The terminal may have gone by now.
        with contextlib.suppress(OSError):
            context.say(message)
    if app.broken_by is not None:
        raise app.broken_by
    if code == 0 and app.has_lost_work:
        return 4
    return code if code is not None else app.return_code or 0


def keys_from_terminal() -> None:
    """Read keys from the terminal although standard input is a pipe. Raises UsageError if there is no terminal."""
    try:
        terminal = os.open("/dev/tty", os.O_RDWR)
    except OSError as error:
        raise UsageError("no terminal to read keys from: use postil show") from error
    os.dup2(terminal, 0)
    os.close(terminal)


def _print_instead(context: Context, article: str | None) -> int:
    if article is None:
        from tui.commands import list as list_command

        code = list_command.run(context, list_command.Options())
        context.say("standard output is not a terminal: this was postil list")
        return code
    from tui.commands import show

    code = show.run(context, show.Options(article=article))
    context.say("standard output is not a terminal: this was postil show")
    return code


def check_terminal() -> None:
    """Raises UsageError if the screen cannot be drawn."""
    term = os.environ.get("TERM", "")
    if term in NOT_DRAWN_ON:
        raise UsageError(
            f"this terminal (TERM={term or 'unset'}) cannot show the screen: use postil show, or set TERM"
        )
    if not sys.stderr.isatty():
        raise UsageError("the screen is drawn on standard error, which is not a terminal: do not redirect it")
    encoding = codecs.lookup(sys.stderr.encoding).name
    if encoding == "ascii" and isinstance(sys.stderr, io.TextIOWrapper):
        # The locale C does not describe the terminal, and hardly any lacks UTF-8.
        sys.stderr.reconfigure(encoding="utf-8", errors="replace")  # pyright: ignore[reportUnknownMemberType]
    elif encoding != "utf-8":
        fix = "unset PYTHONIOENCODING" if "PYTHONIOENCODING" in os.environ else "export LC_ALL=C.UTF-8"
        raise UsageError(
            f"the screen needs UTF-8, and this terminal is set to {encoding}: "
            f"{fix} if it can show UTF-8, else use postil show"
        )


def _sanitise_environment() -> None:
    """Remove the variables that could change what Textual runs, before it is imported."""
    for name in ("COLUMNS", "LINES"):
        # Values of an earlier window would hide the terminal's real size.
        os.environ.pop(name, None)
    if os.environ.get("TEXTUAL_COLOR_SYSTEM", "auto") not in _COLOUR_SYSTEMS:
        del os.environ["TEXTUAL_COLOR_SYSTEM"]
    if os.environ.get("POSTIL_DEBUG") != "1":
        for name in [name for name in os.environ if name.startswith("TEXTUAL_") and name not in _LEFT_ALONE]:
            del os.environ[name]

"""`postil serve-setup`: print scripts that make a host serve Postil over SSH or add people to it, or check one."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from tui.commands.context import Context
from tui.commands.usage import UsageError
from tui.serving.recipe import Host, people_script, setup_script
from tui.store.protocol import NotPermitted
from tui.terminal.streams import write_exact

_MARKS = {"ok": "✓", "note": "·", "bad": "✗"}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    check: bool = False
    person: tuple[str, ...] = ()
    group: str
    reviewers: str
    python: str | None = None
    json: bool = False


def run(context: Context, options: Options) -> int:
    if context.restricted:
        raise NotPermitted("--restricted sets up no host: ask the administrator")
    if sys.platform == "win32":
        raise UsageError("serving needs Linux or macOS: set up Postil there")
    python = Path(options.python or sys.executable).absolute()
    host = Host(context.folder.absolute(), python, options.group, options.reviewers)
    if options.person and options.check:
        raise UsageError("--person prints a script, --check checks the host: leave one of them out")
    if not options.check:
        try:
            script = people_script(host, options.person) if options.person else setup_script(host)
        except ValueError as error:
            raise UsageError(str(error)) from error
        if context.streams.is_terminal:
            print(script, end="", file=context.streams.output)
        else:
            write_exact(script)
        return 0
    from tui.serving.checks import check

    is_bad = False
    for finding in check(host):
        is_bad = is_bad or finding.state == "bad"
        if options.json:
            context.streams.print_json(msgspec.to_builtins(finding))
        else:
            fix = f"  → {finding.fix}" if finding.fix else ""
            context.streams.print(f"{_MARKS[finding.state]} {finding.what:<12} {finding.result}{fix}")
    return 1 if is_bad else 0

"""`postil serve-setup`: print what makes a host serve Postil over SSH or adds a person, or check one."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path

import msgspec

from tui.cli import UsageError
from tui.commands.context import annotations_folder, is_restricted
from tui.serving.recipe import Host, people, setting_up
from tui.store.protocol import NotPermitted
from tui.terminal.streams import write_exact
from tui.text.clean import escape_json, visible

_MARKS = {"ok": "✓", "note": "·", "bad": "✗"}


def run(options: Namespace) -> int:
    if is_restricted(options):
        raise NotPermitted("a host is not set up under --restricted: ask the administrator")
    if sys.platform == "win32":
        raise UsageError("serving needs Linux or macOS: set it up there")
    python = Path(options.python or sys.executable).absolute()
    host = Host(annotations_folder(options).absolute(), python, options.group, options.reviewers)
    if options.person and options.check:
        raise UsageError("--person prints a script, --check looks at the host: leave one of them out")
    if not options.check:
        try:
            script = people(host, options.person) if options.person else setting_up(host)
        except ValueError as error:
            raise UsageError(str(error)) from error
        if sys.stdout.isatty():
            print(script, end="")
        else:
            write_exact(script)
        return 0
    from tui.serving.checks import look

    is_bad = False
    for finding in look(host):
        is_bad = is_bad or finding.state == "bad"
        if options.json:
            line = json.dumps(msgspec.to_builtins(finding), ensure_ascii=False)
            print(escape_json(line) if sys.stdout.isatty() else line)
        else:
            fix = f"  → {finding.fix}" if finding.fix else ""
            print(
                f"{_MARKS[finding.state]} {visible(finding.what):<12} {visible(finding.found)}{visible(fix)}"
            )
    return 1 if is_bad else 0

"""`postil keys`: the keymap in force."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from tui.commands.context import check_given, keymap_in_force, scheme_in_force, tell_problems
from tui.settings.actions import actions
from tui.settings.keymap import as_written
from tui.text.clean import escape_json, visible


def run(options: Namespace) -> int:
    check_given(options)
    news = scheme_in_force(options)
    known = actions(news)
    keymap = keymap_in_force(options, news)
    tell_problems(options, keymap)
    written = {action.id: [as_written(key) for key in keymap.keys.get(action.id, ())] for action in known}
    if options.json:
        line = json.dumps({"name": keymap.name, "keys": written}, ensure_ascii=False)
        print(escape_json(line) if sys.stdout.isatty() else line)
        return 0
    print(f"keymap {visible(keymap.name)}")
    widest = max(len(" ".join(keys)) for keys in written.values())
    group = ""
    for action in known:
        if action.group != group:
            group = action.group
            print(f"\n{group}")
        keys = visible(" ".join(written[action.id])) or "–"
        print(f"  {keys:<{widest}}  {action.id:<24} {visible(action.does)}")
    return 0

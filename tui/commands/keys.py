"""`postil keys`: the keymap in force."""

from __future__ import annotations

import json
from argparse import Namespace

from tui import scheme
from tui.actions import actions
from tui.commands.setting_up import check_given, keymap_in_force, say
from tui.text.clean import visible


def run(options: Namespace) -> int:
    check_given(options)
    news = scheme.load()
    known = actions(news)
    keymap = keymap_in_force(options, news)
    for problem in keymap.problems:
        say(problem)
    if options.json:
        table = {action.id: list(keymap.keys.get(action.id, ())) for action in known}
        print(json.dumps({"name": keymap.name, "keys": table}, ensure_ascii=False))
        return 0
    print(f"keymap {visible(keymap.name)}")
    group = ""
    for action in known:
        if action.group != group:
            group = action.group
            print(f"\n{group}")
        keys = " ".join(keymap.keys.get(action.id, ())) or "–"
        print(f"  {keys:<18} {action.id:<24} {action.does}")
    return 0

"""`postil keys`: the keymap in force."""

from __future__ import annotations

import msgspec

from tui.commands.context import Context
from tui.settings.actions import actions
from tui.settings.keymap import as_written
from tui.text.clean import visible


class Options(msgspec.Struct, frozen=True, kw_only=True):
    json: bool = False


def run(context: Context, options: Options) -> int:
    context.check_unused()
    known = actions(context.scheme)
    keymap = context.keymap
    context.say_problems(keymap)
    written = {action.id: [as_written(key) for key in keymap.keys.get(action.id, ())] for action in known}
    if options.json:
        context.streams.print_json({"name": keymap.name, "keys": written})
        return 0
    context.streams.print(f"keymap {keymap.name}")
    widest = max(len(" ".join(keys)) for keys in written.values())
    group = ""
    for action in known:
        if action.group != group:
            group = action.group
            context.streams.print()
            context.streams.print(group)
        keys = visible(" ".join(written[action.id])) or "–"
        context.streams.print(f"  {keys:<{widest}}  {action.id:<24} {action.does}")
    return 0

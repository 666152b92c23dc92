"""Write the table of keys into `docs/keys.md`, from the actions and the keymaps that ship."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from tui.settings import keymap
from tui.settings import scheme_file as scheme
from tui.settings.actions import actions

PAGE = Path(__file__).parent.parent / "docs" / "keys.md"
BEGIN, END = "<!-- keys -->", "<!-- /keys -->"
NAMES = ("default", *(name for name in keymap.names() if name != "default"))


def table() -> str:
    """A table a group of actions: what it does, its id, and its keys in each keymap where they are others."""
    known = actions(scheme.load())
    maps = [keymap.load(name, known).keys for name in NAMES]

    def rows(group: str) -> Iterator[str]:
        yield f"### {group}\n"
        yield f"| does | action | {' | '.join(f'`{name}`' for name in NAMES)} |"
        yield "| --- " * (len(NAMES) + 2) + "|"
        for action in known:
            if action.group == group:
                first, *others = [_told(keys.get(action.id, ())) for keys in maps]
                cells = [first or "–", *("" if keys == first else keys or "–" for keys in others)]
                yield f"| {action.does} | `{action.id}` | {' | '.join(cells)} |"

    groups = dict.fromkeys(action.group for action in known)
    return "\n\n".join("\n".join(rows(group)) for group in groups)


def _told(keys: tuple[str, ...]) -> str:
    return " ".join(f"`{keymap.as_written(key)}`".replace("|", "\\|") for key in keys)


def page() -> str:
    """The page with today's table."""
    text = PAGE.read_text(encoding="utf-8")
    before, after = text.split(BEGIN)[0], text.split(END)[1]
    return f"{before}{BEGIN}\n{table()}\n{END}{after}"


def main() -> int:
    PAGE.write_text(page(), encoding="utf-8")
    print(PAGE)
    return 0


if __name__ == "__main__":
    sys.exit(main())

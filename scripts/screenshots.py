"""Draw the pictures of the documentation from the real app: `docs/reader.svg` and `docs/help.svg`."""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tui.app import PostilApp
from tui.prepare.pipeline import add_entities, add_hints, alias_files_for, read_articles
from tui.resources import sample
from tui.settings import actions, keymap, theme
from tui.settings import scheme_file as scheme
from tui.workspace import Workspace

DOCS = Path(__file__).parent.parent / "docs"

PICTURES: dict[str, tuple[tuple[int, int], str, Sequence[str]]] = {
    "reader": (
        (120, 40),
        "dark",
        ["f", "f", "f", "f", "f", "f", "f", "f", "O", "Q", "T", "k", "t", "F", "w"],
    ),
    "reader-light": ((80, 24), "light", ["f", "f", "f", "f", "f", "f", "f", "f", "O", "Q", "T"]),
    "help": ((80, 24), "dark", ["h"]),
}
"""Name to terminal size (columns, rows), theme and the keys typed before the picture is taken."""


async def draw(name: str, folder: Path) -> None:
    size, theme_name, keys = PICTURES[name]
    news = scheme.load()
    workspace = Workspace(
        folder / name,
        annotator="ana",
        scheme=news,
        keymap=keymap.load("default", actions.actions(news)),
        palette=theme.choose(theme_name, os.environ),
    )
    [article] = read_articles(sample())
    article = add_hints(add_entities(article, alias_files_for(sample(), None)))
    workspace.library.save(article)
    app = PostilApp(workspace, workspace.open(article))
    async with app.run_test(size=size) as pilot:
        await pilot.press(*keys)
        await pilot.pause(1.0)
        (DOCS / f"{name}.svg").write_text(app.export_screenshot(title="postil"), encoding="utf-8")


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        for name in PICTURES:
            asyncio.run(draw(name, Path(folder)))
            print(DOCS / f"{name}.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())

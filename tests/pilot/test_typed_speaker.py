"""A speaker whom no digit stands for: what is typed after `/` is the name, whatever is asked next."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.app import PostilApp
from tui.model.article import Article
from tui.reader.screen import ReaderScreen
from tui.workspace import Workspace


@pytest.mark.parametrize(("opinion", "holder"), [(False, None), (True, "source")])
async def test_a_name_is_typed_at_once(
    tmp_path: Path,
    workspace_in: Callable[..., Workspace],
    sample_article: Article,
    opinion: bool,
    holder: str | None,
) -> None:
    workspace = workspace_in(tmp_path / "annotations")
    workspace.library.save(sample_article)
    opened = workspace.open(sample_article)
    app = PostilApp(workspace, opened)
    async with app.run_test(size=(120, 40)) as pilot:
        opened.session.cursor = 25
        await pilot.press(*(["O"] if opinion else []), "p", "enter", "slash", *"Sasa", "enter")
        await pilot.press(*(["s"] if opinion else []))
        await pilot.pause()
        said = opened.session.annotation(25)
        assert said is not None
        [quote] = said.quotes
        assert (quote.text, quote.speaker, quote.holder) == ("acheter Twitter", "Sasa", holder)
        assert isinstance(app.screen, ReaderScreen)
        assert await app.screen.leave()

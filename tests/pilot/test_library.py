"""The library screen: an unreadable article is told, and does not hide the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tui.app import PostilApp
from tui.model.article import Article
from tui.screens.library import ArticleTable
from tui.widgets.bars import KeyBar
from tui.workspace import Workspace


async def test_a_damaged_article_is_told_and_the_others_are_shown(
    tmp_path: Path, workspace_in: Callable[..., Workspace], sample_article: Article
) -> None:
    workspace = workspace_in(tmp_path / "annotations")
    workspace.library.save(sample_article)
    (workspace.library.articles / "broken-00000000.json").write_bytes(b"{")
    app = PostilApp(workspace, None)
    async with app.run_test(size=(120, 30)) as pilot:
        await app.workers.wait_for_complete()
        await pilot.pause()
        assert "broken-00000000" in app.screen.query_one(KeyBar).render_line(0).text
        table = app.screen.query_one(ArticleTable)
        assert "Sous les yeux" in table.render_line(1).text
        await pilot.press("j", "G", "g")
        assert table.cursor == 0

"""What the worker finds in an article that is open is shown, and kept."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import msgspec

from tui.documents.document import Document, ReadingOptions
from tui.model.article import Article
from tui.prepare import PreparationError
from tui.prepare.pipeline import add_hints, prepare_text
from tui.reader.background import recognise
from tui.reader.screen import ReaderScreen
from tui.workspace import Opened, Workspace


class Reader:
    """A reader's session, its lines, and a worker that finds no names, and hints where it may."""

    def __init__(self, article: Article, fails: bool) -> None:
        self.article, self.fails, self.said = article, fails, list[str]()
        self.session = SimpleNamespace(published=article, hints_found=self.take)
        self.app = SimpleNamespace(preparation=self)

    async def recognise(
        self, article: Article, aliases: list[Path], progress: Callable[[float], None]
    ) -> Article:
        progress(1.0)
        return msgspec.structs.replace(article, prepared_by={**article.prepared_by, "entities": "nobody"})

    async def find_hints(self, article: Article) -> Article:
        if self.fails:
            raise PreparationError("the preparation process was killed: try again")
        return add_hints(article)

    def entities_searched(self, share: float) -> None:
        assert share == 1.0

    def entities_found(self, found: Article | None) -> None:
        assert found is not None
        self.article.prepared_by = found.prepared_by

    def hints_changed(self) -> None:
        assert self.article.hint_blocks

    def take(self, found: Article) -> None:
        self.article.hint_blocks, self.article.prepared_by = found.hint_blocks, found.prepared_by

    def hint(self, message: str) -> None:
        pass

    def say(self, message: str) -> None:
        self.said.append(message)


async def kept(fails: bool) -> tuple[list[dict[str, str]], Reader]:
    """What was kept of the article each time, by step of the preparation."""
    document = Document(text="Il a a dit non.")
    reader = Reader(prepare_text(document, source="a", options=ReadingOptions(language="fr")), fails)
    times: list[dict[str, str]] = []
    place = SimpleNamespace(read_only=False, keep=lambda article: times.append(article.prepared_by))
    opened = SimpleNamespace(alias_files=[])
    await recognise(cast("ReaderScreen", reader), cast("Workspace", place), cast("Opened", opened))
    return times, reader


async def test_entities_are_kept_at_once_and_hints_after_them() -> None:
    times, reader = await kept(fails=False)
    assert ["hints" in prepared_by for prepared_by in times] == [False, True]
    assert all(prepared_by["entities"] == "nobody" for prepared_by in times)
    assert len(reader.article.hint_blocks) == 1
    assert reader.said == []


async def test_without_hints_the_entities_stay() -> None:
    times, reader = await kept(fails=True)
    assert len(times) == 1
    assert reader.said == ["no hints: the preparation process was killed: try again"]

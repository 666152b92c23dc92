"""The reader open on an article, for whoever wants to press its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.pilot.reading import Reading, reading, town
from tui.model.article import Article
from tui.workspace import Workspace

Read = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.fixture
def town_article() -> Article:
    return town()


@pytest.fixture
def read(tmp_path: Path, workspace_in: Callable[..., Workspace], sample_article: Article) -> Read:
    """Open the sample, or another article, in a terminal of a given size."""

    @asynccontextmanager
    async def opened(
        size: tuple[int, int] = (120, 40), article: Article = sample_article, **options: object
    ) -> AsyncIterator[Reading]:
        async with reading(workspace_in(tmp_path / "annotations", **options), article, size) as found:
            yield found

    return opened


@pytest.fixture
def in_town(read: Read, town_article: Article) -> Read:
    """Open the short article, at one of its sentences."""

    @asynccontextmanager
    async def opened(
        sentence: int = 0, size: tuple[int, int] = (120, 40), **options: object
    ) -> AsyncIterator[Reading]:
        async with read(size, town_article, **options) as found:
            found.reader.go(sentence)
            await found.settled()
            yield found

    return opened

"""The reader open on an article, for whoever wants to press its keys."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
import textual.app
import textual.pilot

from tests.pilot.idle import wait_for_idle
from tests.pilot.reading import Reading, reading, town
from tui.model.article import Article
from tui.workspace import Workspace


@pytest.fixture(scope="session", autouse=True)
def short_naps() -> Iterator[None]:
    """The Pilot waits no longer than it must."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(textual.app, "wait_for_idle", wait_for_idle)
        patch.setattr(textual.pilot, "wait_for_idle", wait_for_idle)
        yield


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

"""What many tests need: the sample as an article, and a workspace of the test's own."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import msgspec
import pytest

from tests import modules, order
from tui import hints
from tui.model.article import Article, Entity, EntityCount, entity_blocks
from tui.prepare.pipeline import read_articles
from tui.resources import sample
from tui.settings import actions, keymap, theme
from tui.settings import scheme_file as scheme
from tui.workspace import Workspace

# A slow machine fails no test.
hypothesis.settings.register_profile("postil", deadline=None)
hypothesis.settings.load_profile("postil")

# Nobody's own settings: an empty file, for this process and those that it starts.
os.environ["POSTIL_CONFIG"] = os.devnull


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """`-n auto` means every processor that the tests may use, and one more: many tests wait for a program or a disk."""
    return order.cores() + 1


# Before xdist's own, which looks for the groups that this makes.
@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    order.arrange(items, Path(__file__).parent)


_loaded: set[str] = set()
"""The modules of the product that the processes of the tests have loaded."""


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    _loaded.update(getattr(node, "workeroutput", {}).get("modules", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A process hands on what it has loaded; the whole run of `make test` fails where a module is not loaded."""
    config = session.config
    if hasattr(config, "workeroutput"):
        config.workeroutput["modules"] = modules.loaded()  # pyright: ignore[reportAttributeAccessIssue]
        return
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS and not config.option.keyword
    if exitstatus == 0 and is_whole and config.option.markexpr == "not long":
        untried = modules.untried(_loaded | set(modules.loaded()))
        if untried:
            print(f"\nno test of make test loads {', '.join(untried)}: write one, or remove the module")
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


NAMES = {
    "Musk": "PER",
    "Altman": "PER",
    "OpenAI": "ORG",
    "Paris": "LOC",
    "ChatGPT": "MISC",
    "22 millions de dollars": "MONEY",
}


@pytest.fixture(scope="session")
def plain_sample() -> Article:
    """The sample without its entities."""
    [article] = read_articles(sample())
    return article


@pytest.fixture(scope="session")
def sample_article(plain_sample: Article) -> Article:
    """The sample with a few entities that no recogniser had to find."""
    article = msgspec.structs.replace(
        plain_sample,
        prepared_by={**plain_sample.prepared_by, "entities": "the tests", "hints": hints.VERSION},
    )
    found: list[Entity] = []
    for name, label in NAMES.items():
        start = article.text.find(name)
        while start >= 0:
            found.append(Entity(start=start, end=start + len(name), label=label, origin="rule"))
            start = article.text.find(name, start + 1)
    article.entity_blocks = entity_blocks(article, sorted(found, key=lambda entity: entity.start))
    article.entity_counts = [
        EntityCount(text="Musk", label="PER", count=18),
        EntityCount(text="OpenAI", label="ORG", count=13),
    ]
    return article


@pytest.fixture
def workspace_in() -> Callable[..., Workspace]:
    """Make a workspace over a folder."""

    def make(
        folder: Path, *, palette: str = "dark", annotator: str = "ana", read_only: bool = False
    ) -> Workspace:
        news = scheme.load()
        return Workspace(
            folder,
            annotator=annotator,
            scheme=news,
            keymap=keymap.load("default", actions.actions(news)),
            palette=theme.choose(palette, {}),
            read_only=read_only,
        )

    return make

"""The examples of docs/database.md, run in their order on a small library."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from tinydb import TinyDB

from tests.unit.store.conftest import build
from tui.model.annotation import Step
from tui.model.article import Article
from tui.store.folder import FolderStore
from tui.store.protocol import StoreError

GUIDE = Path(__file__).parents[3] / "docs" / "database.md"
EXAMPLES = re.findall(r"^```python\n(.*?)^```", GUIDE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def article() -> Article:
    return build("a-cold-winter-6bcca903")


@pytest.fixture
def worked(
    folder: Path, article: Article, step_on: Callable[..., Step], monkeypatch: pytest.MonkeyPatch
) -> FolderStore:
    store = FolderStore(folder, "news/1")
    writer = store.open(article.id, "ana")
    writer.put(step_on(0, "fact"), step_on(3, "quote"))
    writer.close()
    monkeypatch.chdir(folder.parent)
    return store


def test_the_examples_do_what_the_guide_explains(
    worked: FolderStore, article: Article, capsys: pytest.CaptureFixture[str]
) -> None:
    printed: list[str] = []
    for example in EXAMPLES:
        exec(compile(example, str(GUIDE), "exec"), {})
        printed.append(capsys.readouterr().out)
    unsure, queries, writing, stock, library = printed
    assert unsure == writing == ""
    assert queries.splitlines()[:2] == ["1", "0"]
    assert "'tags': ['fact']" in queries
    assert [said.unsure for said in worked.scan(article.id, "ana")] == [True, False]
    latest = next(worked.history(article.id, "ana", newest_first=True))
    assert latest.step.label == "marked as unsure by check.py"
    assert stock == "2\n"
    # The library of this test is in French.
    assert library.startswith("{'id': 'a-cold-winter-6bcca903'")


def test_what_stock_tinydb_writes_is_taken_for_damage_and_rebuilt(
    worked: FolderStore, folder: Path, article: Article
) -> None:
    path = folder / "people" / "ana" / f"{article.id}.json"
    with TinyDB(path) as stock:
        stock.table("annotations").update({"unsure": True})
    with pytest.raises(StoreError, match="checksum"):
        worked.load(article.id, "ana")
    writer = worked.open(article.id, "ana")
    assert "nothing is lost" in writer.notices[0]
    writer.close()
    assert not any(said.unsure for said in worked.scan(article.id, "ana"))

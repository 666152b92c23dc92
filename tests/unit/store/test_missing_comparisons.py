"""Comparisons that keep a text's id its own, taken away one at a time: another text would then be in its place."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from msgspec.structs import replace

from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.store import changes
from tui.store.changes import Change
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import Conflict, StoreError
from tui.store.trash import Removed, Trash


@pytest.fixture
def other(plain_sample: Article) -> Article:
    """Another text that would get the same id."""
    text = plain_sample.text[:-1] + "!"
    digits = text_sha256(text)[8:]
    return replace(plain_sample, text=text, text_sha256=plain_sample.text_sha256[:8] + digits)


def add_both(library: Library, one: Article, other: Article) -> list[str]:
    return [changes.add(library, article, who="ana").article.id for article in (one, other)]


def test_another_text_under_the_id_is_looked_for(
    tmp_path: Path, plain_sample: Article, other: Article
) -> None:
    first, second = add_both(Library(tmp_path / "whole"), plain_sample, other)
    assert first != second
    library = Library(tmp_path / "broken")
    with (
        mock.patch.object(Change, "is_taken", return_value=False),
        mock.patch.object(Change, "set_aside_damaged", return_value=""),
        pytest.raises(StoreError, match="changed since"),
    ):
        add_both(library, plain_sample, other)
    # The version, which is compared too, has kept the first.
    assert library.passage(first).text_sha256 == plain_sample.text_sha256


def test_the_version_is_the_last_of_two_comparisons(
    tmp_path: Path, plain_sample: Article, other: Article
) -> None:
    library = Library(tmp_path)
    with (
        mock.patch.object(Change, "is_taken", return_value=False),
        mock.patch.object(Change, "set_aside_damaged", return_value=""),
        mock.patch.object(Change, "_check_is_that"),
    ):
        add_both(library, plain_sample, other)
    assert library.passage(plain_sample.id).text_sha256 == other.text_sha256


def test_what_comes_back_is_not_put_under_another_text(
    tmp_path: Path, plain_sample: Article, other: Article
) -> None:
    library = Library(tmp_path)
    changes.add(library, plain_sample, who="ana")
    trash = Trash(tmp_path, FolderStore(tmp_path, "news/1"))
    trash.remove(plain_sample.id, "ana")
    with mock.patch.object(changes, "claims", return_value=()):
        changes.add(library, other, who="ana")
    assert trash.removals("ana") == [], "what cannot come back is not offered"
    place = next(path for path in trash.folder.iterdir() if path.name.endswith(plain_sample.id))
    asked = Removed(place, plain_sample.id, "ana")
    with pytest.raises(Conflict, match="another text"):
        trash.restore(asked)
    with mock.patch.object(Trash, "_check_same_text"):
        trash.restore(asked)

"""Checking says what is wrong and where; repairing says what it did, what it kept and what it could not save."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def own(postil: Postil, article: str, tmp_path: Path) -> Path:
    """The folder of an annotator who sat down twice."""
    for sentence in ("1", "2"):
        assert postil("tag", article, sentence, "fact")[0] == 0
    return tmp_path / "annotations" / "people" / "ana"


def test_whole_files(postil: Postil, own: Path) -> None:
    code, out, error = postil("verify")
    assert (code, error) == (0, "")
    assert out.startswith("✓ ")
    assert "everything is whole" in out


def test_an_empty_folder_is_whole(postil: Postil) -> None:
    assert postil("verify")[0] == 0


@pytest.mark.parametrize("suffix", [".json", ".json.prev", ".history"])
def test_a_changed_byte_is_found_and_mended(postil: Postil, own: Path, article: str, suffix: str) -> None:
    before = postil("export")[1]
    path = own / f"{article}{suffix}"
    damaged = path.read_bytes().replace(b'"fact"', b'"fakt"', 1)
    path.write_bytes(damaged)
    code, out, _ = postil("verify")
    assert code == 1
    assert str(path) in out
    assert path.read_bytes() == damaged
    code, _, error = postil("verify", "--repair")
    assert code == 0
    assert "everything is whole now" in error
    assert (own / f"{path.name}.damaged-1").read_bytes() == damaged
    assert postil("export")[1] == before
    code, out, _ = postil("verify")
    assert code == 0
    assert "· " in out


def test_what_cannot_be_saved_is_said(postil: Postil, own: Path, article: str) -> None:
    for suffix in (".json", ".json.prev"):
        (own / f"{article}{suffix}").write_bytes(b"")
    history = own / f"{article}.history"
    history.write_bytes(history.read_bytes().replace(b'"fact"', b'"fakt"', 1))
    code, _, error = postil("verify", "--repair")
    assert code == 0
    assert "could not be saved: step 1" in error
    assert len(postil("export")[1].splitlines()) == 1


def test_annotations_of_an_article_that_is_gone(
    postil: Postil, own: Path, article: str, tmp_path: Path
) -> None:
    (tmp_path / "annotations" / "articles" / f"{article}.json").unlink()
    code, out, _ = postil("verify")
    assert code == 1
    assert "not in the library" in out


def test_a_changed_article_is_found(postil: Postil, own: Path, article: str, tmp_path: Path) -> None:
    path = tmp_path / "annotations" / "articles" / f"{article}.json"
    path.write_bytes(path.read_bytes().replace(b'"starts":[0,', b'"starts":[1,', 1))
    code, out, _ = postil("verify")
    assert code == 1
    assert "checksum differs: add the article again" in out


def test_a_forged_owner_is_named_and_not_repaired(postil: Postil, own: Path, article: str) -> None:
    theirs = own.with_name("bob")
    own.rename(theirs)
    code, out, error = postil("verify", "--repair")
    assert code == 1
    assert f"{theirs / article}.json says it is 'ana'" in out
    assert "not repaired" in error


def test_repairing_is_no_reading(postil: Postil, own: Path) -> None:
    assert postil("verify", "--repair", "--read-only")[0] == 3

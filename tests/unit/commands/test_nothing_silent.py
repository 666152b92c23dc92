"""What cannot be read is never taken for nothing, and what was changed by hand is never believed."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.store import article_file
from tui.store.lock import Lock

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "annotations"


@pytest.fixture
def tagged(postil: Postil, article: str) -> str:
    assert postil("tag", article, "2", "fact")[0] == 0
    return article


def test_annotations_whose_articles_are_gone_are_named(postil: Postil, tagged: str, folder: Path) -> None:
    assert postil("export")[0] == 0
    (folder / "articles" / f"{tagged}.json").unlink()
    code, out, error = postil("export")
    assert (code, out) == (1, "")
    assert "annotations are left out, their articles are not in the library: add these again" in error
    assert tagged in error


def test_a_library_with_an_unreadable_article_is_not_called_empty(
    postil: Postil, tagged: str, folder: Path
) -> None:
    (folder / "articles" / f"{tagged}.json").write_bytes(b"{")
    code, _, error = postil("list")
    assert code == 1
    assert "is no readable article" in error
    assert "empty" not in error


@pytest.mark.parametrize("command", ["show", "export", "list", "history", "agreement", "report"])
def test_a_text_that_was_changed_by_hand_is_refused(
    postil: Postil, tagged: str, folder: Path, command: str
) -> None:
    path = folder / "articles" / f"{tagged}.json"
    whole = path.read_bytes()
    unsealed = whole[: -article_file.CHECKSUM.length] + b"}"
    path.write_bytes(unsealed)
    words = () if command in {"export", "list", "agreement"} else (tagged,)
    code, out, _ = postil(command, *words)
    assert code == 0
    path.write_bytes(unsealed.replace(b"Paris est", b"Reims est"))
    if command == "agreement":
        postil("tag", tagged, "2", "fact", annotator="ben")
        assert "Reims" not in postil(command)[1]
        return
    code, out, error = postil(command, *words)
    assert code == 1
    assert "its text is not the one that was added: add the article again" in error
    assert "Reims" not in out


def test_a_link_in_place_of_people_is_a_problem(postil: Postil, tagged: str, folder: Path) -> None:
    (folder / "people").rename(folder / "elsewhere")
    (folder / "people").symlink_to(folder / "elsewhere")
    code, out, _ = postil("verify")
    assert code == 1
    assert "people is no folder but a link: put a real folder there" in out


def test_a_folder_whose_disk_fails_is_not_called_missing(
    postil: Postil, tagged: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stat = Path.stat

    def failing(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if path == folder:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return stat(path, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", failing)
    code, _, error = postil("export")
    assert code == 1
    assert "cannot be read (Input/output error)" in error


def test_who_asks_whether_a_lock_is_held_keeps_no_one_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.lock"
    Lock(path, "ana").release()
    asking = os.open(path, os.O_RDONLY)
    fcntl.flock(asking, fcntl.LOCK_SH)
    monkeypatch.setattr("tui.store.lock.time.sleep", lambda _: fcntl.flock(asking, fcntl.LOCK_UN))
    Lock(path, "ana").release()
    os.close(asking)


@pytest.mark.parametrize("left", ["history", "json.prev", "link", "folder"])
def test_whose_annotations_are_missing_is_told_by_every_reader(
    postil: Postil, tagged: str, folder: Path, left: str
) -> None:
    for sentence in ("2", "3"):
        assert postil("tag", tagged, sentence, "opinion", annotator="ben")[0] == 0
    own = folder / "people" / "ben"
    checkpoint = own / f"{tagged}.json"
    checkpoint.rename(folder / "elsewhere.json")
    if left in {"history", "json.prev"}:
        for path in own.glob(f"{tagged}.*"):
            if not path.name.endswith((f".{left}", ".lock")):
                path.unlink()
    elif left == "link":
        checkpoint.symlink_to(folder / "elsewhere.json")
    else:
        checkpoint.mkdir()
    for words in (
        ("export",),
        ("export", "--adjudicated"),
        ("agreement",),
        ("history", tagged),
        ("report", tagged),
    ):
        code, _, error = postil(*words)
        assert code == 1, words
        assert f"{tagged}.json" in error, words


def test_a_folder_that_is_a_link_is_told_by_every_reader(postil: Postil, tagged: str, folder: Path) -> None:
    assert postil("tag", tagged, "2", "opinion", annotator="ben")[0] == 0
    own = folder / "people" / "ben"
    own.rename(folder / "elsewhere")
    own.symlink_to(folder / "elsewhere")
    for words in (("export",), ("export", "--adjudicated"), ("agreement",), ("list",), ("history", tagged)):
        code, _, error = postil(*words)
        assert code == 1, words
        assert f"{own} is no folder but a link" in error, words

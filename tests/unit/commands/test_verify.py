"""Checking says what is wrong and where; repairing says what it did, what it kept and what it could not save."""

from __future__ import annotations

import errno
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec
import pytest

from tui.store.disk import Disk
from tui.store.folder import FolderStore
from tui.store.verify import Checked, verify

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
    assert "no problems" in out


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
    assert "no problems are left" in error
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


def damage(path: Path) -> bytes:
    damaged = path.read_bytes().replace(b'"fact"', b'"fakt"', 1)
    path.write_bytes(damaged)
    return damaged


def contents(own: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in own.iterdir() if path.suffix != ".lock"}


HOLDING = """
import sys
from pathlib import Path
from tui.settings import scheme_file as scheme
from tui.store.folder import FolderStore
writer = FolderStore(Path(sys.argv[1]), scheme.load().label).open(sys.argv[2], "ana")
print("open", flush=True)
sys.stdin.read()
"""


def test_nothing_is_repaired_while_its_annotator_works(own: Path, article: str, tmp_path: Path) -> None:
    folder = tmp_path / "annotations"
    command = [sys.executable, "-c", HOLDING, str(folder), article]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdin is not None
        assert writer.stdout.readline() == "open\n"
        damage(own / f"{article}.history")
        before = contents(own)
        done = subprocess.run(
            [sys.executable, "-m", "tui", "verify", "--repair", "--annotations", str(folder)],
            env={**os.environ, "POSTIL_ANNOTATOR": "ana"},
            capture_output=True,
            text=True,
            check=False,
        )
        writer.stdin.close()
        writer.wait()
    assert done.returncode == 3
    assert re.search(
        rf"ana on {article} is not repaired: ana is at work since .+ from .+ \(pid {writer.pid}\): try again later",
        done.stderr,
    )
    assert "whole now" not in done.stderr
    assert contents(own) == before


def test_what_is_whole_once_it_is_locked_is_not_repaired(
    postil: Postil, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the annotator's own session mended it in between."""
    looks = 0

    def first_damaged(folder: Path) -> list[Checked]:
        nonlocal looks
        looks += 1
        found = list(verify(folder))
        return [checked._replace(problems=["damaged"]) if looks == 1 else checked for checked in found]

    monkeypatch.setattr("tui.commands.verify.verify", first_damaged)
    before = contents(own)
    code, _, error = postil("verify", "--repair")
    assert code == 0
    assert "nothing was written" in error
    assert "no problems are left" in error
    assert "repaired, no" not in error
    assert contents(own) == before


class Failing(Disk):
    """Fails at the altering call of that number."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.calls = 0

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.at:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    def open(self, path: Path, flags: int, at: int | None = None) -> int:
        self._count()
        return super().open(path, flags, at)

    def write(self, number: int, data: bytes | memoryview, offset: int) -> int:
        self._count()
        return super().write(number, data, offset)

    def sync(self, number: int) -> None:
        self._count()
        super().sync(number)

    def set_mode(self, number: int, mode: int) -> None:
        self._count()
        super().set_mode(number, mode)

    def link(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._count()
        super().link(old, new, at, to)

    def replace(self, old: Path, new: Path, at: int | None = None, to: int | None = None) -> None:
        self._count()
        super().replace(old, new, at, to)

    def unlink(self, path: Path, at: int | None = None) -> None:
        self._count()
        super().unlink(path, at)

    def sync_folder(self, path: Path, at: int | None = None) -> None:
        self._count()
        super().sync_folder(path, at)


@pytest.mark.parametrize("suffix", [".json", ".json.prev", ".history"])
def test_a_repair_that_fails_is_no_success(
    postil: Postil,
    own: Path,
    article: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    suffix: str,
) -> None:
    exported = postil("export")[1]
    damaged = damage(own / f"{article}{suffix}")
    kept = tmp_path / "kept"
    shutil.copytree(own, kept)
    failures = 0
    for at in range(1, 100):
        disk = Failing(at)
        monkeypatch.setattr("tui.commands.verify.FolderStore", partial(FolderStore, disk=disk))
        code, _, error = postil("verify", "--repair")
        if disk.calls < at:
            assert code == 0
            break
        # A temporary file that cannot be removed is of no account.
        if code != 0 or "not repaired" in error:
            failures += 1
            assert code == 4, at
            assert "is not repaired: not saved, Input/output error" in error
            assert "whole now" not in error
            assert "no annotation is lost" not in error
            monkeypatch.setattr("tui.commands.verify.FolderStore", FolderStore)
            assert postil("verify", "--repair")[0] == 0
        assert postil("export")[1] == exported
        assert damaged in {path.read_bytes() for path in own.glob("*.damaged-*")}
        shutil.rmtree(own)
        shutil.copytree(kept, own)
    assert failures > 10


def test_the_folder_that_cannot_be_synced_is_no_success(
    postil: Postil, own: Path, article: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class NoSync(Disk):
        def sync_folder(self, path: Path, at: int | None = None) -> None:
            raise OSError(errno.EIO, os.strerror(errno.EIO))

    damage(own / f"{article}.json")
    monkeypatch.setattr("tui.commands.verify.FolderStore", partial(FolderStore, disk=NoSync()))
    code, _, error = postil("verify", "--repair")
    assert code == 4
    assert "whole now" not in error


def test_names_that_cannot_be_read_are_a_problem(postil: Postil, article: str, tmp_path: Path) -> None:
    path = tmp_path / "annotations" / "articles" / f"{article}.json"
    stored = msgspec.json.decode(path.read_bytes())
    del stored["crc32"]
    path.write_bytes(msgspec.json.encode(stored | {"entity_blocks": [[[]]]}))
    code, out, _ = postil("verify")
    assert code == 1
    assert "its entities cannot be read" in out
    assert postil("add", "--again", str(tmp_path / "small.txt"))[0] == 0
    assert postil("verify")[0] == 0

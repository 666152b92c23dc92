"""One writer at a time, who the other is, and no lock outlives its process."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.model.article import Article
from tui.store import short_lock
from tui.store.append_only import AppendOnlyFile
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
from tui.store.lock import Lock
from tui.store.protocol import Locked, NotPermitted, NotSaved


def test_the_second_is_told_who_holds_it(
    store: FolderStore, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSH_CONNECTION", raising=False)
    first = store.open(article.id, "ana")
    with pytest.raises(Locked) as refused:
        store.open(article.id, "ana")
    assert str(refused.value).startswith("ana has this article open since ")
    assert f"from {os.uname().nodename} (pid {os.getpid()})" in str(refused.value)
    assert str(refused.value).endswith(": close it there, or open with --read-only")
    store.open(article.id, "bob").close()
    first.close()
    first.close()
    store.open(article.id, "ana").close()


def test_the_ssh_client_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22")
    Lock(tmp_path / "x.lock", "ana")
    with pytest.raises(Locked, match=r"from 192\.0\.2\.7 over ssh on"):
        Lock(tmp_path / "x.lock", "ana")


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[" * 5000,
        json.dumps({"pid": 1, "host": "\x1b]0;x\x07\n\u202e", "since": 1e300, "client": "\x1b[2J"}),
        json.dumps({"pid": 1, "host": "h" * 9000, "since": time.time()}),
    ],
    ids=["empty", "cut off", "deep", "escapes", "long"],
)
def test_whatever_the_file_says_the_message_is_one_clean_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.lock"
    Lock(path, "ana")
    path.write_text(content)
    with pytest.raises(Locked) as refused:
        Lock(path, "ana")
    assert str(refused.value).isprintable()
    assert len(str(refused.value)) < 300


def test_a_lock_of_another_day_says_the_date(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    Lock(path, "ana")
    path.write_text(json.dumps({"pid": 1, "host": "h", "since": 0}))
    with pytest.raises(Locked, match=r"since 19\d\d-\d\d-\d\d \d\d:\d\d from h"):
        Lock(path, "ana")


def test_the_lock_of_a_killed_process_is_free(folder: Path, store: FolderStore, article: Article) -> None:
    script = """
import sys
from pathlib import Path
from tui.store import short_lock
from tui.store.append_only import AppendOnlyFile
from tui.store.disk import Disk, State
from tui.store.folder import FolderStore
writer = FolderStore(Path(sys.argv[1]), scheme="news/1").open(sys.argv[2], "ana")
print("held", flush=True)
sys.stdin.read()
"""
    root = Path(__file__).parents[3]
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder), article.id],
        cwd=root,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(Locked, match=f"pid {holder.pid}"):
            store.open(article.id, "ana")
        holder.kill()
        holder.wait()
        store.open(article.id, "ana").close()


def test_the_file_is_the_owners_alone_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.lock"
    lock = Lock(path, "ana")
    assert path.stat().st_mode & 0o777 == 0o600
    lock.release()
    assert path.read_bytes() == b""


def test_a_link_is_not_locked(tmp_path: Path) -> None:
    (tmp_path / "x.lock").symlink_to(tmp_path / "victim")
    with pytest.raises(Exception, match="symbolic link"):
        Lock(tmp_path / "x.lock", "ana")
    assert not (tmp_path / "victim").exists()


def test_without_file_locks_it_is_for_reading_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with pytest.raises(NotPermitted, match="--read-only"):
        Lock(tmp_path / "x.lock", "ana")


def open_files() -> list[str]:
    return sorted(path.name for path in Path("/dev/fd").iterdir())


@pytest.mark.parametrize("call", ["fchmod", "fstat", "stat"])
def test_a_short_lock_that_cannot_be_taken_is_not_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    before = open_files()
    lock = short_lock.hold(tmp_path / "x.lock", "x", who="ana", doing="adding it")
    with monkeypatch.context() as broken:
        broken.setattr(short_lock.os, call, failing)
        with pytest.raises(NotSaved, match="look after the disk"):
            lock.__enter__()
    assert open_files() == before
    with short_lock.hold(tmp_path / "x.lock", "x", who="ana", doing="adding it"):
        pass


class Failing(Disk):
    """No open file can be looked at."""

    def state_of(self, number: int) -> State:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_log_that_cannot_be_opened_is_not_left_open(tmp_path: Path) -> None:
    before = open_files()
    with pytest.raises(OSError, match=os.strerror(errno.EIO)):
        AppendOnlyFile.create(tmp_path / "x.journal", b"1", Failing())
    assert open_files() == before
    assert list(tmp_path.iterdir()) == []

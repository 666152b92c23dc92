"""Who is registered, which file says so, and what a store reads of it; and that each comparison is needed."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Step
from tui.model.article import Article
from tui.store import accounts, owners
from tui.store.accounts import Accounts, NotBelieved, encoded, read_accounts
from tui.store.disk import DISK, State
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import Damaged, NotPermitted, StoreError, TooNew

ANA, BEN, MAL = 61_001, 61_002, 61_003
NAMES = {ANA: "ana", BEN: "ben", MAL: "mal"}


@pytest.fixture(autouse=True)
def system(monkeypatch: pytest.MonkeyPatch) -> dict[int, str]:
    """The accounts that the system knows; this process's own files count as root's."""
    known = dict(NAMES)
    monkeypatch.setattr(accounts, "ROOT", os.getuid())
    monkeypatch.setattr(accounts, "account_name", known.get)
    monkeypatch.setattr(
        accounts,
        "account_uid",
        lambda name: next((uid for uid, one in known.items() if one == name), None),  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    )
    return known


# -- decisions ----------------------------------------------------------------


def test_a_folder_is_its_accounts_alone() -> None:
    registered = Accounts({"ana": ANA, "ben": BEN})
    assert registered.owner_problem("ana", ANA) is None
    assert registered.owner_problem("ana.again", ANA) is None
    assert str(registered.owner_problem("ben", MAL)).startswith("belongs to mal, not to ben: ")
    assert str(registered.owner_problem("ben.again", MAL)).startswith("belongs to mal, not to ben: ")
    assert str(registered.owner_problem("mal", MAL)).startswith("belongs to mal, who is not registered: ")
    assert str(registered.owner_problem("carla", MAL)).startswith(
        "belongs to mal, and carla is not registered: "
    )
    assert str(registered.owner_problem("Ben", BEN)).startswith(
        "belongs to ben and is not an annotator's name: "
    )


@given(st.sampled_from(["ana", "ben", "ana.again", "Ana", "mal", "root.again"]), st.sampled_from([0, *NAMES]))
def test_only_one_user_id_fits_a_name(name: str, uid: int) -> None:
    registered = Accounts({"ana": ANA, "ben": BEN})
    fits = registered.owner_problem(name, uid) is None
    assert fits == (uid == registered.uid_of(name))


def test_a_gone_account_is_read_and_a_reused_user_id_is_not(system: dict[int, str]) -> None:
    del system[BEN]
    registered = Accounts({"ben": BEN})
    assert registered.owner_problem("ben", BEN) is None
    assert "no longer exists" in str(registered.gone("ben"))
    system[BEN] = "carl"
    assert "carl, who was given the user id" in str(Accounts({"ben": BEN}).owner_problem("ben", BEN))


def test_two_names_of_one_user_id_are_both_theirs(
    system: dict[int, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "account_uid", {"ben": BEN, "benjamin": BEN}.get)
    both = Accounts({"ben": BEN, "benjamin": BEN})
    assert both.owner_problem("benjamin", BEN) is both.owner_problem("ben", BEN) is None


# -- the file -----------------------------------------------------------------


def written(folder: Path, data: bytes, mode: int = 0o644) -> Path:
    folder.chmod(0o755)
    path = folder / "accounts.json"
    path.write_bytes(data)
    path.chmod(mode)
    return path


@given(st.dictionaries(st.from_regex("[a-z0-9._-]{1,64}", fullmatch=True), st.integers(0, 2**32 - 1)))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, uids: dict[str, int]) -> None:
    folder = tmp_path_factory.mktemp("accounts")
    written(folder, encoded(uids))
    found = read_accounts(folder)
    assert found is not None
    assert found.uids == uids


def test_no_file_registers_nobody(tmp_path: Path) -> None:
    assert read_accounts(tmp_path) is None
    assert read_accounts(tmp_path / "missing") is None


@pytest.mark.parametrize("mode", [0o664, 0o646, 0o666])
def test_a_file_that_others_may_write_is_not_believed(tmp_path: Path, mode: int) -> None:
    written(tmp_path, encoded({"ana": ANA}), mode)
    with pytest.raises(NotBelieved, match="can be written by others"):
        read_accounts(tmp_path)


@pytest.mark.parametrize("mode", [0o2770, 0o3770, 0o757])
def test_a_file_that_others_may_replace_is_not_believed(tmp_path: Path, mode: int) -> None:
    written(tmp_path, encoded({"ana": ANA}))
    tmp_path.chmod(mode)
    with pytest.raises(NotBelieved, match="can be replaced by others"):
        read_accounts(tmp_path)


def test_anothers_file_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, encoded({"ana": ANA}))
    monkeypatch.setattr(accounts, "ROOT", os.getuid() + 1)
    with pytest.raises(NotBelieved, match="not to root"):
        read_accounts(tmp_path)


def test_what_is_no_file_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "real").write_bytes(encoded({}))
    (tmp_path / "accounts.json").symlink_to(tmp_path / "real")
    with pytest.raises(NotBelieved, match="symbolic link"):
        read_accounts(tmp_path)
    (tmp_path / "accounts.json").unlink()
    os.mkfifo(tmp_path / "accounts.json", 0o644)
    with pytest.raises(NotBelieved, match="not a regular file"):
        read_accounts(tmp_path)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", Damaged),
        (b"\xff", Damaged),
        (b"[" * 100_000, Damaged),
        (b'{"schema": "postil.accounts/1", "accounts": {"ana": "1"}}', Damaged),
        (b'{"schema": "postil.accounts/1", "accounts": {"ana": true}}', Damaged),
        (b'{"schema": "other/1"}', Damaged),
        (b'{"schema": "postil.accounts/2", "accounts": {}}', TooNew),
        (b" " * (accounts.LONGEST + 1), Damaged),
    ],
    ids=["empty", "no text", "deep", "a word", "a truth", "another file", "newer", "long"],
)
def test_a_damaged_file_lets_no_one_be_read(folder: Path, data: bytes, kind: type[StoreError]) -> None:
    written(folder, data)
    (folder / "people" / "ana").mkdir(parents=True)
    with pytest.raises(kind):
        FolderStore(folder, scheme="news/1").load("un-ete-12345678", "ana")


# -- what a store reads, with each comparison and without it -------------------


class Elsewhere:
    """`os.lstat` of the store's disk, in which some paths belong to others."""

    def __init__(self, owners_of: dict[Path, int]) -> None:
        self._owners = owners_of
        self._state = DISK.state

    def state(self, path: Path, at: int | None = None) -> State:
        found = self._state(path, at)
        return found._replace(owner=self._owners.get(path, found.owner))


Make = Callable[[int], Step]


@pytest.fixture
def planted(folder: Path, article: Article, step_on: Callable[..., Step]) -> Iterator[Path]:
    """Ana's own work, one of her files that is Mal's, and Ben's folder that is Mal's."""
    other = "un-autre-12345678"
    Library(folder).save(msgspec.structs.replace(article, id=other))
    for name, article_id in (("ana", article.id), ("ana", other), ("ben", article.id)):
        with contextlib.closing(FolderStore(folder, scheme="news/1").open(article_id, name)) as writer:
            writer.put(step_on(0, "fact"))
    written(folder, encoded({"ana": ANA, "ben": BEN}))
    people = folder / "people"
    belongs = dict.fromkeys((people / "ana", *(people / "ana").iterdir()), ANA)
    belongs |= dict.fromkeys((people / "ben", *(people / "ben").iterdir()), MAL)
    belongs[people / "ana" / f"{other}.history"] = MAL
    with mock.patch.object(DISK, "state", Elsewhere(belongs).state):
        yield folder


def believed(folder: Path) -> list[str]:
    """What a store takes for somebody's that is not theirs."""
    store = FolderStore(folder, scheme="news/1")
    found = [f"{name} on {article}" for article, names in store.annotated().items() for name in names]
    for article in store.articles_of("ana"):
        found += [f"{name} on {article}, listed" for name in store.annotators(article) if name != "ana"]
    for name, article in (("ben", "un-ete-12345678"), ("ana", "un-autre-12345678")):
        with contextlib.suppress(NotPermitted):
            store.read(article, name)
            found.append(f"{name} on {article}, read")
        with contextlib.suppress(NotPermitted):
            list(store.history(article, name))
            found.append(f"{name} on {article}, its history read")
    return [line for line in found if line != "ana on un-ete-12345678"]


def test_what_is_anothers_is_not_read(planted: Path) -> None:
    assert believed(planted) == []
    store = FolderStore(planted, scheme="news/1")
    assert store.annotated() == {"un-ete-12345678": ["ana"]}
    people = planted / "people"
    told = "\n".join(store.owners.refused)
    assert f"{people / 'ben'} belongs to mal, not to ben" in told
    assert f"{people / 'ana' / 'un-autre-12345678.history'} belongs to mal, its folder to ana" in told


def _nothing(*_: object) -> None:
    return None


MUTANTS = (
    ("owners of folders not compared", mock.patch.object(Accounts, "_owner_problem", _nothing)),
    ("owners of files not compared", mock.patch.object(owners.Owners, "files_problem", _nothing)),
    ("accounts file not read", mock.patch.object(accounts, "read_accounts", _nothing)),
)


@pytest.mark.parametrize(("name", "broken"), MUTANTS, ids=[name for name, _ in MUTANTS])
def test_a_store_without_the_comparison_is_found_out(
    planted: Path, name: str, broken: contextlib.AbstractContextManager[object]
) -> None:
    with broken:
        assert believed(planted) != [], name


def test_a_planted_file_is_believed_only_where_its_owner_is_not_compared(
    planted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mal's own accounts file says that Ben's folder is Mal's."""
    (planted / "accounts.json").write_bytes(encoded({"ana": ANA, "ben": MAL}))
    (planted / "accounts.json").chmod(0o644)
    monkeypatch.setattr(accounts, "ROOT", os.getuid() + 1)
    honest = FolderStore(planted, scheme="news/1")
    honest.annotated()
    assert ["is not used" in line for line in honest.owners.refused] == [True]
    with mock.patch.object(accounts, "_who_may_write", _nothing):
        fooled = FolderStore(planted, scheme="news/1")
        fooled.annotated()
        assert not any("is not used" in line for line in fooled.owners.refused)


# -- what it costs -------------------------------------------------------------


def test_the_file_is_opened_once_and_only_where_it_is(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = os.open

    def counting(path: str | Path, flags: int, *more: int, dir_fd: int | None = None) -> int:
        opened.append(os.fspath(path))
        return real(path, flags, *more, dir_fd=dir_fd)

    (folder / "people" / "ana").mkdir(parents=True)
    monkeypatch.setattr(accounts.os, "open", counting)
    expected: list[str] = []
    for _ in range(2):
        store = FolderStore(folder, scheme="news/1")
        for _ in range(3):
            store.annotated()
            store.load("un-ete-12345678", "ana")
        assert [path for path in opened if path.endswith("accounts.json")] == expected
        written(folder, encoded({"ana": os.getuid()}))
        expected = [str(folder / "accounts.json")]
        opened.clear()


def test_written_accounts_are_json_in_order(tmp_path: Path) -> None:
    path = written(tmp_path, encoded({"ben": BEN, "ana": ANA}))
    said = json.loads(path.read_text(encoding="utf-8"))
    assert said == {"schema": "postil.accounts/1", "accounts": {"ana": ANA, "ben": BEN}}
    assert list(said["accounts"]) == ["ana", "ben"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o644

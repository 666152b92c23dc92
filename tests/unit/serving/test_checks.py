"""What the check of a host sees."""

from __future__ import annotations

import errno
import grp
import os
import pwd
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.model.annotation import Change, Step
from tui.serving import checks, folders
from tui.serving.recipe import Host, login_script
from tui.store import accounts
from tui.store.errors import cannot_read
from tui.store.folder import FolderStore
from tui.store.second_pass import SecondPassStore

STORED = Path(__file__).parents[2] / "fixtures" / "stored" / "2-second-pass"
SAFE = """\
forcecommand exec {login}
disableforwarding yes
permituserrc no
permituserenvironment no
permittunnel no
permittty yes
acceptenv LANG
acceptenv LC_*
acceptenv COLORTERM
authorizedkeysfile {keys}/%u
clientaliveinterval 15
"""


@pytest.fixture
def host(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Host:
    """A group of one, whose host is as it should be; only root's files count as root's there."""
    ours = Host(
        annotations=tmp_path / "annotations",
        python=tmp_path / "python",
        group="postil",
        login=tmp_path / "login",
        keys=tmp_path / "keys",
    )
    ours.keys.mkdir()
    ours.login.write_text(login_script(ours), encoding="utf-8")
    ours.login.chmod(0o755)
    ours.annotations.mkdir()
    for name in ("articles", "people"):
        (ours.annotations / name).mkdir()
        (ours.annotations / name).chmod(0o3770)
    own = ours.annotations / "people" / "ana"
    own.mkdir()
    own.chmod(0o2750)
    (own / "x.json").write_text("{}", encoding="utf-8")
    (own / "x.json").chmod(0o640)
    listed = ours.annotations / "accounts.json"
    listed.write_bytes(accounts.encoded({"ana": os.getuid()}))
    listed.chmod(0o644)
    person = pwd.struct_passwd(("ana", "*", os.getuid(), 12345, "", "/", "/bin/sh"))
    group = grp.struct_group(("postil", "*", os.getgid(), ["ana"]))

    def nobody_else(path: Path) -> None:
        return None

    monkeypatch.setattr(checks, "writable_by_others", nobody_else)
    monkeypatch.setattr(accounts, "ROOT", os.getuid())
    monkeypatch.setattr(accounts, "account_uid", {"ana": os.getuid()}.get)
    monkeypatch.setattr(accounts, "account_name", {os.getuid(): "ana"}.get)
    monkeypatch.setattr(pwd, "getpwall", lambda: [person])
    monkeypatch.setattr(grp, "getgrall", lambda: [group])
    monkeypatch.setattr(grp, "getgrnam", lambda _: group)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    return ours


def said(host: Host, settings: str = SAFE) -> list[str]:
    """What is wrong, a line each; not that who runs the tests may be root."""
    lines = settings.format(login=host.login, keys=host.keys).splitlines()
    found = checks.check(host, {"ana": lines})
    return [f"{one.result} -> {one.fix}" for one in found if one.state != "ok" and one.what != "ana"]


def test_a_safe_host(host: Host) -> None:
    assert said(host) == []


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("forcecommand exec {login}", "forcecommand none", "runs none"),
        ("forcecommand exec {login}", "forcecommand /bin/sh", "runs /bin/sh"),
        ("disableforwarding yes", "disableforwarding no", "disableforwarding is no"),
        ("permituserrc no", "permituserrc yes", "permituserrc is yes"),
        ("permituserenvironment no", "permituserenvironment yes", "permituserenvironment is yes"),
        ("permittunnel no", "permittunnel point-to-point", "permittunnel is point-to-point"),
        ("permittty yes", "permittty no", "permittty is no"),
        ("acceptenv LANG", "acceptenv *", "accepts * from the client"),
        ("acceptenv LANG", "acceptenv LD_PRELOAD", "accepts LD_PRELOAD from the client"),
        ("{keys}/%u", ".ssh/authorized_keys", "reads keys from the person's home"),
        ("{keys}/%u", "%h/keys", "reads keys from the person's home"),
        ("clientaliveinterval 15", "clientaliveinterval 0", "lost connection is not noticed"),
    ],
)
def test_loose_settings_of_sshd(host: Host, before: str, after: str, told: str) -> None:
    [line] = said(host, SAFE.replace(before, after))
    assert told in line


def test_a_second_pass_is_its_annotators(host: Host) -> None:
    people = host.annotations / "people"
    for name in ("ana.again", "ben.again"):
        (people / name).mkdir()
        (people / name).chmod(0o2750)
    [line] = said(host)
    # Ben is not registered: that is a name like any other.
    assert "ben.again belongs to" in line
    assert "mv -- ./ben.again" in line


def test_a_second_pass_of_an_earlier_version_is_its_annotators_and_a_person_is_not(host: Host) -> None:
    """Also what is left of it once it is carried over."""
    shutil.rmtree(host.annotations / "people" / "ana")
    shutil.copytree(STORED, host.annotations, dirs_exist_ok=True)
    for name in ("articles", "people"):
        (host.annotations / name).chmod(0o3770)
    for path in (host.annotations / "people").rglob("*"):
        path.chmod(0o2750 if path.is_dir() else 0o640)
    # In a checkout the group may write to the folder that was copied.
    host.annotations.chmod(0o2750)
    assert said(host) == []
    store = FolderStore(host.annotations, scheme="news/1")
    [article] = store.articles_of("ana.again")
    SecondPassStore(host.annotations, scheme="news/1").open(article, "ana").close()
    assert said(host) == []
    [one, *_] = store.load(article, "ana").annotations.values()
    writer = store.open(article, "ana.again")
    change = Change(before=None, after=replace(one, created_at="2026-12-31T00:00:00.000Z"))
    writer.put(Step(action="x", label="x", at=one.updated_at, changes=(change,), cursor=0))
    writer.close()
    [line] = said(host)
    assert "ana.again is not a second pass of ana, and ana.again is not registered" in line
    assert FolderStore(host.annotations, scheme="news/1").annotators(article) == ["ana"]


def test_a_login_that_could_be_mistaken(host: Host, monkeypatch: pytest.MonkeyPatch) -> None:
    person = pwd.struct_passwd(("ana.again", "*", os.getuid(), 12345, "", "/", "/bin/sh"))
    group = grp.struct_group(("postil", "*", os.getgid(), ["ana.again"]))
    monkeypatch.setattr(pwd, "getpwall", lambda: [person])
    monkeypatch.setattr(grp, "getgrnam", lambda _: group)  # pyright: ignore[reportUnknownLambdaType, reportUnknownArgumentType]
    assert "could be mistaken for another annotator's second pass" in [
        one.result for one in checks.check(host, {}) if one.what == "ana.again" and one.state == "bad"
    ]


def test_what_lies_in_the_folder(host: Host) -> None:
    people = host.annotations / "people"
    (people / "ana" / "x.json").chmod(0o666)
    (people / "ana" / "link").symlink_to("/etc/passwd")
    (people / "mallory").mkdir()
    (people / "file").touch()
    (host.annotations / "articles").chmod(0o777)
    lines = "\n".join(said(host))
    for told in (
        "x.json is 666",
        "link is not a plain file",
        "mallory belongs to",
        "file is not a folder",
        "articles is 777",
    ):
        assert told in lines


def test_the_login_program(host: Host) -> None:
    host.login.write_text("#!/bin/sh\nexec sh\n", encoding="utf-8")
    host.login.chmod(0o644)
    lines = "\n".join(said(host))
    assert "cannot be run" in lines
    assert "is not the script of this version" in lines
    host.login.unlink()
    assert "No such file" in "\n".join(said(host))


def test_who_else_may_write(tmp_path: Path) -> None:
    if os.getuid() != 0:
        pytest.skip("only root's files can be root's")
    # Above pytest's folders lies one that everybody may write, with the sticky bit.
    place = tmp_path / "lib" / "login"
    place.parent.mkdir()
    place.touch(mode=0o755)
    assert checks.writable_by_others(place) is None
    place.parent.chmod(0o777)
    assert checks.writable_by_others(place) == place.parent
    place.parent.chmod(0o755)
    place.chmod(0o775)
    assert checks.writable_by_others(place) == place
    place.chmod(0o755)
    os.chown(place.parent, 1234, 1234)
    assert checks.writable_by_others(place) == place.parent


def test_an_accounts_file_that_cannot_be_read_is_not_moved_away(
    host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(folder: Path) -> None:
        raise cannot_read(folder / "accounts.json", OSError(errno.EIO, os.strerror(errno.EIO)))

    monkeypatch.setattr(folders, "read_accounts", failing)
    [finding] = folders.check_accounts(host, {})
    assert (finding.state, finding.fix) == ("bad", "look after the disk, or restore it from a backup")

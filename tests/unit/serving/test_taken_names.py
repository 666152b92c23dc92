"""A member of the group takes a name before its owner comes: no reader believes it, and no fix makes it genuine."""

from __future__ import annotations

import json
import os
import pwd
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tests.unit.serving.people import FORGED, Group, Shared, accounts, acting, run, shared_folder
from tui.serving.checks import check
from tui.serving.finding import Finding


@pytest.fixture(scope="module")
def group() -> Iterator[Group]:
    with accounts() as group:
        yield group


@pytest.fixture
def unregistered(group: Group) -> Iterator[Shared]:
    """A group's folder without an accounts file."""
    with shared_folder(group) as shared:
        yield shared


@pytest.fixture
def shared(unregistered: Shared) -> Shared:
    """Ana is registered and has tagged a sentence; Ben has not come yet, and his folder is Mal's."""
    done = unregistered.register(unregistered.group.ana, unregistered.group.mal)
    assert (done.returncode, done.stderr) == (0, "")
    tagged = unregistered.run(unregistered.group.ana, "tag", unregistered.article, "1", "fact")
    assert tagged.returncode == 0, tagged.stderr
    unregistered.forge(unregistered.group.ben)
    return unregistered


def register_ben(shared: Shared) -> None:
    """Ben's account only: his folder is still the forged one."""
    folder, ben = str(shared.host.annotations), shared.group.ben
    done = run([str(shared.group.python), "-m", "tui.serving.registration", folder, ben])
    assert done.returncode == 0, done.stderr


def refusal(shared: Shared, *, registered: bool) -> str:
    own, group = shared.people / shared.group.ben, shared.group
    told = f"not to {group.ben}" if registered else f"and {group.ben} is not registered"
    return (
        f"postil: {own} belongs to {group.mal}, {told}: "
        f"ask the administrator to run postil serve-setup --person {group.ben}\n"
    )


READERS = (
    ("list", "--json"),
    ("export",),
    ("export", "--annotator", "BEN"),
    ("export", "--adjudicated"),
    ("export", "--format", "corrected"),
    ("agreement", "--json"),
    ("report", "ARTICLE"),
    ("history", "ARTICLE", "--json"),
    ("hints", "--stats", "--json"),
    ("scheme", "migrate"),
)


@pytest.mark.parametrize("registered", [False, True])
def test_no_reader_takes_it_for_the_owners(shared: Shared, registered: bool) -> None:
    if registered:
        register_ben(shared)
    real = {"ARTICLE": shared.article, "BEN": shared.group.ben}
    for words in READERS:
        done = shared.run(shared.group.ana, *(real.get(word, word) for word in words))
        assert done.returncode == 1, words
        assert refusal(shared, registered=registered) in done.stderr, words
        assert "Traceback" not in done.stderr, words
        assert FORGED not in done.stdout, words
        assert shared.group.ben not in done.stdout, words
        if words[0] in {"list", "report", "history"}:
            assert shared.group.ana in done.stdout, words


def test_the_rest_is_exported(shared: Shared) -> None:
    done = shared.run(shared.group.ana, "export")
    assert [json.loads(line)["annotator"] for line in done.stdout.splitlines()] == [shared.group.ana]


def test_a_forged_decision_settles_nothing(unregistered: Shared) -> None:
    group = unregistered.group
    assert unregistered.register(group.ana, group.mal, group.ben).returncode == 0
    assert unregistered.run(group.ana, "tag", unregistered.article, "1", "fact").returncode == 0
    (unregistered.people / group.ben).rmdir()
    unregistered.forge(group.ben, kind="review")
    for words in (("export",), ("export", "--adjudicated")):
        done = unregistered.run(group.ana, *words)
        assert done.returncode == 1
        assert refusal(unregistered, registered=True) in done.stderr
        [record] = map(json.loads, done.stdout.splitlines())
        assert (record["tags"], record["reviewer"]) == (["fact"], None)


def test_the_owner_is_not_shown_what_another_made(shared: Shared) -> None:
    register_ben(shared)
    ben = shared.group.ben
    for words in (("show", shared.article), ("tag", shared.article, "1", "fact")):
        done = shared.run(ben, *words)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr == refusal(shared, registered=True)
    reader = Terminal(shared.command(ben, "open", shared.article), columns=200)
    assert reader.wait_for_end() == 3
    assert f"belongs to {shared.group.mal}, not to {ben}" in reader.screen
    assert FORGED not in reader.screen


def test_a_review_goes_on_without_it(shared: Shared) -> None:
    reviewer = Terminal(shared.command(shared.group.ana, "review", shared.article), columns=200)
    reviewer.wait_for("0/1 settled")
    reviewer.send("\x11")
    assert reviewer.wait_for_end() == 1
    assert f"belongs to {shared.group.mal}" in reviewer.screen


def test_verify_reports_it(shared: Shared) -> None:
    done = shared.run(shared.group.ana, "verify")
    assert done.returncode == 1
    assert refusal(shared, registered=False).replace("postil:", "✗", 1) in done.stdout
    assert "1 problem " in done.stdout


def test_no_one_makes_the_folder_of_another(shared: Shared) -> None:
    group = shared.group
    for name, code, why in (
        (group.ben + "x", 3, "is not registered"),
        (f"{group.ana}.again", 2, f"could be mistaken for the second pass of {group.ana}"),
    ):
        done = shared.run(group.mal, "tag", shared.article, "1", "fact", "--annotator", name)
        assert done.returncode == code
        assert why in done.stderr
        assert not (shared.people / name).exists()


# -- other forms of the same -------------------------------------------------


def planted_link(shared: Shared, own: Path) -> None:
    own.symlink_to(shared.people / shared.group.ana)


def planted_file(shared: Shared, own: Path) -> None:
    own.write_text("{}", encoding="utf-8")


def planted_folder(shared: Shared, own: Path) -> None:
    shared.forge(shared.group.ben, folder=own.name)


@pytest.mark.parametrize("plant", [planted_link, planted_file, planted_folder])
def test_look_alikes_are_refused(unregistered: Shared, plant: Callable[[Shared, Path], None]) -> None:
    group = unregistered.group
    assert unregistered.register(group.ana, group.mal, group.ben).returncode == 0
    assert unregistered.run(group.ana, "tag", unregistered.article, "1", "fact").returncode == 0
    ben = group.ben
    forms = (
        f"{ben}.again",
        f"{ben}x",
        ben.upper(),
        ben.replace("e", "е"),
        ben.replace("b", "ｂ"),
        f"{ben}\n",
        f"-{ben}",
    )
    for form in forms:
        plant(unregistered, unregistered.people / form)
    done = unregistered.run(group.ana, "export")
    assert done.returncode == 1
    assert done.stderr.count("ask the administrator to") == len(forms)
    assert [json.loads(line)["annotator"] for line in done.stdout.splitlines()] == [group.ana]
    verified = unregistered.run(group.ana, "verify")
    assert verified.returncode == 1
    assert f"{len(forms)} problems" in verified.stdout


@pytest.mark.parametrize("suffix", [".json", ".history", ".json.prev"])
def test_a_file_of_another_in_a_folder_is_refused(shared: Shared, suffix: str) -> None:
    (shared.people / shared.group.ben).rename(shared.host.annotations / "elsewhere")
    path = shared.people / shared.group.ana / f"{shared.article}{suffix}"
    if suffix == ".json.prev":
        assert shared.run(shared.group.ana, "tag", shared.article, "2", "fact").returncode == 0
    os.chown(path, pwd.getpwnam(shared.group.mal).pw_uid, -1)
    for words in (("export",), ("list",), ("history", shared.article)):
        done = shared.run(shared.group.mal, *words)
        assert done.returncode == 1
        assert f"{path} belongs to {shared.group.mal}, its folder to {shared.group.ana}" in done.stderr
        assert shared.group.ana not in done.stdout
    assert shared.run(shared.group.ana, "show", shared.article).returncode == 3
    assert f"✗ {path} belongs to" in shared.run(shared.group.ana, "verify").stdout


def test_a_file_with_a_name_elsewhere_is_refused(shared: Shared) -> None:
    path = shared.people / shared.group.ana / f"{shared.article}.json"
    os.link(path, shared.people / shared.group.ben / "x.json")
    done = shared.run(shared.group.mal, "export")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{path} has a second name in another folder" in done.stderr


def test_a_gone_accounts_work_is_read(group: Group, unregistered: Shared) -> None:
    gone = f"{group.name}-gone"
    made = run(["useradd", "-M", "-d", "/", "-p", "*", "-G", group.name, gone])
    assert made.returncode == 0, made.stderr
    try:
        assert unregistered.register(group.ana, gone).returncode == 0
        assert unregistered.run(gone, "tag", unregistered.article, "1", "fact").returncode == 0
    finally:
        run(["userdel", gone])
    done = unregistered.run(group.ana, "export")
    assert done.returncode == 0
    assert f"the account {gone} (user id " in done.stderr
    assert json.loads(done.stdout)["annotator"] == gone
    verified = unregistered.run(group.ana, "verify")
    assert verified.returncode == 0
    assert f"· the account {gone}" in verified.stdout


# -- elsewhere ----------------------------------------------------------------


def test_without_accounts_the_owner_is_shown(unregistered: Shared) -> None:
    group = unregistered.group
    assert unregistered.run(group.ana, "tag", unregistered.article, "1", "fact").returncode == 0
    unregistered.forge(group.ben)
    unregistered.forge("carla")
    done = unregistered.run(group.ana, "list")
    assert done.returncode == 0
    assert f"carla (files of {group.mal}), {group.ana}, {group.ben} (files of {group.mal})" in done.stdout
    [entry] = map(json.loads, unregistered.run(group.ana, "list", "--json").stdout.splitlines())
    assert list(entry)[-1] == "owners"
    assert entry["owners"] == {"carla": group.mal, group.ben: group.mal}
    verified = unregistered.run(group.ana, "verify")
    assert verified.returncode == 0
    assert f"· {unregistered.people / group.ben} contains files of {group.mal}" in verified.stdout


def test_a_planted_accounts_file_is_not_believed(unregistered: Shared) -> None:
    group = unregistered.group
    assert unregistered.run(group.ana, "tag", unregistered.article, "1", "fact").returncode == 0
    unregistered.forge(group.ben)
    unregistered.host.annotations.chmod(0o2770)
    planted = json.dumps(
        {"schema": "postil.accounts/1", "accounts": {group.ben: pwd.getpwnam(group.mal).pw_uid}}
    )
    path = unregistered.host.annotations / "accounts.json"
    code = "import pathlib, sys; pathlib.Path(sys.argv[1]).write_text(sys.argv[2])"
    done = run([*acting(group, group.mal), str(group.python), "-c", code, str(path), planted])
    assert done.returncode == 0, done.stderr
    listed = unregistered.run(group.ana, "list")
    assert listed.returncode == 1
    assert f"accounts.json is not used, it belongs to {group.mal}, not to root" in listed.stderr
    assert f"{group.ben} (files of {group.mal})" in listed.stdout


# -- the check and its fixes --------------------------------------------------


def bad(shared: Shared) -> list[Finding]:
    found = check(shared.host, {})
    return [one for one in found if one.what in {"annotations", "accounts"} and one.state == "bad"]


def fix_all(shared: Shared) -> None:
    """Run every printed fix in root's shell, but for that of pytest's own place."""
    for one in bad(shared):
        if "can be changed by others" not in one.result:
            done = run(["sh", "-c", one.fix])
            assert done.returncode == 0, (one, done.stderr)


def test_the_fix_moves_the_forgery_aside(shared: Shared) -> None:
    group = shared.group
    assert any(f"{group.ben} belongs to {group.mal}" in one.result for one in bad(shared))
    assert any(f"{group.ben} is not registered" in one.result for one in bad(shared))
    forged = {path.name: path.read_bytes() for path in (shared.people / group.ben).iterdir()}
    fix_all(shared)
    assert [one for one in bad(shared) if "can be changed" not in one.result] == []
    own = shared.people / group.ben
    assert (own.owner(), own.group(), oct(own.stat().st_mode)) == (group.ben, group.name, "0o42750")
    assert list(own.iterdir()) == []
    [taken] = (shared.host.annotations / ".taken").iterdir()
    assert {path.name: path.read_bytes() for path in taken.iterdir()} == forged
    listed = shared.run(group.ana, "list")
    assert (listed.returncode, listed.stderr) == (0, "")
    assert group.ben not in listed.stdout
    # The owner comes, and begins.
    tagged = shared.run(group.ben, "tag", shared.article, "1", "fact")
    assert (tagged.returncode, tagged.stderr) == (0, "")
    assert shared.run(group.ana, "verify").returncode == 0


def test_fixes_of_hostile_names_do_only_what_they_say(shared: Shared) -> None:
    canary = shared.host.annotations / "canary"
    hostile = (f"$(touch {canary})".replace("/", "\\057"), "a'b; touch canary", "-rf", "a b")
    for name in hostile:
        (shared.people / name).mkdir()
        os.chown(shared.people / name, pwd.getpwnam(shared.group.mal).pw_uid, -1)
    (shared.people / shared.group.ana / "x; touch canary").symlink_to("/etc/passwd")
    fix_all(shared)
    assert [one for one in bad(shared) if "can be changed" not in one.result] == []
    assert not canary.exists()
    assert len(list((shared.host.annotations / ".taken").iterdir())) == len(hostile) + 2


def test_a_fix_does_not_follow_a_folder_that_became_a_link(shared: Shared) -> None:
    own, group = shared.people / shared.group.ana, shared.group
    elsewhere = shared.host.annotations.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "secret").write_text("root's", encoding="utf-8")
    (own / "secret").symlink_to("/etc/passwd")
    (own / "loose.json").touch()
    (own / "loose.json").chmod(0o666)
    os.chown(own / "loose.json", pwd.getpwnam(group.ana).pw_uid, -1)
    (elsewhere / "loose.json").touch(mode=0o600)
    fixes = [one.fix for one in bad(shared) if "secret" in one.fix or "loose" in one.fix]
    assert len(fixes) == 2
    own.rename(own.with_name("moved"))
    own.symlink_to(elsewhere)
    for fix in fixes:
        assert run(["sh", "-c", fix]).returncode != 0
    assert (elsewhere / "secret").read_text(encoding="utf-8") == "root's"
    assert oct((elsewhere / "loose.json").stat().st_mode) == "0o100600"


# -- registering --------------------------------------------------------------


def test_registering_may_be_repeated(unregistered: Shared) -> None:
    group, path = unregistered.group, unregistered.host.annotations / "accounts.json"
    first = unregistered.register(group.ana, group.ben)
    assert first.returncode == 0, first.stderr
    state, said = path.stat(), path.read_bytes()
    assert (state.st_uid, oct(state.st_mode)) == (0, "0o100644")
    assert unregistered.run(group.ana, "tag", unregistered.article, "1", "fact").returncode == 0
    again = unregistered.register(group.ana, group.ben)
    assert (again.returncode, again.stderr) == (0, "")
    assert (path.stat().st_ino, path.read_bytes()) == (state.st_ino, said)
    assert not (unregistered.host.annotations / ".taken").exists()
    assert unregistered.register(group.mal).returncode == 0
    assert json.loads(path.read_bytes())["accounts"] == {
        name: pwd.getpwnam(name).pw_uid for name in group.accounts
    }
    assert unregistered.run(group.ana, "export").returncode == 0


def test_a_changed_user_id_is_named(unregistered: Shared) -> None:
    group, path = unregistered.group, unregistered.host.annotations / "accounts.json"
    assert unregistered.register(group.ana).returncode == 0
    said = json.loads(path.read_bytes())
    said["accounts"][group.ben] = 61_777
    path.write_text(json.dumps(said), encoding="utf-8")
    own = unregistered.people / group.ben
    own.mkdir()
    os.chown(own, 61_777, -1)
    done = unregistered.register(group.ben, group.mal)
    assert done.returncode == 1
    now = pwd.getpwnam(group.ben).pw_uid
    assert f"{group.ben} was registered with the user id 61777 and has {now} now" in done.stderr
    # Nothing of theirs was moved, and the others are registered all the same.
    assert own.is_dir()
    assert (unregistered.people / group.mal).owner() == group.mal
    assert any(f"registered with the user id 61777, and has {now}" in one.result for one in bad(unregistered))


def test_an_account_that_is_not_there(unregistered: Shared) -> None:
    done = unregistered.register(f"{unregistered.group.ben}x")
    assert done.returncode == 1
    assert "there is no account" in done.stderr
    assert list(unregistered.people.iterdir()) == []


def test_only_root_registers(unregistered: Shared) -> None:
    group, folder = unregistered.group, str(unregistered.host.annotations)
    done = run(
        [*acting(group, group.mal), str(group.python), "-m", "tui.serving.registration", folder, group.mal]
    )
    assert (done.returncode, done.stderr) == (
        1,
        "postil: only root can register accounts: run this as root\n",
    )

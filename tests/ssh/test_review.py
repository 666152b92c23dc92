"""What comes of three people's work over SSH: the settled export, whose opinion counts, and who may do what."""

from __future__ import annotations

import grp
import json
import pwd
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ssh.conftest import Server
from tests.ssh.settled import Expected, records
from tests.ssh.story import Told, at, leave, piecemeal, whole_story
from tui.serving.checks import check


@pytest.fixture(scope="module")
def told(server: Server) -> Iterator[Told]:
    with whole_story(server) as told:
        yield told


def adjudicated(server: Server, *words: str) -> subprocess.CompletedProcess[bytes]:
    return server.run("rita", "export", "--adjudicated", *words)


def test_the_adjudicated_export_is_what_was_meant(server: Server, told: Told) -> None:
    done = adjudicated(server)
    assert (done.returncode, done.stderr) == (0, b"")
    assert records(done.stdout) == Expected(server, told.article).all()
    assert adjudicated(server, told.article).stdout == done.stdout


def test_a_cut_line_lost_nothing(server: Server, told: Told) -> None:
    asked = ("history", told.article, "--json", "--annotator", server.names["ben"])
    done = server.postil_here("ben", *asked)
    steps = [json.loads(line) for line in done.stdout.splitlines()]
    # 39 decisions, a note, two marks and a quotation; of the mark that was not finished there is nothing.
    assert [step["seq"] for step in steps] == list(range(1, 44))
    assert [step["action"] for step in steps].count("span.mark") == 2


def test_neither_decisions_nor_a_second_pass_are_one_more_annotator(server: Server, told: Told) -> None:
    three = sorted(server.names.values())
    agreement = json.loads(server.run("rita", "agreement", told.article, "--json").stdout)
    assert agreement["annotators"] == three
    # 39 that both decided; Rita, as an annotator, decided one of them.
    assert (agreement["sentences"], agreement["decided_by_all"]) == (39, 1)
    [listed] = server.run("rita", "list", "--json").stdout.splitlines()
    assert json.loads(listed)["annotators"] == three
    assert json.loads(listed)["decided"] == 1
    exported = [json.loads(line) for line in server.run("rita", "export").stdout.splitlines()]
    counts = {name: sum(record["annotator"] == name for record in exported) for name in three}
    assert counts == dict(zip(three, (40, 39, 1), strict=True))
    assert len(exported) == 80
    page = server.postil_here("rita", "report", told.article).stdout.decode()
    assert all(name in page for name in three)
    assert "second pass" not in page


def test_each_version_tells_what_became_of_it(server: Server, told: Told) -> None:
    exported = [json.loads(line) for line in server.run("ana", "export", told.article).stdout.splitlines()]
    people = {name: who for who, name in server.names.items()}
    found = {
        number: {people[one["annotator"]]: one["status"] for one in exported if one["sentence"] == number}
        for number in (1, 2, 3, 4, 8, 9, 10, 14, 16, 20)
    }
    assert found == {
        1: {"ana": "unreviewed", "ben": "unreviewed"},
        2: {"ana": "accepted", "ben": "rejected"},
        3: {"ana": "rejected", "ben": "accepted"},
        4: {"ana": "amended", "ben": "accepted", "rita": "accepted"},
        8: {"ana": "rejected", "ben": "accepted"},
        9: {"ana": "accepted", "ben": "rejected"},
        10: {"ana": "rejected", "ben": "rejected"},
        14: {"ana": "amended", "ben": "amended"},
        16: {"ana": "rejected", "ben": "accepted"},
        20: {"ana": "rejected", "ben": "accepted"},
    }
    assert {one["reviewer"] for one in exported if one["status"] != "unreviewed"} == {server.names["rita"]}


@pytest.fixture
def second_reviewer(server: Server, told: Told) -> Iterator[str]:
    """Ben reviews too, for a while."""
    name = server.names["ben"]
    subprocess.run(["usermod", "-a", "-G", server.host.reviewers, name], check=True)
    yield name
    subprocess.run(["gpasswd", "-d", name, server.host.reviewers], check=True, capture_output=True)


def test_two_reviewers_on_one_sentence(server: Server, told: Told, second_reviewer: str) -> None:
    before = adjudicated(server).stdout
    ben = server.terminal("ben", "review", told.article)
    # Rita's decisions are hers: for Ben everything is open.
    ben.wait_for("0/9 settled")
    piecemeal(ben, "\t\t")
    at(ben, "Déterminé")
    ben.send("1")
    ben.wait_for("1/9 settled")
    leave(ben)

    done = adjudicated(server)
    assert (done.returncode, done.stdout) == (1, b"")
    listed, advice = done.stderr.decode().splitlines()
    assert listed == f"postil: {told.article} sentence 3: {second_reviewer}, {server.names['rita']}"
    assert "--reviewer NAME" in advice
    ritas = adjudicated(server, "--reviewer", server.names["rita"])
    assert (ritas.returncode, ritas.stdout, ritas.stderr) == (0, before, b"")
    bens = adjudicated(server, "--reviewer", second_reviewer)
    assert bens.returncode == 0
    # What only Rita settled is open where Ben's word counts.
    assert b"8 sentences with unresolved disagreements are left out" in bens.stderr
    [third] = [record for record in records(bens.stdout) if record["sentence"] == 3]
    expected = Expected(server, told.article).settled(3, ["fact"], "ana")
    assert third == {**expected, "reviewer": second_reviewer}
    assert len(records(bens.stdout)) == 32

    # The next day he takes it back.
    again = server.terminal("ben", "review", told.article)
    again.wait_for("1/9 settled")
    again.send("u")
    again.wait_for("0/9 settled")
    leave(again)
    assert adjudicated(server).stdout == before


# -- what nobody may ---------------------------------------------------------

TRIED = """
import json, os, sys

def may(act, *arguments):
    try:
        return act(*arguments) is None
    except OSError:
        return False

def opened(path, how):
    os.close(os.open(path, how))

def moved(path):
    os.rename(path, path + ".moved")
    os.rename(path + ".moved", path)

def made(folder):
    path = os.path.join(folder, "made")
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    os.unlink(path)

def linked(path):
    os.link(path, path + ".linked")
    os.unlink(path + ".linked")

found = {}
for path in sys.argv[1:]:
    acts = {
        "read": lambda: opened(path, os.O_RDONLY),
        "move": lambda: moved(path),
        "mode": lambda: os.chmod(path, os.stat(path).st_mode & 0o7777),
    }
    if os.path.isdir(path):
        acts["make"] = lambda: made(path)
    else:
        acts["write"] = lambda: opened(path, os.O_WRONLY | os.O_APPEND)
        acts["link"] = lambda: linked(path)
    found[path] = sorted(name for name, act in acts.items() if may(act))
print(json.dumps(found))
"""
"""What somebody may do with each path; all of it is undone."""


def everything(server: Server) -> list[Path]:
    """All that people wrote, and their folders."""
    return sorted(path for path in server.people.rglob("*"))


def contents(server: Server) -> dict[Path, bytes]:
    """What is said in them; a lock says who wrote last."""
    return {path: path.read_bytes() for path in everything(server) if path.suffix not in {"", ".lock"}}


def test_owners_and_modes(server: Server, told: Told) -> None:
    group = grp.getgrnam(server.host.group).gr_gid
    owners = {name: pwd.getpwnam(name).pw_uid for name in server.names.values()}
    stems: dict[str, set[str]] = {}
    for path in everything(server):
        name = path.relative_to(server.people).parts[0]
        state = path.lstat()
        assert state.st_uid == owners[name], path
        assert state.st_gid == group, path
        if path.is_dir():
            assert oct(state.st_mode) == "0o42750", path
        else:
            assert oct(state.st_mode) == ("0o100600" if path.suffix == ".lock" else "0o100640"), path
            stems.setdefault(name, set()).add(path.name.removeprefix(told.article))
    work = {".json", ".json.prev", ".journal", ".history", ".lock"}
    decided = {f".review{suffix}" for suffix in work}
    ana, ben, rita = (server.names[who] for who in ("ana", "ben", "rita"))
    assert stems[ana] <= work | {f".second{suffix}" for suffix in work}
    assert {".second.json", ".second.history"} <= stems[ana]
    # He had a review open for a moment.
    assert stems[ben] <= work | decided
    assert {".json", ".history", ".review.json", ".review.history"} <= stems[rita] <= work | decided
    bad = [found for found in check(server.host, {}) if found.what == "annotations" and found.state == "bad"]
    assert bad == []


def test_nobody_touches_anothers_files(server: Server, told: Told) -> None:
    before = contents(server)
    paths = [
        *map(str, everything(server)),
        str(server.host.annotations / "articles" / f"{told.article}.json"),
    ]
    for who in ("ana", "ben", "rita", "nobody"):
        tried = server.here(who, str(server.host.python), "-I", "-c", TRIED, *paths)
        assert tried.returncode == 0, tried.stderr
        for path, may in json.loads(tried.stdout).items():
            assert may == allowed(server, who, Path(path)), (who, path)
    assert contents(server) == before


def allowed(server: Server, who: str, path: Path) -> list[str]:
    """What somebody may do with a path, in order."""
    own = path.is_relative_to(server.people) and path.owner() == server.names.get(who)
    if own:
        return (
            ["make", "mode", "move", "read"] if path.is_dir() else ["link", "mode", "move", "read", "write"]
        )
    return [] if who == "nobody" or path.suffix == ".lock" else ["read"]


def test_postil_writes_under_nobody_elses_name(server: Server, told: Told) -> None:
    """Whoever asks for it outside the restricted account, in either kind of file."""
    before = contents(server)
    code = (
        "import sys; from pathlib import Path; from tui.store.folder import FolderStore;"
        "FolderStore(Path(sys.argv[1]), 'news/1', kind=sys.argv[4]).open(sys.argv[2], sys.argv[3])"
    )
    where = str(server.host.annotations)
    for who in server.names:
        for whose in server.names.values():
            for kind in ("work", "review"):
                words = [str(server.host.python), "-I", "-c", code, where, told.article, whose, kind]
                done = server.here(who, *words)
                if whose == server.names[who]:
                    assert done.returncode == 0, done.stderr
                else:
                    assert done.returncode == 1
                    assert b"belongs to another user" in done.stderr
    assert {path: said for path, said in contents(server).items() if path in before} == before


def test_an_annotator_does_not_review(server: Server, told: Told) -> None:
    before = contents(server)
    for who in ("ana", "ben"):
        for words in (("review", told.article), ("review", "--blind", told.article), ("agreement",)):
            done = server.run(who, *words, options=("-tt",))
            assert done.returncode == 2
            assert b"is for the group" in done.stdout
    for words in (
        ("open", told.article, "--annotator", server.names["rita"]),
        ("tag", told.article, "1", "fact"),
    ):
        done = server.run("ana", *words, options=("-tt",))
        assert done.returncode == 2
        assert b"is not allowed here" in done.stdout
    assert contents(server) == before


def test_an_annotator_sees_nobody_elses_work(server: Server, told: Told) -> None:
    assert b"une remarque de Ben" in told.seen["rita"]
    assert b"une remarque de Ben" not in told.seen["ana"]
    for who in ("ana", "ben"):
        others = [name for other, name in server.names.items() if other != who]
        assert not any(name.encode() in told.seen[who] for name in others)

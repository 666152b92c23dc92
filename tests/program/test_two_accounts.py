"""A member of the group makes a folder in another's name: nobody takes it for theirs, and no fix makes it genuine.

With real accounts, so only root can run it.
"""

from __future__ import annotations

import grp
import json
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.unit.serving.people import Group, accounts

FORGED = "quote"
"""The tag that mal gives in ben's name."""


@pytest.fixture(scope="module")
def group() -> Iterator[Group]:
    with accounts() as group:
        yield group


class Shared(NamedTuple):
    """A group's folder in which ana and ben are registered; ana has tagged a sentence, and ben's folder is mal's."""

    group: Group
    folder: Path
    article: str

    def run(self, who: str, *words: str) -> subprocess.CompletedProcess[str]:
        return run_as(self.group, who, self.folder, *words)

    @property
    def own(self) -> Path:
        return self.folder / "people" / self.group.ben


def run_as(group: Group, who: str, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A command with somebody's rights."""
    person = pwd.getpwnam(who)
    return subprocess.run(
        [str(group.python), "-m", "tui", *words, "--annotations", str(folder)],
        user=person.pw_uid,
        group=person.pw_gid,
        extra_groups=[grp.getgrnam(group.name).gr_gid],
        cwd="/",
        env={
            **{name: value for name, value in os.environ.items() if name in {"PATH", "PYTHONPATH"}},
            "HOME": "/nonexistent",
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",
            "POSTIL_CONFIG": os.devnull,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def shared(group: Group) -> Iterator[Shared]:
    place = Path(tempfile.mkdtemp(prefix="postil-shared-", dir="/tmp"))
    place.chmod(0o755)
    folder, gid = place / "annotations", grp.getgrnam(group.name).gr_gid
    for path, mode in ((folder, 0o2750), (folder / "articles", 0o3770), (folder / "people", 0o3770)):
        path.mkdir()
        os.chown(path, 0, gid)
        path.chmod(mode)
    registered = {name: pwd.getpwnam(name).pw_uid for name in (group.ana, group.ben)}
    listed = folder / "accounts.json"
    listed.write_text(json.dumps({"schema": "postil.accounts/1", "accounts": registered}), encoding="utf-8")
    listed.chmod(0o644)
    text = place / "text.txt"
    text.write_text("The budget vote\n\nThe budget was late. Nobody was surprised.\n", encoding="utf-8")
    try:
        added = run_as(group, "root", folder, "add", str(text))
        assert added.returncode == 0, added.stderr
        article = added.stdout.strip()
        os.chown(folder / "articles" / f"{article}.json", 0, gid)
        found = Shared(group, folder, article)
        tagged = found.run(group.ana, "tag", article, "1", "fact")
        assert tagged.returncode == 0, tagged.stderr
        forge(found, place / "forged")
        yield found
    finally:
        shutil.rmtree(place)


def forge(shared: Shared, place: Path) -> None:
    """Mal tags in a folder of their own under ben's name, and puts the result where ben's will be."""
    group = shared.group
    mal = pwd.getpwnam(group.mal)
    (place / "articles").mkdir(parents=True)
    shutil.copy(shared.folder / "articles" / f"{shared.article}.json", place / "articles")
    for path in (place, *place.rglob("*")):
        os.chown(path, mal.pw_uid, mal.pw_gid)
    tagged = run_as(group, group.mal, place, "tag", shared.article, "1", FORGED, "--annotator", group.ben)
    assert tagged.returncode == 0, tagged.stderr
    subprocess.run(
        ["cp", "-r", str(place / "people" / group.ben), str(shared.own)],
        user=mal.pw_uid,
        group=grp.getgrnam(group.name).gr_gid,
        extra_groups=[],
        check=True,
    )
    shared.own.chmod(0o2750)
    for path in shared.own.iterdir():
        path.chmod(0o640)


READERS = (
    ("export",),
    ("export", "--adjudicated"),
    ("list", "--json"),
    ("agreement", "--json"),
    ("report", "ARTICLE"),
    ("history", "ARTICLE", "--json"),
)


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_no_reader_takes_it_for_the_owners(shared: Shared, words: tuple[str, ...]) -> None:
    done = shared.run(shared.group.ana, *(shared.article if word == "ARTICLE" else word for word in words))
    assert done.returncode == 1
    assert f"{shared.own} belongs to {shared.group.mal}, not to {shared.group.ben}" in done.stderr
    assert shared.group.ben not in done.stdout
    if words[0] in {"export", "list", "report", "history"}:
        assert shared.group.ana in done.stdout


def test_verify_does_not_call_it_whole(shared: Shared) -> None:
    done = shared.run(shared.group.ana, "verify")
    assert done.returncode == 1
    assert f"{shared.own} belongs to {shared.group.mal}" in done.stdout


@pytest.mark.parametrize("words", [("show", "ARTICLE"), ("tag", "ARTICLE", "2", "fact")], ids=" ".join)
def test_the_owner_is_not_shown_it(shared: Shared, words: tuple[str, ...]) -> None:
    done = shared.run(shared.group.ben, *(shared.article if word == "ARTICLE" else word for word in words))
    assert (done.returncode, done.stdout) == (3, "")
    assert f"belongs to {shared.group.mal}" in done.stderr


def test_the_fix_of_the_check_moves_it_aside(shared: Shared) -> None:
    group = shared.group
    forged = {path.name: path.read_bytes() for path in shared.own.iterdir()}
    words = ("serve-setup", "--check", "--json", "--group", group.name)
    for line in run_as(group, "root", shared.folder, *words).stdout.splitlines():
        finding = json.loads(line)
        if finding["state"] == "bad" and group.ben in finding["found"]:
            subprocess.run(["sh", "-c", finding["fix"]], check=True, capture_output=True)
    done = shared.run(group.ana, "export")
    assert [json.loads(line)["annotator"] for line in done.stdout.splitlines()] == [group.ana]
    kept = [path for path in shared.folder.rglob("*.history") if path.read_bytes() in forged.values()]
    assert len(kept) == 1
    assert shared.own not in kept[0].parents
    # The owner comes, and begins.
    tagged = shared.run(group.ben, "tag", shared.article, "2", "fact")
    assert tagged.returncode == 0, tagged.stderr
    assert shared.run(group.ana, "verify").returncode == 0

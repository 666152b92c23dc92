"""A group of real accounts who share an annotations folder, for tests that run as root."""

from __future__ import annotations

import grp
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.ssh.conftest import install, python_for_everybody
from tui.model.article import Article
from tui.prepare.pipeline import add_entities, add_hints, read_articles
from tui.resources import sample
from tui.serving.recipe import Host, people_script
from tui.store.library import Library

CHECKOUT = Path(__file__).parents[3]


class Group(NamedTuple):
    """Three accounts; `mal` is a member like the others, who has a shell."""

    name: str
    ana: str
    ben: str
    mal: str
    python: Path
    """An interpreter with Postil that each of them may run."""

    @property
    def accounts(self) -> tuple[str, str, str]:
        return self.ana, self.ben, self.mal


class Shared(NamedTuple):
    """Their annotations folder."""

    group: Group
    host: Host
    article: str

    @property
    def people(self) -> Path:
        return self.host.annotations / "people"

    def command(self, who: str, *words: str) -> list[str]:
        """What runs Postil there as somebody."""
        where = ("--annotations", str(self.host.annotations))
        return [*acting(self.group, who), str(self.group.python), "-I", "-m", "tui", *words, *where]

    def run(self, who: str, *words: str) -> subprocess.CompletedProcess[str]:
        return run(self.command(who, *words))

    def register(self, *names: str) -> subprocess.CompletedProcess[str]:
        """What `postil serve-setup --person NAME` prints, run by root's shell."""
        return run(["sh", "-s"], typed=people_script(self.host, names))

    def forge(self, name: str, *, kind: str = "work", folder: str | None = None) -> None:
        """Mal tags every sentence in a library of their own as `name`, and puts the result in the group's folder."""
        place = Path(tempfile.mkdtemp(prefix="postil-forged-", dir="/tmp"))
        os.chown(place, pwd.getpwnam(self.group.mal).pw_uid, -1)
        try:
            code = FORGERY.format(kind=kind)
            source = self.host.annotations / "articles" / f"{self.article}.json"
            made = run(
                [
                    *acting(self.group, self.group.mal),
                    str(self.group.python),
                    "-c",
                    code,
                    str(place),
                    str(source),
                    name,
                ]
            )
            assert made.returncode == 0, made.stderr
            target = self.people / (folder or name)
            copied = run(
                [*acting(self.group, self.group.mal), "cp", "-r", str(place / "people" / name), str(target)]
            )
            assert copied.returncode == 0, copied.stderr
        finally:
            shutil.rmtree(place)


FORGED = "forged, and not by the owner"

FORGERY = """
import shutil, sys
from pathlib import Path
from tui.model.annotation import Annotation, Change, Step
from tui.store.folder import FolderStore
from tui.store.library import Library
place, source, name = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
(place / "articles").mkdir()
shutil.copy(source, place / "articles")
[article_id] = Library(place).ids()
article = Library(place).load(article_id)
writer = FolderStore(place, "news/1", kind="{kind}").open(article_id, name)
said = Annotation(
    segmentation=1, start=article.starts[0], end=article.ends[0], text=article.sentence_text(0),
    tags=("quote",), decided=True, note="forged, and not by the owner",
    created_at="2026-11-22T22:00:00.000Z", updated_at="2026-11-22T22:00:00.000Z",
)
writer.put(Step(action="tag", label="forged, and not by the owner", at=said.updated_at,
                changes=(Change(before=None, after=said),), cursor=0))
writer.close()
"""


def acting(group: Group, who: str) -> list[str]:
    """The command that runs another with somebody's rights."""
    person = pwd.getpwnam(who)
    gid = grp.getgrnam(group.name).gr_gid
    return [
        *("setpriv", "--reuid", str(person.pw_uid), "--regid", str(person.pw_gid), "--groups", str(gid)),
        *("env", f"POSTIL_ANNOTATOR={who}", "HOME=/nonexistent", "LANG=C.UTF-8", "PYTHONDONTWRITEBYTECODE=1"),
    ]


def run(command: list[str], typed: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=typed, capture_output=True, text=True, check=False, cwd=CHECKOUT)


@contextmanager
def accounts() -> Generator[Group]:
    """Throw-away accounts; skips where there can be none."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can make accounts")
    for program in ("setpriv", "useradd", "groupadd", "getent"):
        if shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin") is None:
            pytest.skip(f"{program} is not installed")
    base = python_for_everybody()
    if base is None:
        pytest.skip("no Python here that other accounts may run")
    place = Path(tempfile.mkdtemp(prefix="postil-python-", dir="/tmp"))
    place.chmod(0o755)
    install(place, base)
    tail = secrets.token_hex(3)
    group = Group(
        f"o{tail}", f"o{tail}-ana", f"o{tail}-ben", f"o{tail}-mal", place / "venv" / "bin" / "python"
    )
    try:
        subprocess.run(["groupadd", group.name], check=True)
        for name in group.accounts:
            made = ["useradd", "-M", "-d", "/", "-s", "/bin/sh", "-p", "*", "-G", group.name, name]
            subprocess.run(made, check=True, capture_output=True)
        yield group
    finally:
        for name in group.accounts:
            subprocess.run(["userdel", name], check=False, capture_output=True)
        subprocess.run(["groupdel", group.name], check=False, capture_output=True)
        shutil.rmtree(place)


@cache
def _sample() -> Article:
    [article] = read_articles(sample())
    return add_hints(add_entities(article, (), model=None))


def _prepared(folder: Path) -> str:
    """Put the sample into the library as `postil add` does; it is prepared once in all."""
    article = _sample()
    Library(folder).save(article)
    return article.id


@contextmanager
def shared_folder(group: Group) -> Generator[Shared]:
    """As the set-up makes it, before anyone is registered, with one article."""
    place = Path(tempfile.mkdtemp(prefix="postil-shared-", dir="/tmp"))
    place.chmod(0o755)
    folder = place / "annotations"
    gid = grp.getgrnam(group.name).gr_gid
    for path, mode in ((folder, 0o2750), (folder / "articles", 0o3770), (folder / "people", 0o3770)):
        path.mkdir()
        os.chown(path, 0, gid)
        path.chmod(mode)
    try:
        article = _prepared(folder)
        os.chown(folder / "articles" / f"{article}.json", 0, gid)
        host = Host(folder, group.python, group=group.name, reviewers=f"{group.name}-rev")
        yield Shared(group, host, article)
    finally:
        shutil.rmtree(place)

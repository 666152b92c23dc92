"""Real processes: one is held where it hurts most, others do all their work meanwhile."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.torture.rival_actors import remove
from tests.torture.rival_scenes import TITLE, furnish_all
from tests.torture.rival_world import World, listening
from tests.torture.scene import CHECKOUT
from tests.torture.threads import streams_of_threads
from tui.model.identity import article_id, longer_ids, text_sha256
from tui.store.library import Library

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows opens and reads")

_WRAPPED = """
import sys
where, patience, *words = sys.argv[1:]
from tui.cli import main
from tui.commands.add import repreparation
from tui.store import changes, short_lock
from tui.store.disk import Disk

short_lock.PATIENCE = float(patience)
held = []

def hold():
    if not held:
        held.append(True)
        print("held", flush=True)
        sys.stdin.readline()

if where == "rename":
    replace = Disk.replace
    def held_replace(disk, old, new, *folders):
        if new.parent.name == "articles" and new.suffix == ".json" and not new.name.startswith("."):
            hold()
        replace(disk, old, new, *folders)
    Disk.replace = held_replace
if where == "lock":
    change = changes.change
    def held_change(*given, **named):
        hold()
        return change(*given, **named)
    changes.change = repreparation.change = held_change
sys.exit(main(words))
"""


@pytest.fixture
def world(tmp_path: Path) -> World:
    """An article without names that two have repaired and not published yet."""
    with listening(), streams_of_threads():
        scene = furnish_all(tmp_path)["shared"]
    return World(scene.template, scene.ledger, scene.ids)


def _command(world: World, annotator: str, where: str, patience: float, *words: str) -> list[str]:
    given = ["--annotations", str(world.folder), "--annotator", annotator]
    return [sys.executable, "-c", _WRAPPED, where, str(patience), *words, *given]


def _run(world: World, annotator: str, *words: str) -> subprocess.CompletedProcess[str]:
    """To its end, and without patience."""
    command = _command(world, annotator, "nowhere", 0, *words)
    return subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)


@contextlib.contextmanager
def _held(world: World, annotator: str, where: str, *words: str) -> Generator[subprocess.Popen[str]]:
    """It goes on, and must succeed, in the end."""
    command = _command(world, annotator, where, 2, *words)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=CHECKOUT, stdin=pipe, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "held\n"
            yield process
            _, err = process.communicate("\n")
            assert process.returncode == 0, err
        finally:
            process.kill()


def _publications(world: World) -> list[tuple[str, int]]:
    article = Library(world.folder).load(world.ids["one"])
    return [(made.annotator, made.segmentation) for made in article.publications]


def test_two_publish_and_the_second_reads_who_is_publishing(world: World) -> None:
    with _held(world, "ana", "rename", "publish", world.ids["one"]) as first:
        second = _run(world, "ben", "publish", world.ids["one"])
        assert second.returncode == 3
        assert "ana is publishing it since " in second.stderr
        assert f"(pid {first.pid})" in second.stderr
    assert "segmentation 3" in _run(world, "ben", "publish", world.ids["one"]).stdout
    assert _publications(world) == [("ana", 2), ("ben", 3)]


def test_the_second_to_publish_waits_for_the_first(world: World) -> None:
    with _held(world, "ana", "rename", "publish", world.ids["one"]):
        command = _command(world, "ben", "nowhere", 60, "publish", world.ids["one"])
        second = subprocess.Popen(command, cwd=CHECKOUT, stdout=subprocess.PIPE, text=True)
    out, _ = second.communicate()
    assert "segmentation 3" in out
    assert _publications(world) == [("ana", 2), ("ben", 3)]


def test_what_others_do_while_an_article_is_prepared_again_stays(world: World) -> None:
    with _held(world, "cleo", "lock", "add", "--again", str(world.file("one"))):
        assert _run(world, "ben", "publish", world.ids["one"]).returncode == 0
        # The two sentences that preparation would part, as ben has merged two before them.
        assert _run(world, "fay", "tag", world.ids["one"], "4", "opinion").returncode == 0
    assert _publications(world)[0] == ("ben", 2)
    article = Library(world.folder).load(world.ids["one"])
    said = world.place("fay").store.load(article.id, "fay", article.text_sha256).annotations
    [annotation] = said.values()
    assert "It will be costly" in annotation.text
    assert (annotation.start, annotation.end) in set(zip(article.starts, article.ends, strict=True))


@pytest.mark.parametrize("where", ["rename", "lock"])
def test_names_that_a_reader_finds_late_replace_no_publication(world: World, where: str) -> None:
    with _held(world, "cleo", where, "show", world.ids["one"]):
        published = _run(world, "ana", "publish", world.ids["one"])
        if where == "rename":
            assert published.returncode == 3
            assert "cleo is adding names and hints since " in published.stderr
        else:
            assert published.returncode == 0
    assert _publications(world) == ([] if where == "rename" else [("ana", 2)])
    assert Library(world.folder).load(world.ids["one"]).has_entities


# -- two texts with one title and the same first eight digits ----------------


@pytest.fixture
def empty(tmp_path: Path) -> World:
    with listening(), streams_of_threads():
        scene = furnish_all(tmp_path)["empty"]
    return World(scene.template, scene.ledger, scene.ids)


def _ids(world: World) -> tuple[str, ...]:
    """The one that both would have, and the one that the other has."""
    one, other = (article_id(TITLE, world.file(name).read_text()) for name in ("one", "other"))
    assert one == other
    return tuple(longer_ids(one, text_sha256(world.file("other").read_text())))[:2]


def _exported(world: World) -> dict[str, tuple[str, str, list[str]]]:
    """Article, checksum and tags of each record, by the sentence."""
    out = _run(world, "ana", "export").stdout
    records = [json.loads(line) for line in out.splitlines()]
    return {one["text"]: (one["article"], one["text_sha256"][:12], one["tags"]) for one in records}


def test_two_texts_of_one_id_are_two_articles(empty: World) -> None:
    short, long = _ids(empty)
    with _held(empty, "ana", "rename", "add", str(empty.file("one"))):
        refused = _run(empty, "ben", "add", str(empty.file("other")))
        assert refused.returncode == 3
        assert "ana is adding it since " in refused.stderr
    assert _run(empty, "ben", "add", str(empty.file("other"))).stdout == f"{long}\n"
    assert _run(empty, "ben", "add", str(empty.file("one"))).stdout == f"{short}\n"
    for name, article in (("one", short), ("other", long)):
        last = empty.file(name).read_text().rpartition("\n")[2]
        assert last in _run(empty, "ana", "show", article).stdout
        assert _run(empty, "ana", "tag", article, "9", "fact" if name == "one" else "opinion").returncode == 0
    found = _exported(empty)
    one, other = (empty.file(name).read_text().rpartition("\n")[2] for name in ("one", "other"))
    assert found[one][0::2] == (short, ["fact"])
    assert found[other] == (long, long.rpartition("-")[2], ["opinion"])


@pytest.mark.parametrize("how", ["trash", "rm"])
def test_an_id_stays_with_the_text_that_was_annotated(empty: World, how: str) -> None:
    short, long = _ids(empty)
    assert _run(empty, "ana", "add", str(empty.file("one"))).returncode == 0
    assert _run(empty, "ana", "tag", short, "9", "fact").returncode == 0
    if how == "rm":
        Library(empty.folder).path(short).unlink()
    else:
        assert not remove(empty, "one").code
    assert _run(empty, "ben", "add", str(empty.file("other"))).stdout == f"{long}\n"
    assert not _exported(empty)
    assert _run(empty, "ana", "add", str(empty.file("one"))).stdout == f"{short}\n"
    assert _run(empty, "ana", "tag", long, "2", "quote").returncode == 0
    assert {(article, *tags) for article, _, tags in _exported(empty).values()} == (
        {(long, "quote"), (short, "fact")} if how == "rm" else {(long, "quote")}
    )

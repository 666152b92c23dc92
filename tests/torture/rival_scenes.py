"""The folders in which rivals meet, each with work in it that must not be lost."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Callable, Generator
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from tests.torture import rival_actors as actors
from tests.torture.rival_actors import Actor
from tests.torture.rival_judge import judge
from tests.torture.rival_world import DAMAGED, SCHEME, Ledger, World, listen_to
from tui.model.annotation import SentenceRepair
from tui.model.article import Article
from tui.model.clock import now
from tui.model.identity import article_id, text_sha256
from tui.model.repaired import repaired
from tui.prepare.pipeline import read_articles
from tui.session import boundary_repairs as repairing
from tui.session.session import Outcome as Done
from tui.session.session import Session
from tui.store import changes
from tui.store.article_file import encode
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.trash import Trash
from tui.store.work_files import article_files

TITLE = "The budget vote"
_TEXT = f"""{TITLE}

The mayor said on Monday that the budget was late. Nobody in the council was surprised. \
"We will vote in May," said Anna Rossi.

The opposition called it a mistake. It will be costly, they wrote. The vote is on Tuesday. \
Every seat counts in Paris.

This is number """
_MERGED = "It will be costly"
"""An older Postil did not begin a sentence there."""
_DIGITS = 8


class Scene(NamedTuple):
    """A furnished folder, of which each trial gets a copy, and who meets there."""

    name: str
    template: Path
    ledger: Ledger
    ids: dict[str, str]
    actors: dict[str, Actor]
    is_judged: bool = True
    """False where the folder is wrong from the beginning: then only what actors say is looked at."""

    @contextlib.contextmanager
    def world(self) -> Generator[World]:
        """A copy of its own, which goes in the end."""
        root = self.template.parent / "trial"
        shutil.copytree(self.template, root)
        try:
            world = World(root, self.ledger.copy(), self.ids)
            listen_to(world.ledger, world.folder)
            yield world
        finally:
            shutil.rmtree(root)

    def judge(self, world: World, *, was_killed: bool) -> list[str]:
        """What is wrong in the end, a line each."""
        if self.is_judged:
            return judge(world, was_killed=was_killed)
        before = _work_in(self.template)
        changed = [] if _work_in(world.root) == before else ["work on another text was changed"]
        return [*world.ledger.faults, *changed]


def _work_in(root: Path) -> dict[str, bytes]:
    files = (root / "annotations" / "people").rglob("*.*")
    return {path.name: path.read_bytes() for path in files if path.suffix != ".lock" and path.is_file()}


def twins() -> tuple[str, str]:
    """Two texts of one title whose checksums begin with the same eight digits."""
    beginning = hashlib.sha256(_TEXT.encode())
    seen: dict[bytes, int] = {}
    number = 0
    while True:
        whole = beginning.copy()
        whole.update(b"%d." % number)
        digits = whole.digest()[: _DIGITS // 2]
        if digits in seen:
            return f"{_TEXT}{seen[digits]}.", f"{_TEXT}{number}."
        seen[digits] = number
        number += 1


def furnish_all(folder: Path) -> dict[str, Scene]:
    """Every scene by name. Only where `listening()`."""
    texts = twins()
    furnished = [
        _furnish(folder / name, texts, furnish, acting)
        for name, furnish, acting in (
            ("shared", _shared, actors.SHARED),
            ("own", _own, actors.OWN),
            ("damaged", _damaged, actors.MENDED),
            ("gone", _gone, actors.GONE),
            ("deleted", _deleted, actors.DELETED),
            ("empty", _empty, actors.EMPTY),
            ("usurped", _usurped, actors.USURPED),
        )
    ]
    return {scene.name: scene for scene in furnished}


def _furnish(
    folder: Path, texts: tuple[str, str], furnish: Callable[[World], None], acting: dict[str, Actor]
) -> Scene:
    template = folder / "template"
    template.mkdir(parents=True)
    world = World(template, Ledger(), {"one": article_id(TITLE, texts[0])})
    for name, text in zip(("one", "other"), texts, strict=True):
        world.file(name).write_text(text)
    listen_to(world.ledger, world.folder)
    furnish(world)
    assert not world.ledger.faults
    world.ledger.cut_again = False
    return Scene(folder.name, template, world.ledger, world.ids, acting, folder.name != "usurped")


# -- what is there -----------------------------------------------------------


def _empty(world: World) -> None:
    pass


def _shared(world: World) -> None:
    """An article that several work on: two of them have repaired sentences, one has an old scheme."""
    _add_as_cut_once(world)
    _work(world, "ana", lambda session: session.tag(1, "fact"), _split_the_vote)
    _work(world, "ben", lambda session: session.tag(3, "quote"), lambda session: repairing.merge(session, 1))
    _work(world, "dora", lambda session: session.tag(3, "fact"), in_old_scheme=True)
    actors.review(world, "one", "cleo", 1, "ana")


def _damaged(world: World) -> None:
    """An article on which one annotator's checkpoint is damaged; the other has sentences to publish."""
    _own(world)
    _work(world, DAMAGED, lambda session: session.tag(2, "fact"), lambda session: session.tag(3, "quote"))
    _damage(article_files(world.folder / "people", world.ids["one"], DAMAGED).checkpoint)


def _own(world: World) -> None:
    """An article that one annotator works on."""
    _add_as_cut_once(world)
    _work(world, "ana", lambda session: session.tag(1, "fact"), _split_the_vote)


def _gone(world: World) -> None:
    """The same, published, annotated further, and in the trash."""
    _published(world)
    Trash(world.folder, FolderStore(world.folder, SCHEME)).remove(world.ids["one"], "ana")


def _deleted(world: World) -> None:
    """The same, but somebody has deleted the article's file."""
    _published(world)
    Library(world.folder).path(world.ids["one"]).unlink()
    world.ledger.deleted = frozenset(world.ids.values())


def _usurped(world: World) -> None:
    """Another text has the article's id, as an older Postil gave it: nobody's work may be shown as about that."""
    _own(world)
    library = Library(world.folder)
    [other] = read_articles(world.file("other"))
    library.path(world.ids["one"]).write_bytes(b"".join(encode(replace(other, id=world.ids["one"])).chunks))
    world.ledger.texts = {world.ids["one"]: other.text_sha256}
    world.ledger.cuts.clear()


def _published(world: World) -> None:
    _own(world)
    actors.publish(world, "one", "ana")
    _work(world, "ana", lambda session: session.tag(6, "quote"))
    # That it was published is not lost where it is added again: it is in the trash, or was deleted.
    world.ledger.published.clear()


def _add_as_cut_once(world: World) -> None:
    """Add the article without names, as it is opened first, and with two sentences in one."""
    [read] = read_articles(world.file("one"))
    start = read.text.index(_MERGED)
    before = read.ends[read.starts.index(start) - 1]
    merge = SentenceRepair(start=start, end=before, kind="merge", updated_at=now())
    older: Article = replace(repaired(read, [merge]), entity_block_starts=[])
    older.prepared_by = {**older.prepared_by, "sentences": "older"}
    assert text_sha256(world.file("one").read_text()) == older.text_sha256
    changes.add(Library(world.folder), older, who="ana")


def _work(
    world: World, annotator: str, *wanted: Callable[[Session], Done], in_old_scheme: bool = False
) -> None:
    place = world.place(annotator, in_old_scheme=in_old_scheme)
    opened = place.open(place.library.load(world.ids["one"]))
    assert opened.writer is not None
    for want in wanted:
        step = want(opened.session).step
        assert step is not None
        opened.writer.put(step)
    opened.writer.close()


def _split_the_vote(session: Session) -> Done:
    """“The vote is on Tuesday.” becomes two."""
    index = session.article.sentence_at(session.article.text.index("The vote is"))
    return repairing.split(session, index, repairing.places_to_split(session, index)[2][0])


def _damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

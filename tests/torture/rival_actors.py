"""All who change an annotations folder, or read it, each in one go and with the product's own code."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from tests.torture.rival_world import DAMAGED, SCHEME, Outcome, World, records_that_lie
from tests.torture.threads import printed
from tui.cli import main
from tui.commands.errors import explained
from tui.model.identity import text_sha256
from tui.prepare.pipeline import add_entities, add_hints
from tui.store.folder import FolderStore
from tui.store.protocol import StoreError
from tui.store.trash import Trash

Actor = Callable[[World], Outcome]


def _command(world: World, annotator: str, *words: str) -> Outcome:
    given = [*words, "--annotations", str(world.folder), "--annotator", annotator]
    return Outcome(*printed(lambda: main(given)))


def _told(work: Callable[[], None]) -> Outcome:
    """The outcome of what is no command."""
    try:
        work()
    except StoreError as error:
        message, code = explained(error)
        return Outcome(code, "", message)
    return Outcome(0)


# -- writers of the library --------------------------------------------------


def add(world: World, name: str, *options: str, annotator: str = "ana") -> Outcome:
    """`postil add`, of a file that has one article."""
    path = world.file(name)
    world.ledger.is_adding = True
    outcome = _command(world, annotator, "add", str(path), *options)
    if not outcome.code:
        world.ledger.added.append((outcome.out.strip(), text_sha256(path.read_text())))
        world.ledger.cut_again |= "--force" in options
    return outcome


def publish(world: World, name: str, annotator: str) -> Outcome:
    """`postil publish`, of the annotator's own repairs."""
    outcome = _command(world, annotator, "publish", world.ids[name])
    number = re.search(r"segmentation (\d+)", outcome.out)
    if number is not None:
        world.ledger.published.append((world.ids[name], annotator, int(number[1])))
    return outcome


def keep(world: World, name: str) -> Outcome:
    """The reader, which finds names and hints while somebody reads, and stores them."""
    place = world.place("ben")

    def work() -> None:
        article = place.library.load(world.ids[name])
        place.keep(add_hints(add_entities(article, ())))

    return _told(work)


def save(world: World, name: str) -> Outcome:
    """A program that loads an article, changes something and saves it."""
    library = world.place("ana").library

    def work() -> None:
        article = library.load(world.ids[name])
        library.save(replace(article, source="elsewhere.txt"), who="ana")

    return _told(work)


def remove(world: World, name: str, annotator: str = "ana") -> Outcome:
    """The key that puts an article into the trash."""
    trash = Trash(world.folder, FolderStore(world.folder, SCHEME))

    def work() -> None:
        trash.remove(world.ids[name], annotator)
        world.ledger.removed.append(world.ids[name])

    return _told(work)


def restore(world: World, annotator: str = "ana") -> Outcome:
    """The key that brings the last article back."""
    trash = Trash(world.folder, FolderStore(world.folder, SCHEME))
    world.ledger.is_adding = True

    def work() -> None:
        for removed in trash.removals(annotator)[:1]:
            trash.restore(removed)

    return _told(work)


# -- annotators and reviewers ------------------------------------------------


def tag(world: World, name: str, annotator: str, number: int, what: str) -> Outcome:
    """`postil tag`, of the sentence with this number."""
    return _command(world, annotator, "tag", world.ids[name], str(number), what)


def tag_file(world: World, name: str, annotator: str) -> Outcome:
    """`postil tag PATH`, which adds the file on the way."""
    world.ledger.is_adding = True
    return _command(world, annotator, "tag", str(world.file(name)), "2", "fact")


def sitting(world: World, name: str, annotator: str, index: int) -> Outcome:
    """The reader: opened, a sentence tagged with a note, closed."""
    place = world.place(annotator)

    def work() -> None:
        opened = place.open(place.library.load(world.ids[name]))
        session, writer = opened.session, opened.writer
        if writer is None:
            raise StoreError(opened.notice)
        try:
            for outcome in (session.tag(index, "opinion"), session.set_note(index, f"{annotator} was here")):
                if outcome.step is not None:
                    writer.put(outcome.step)
        finally:
            writer.close()

    return _told(work)


def review(world: World, name: str, reviewer: str, index: int, whose: str) -> Outcome:
    """The reviewer's screen: one sentence settled."""
    place = world.place(reviewer)

    def work() -> None:
        opened = place.open_review(place.library.load(world.ids[name]))
        if opened.writer is None or opened.reviewing is None:
            raise StoreError(opened.notice)
        try:
            outcome = opened.reviewing.take(index, whose)
            if outcome.step is not None:
                opened.writer.put(outcome.step)
        finally:
            opened.writer.close()

    return _told(work)


def migrate(world: World, annotator: str) -> Outcome:
    """`postil scheme migrate --apply`."""
    return _command(world, annotator, "scheme", "migrate", "--apply")


# -- those who look, and those who mend --------------------------------------


def look(world: World, command: str, *words: str) -> Outcome:
    """A command that reads."""
    return _command(world, "gus", command, *words)


def export(world: World) -> Outcome:
    """`postil export`, of everything."""
    outcome = Outcome(*printed(lambda: main(["export", "--annotations", str(world.folder)])))
    world.ledger.faults += records_that_lie(world, outcome.out)
    return outcome


def verify(world: World) -> Outcome:
    """`postil verify`, which must not report what others are just doing as damage."""
    outcome = Outcome(*printed(lambda: main(["verify", "--annotations", str(world.folder)])))
    problems = [line for line in outcome.out.splitlines() if line.startswith("✗ ") and ": " in line][:-1]
    world.ledger.faults += (
        f"verify: {problem}"
        for problem in problems
        if f"/{DAMAGED}/" not in problem and "is not in the library" not in problem
    )
    return outcome


def repair(world: World) -> Outcome:
    """`postil verify --repair`."""
    return Outcome(*printed(lambda: main(["verify", "--repair", "--annotations", str(world.folder)])))


# -- who is at work in which scene -------------------------------------------


def _on(name: str) -> dict[str, Actor]:
    """Those that are in every scene, on an article of that name."""
    return {
        "add": partial(add, name=name),
        "add by ben": partial(add, name=name, annotator="ben"),
        "publish": partial(publish, name=name, annotator="ana"),
        "keep": partial(keep, name=name),
        "tag": partial(tag, name=name, annotator="ana", number=5, what="opinion"),
        "tag by fay": partial(tag, name=name, annotator="fay", number=5, what="fact"),
        "sitting": partial(sitting, name=name, annotator="ben", index=4),
        "export": export,
        "list": lambda world: look(world, "list"),
        "verify": verify,
        "verify --repair": repair,
    }


def _again(name: str) -> dict[str, Actor]:
    return {
        "add --again": lambda world: add(world, name, "--again"),
        "save": partial(save, name=name),
    }


SHARED: dict[str, Actor] = {
    **_on("one"),
    **_again("one"),
    "add --again --force": lambda world: add(world, "one", "--again", "--force"),
    "publish by ben": partial(publish, name="one", annotator="ben"),
    "review": partial(review, name="one", reviewer="cleo", index=3, whose="ben"),
    "scheme migrate": partial(migrate, annotator="dora"),
    "remove": partial(remove, name="one"),
}

OWN: dict[str, Actor] = {
    **_on("one"),
    **_again("one"),
    "add the other": partial(add, name="other"),
    "remove": partial(remove, name="one"),
    "restore": restore,
    "review": partial(review, name="one", reviewer="cleo", index=1, whose="ana"),
}

MENDED: dict[str, Actor] = {
    **_on("one"),
    "tag by emil": partial(tag, name="one", annotator="emil", number=5, what="opinion"),
    "sitting of emil": partial(sitting, name="one", annotator="emil", index=4),
    "review": partial(review, name="one", reviewer="cleo", index=1, whose="ana"),
}

GONE: dict[str, Actor] = {
    **_on("one"),
    "add --again": lambda world: add(world, "one", "--again"),
    "add the other": partial(add, name="other", annotator="ben"),
    "restore": restore,
    "remove": partial(remove, name="one"),
}

DELETED: dict[str, Actor] = {name: actor for name, actor in GONE.items() if name not in {"restore", "remove"}}

USURPED: dict[str, Actor] = {
    "export": export,
    "export --adjudicated": lambda world: look(world, "export", "--adjudicated"),
    "list": lambda world: look(world, "list"),
    "agreement": lambda world: look(world, "agreement"),
    "report": lambda world: look(world, "report", world.ids["one"]),
    "tag": partial(tag, name="one", annotator="ana", number=5, what="opinion"),
    "sitting": partial(sitting, name="one", annotator="ana", index=4),
    "scheme migrate": partial(migrate, annotator="ana"),
    "verify": lambda world: Outcome(*printed(lambda: main(["verify", "--annotations", str(world.folder)]))),
}

EMPTY: dict[str, Actor] = {
    **_on("one"),
    "add the other": partial(add, name="other"),
    "tag the file": partial(tag_file, name="one", annotator="ana"),
    "tag the other file": partial(tag_file, name="other", annotator="ben"),
}

"""What must be so when all rivals have ended: everything that was promised is there, once, and can be gone on with."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.torture.rival_actors import add, repair
from tests.torture.rival_world import DAMAGED, SCHEME, World
from tui.model.annotation import Annotation, SentenceRepair, Step, Work
from tui.model.article import Article
from tui.store.article_file import decode
from tui.store.folder import FolderStore
from tui.store.journal import read_line
from tui.store.protocol import StoreError
from tui.store.trash import Trash
from tui.store.verify import verify
from tui.store.work_files import Kind, article_files


def judge(world: World, *, was_killed: bool) -> list[str]:
    """What is wrong with what is stored, a line each, after everybody has ended."""
    faults = world.ledger.faults
    if not was_killed:
        faults += (f"left over: {path.name}" for path in _leftovers(world))
        faults += _without_article(world)
    faults += _back_by_themselves(world)
    _bring_back(world)
    faults += _sentences_lost(world)
    _open_all(world, faults)
    faults += _articles_lost(world)
    faults += _verify_problems(world)
    faults += _steps_lost(world, was_killed=was_killed)
    if was_killed:
        # By now every file has been written again.
        faults += (f"left over: {path.name}" for path in _leftovers(world))
    return faults


def _leftovers(world: World) -> Iterator[Path]:
    for folder in (world.folder / "articles", *(world.folder / "people").glob("*")):
        yield from folder.glob(".*.tmp")
    yield from (world.folder / "articles").glob(".*.lock")


def _without_article(world: World) -> Iterator[str]:
    library = world.place("ana").library
    for name in _people(world):
        for article_id in FolderStore(world.folder, SCHEME).articles_of(name):
            if not library.holds(article_id) and article_id not in world.ledger.deleted:
                yield f"without an article: {name}'s work on {article_id}"


def _back_by_themselves(world: World) -> Iterator[str]:
    if not world.ledger.is_adding:
        library = world.place("ana").library
        yield from (f"removed, and back: {one}" for one in world.ledger.removed if library.holds(one))


def _bring_back(world: World) -> None:
    """Everybody takes back what they removed, where that can be; what was only deleted is added again."""
    for annotator in _people(world):
        trash = Trash(world.folder, FolderStore(world.folder, SCHEME))
        for removed in trash.removals(annotator):
            # What cannot come back stays where it is, and counts.
            with contextlib.suppress(StoreError):
                trash.restore(removed)
    library = world.place("ana").library
    for name, article_id in world.ids.items():
        if not library.holds(article_id) and any(FolderStore(world.folder, SCHEME).annotators(article_id)):
            add(world, name)


def _people(world: World) -> list[str]:
    people = world.folder / "people"
    return sorted(path.name for path in people.iterdir()) if people.is_dir() else []


def _sentences_lost(world: World) -> Iterator[str]:
    """Annotations that are on no sentence, without a publication that has changed it."""
    library = world.place("ana").library
    for article_id in library.ids():
        article = library.load(article_id)
        published = [repair for made in article.publications for repair in made.repairs]
        sentences = set(zip(article.starts, article.ends, strict=True))
        for name, kind, work in _works(world, article):
            for said in work.annotations.values():
                bounds = (said.start, said.end)
                if bounds in sentences or _is_cut_by(work.repairs.values(), said):
                    continue
                if said.segmentation == article.segmentation:
                    yield f"on no sentence: {name}'s {kind} on {article_id}, {bounds}, of its own segmentation"
                elif not world.ledger.cut_again and not _is_cut_by(published, said):
                    yield f"on no sentence: {name}'s {kind} on {article_id}, {bounds}, and nothing was published there"


def _works(world: World, article: Article) -> Iterator[tuple[str, Kind, Work]]:
    kinds: tuple[Kind, ...] = ("work", "review")
    for kind in kinds:
        store = FolderStore(world.folder, SCHEME, kind=kind)
        for name in store.annotators(article.id):
            if name != DAMAGED:
                with contextlib.suppress(StoreError):
                    yield name, kind, store.load(article.id, name, article.text_sha256)


def _is_cut_by(repairs: Iterable[SentenceRepair], said: Annotation) -> bool:
    return any(
        said.start <= repair.start <= said.end or said.start <= repair.end <= said.end for repair in repairs
    )


def _open_all(world: World, faults: list[str]) -> None:
    """Everybody opens everything that they have worked on: what fits no sentence any more is taken over, or said."""
    library = world.place("ana").library
    for article_id in library.ids():
        article = library.load(article_id)
        for name, kind, _ in list(_works(world, article)):
            place = world.place(name)
            try:
                opened = place.open_review(article) if kind == "review" else place.open(article)
            except StoreError as error:
                faults.append(f"cannot be read: {name}'s {kind} on {article_id}: {error}")
                continue
            try:
                if opened.writer is None and "scheme" not in opened.notice:
                    faults.append(f"cannot be opened: {name}'s {kind} on {article_id}: {opened.notice}")
                if opened.session.orphans and not opened.notice:
                    faults.append(f"on no sentence: {name}'s {kind} on {article_id}, and nothing says so")
            finally:
                if opened.writer is not None:
                    opened.writer.close()


def _steps_lost(world: World, *, was_killed: bool) -> Iterator[str]:
    histories: dict[tuple[str, str, Kind], list[Step]] = {}
    for acked in world.ledger.steps:
        key = (acked.article, acked.annotator, acked.kind)
        if key not in histories:
            histories[key] = list(_history(world, *key))
            # Who was killed while removing may have left a checkpoint without its history.
            if (
                not was_killed
                and acked.annotator != DAMAGED
                and any(step.action == "repair" for step in histories[key])
            ):
                yield f"repaired: {acked.annotator}'s {acked.kind} on {acked.article}, which was not damaged"
        count = histories[key].count(acked.step)
        if count != 1:
            what = f"{acked.annotator}'s {acked.kind} on {acked.article}: {acked.step.label!r}"
            yield f"step {'lost' if not count else 'doubled'}: {what}"


def _history(world: World, article: str, annotator: str, kind: Kind) -> Iterator[Step]:
    with contextlib.suppress(StoreError):
        for event in FolderStore(world.folder, SCHEME, kind=kind).history(article, annotator):
            yield event.step
    # Who was killed while removing has left some of the files, and the others in the trash: each is read by itself.
    for home in world.homes[1:]:
        files = article_files(home / "people", article, annotator, kind)
        by_number: dict[int, Step] = {}
        for path in (files.history, files.journal):
            for line in path.read_bytes().splitlines() if path.exists() else ():
                found = read_line(line)
                if found is not None:
                    by_number[found.event.seq] = found.event.step
        yield from by_number.values()


def _articles_lost(world: World) -> Iterator[str]:
    stored: list[Article] = []
    for home in world.homes:
        for path in (home / "articles").glob("[!.]*.json"):
            article = decode(path.read_bytes(), path, Article)
            world.ledger.see(article)
            stored.append(article)
            if home == world.folder and any(
                one.text_sha256 == article.text_sha256 for one in stored if one.id != article.id
            ):
                yield f"one text twice: {article.id}"
    for article_id, sha in world.ledger.added:
        if not any((one.id, one.text_sha256) == (article_id, sha) for one in stored):
            yield f"article lost: {article_id} was added"
    # Where an article was removed and added again, the one in the trash has what was published.
    publications = {
        (one.id, made.annotator, made.segmentation) for one in stored for made in one.publications
    }
    for article_id, annotator, number in world.ledger.published:
        if (article_id, annotator, number) not in publications:
            yield f"publication lost: {annotator}'s of {article_id}, segmentation {number}"


def _verify_problems(world: World) -> Iterator[str]:
    problems = [problem for found in verify(world.folder) for problem in found.problems]
    yield from (f"verify: {problem}" for problem in problems if DAMAGED not in problem)
    if problems:
        repair(world)
        for found in verify(world.folder):
            yield from (f"verify after --repair: {problem}" for problem in found.problems)

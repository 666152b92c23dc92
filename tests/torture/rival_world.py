"""An annotations folder in which several are at work, and what was promised to each of them."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import msgspec

from tui import actions, keymap, scheme, theme
from tui.model.annotation import Annotation, Step
from tui.model.article import Article
from tui.store.article_file import decode
from tui.store.disk import Disk
from tui.store.folder import FolderStore
from tui.store.log import read_log
from tui.store.paths import Kind, article_files
from tui.store.protocol import StoreError
from tui.store.trash import Trash
from tui.store.verify import verify
from tui.store.writer import FolderWriter
from tui.workspace import Workspace

SCHEME = scheme.load().label
DAMAGED = "emil"
"""The annotator whose checkpoint is damaged, in a way that loses nothing."""


class Acked(NamedTuple):
    """A step that `put` returned for."""

    article: str
    annotator: str
    kind: Kind
    text_sha256: str
    step: Step


class Outcome(NamedTuple):
    """How an actor ended."""

    code: int
    out: str = ""
    err: str = ""

    @property
    def is_refused(self) -> bool:
        return self.code != 0


@dataclass
class Ledger:
    """All that was promised, whichever thread did it."""

    texts: dict[str, str] = field(default_factory=dict[str, str])
    """The checksum of the text that each id was given to first."""
    cuts: dict[tuple[str, int], tuple[list[int], list[int]]] = field(
        default_factory=dict[tuple[str, int], tuple[list[int], list[int]]]
    )
    """Starts and ends by article and number of the segmentation."""
    steps: list[Acked] = field(default_factory=list[Acked])
    known: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    """Checksums of texts, and who has said anything about them, acknowledged or not yet."""
    published: list[tuple[str, str, int]] = field(default_factory=list[tuple[str, str, int]])
    """Ids, annotators and numbers of the segmentation."""
    added: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    """Ids and checksums of what was added."""
    deleted: frozenset[str] = frozenset()
    """Of which there was no file in the beginning."""
    removed: list[str] = field(default_factory=list[str])
    is_adding: bool = False
    """True where anybody has tried to add an article, or to bring one back."""
    faults: list[str] = field(default_factory=list[str])
    cut_again: bool = False
    """True where annotated sentences may have been cut again: by force, or because the article was away."""

    def copy(self) -> Ledger:
        return Ledger(
            dict(self.texts),
            dict(self.cuts),
            list(self.steps),
            set(self.known),
            list(self.published),
            list(self.added),
            self.deleted,
            list(self.removed),
            self.is_adding,
            list(self.faults),
            self.cut_again,
        )

    def see(self, article: Article) -> None:
        """An article as it is stored."""
        first = self.texts.setdefault(article.id, article.text_sha256)
        if first != article.text_sha256:
            self.faults.append(f"id taken: {article.id} was given to a second text")
        cut = (article.starts, article.ends)
        if self.cuts.setdefault((article.id, article.segmentation), cut) != cut:
            self.faults.append(f"cut twice: segmentation {article.segmentation} of {article.id}")

    def see_replaced(self, old: Article, new: Article) -> None:
        """One version of an article, and the next in its place."""
        if old.text_sha256 != new.text_sha256:
            self.faults.append(f"replaced: {old.id} by another text")
        if old.publications != new.publications[: len(old.publications)]:
            self.faults.append(f"publication lost: {old.id} was replaced by a version without it")
        if new.segmentation < old.segmentation:
            self.faults.append(f"went back: {old.id} to segmentation {new.segmentation}")
        for what in ("entities", "hints"):
            if what in old.prepared_by and what not in new.prepared_by:
                self.faults.append(f"findings lost: {old.id} was replaced by a version without its {what}")


_ledger = Ledger()
_articles = Path()


def listen_to(ledger: Ledger, folder: Path) -> None:
    """From now on write down there what is promised about this annotations folder."""
    global _ledger, _articles
    _ledger, _articles = ledger, folder / "articles"


@contextlib.contextmanager
def listening() -> Generator[None]:
    """Let every store in this process say what it promises."""
    real_put, real_replace = FolderWriter.put, Disk.replace

    def put(writer: FolderWriter, *steps: Step) -> int:
        ledger, files = _ledger, writer._files
        sha = writer._database.meta.text_sha256
        ledger.known.add((sha, files.annotator))
        number = real_put(writer, *steps)
        ledger.steps += [Acked(files.article, files.annotator, files.kind, sha, step) for step in steps]
        return number

    def replace(disk: Disk, old: Path, new: Path, *rest: Any, **options: Any) -> None:
        if new.parent != _articles or new.suffix != ".json" or new.name.startswith("."):
            real_replace(disk, old, new, *rest, **options)
            return
        before = _read(new)
        real_replace(disk, old, new, *rest, **options)
        after = _read(new)
        if after is not None:
            _ledger.see(after)
            if before is not None:
                _ledger.see_replaced(before, after)
            elif old.suffix == ".tmp":
                _ledger.cut_again = True

    with mock.patch.object(FolderWriter, "put", put), mock.patch.object(Disk, "replace", replace):
        yield


def _read(path: Path) -> Article | None:
    try:
        return decode(path.read_bytes(), path, Article)
    except FileNotFoundError:
        return None


class World:
    """An annotations folder, and the files of the articles that are added to it."""

    def __init__(self, root: Path, ledger: Ledger, ids: dict[str, str]) -> None:
        self.root = root
        self.folder = root / "annotations"
        self.ledger = ledger
        self.ids = ids
        """Of the articles that the actors know by a name of theirs."""

    def file(self, name: str) -> Path:
        return self.root / f"{name}.txt"

    def place(self, annotator: str, *, in_old_scheme: bool = False) -> Workspace:
        news = msgspec.structs.replace(_NEWS, id="old") if in_old_scheme else _NEWS
        return Workspace(self.folder, annotator=annotator, scheme=news, keymap=_KEYS, palette=_PALETTE)

    @property
    def homes(self) -> list[Path]:
        """Where work may be: the folder itself, and each removal in the trash."""
        trash = self.folder / ".trash"
        return [self.folder, *(sorted(trash.iterdir()) if trash.is_dir() else ())]


_NEWS = scheme.load()
_KEYS = keymap.load("default", actions.actions(_NEWS))
_PALETTE = theme.choose("dark", {})


# -- what must be so in the end ----------------------------------------------


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
    faults += _steps_lost(world)
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
    from tests.torture.rival_actors import add

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
        sentences = set(zip(article.starts, article.ends, strict=True))
        for name, kind, work in _works(world, article):
            for said in work.annotations.values():
                bounds = (said.start, said.end)
                if bounds in sentences or _has_own_bounds(said, work.repairs):
                    continue
                if said.segmentation == article.segmentation:
                    yield f"on no sentence: {name}'s {kind} on {article_id}, {bounds}, of its own segmentation"
                elif not world.ledger.cut_again and not _is_published_over(article, said):
                    yield f"on no sentence: {name}'s {kind} on {article_id}, {bounds}, and nothing was published there"


def _works(world: World, article: Article) -> Iterator[tuple[str, Kind, Any]]:
    kinds: tuple[Kind, ...] = ("work", "review")
    for kind in kinds:
        store = FolderStore(world.folder, SCHEME, kind=kind)
        for name in store.annotators(article.id):
            if name != DAMAGED:
                with contextlib.suppress(StoreError):
                    yield name, kind, store.load(article.id, name, article.text_sha256)


def _has_own_bounds(said: Annotation, repairs: dict[int, Any]) -> bool:
    return any(
        said.start <= repair.start <= said.end or said.start <= repair.end <= said.end
        for repair in repairs.values()
    )


def _is_published_over(article: Article, said: Annotation) -> bool:
    return any(
        said.start <= repair.start <= said.end or said.start <= repair.end <= said.end
        for publication in article.publications
        for repair in publication.repairs
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


def _steps_lost(world: World) -> Iterator[str]:
    histories: dict[tuple[str, str, Kind], list[Step]] = {}
    for acked in world.ledger.steps:
        key = (acked.article, acked.annotator, acked.kind)
        if key not in histories:
            histories[key] = list(_history(world, *key))
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
        seen: set[int] = set()
        for path in (files.history, files.journal):
            entries = read_log(path.read_bytes(), path).entries if path.exists() else ()
            yield from (found.event.step for found in entries if found.event.seq not in seen)
            seen |= {found.event.seq for found in entries}


def _articles_lost(world: World) -> Iterator[str]:
    stored: dict[str, Article] = {}
    for home in reversed(world.homes):
        for path in (home / "articles").glob("[!.]*.json"):
            article = decode(path.read_bytes(), path, Article)
            stored[article.id] = article
            world.ledger.see(article)
    shas = [article.text_sha256 for article in stored.values()]
    yield from (f"one text twice: {one.id}" for one in stored.values() if shas.count(one.text_sha256) > 1)
    for article_id, sha in world.ledger.added:
        if article_id not in stored or stored[article_id].text_sha256 != sha:
            yield f"article lost: {article_id} was added"
    for article_id, annotator, number in world.ledger.published:
        made = stored[article_id].publications if article_id in stored else []
        if [one.annotator for one in made if one.segmentation == number] != [annotator]:
            yield f"publication lost: {annotator}'s of {article_id}, segmentation {number}"


def _verify_problems(world: World) -> Iterator[str]:
    from tests.torture.rival_actors import repair

    problems = [problem for found in verify(world.folder) for problem in found.problems]
    yield from (f"verify: {problem}" for problem in problems if DAMAGED not in problem)
    if problems:
        repair(world)
        for found in verify(world.folder):
            yield from (f"verify after --repair: {problem}" for problem in found.problems)


def records_that_lie(world: World, out: str) -> Iterator[str]:
    """Exported records whose words are not the text's, or that nobody said about that text."""
    for line in out.splitlines():
        record = json.loads(line)
        if (record["text_sha256"], record["annotator"]) not in world.ledger.known:
            yield f"exported: {record['annotator']}'s {record['tags']} about a text that they never saw"
        if world.ledger.texts.get(record["article"]) != record["text_sha256"]:
            yield f"exported: {record['article']} with another text's checksum"

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

from tui.model.annotation import Step
from tui.model.article import Article
from tui.settings import actions, keymap, theme
from tui.settings import scheme_file as scheme
from tui.store.article_file import decode
from tui.store.disk import Disk
from tui.store.work_files import Kind
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


# -- what is told about it --------------------------------------------------


def records_that_lie(world: World, out: str) -> Iterator[str]:
    """Exported records whose words are not the text's, or that nobody said about that text."""
    for line in out.splitlines():
        record = json.loads(line)
        if (record["text_sha256"], record["annotator"]) not in world.ledger.known:
            yield f"exported: {record['annotator']}'s {record['tags']} about a text that they never saw"
        if world.ledger.texts.get(record["article"]) != record["text_sha256"]:
            yield f"exported: {record['article']} with another text's checksum"

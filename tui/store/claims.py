"""What keeps an article's id taken while its file is away: annotations, reviews and the trash.

An id means one text for ever, and a number of a segmentation the same sentences: before an article is added, what
is known of its id is looked up here.
"""

from __future__ import annotations

import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.model.annotation import Annotation
from tui.store.disk import DISK, Disk
from tui.store.errors import ABSENT, cannot_read
from tui.store.protocol import StoreError
from tui.store.safe_names import is_safe
from tui.store.snapshot import open_file
from tui.store.work_files import KINDS, ArticleFiles, article_files

Bounds = tuple[int, int]


class Claim(NamedTuple):
    """What one file shows about the article that had the id."""

    text_sha256: str | None
    """None where the file cannot be read: it may be about any text."""
    segmentation: int = 0
    """The number of the last segmentation that it knows; 0 for none."""
    sentences: tuple[Bounds, ...] = ()
    """Sentences of that segmentation that it knows."""
    is_whole: bool = False
    """True if these are all sentences of the article."""


class _Meta(msgspec.Struct):
    text_sha256: str
    segmentation: int = 1


class _Checkpoint(msgspec.Struct):
    meta: dict[str, _Meta] = msgspec.field(name="_meta")
    annotations: dict[str, Annotation] = {}
    sentences: dict[str, msgspec.Raw] = {}


class _LogHeader(msgspec.Struct):
    meta: _Meta


class _Outline(msgspec.Struct):
    text_sha256: str
    starts: list[int]
    ends: list[int]
    segmentation: int = 1


def claims(folder: Path, article: str, disk: Disk = DISK) -> Iterator[Claim]:
    """What annotations, reviews and the trash of an annotations folder show about an id.

    Folders that this user may not look into claim nothing. Raises Damaged for what cannot be looked at.
    """
    yield from _of_people(folder / "people", article, disk)
    for entry in _folders(folder / ".trash", disk):
        if entry.name.endswith(f"-{article}"):
            path = entry / "articles" / f"{article}.json"
            if _is_there(path, disk):
                yield _of_article(path, disk)
            yield from _of_people(entry / "people", article, disk)


def segmentation_for(known: Iterable[Claim], sentences: tuple[Bounds, ...]) -> int:
    """The number that the segmentation of a text that was here before gets: a known one only for the same sentences."""
    last, is_same = 0, True
    for claim in known:
        if claim.segmentation > last:
            last, is_same = claim.segmentation, True
        if claim.segmentation == last:
            is_same = is_same and _may_be(claim, sentences)
    return max(1, last if is_same else last + 1)


def _may_be(claim: Claim, sentences: tuple[Bounds, ...]) -> bool:
    if claim.is_whole:
        return claim.sentences == sentences
    # Some sentences do not say how the others were cut: only the first segmentation is made from the text alone.
    return claim.segmentation == 1 and set(claim.sentences) <= set(sentences)


def _of_people(people: Path, article: str, disk: Disk) -> Iterator[Claim]:
    for own in _folders(people, disk):
        if is_safe(own.name):
            for kind in KINDS:
                yield from _of_files(article_files(people, article, own.name, kind), disk)


def _of_files(files: ArticleFiles, disk: Disk) -> Iterator[Claim]:
    for path in (files.checkpoint, files.previous):
        if _is_there(path, disk):
            yield _of_checkpoint(path, disk)
    for path in (files.journal, files.history):
        if _is_there(path, disk):
            yield _of_log(path, disk)


# Neither checksums nor schemas are looked at here: what a newer Postil wrote, or what is damaged elsewhere, still
# shows what it is about.


def _of_checkpoint(path: Path, disk: Disk) -> Claim:
    try:
        checkpoint = msgspec.json.decode(disk.read(path), type=_Checkpoint)
        meta = checkpoint.meta["1"]
    except (OSError, ValueError, RecursionError, KeyError):
        return Claim(None)
    annotations = checkpoint.annotations.values()
    last = max([meta.segmentation, *(annotation.segmentation for annotation in annotations)])
    # Where the annotator split or merged sentences, theirs are not the article's.
    known = (
        []
        if checkpoint.sentences
        else [sentence for sentence in annotations if sentence.segmentation == last]
    )
    return Claim(meta.text_sha256, last, tuple((sentence.start, sentence.end) for sentence in known))


def _of_log(path: Path, disk: Disk) -> Claim:
    try:
        meta = msgspec.json.decode(_first_line(path, disk), type=_LogHeader).meta
    except (StoreError, ValueError, RecursionError):
        return Claim(None)
    return Claim(meta.text_sha256, meta.segmentation)


def _first_line(path: Path, disk: Disk) -> bytes:
    """Of a log, which may be long. Raises Damaged, NotPermitted."""
    pieces: list[bytes] = []
    with open_file(path, disk) as log:
        for block in log.blocks() if log is not None else ():
            line, feed, _ = block.partition(b"\n")
            pieces.append(line)
            if feed:
                break
    return b"".join(pieces)


def _of_article(path: Path, disk: Disk) -> Claim:
    try:
        outline = msgspec.json.decode(disk.read(path), type=_Outline)
    except (OSError, ValueError, RecursionError):
        return Claim(None)
    sentences = tuple(zip(outline.starts, outline.ends, strict=False))
    return Claim(outline.text_sha256, outline.segmentation, sentences, is_whole=True)


def _is_there(path: Path, disk: Disk) -> bool:
    """True also where only that is known."""
    try:
        disk.state(path)
    except ABSENT:
        return False
    except OSError:
        return True
    return True


def _folders(folder: Path, disk: Disk) -> list[Path]:
    """The folders in a folder, without links. Raises Damaged."""
    try:
        names = disk.names(folder)
    except ABSENT:
        return []
    except OSError as error:
        raise cannot_read(folder, error) from error
    return [folder / name for name in sorted(names) if _is_folder(folder / name, disk)]


def _is_folder(path: Path, disk: Disk) -> bool:
    """Raises Damaged."""
    try:
        return stat.S_ISDIR(disk.state(path).mode)
    except ABSENT:
        return False
    except OSError as error:
        raise cannot_read(path, error) from error

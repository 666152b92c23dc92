"""What holds on to an article's id while its file is away: annotations, reviews and the trash.

An id means one text for ever, and a number of a segmentation the same sentences: who adds an article asks here
what is known of its id.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from tui.model.annotation import Annotation
from tui.store.files import read_file
from tui.store.safe_names import is_safe
from tui.store.work_files import KINDS, ArticleFiles, article_files

Bounds = tuple[int, int]


class Claim(NamedTuple):
    """What one file says of the article that had the id."""

    text_sha256: str | None
    """None where the file cannot be read: it may be about any text."""
    segmentation: int = 0
    """The number of the last segmentation that it knows; 0 for none."""
    sentences: tuple[Bounds, ...] = ()
    """Sentences of that segmentation that it knows."""
    is_whole: bool = False
    """Whether these are all sentences of the article."""


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


def claims(folder: Path, article: str) -> Iterator[Claim]:
    """What annotations, reviews and the trash of an annotations folder say of an id."""
    yield from _of_people(folder / "people", article)
    for place in _folders(folder / ".trash"):
        if place.name.endswith(f"-{article}"):
            path = place / "articles" / f"{article}.json"
            if _is_there(path):
                yield _of_article(path)
            yield from _of_people(place / "people", article)


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


def _of_people(people: Path, article: str) -> Iterator[Claim]:
    for own in _folders(people):
        if is_safe(own.name):
            for kind in KINDS:
                yield from _of_files(article_files(people, article, own.name, kind))


def _of_files(files: ArticleFiles) -> Iterator[Claim]:
    for path in (files.checkpoint, files.previous):
        if _is_there(path):
            yield _of_checkpoint(path)
    for path in (files.journal, files.history):
        if _is_there(path):
            yield _of_log(path)


def _of_checkpoint(path: Path) -> Claim:
    try:
        found = msgspec.json.decode(read_file(path), type=_Checkpoint)
        meta = found.meta["1"]
    except (OSError, ValueError, RecursionError, KeyError):
        return Claim(None)
    annotations = found.annotations.values()
    last = max([meta.segmentation, *(annotation.segmentation for annotation in annotations)])
    # Where the annotator split or merged sentences, theirs are not the article's.
    known = [] if found.sentences else [one for one in annotations if one.segmentation == last]
    return Claim(meta.text_sha256, last, tuple((one.start, one.end) for one in known))


def _of_log(path: Path) -> Claim:
    try:
        line = read_file(path).partition(b"\n")[0]
        meta = msgspec.json.decode(line, type=_LogHeader).meta
    except (OSError, ValueError, RecursionError):
        return Claim(None)
    return Claim(meta.text_sha256, meta.segmentation)


def _of_article(path: Path) -> Claim:
    try:
        found = msgspec.json.decode(read_file(path), type=_Outline)
    except (OSError, ValueError, RecursionError):
        return Claim(None)
    sentences = tuple(zip(found.starts, found.ends, strict=False))
    return Claim(found.text_sha256, found.segmentation, sentences, is_whole=True)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as found:
            return sorted(folder / entry.name for entry in found if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []

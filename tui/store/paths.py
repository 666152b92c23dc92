"""Where one person's files on one article lie: what they annotated, and what they decided as a reviewer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

from tui.store.names import safe

Kind = Literal["work", "review"]
"""A person's own annotations, or their decisions on everybody's: files apart, so that neither touches the other."""

_REVIEW = ".review"
_SUFFIX = re.compile(r"(?:\.review)?\.(?:json(?:\.prev|\.schema-\d+)?|journal|history)(?:\.damaged-\d+)?")


class ArticleFiles(NamedTuple):
    """The files of one kind on one article in one annotator's folder."""

    folder: Path
    article: str
    kind: Kind = "work"

    @property
    def stem(self) -> str:
        """What the names of the files begin with."""
        return self.article + _REVIEW if self.kind == "review" else self.article

    @property
    def annotator(self) -> str:
        return self.folder.name

    @property
    def checkpoint(self) -> Path:
        """The TinyDB database."""
        return self.folder / f"{self.stem}.json"

    @property
    def previous(self) -> Path:
        """The checkpoint before."""
        return self.folder / f"{self.stem}.json.prev"

    @property
    def journal(self) -> Path:
        """The events that the checkpoint does not include yet."""
        return self.folder / f"{self.stem}.journal"

    @property
    def history(self) -> Path:
        """The events that it includes."""
        return self.folder / f"{self.stem}.history"

    @property
    def lock(self) -> Path:
        return self.folder / f"{self.stem}.lock"

    def older(self, schema: str) -> Path:
        """What is kept of a checkpoint that was written in an older schema, e.g. `postil.database/1`."""
        return self.folder / f"{self.stem}.json.schema-{schema.rpartition('/')[2]}"

    def data(self) -> tuple[Path, ...]:
        """All that hold work."""
        return (self.checkpoint, self.previous, self.journal, self.history)

    def is_about(self, name: str) -> bool:
        """Whether a file of that name in the folder holds work on the article, now or as a repair kept it."""
        article, suffix = name[: len(self.article)], name[len(self.article) :]
        return article == self.article and _SUFFIX.fullmatch(suffix) is not None


def article_files(people: Path, article: str, annotator: str, kind: Kind = "work") -> ArticleFiles:
    """Raises UnsafeName for a name that could lead elsewhere."""
    return ArticleFiles(people / safe(annotator), safe(article), kind)


def split_stem(stem: str) -> tuple[str, Kind]:
    """The article and the kind of the files whose names begin so."""
    article = stem.removesuffix(_REVIEW)
    return (article, "work") if article == stem else (article, "review")

"""Where one person's files on one article are: their annotations, their second pass, their decisions as a reviewer."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal, NamedTuple

from tui.store.protocol import UnsafeName
from tui.store.safe_names import safe

Kind = Literal["work", "review", "second"]
"""A person's own annotations, their decisions as a reviewer, or what they decided again for agreement with themselves.

Each kind has files of its own, so that none touches another.
"""

ACCOUNTS_FILE = "accounts.json"
"""In the annotations folder, where accounts are registered."""

KINDS: tuple[Kind, ...] = ("work", "review", "second")

_ENDINGS: dict[Kind, str] = {"work": "", "review": ".review", "second": ".second"}
"""What follows the article in the names of the files."""

_SUFFIX = r"(?:\.review|\.second)?\.(?:json(?:\.prev|\.schema-\d+)?|journal|history)(?:\.damaged-\d+)?"


class ArticleFiles(NamedTuple):
    """The files of one kind on one article in one annotator's folder."""

    folder: Path
    article: str
    kind: Kind = "work"

    @property
    def stem(self) -> str:
        """What the names of the files begin with."""
        return self.article + _ENDINGS[self.kind]

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
        """True if a file of that name in the folder contains work on the article, now or as a repair kept it."""
        article, suffix = name[: len(self.article)], name[len(self.article) :]
        return article == self.article and re.fullmatch(_SUFFIX, suffix) is not None


def article_files(people: Path, article: str, annotator: str, kind: Kind = "work") -> ArticleFiles:
    """Raises UnsafeName for a name that could lead elsewhere."""
    return ArticleFiles(people / safe(annotator), safe(article), kind)


def split_stem(stem: str) -> tuple[str, Kind]:
    """The article and the kind of the files whose names begin so."""
    for kind, ending in _ENDINGS.items():
        if ending and stem.endswith(ending):
            return stem.removesuffix(ending), kind
    return stem, "work"


def check_article(article: str) -> None:
    """Raises UnsafeName for an id whose files would be taken for another kind of files on another article."""
    other, kind = split_stem(article)
    if kind != "work":
        what = "reviews" if kind == "review" else "second passes"
        raise UnsafeName(
            f"{article[:60]!r} cannot be annotated, its files would be taken for {what} of {other[:60]!r}: "
            "add the text as a file, and Postil finds an id"
        )

"""Where one annotator's files on one article lie."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from tui.store.names import safe

_SUFFIX = re.compile(r"\.(?:json(?:\.prev|\.schema-\d+)?|journal|history)(?:\.damaged-\d+)?")


class ArticleFiles(NamedTuple):
    """The files of one article in one annotator's folder."""

    folder: Path
    article: str

    @property
    def annotator(self) -> str:
        return self.folder.name

    @property
    def checkpoint(self) -> Path:
        """The TinyDB database."""
        return self.folder / f"{self.article}.json"

    @property
    def previous(self) -> Path:
        """The checkpoint before."""
        return self.folder / f"{self.article}.json.prev"

    @property
    def journal(self) -> Path:
        """The events that the checkpoint does not include yet."""
        return self.folder / f"{self.article}.journal"

    @property
    def history(self) -> Path:
        """The events that it includes."""
        return self.folder / f"{self.article}.history"

    @property
    def lock(self) -> Path:
        return self.folder / f"{self.article}.lock"

    def older(self, schema: str) -> Path:
        """What is kept of a checkpoint that was written in an older schema, e.g. `postil.database/1`."""
        return self.folder / f"{self.article}.json.schema-{schema.rpartition('/')[2]}"

    def data(self) -> tuple[Path, ...]:
        """All that hold work."""
        return (self.checkpoint, self.previous, self.journal, self.history)

    def is_about(self, name: str) -> bool:
        """Whether a file of that name in the folder holds work on the article, now or as a repair kept it."""
        article, suffix = name[: len(self.article)], name[len(self.article) :]
        return article == self.article and _SUFFIX.fullmatch(suffix) is not None


def article_files(people: Path, article: str, annotator: str) -> ArticleFiles:
    """Raises UnsafeName for a name that could lead elsewhere."""
    return ArticleFiles(people / safe(annotator), safe(article))

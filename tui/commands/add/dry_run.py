"""`postil add --dry-run`: what would be added, a few lines for each article. It stores nothing."""

from __future__ import annotations

from tui.commands.streams import Streams
from tui.model.article import Article
from tui.text.plurals import counted


class DryRun:
    """Prints each article that is read, and counts them.

    The first line is the file and what would become of the article. The lines after it begin with two spaces and a
    key: title, language, encoding, layout, sentences, then any number of notes and warnings.
    """

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._files: dict[str, str] = {}
        """Checksum of a text that is new to the file that it was read from."""
        self._new = self._known = 0

    def show(self, file: str, article: Article, known: Article | None, *, again: bool, note: str) -> None:
        """`article` is as it would be in the library, `known` as it is there now."""
        if known is not None:
            self._known += 1
            outcome = (
                f"would be prepared again as {known.id}" if again else f"already in the library as {known.id}"
            )
        elif article.text_sha256 in self._files:
            outcome = f"the same text as {self._files[article.text_sha256]}"
        else:
            self._new += 1
            self._files[article.text_sha256] = file
            outcome = "new"
        self._streams.print(f"{file}: {outcome}")
        for key, value in _described(article, note):
            self._streams.print(f"  {key}: {value}")

    def summary(self) -> str:
        """How many articles were read, in one line."""
        new = counted(self._new, "new article")
        known = f", {self._known:,} already in the library" if self._known else ""
        return f"dry run: {new}{known}; nothing was stored"


def _described(article: Article, note: str) -> list[tuple[str, str]]:
    source = f", from {article.source_language}" if article.source_language else ""
    encoding = article.encoding or "not recorded"
    return [
        ("title", article.title),
        ("language", article.language + source),
        ("encoding", f"{encoding} (a guess)" if article.encoding_guess else encoding),
        ("layout", article.layout),
        ("sentences", str(len(article))),
        *([("note", note)] if note else []),
        *(("warning", warning) for warning in article.warnings),
    ]

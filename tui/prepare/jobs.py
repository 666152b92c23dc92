"""The jobs of the preparation process: what to send, and the article that the replies build."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import msgspec

from tui.documents.document import DEFAULTS, ReadingOptions
from tui.model.article import Article
from tui.model.hint import HintBlock
from tui.model.quotation import QuotationBlock
from tui.prepare.limits import Limits, limits_for
from tui.prepare.messages import (
    Answer,
    ArticleAssembler,
    ArticleEnd,
    ArticleHead,
    Entities,
    EntityBlock,
    FindHints,
    Hints,
    HintsFound,
    ListPart,
    PrepareFile,
    Problem,
    QuotationsFound,
    RecogniseEntities,
    Request,
    TextPart,
    article_parts,
)
from tui.prepare.results import AUTO, RecognitionResult, with_entities, with_hints
from tui.prepare.shown_path import shown_path

STANDARD_INPUT = Path("-")


class Job:
    """A request, and the article that its replies build."""

    def __init__(self, request: Request, what: str, limits: Limits, article: Article | None = None) -> None:
        self._request = request
        self._article = article
        self.what = what
        """What is processed, for messages to the user."""
        self.limits = limits
        """Limits on time and memory."""

    def messages(self) -> Iterator[Request]:
        """The messages to send: the request, and its article if it has one."""
        yield self._request
        if self._article is not None:
            yield from article_parts(self._article)

    def receive(self, reply: Answer) -> Article | None:
        """Process the next reply; returns an article when one is complete."""
        raise NotImplementedError


class ReadingJob(Job):
    """Reads the articles of a file, without entities and hints.

    `content` is that of standard input. `report` receives what is wrong with one of several articles, one line each.
    """

    def __init__(
        self,
        path: Path,
        content: bytes | None = None,
        *,
        options: ReadingOptions = DEFAULTS,
        report: Callable[[str], None] = lambda _: None,
    ) -> None:
        limits = limits_for(_size(path) if content is None else len(content))
        shown = shown_path(path)
        request = PrepareFile(os.fsencode(path.absolute()), options, content, limits, shown)
        super().__init__(request, shown, limits)
        self._assembler = ArticleAssembler()
        self._report = report

    def receive(self, reply: Answer) -> Article | None:
        if isinstance(reply, Problem):
            self._report(reply.message)
        if isinstance(reply, ArticleHead | TextPart | ListPart | ArticleEnd):
            return self._assembler.add(reply)
        return None


class EntityJob(Job):
    """Adds entities to an article. Messages call its file `shown`, by default the article's source."""

    def __init__(
        self, article: Article, alias_files: Sequence[Path], model: str | None = AUTO, shown: str = ""
    ) -> None:
        limits = limits_for(len(article.text))
        files = [os.fsencode(file.absolute()) for file in alias_files]
        request = RecogniseEntities(files, model, limits, shown)
        super().__init__(request, shown or article.source, limits, article)
        self._of = article
        self._blocks: list[msgspec.Raw] = []

    def receive(self, reply: Answer) -> Article | None:
        if isinstance(reply, EntityBlock):
            self._blocks.append(reply.entities)
        elif isinstance(reply, Entities):
            result = RecognitionResult(
                self._blocks, reply.counts, reply.prepared_by, reply.recogniser, reply.warnings
            )
            return with_entities(self._of, result)
        return None


class HintJob(Job):
    """Adds hints and quotations to an article. Messages call its file `shown`, by default the article's source."""

    def __init__(self, article: Article, shown: str = "") -> None:
        limits = limits_for(len(article.text))
        super().__init__(FindHints(limits, shown), shown or article.source, limits, article)
        self._of = article
        self._blocks: list[HintBlock] = []
        self._quotations: list[QuotationBlock] = []

    def receive(self, reply: Answer) -> Article | None:
        if isinstance(reply, HintsFound):
            self._blocks.append(reply.block)
        elif isinstance(reply, QuotationsFound):
            self._quotations.append(reply.block)
        elif isinstance(reply, Hints):
            return with_hints(self._of, self._blocks, self._quotations, reply.prepared_by)
        return None


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

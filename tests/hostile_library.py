"""A library in which everything that can be hostile is, as somebody who writes files by hand may leave it."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from tests.corpus import texts
from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article, Entity, EntityCount, entity_blocks
from tui.model.identity import text_sha256
from tui.settings import actions, keymap, theme
from tui.settings import scheme_file as scheme
from tui.workspace import Workspace

ALL = "all-of-it-00000000"
"""The id of the article with every case in a sentence of its own."""

_LONGEST = 300
"""Code points of a case that a sentence has: floods are flooding enough, and pages are to be turned."""


def stored_texts(longest: int = _LONGEST) -> list[str]:
    """Every case as a file can hold it: without lone surrogates, and not too long."""
    return [text[:longest].encode("utf-8", "replace").decode() for text in texts().values()]


def article_of(sentences: Sequence[str], article_id: str, words: str) -> Article:
    """An article of these sentences; `words` is what everything else is called."""
    text = "\n".join(sentences)
    starts: list[int] = []
    place = 0
    for sentence in sentences:
        starts.append(place)
        place += len(sentence) + 1
    ends = [start + len(sentence) for start, sentence in zip(starts, sentences, strict=True)]
    article = Article(
        id=article_id,
        title=words,
        source=words,
        language=words[:20],
        source_language=words[:20],
        text_sha256=text_sha256(text),
        added_at=words,
        prepared_by={"text": words, "sentences": words, "entities": words},
        warnings=[words],
        text=text,
        starts=starts,
        ends=ends,
        paragraphs=list(range(0, len(starts), 9)),
        headings=[0],
    )
    found = [
        Entity(start=start, end=min(start + 9, end), label=words[:20], origin="model")
        for start, end in zip(starts[::5], ends[::5], strict=True)
    ]
    article.entity_blocks = entity_blocks(article, found)
    article.entity_counts = [EntityCount(text=sentence, label=words, count=1) for sentence in sentences[:20]]
    return article


def workspace_in(folder: Path) -> Workspace:
    news = scheme.load()
    return Workspace(
        folder,
        annotator="ana",
        scheme=news,
        keymap=keymap.load("default", actions.actions(news)),
        palette=theme.choose("dark", {}),
    )


def fill(folder: Path, *, titles: int) -> None:
    """Make the library: the article of everything, with work on it, and so many with hostile titles."""
    workspace = workspace_in(folder)
    held = stored_texts()
    everything = "".join(held[::7])
    article = article_of(held, ALL, everything)
    workspace.library.save(article)
    _annotate(workspace, article, held)
    step = max(1, len(held) // titles)
    for number, words in enumerate(held[::step]):
        workspace.library.save(article_of([words, "Une phrase."], f"titled-{number:08x}", words))


def damage(folder: Path, names: Sequence[bytes]) -> None:
    """Put files that are none of Postil's among the articles."""
    said = json.dumps({"schema": "\x1b]0;OWNED\x07", "id": "\x1b[66m"})
    for name in names:
        path = folder / "articles" / os.fsdecode(name[:200] + b".json")
        path.write_text(said, encoding="utf-8")


def _annotate(workspace: Workspace, article: Article, held: Sequence[str]) -> None:
    opened = workspace.open(article)
    assert opened.writer is not None
    for sentence, words in enumerate(held[:60]):
        start, end = article.starts[sentence], article.ends[sentence]

        def make(said: Annotation, words: str = words, start: int = start, end: int = end) -> Annotation:
            span = Span(
                id=f"s{start}",
                start=start,
                end=end,
                text=article.text[start:end],
                severity=words,
                category=words,
                correction=words,
                note=words,
            )
            quote = Quote(
                id=f"q{start}",
                start=start,
                end=end,
                text=article.text[start:end],
                speaker=words,
                holder=words,
            )
            return replace(
                said,
                spans=(span,),
                quotes=(quote,),
                note=words,
                tags=("translation_error", words),
                decided=True,
            )

        outcome = opened.session.change(sentence, "import", f"imported {words}", make)
        assert outcome.step is not None
        changes = tuple(
            replace(one, after=replace(one.after, updated_at=words, created_at=words))
            for one in outcome.step.changes
            if one.after is not None
        )
        opened.writer.put(replace(outcome.step, at=words, changes=changes))
    opened.writer.close()

"""An open reader under Textual's Pilot: keys go in as a terminal sends them, and what came of them is asked for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from functools import cache

import msgspec
from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot
from textual.strip import Strip

from tui import hints
from tui.app import PostilApp
from tui.documents.document import ReadingOptions
from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article, Entity, EntityCount, entity_blocks
from tui.model.hint import Hint, hint_blocks, hint_id
from tui.prepare.pipeline import read_articles
from tui.reader.article_view.widget import ArticleView
from tui.reader.panel import Panel
from tui.reader.screen import ReaderScreen
from tui.session.focus import focused_hint
from tui.session.mark_edits import marks
from tui.session.prompts.pointing import Pointing
from tui.session.session import Session
from tui.store.changes import add
from tui.text.words import targets
from tui.widgets.bars import Bar, CountBar, KeyBar, SavedBar
from tui.widgets.choice_grid import ChoiceGrid
from tui.widgets.sheet import Sheet
from tui.workspace import Opened, Workspace

TOWN = """\
# Un été à Rome

Musk a dit : « Non merci, Rome. C'est fini. » Le prix de laacquisition était élevé. Rome est belle.

## L'offre de Musk

Musk et Altman sont à Rome. Oui. Altman répond « jamais » en été.
"""
TITLE, SAYS, OVER, PRICE, ROME, HEADING, BOTH, YES, NEVER = range(9)
"""Its sentences."""

CHARACTERS = {"enter": "\r", "tab": "\t", "escape": "\x1b", "backspace": "\x7f", "space": " "}


def article_of(text: str) -> Article:
    """An article of plain text, without names."""
    [article] = read_articles(
        text.encode(), name="plain.txt", suffix=".txt", options=ReadingOptions(language="fr")
    )
    return with_names(article, {})


@cache
def _town() -> Article:
    [article] = read_articles(
        TOWN.encode(), name="town.md", suffix=".md", options=ReadingOptions(language="fr")
    )
    return article


def town() -> Article:
    """A short article with two headings, a quotation over two sentences, and names."""
    return with_names(_town(), {"Musk": "PER", "Altman": "PER", "Rome": "LOC"})


def with_names(article: Article, names: dict[str, str]) -> Article:
    """The article with every occurrence of these words found as names."""
    article = msgspec.structs.replace(
        article, prepared_by={**article.prepared_by, "entities": "the tests", "hints": hints.VERSION}
    )
    found = [
        Entity(start=place, end=place + len(name), label=label, origin="rule")
        for name, label in names.items()
        for place in range(len(article.text))
        if article.text.startswith(name, place)
    ]
    article.entity_blocks = entity_blocks(article, sorted(found, key=lambda entity: entity.start))
    article.entity_counts = [
        EntityCount(
            text=name, label=label, count=sum(article.text[one.start : one.end] == name for one in found)
        )
        for name, label in names.items()
    ]
    return article


def with_hints(article: Article, *pointed_at: tuple[str, str, str | None]) -> Article:
    """The article with hints on every occurrence of some words: the words, a detector and a correction."""
    found = [
        Hint(
            id=hint_id(article.text_sha256, detector, place, place + len(words)),
            start=place,
            end=place + len(words),
            detector=detector,
            category="spelling",
            severity="minor",
            reason=f"“{words}” looks odd",
            confidence=0.8,
            correction=correction,
        )
        for words, detector, correction in pointed_at
        for place in range(len(article.text))
        if article.text.startswith(words, place)
    ]
    return msgspec.structs.replace(
        article, hint_blocks=hint_blocks(sorted(found, key=lambda hint: (hint.start, hint.end)))
    )


class Reading:
    """An open reader, and what a test wants to know of it."""

    def __init__(self, app: PostilApp, pilot: Pilot[int], opened: Opened) -> None:
        self.app = app
        self.pilot = pilot
        self.session: Session = opened.session

    @property
    def article(self) -> Article:
        """With its sentences as they are now."""
        return self.session.article

    # -- keys --------------------------------------------------------------

    async def press(self, *keys: str) -> None:
        """One key after another, each when what the one before did is on the screen."""
        for key in keys:
            self._send(key)
            await self.settled()

    async def type_ahead(self, *keys: str) -> None:
        """All keys at once, as a slow line delivers them."""
        for key in keys:
            self._send(key)
        await self.settled()

    async def paste(self, text: str) -> None:
        self.app.post_message(events.Paste(text))
        await self.settled()

    def _send(self, key: str) -> None:
        character = CHARACTERS.get(key, key if len(key) == 1 else None)
        name = _character_to_key(key) if len(key) == 1 and not key.isalnum() else key
        event = events.Key(name, character)
        event.set_sender(self.app)
        self.app.post_message(event)

    async def settled(self) -> None:
        """Wait until no message is on its way any more."""
        quiet = 0
        while quiet < 3:
            await self.pilot.pause(0)
            if self.app._exception is not None:
                raise self.app._exception
            pumps = [self.app, *(node for screen in self.app.screen_stack for node in screen.walk_children())]
            busy = any(pump.message_queue_size for pump in (*pumps, *self.app.screen_stack))
            quiet = 0 if busy else quiet + 1

    async def finished(self) -> None:
        """Wait for what keys have started: leaving, opening, keeping a name."""
        await self.app.workers.wait_for_complete()
        await self.settled()

    # -- pointing ----------------------------------------------------------

    def place(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Where words stand in the current sentence or after it."""
        start = self.article.starts[self.session.cursor]
        for _ in range(nth + 1):
            start = self.article.text.index(words, start) + 1
        return start - 1, start - 1 + len(words)

    def letters(
        self, first: str, last: str = "", *, ahead: bool = False, nth: int = 0, most: int | None = None
    ) -> list[str]:
        """The keys that point at a word of the current sentence, and on to another one.

        `ahead` looks in the sentences after it too, as marking a quotation does; in so many words at `most`.
        """
        session, article = self.session, self.article
        sentences = range(session.cursor, len(article) if ahead else session.cursor + 1)
        words = [
            word
            for index in sentences
            for word in targets(article.text, article.starts[index], article.ends[index], article.language)
        ]
        spans = [found.end for found in self.spans()]
        near = article.starts[session.cursor] if ahead else max(spans, default=article.starts[session.cursor])
        pointing = Pointing(words[:most], near)
        start, end = self.place(first, nth)
        keys = self._typed(pointing, start)
        if last:
            after = article.text.index(last, end)
            keys += self._typed(pointing, after)
        return keys

    def _typed(self, pointing: Pointing, offset: int) -> list[str]:
        keys = list(pointing.letters[offset])
        for key in keys:
            assert pointing.press(key)
        return keys

    # -- what is said ------------------------------------------------------

    @property
    def said(self) -> Annotation | None:
        """What is said about the current sentence."""
        return self.session.annotation(self.session.cursor)

    def annotation(self, index: int) -> Annotation:
        """The annotation of a sentence that has one."""
        annotation = self.session.annotation(index)
        assert annotation is not None, (
            f"sentence {index + 1} has no annotation: the keys before annotated another"
        )
        return annotation

    def spans(self) -> Sequence[Span]:
        return self.said.spans if self.said is not None else ()

    def quotes(self) -> Sequence[Quote]:
        return self.said.quotes if self.said is not None else ()

    def names(self) -> dict[str, str]:
        """Words and label of each name in the current sentence."""
        found = self.session.entities(self.session.cursor)
        return {self.article.text[one.start : one.end]: one.label for one in found}

    def everything(self) -> object:
        """All that is said, to be compared."""
        work = self.session.work
        return dict(work.annotations), dict(work.entities), dict(work.repairs)

    def undone_is(self, before: object) -> bool:
        """Whether undoing the last step gives back what was, and redoing it what is."""
        after = self.everything()
        self.session.undo()
        back = self.everything()
        self.session.redo()
        return back == before and self.everything() == after

    # -- what is shown -----------------------------------------------------

    @property
    def reader(self) -> ReaderScreen:
        assert isinstance(self.app.screen, ReaderScreen)
        return self.app.screen

    @property
    def focused(self) -> str:
        """The words of the mark or name that has the focus."""
        focus = self.reader.focus_mark
        if focus is None:
            return ""
        if focus.startswith("entity:"):
            start = int(focus.removeprefix("entity:"))
            [name] = [one for one in self.session.entities(self.session.cursor) if one.start == start]
            return self.article.text[name.start : name.end]
        if focus.startswith("hint:"):
            hint = focused_hint(self.session, self.session.cursor, focus)
            assert hint is not None
            return self.article.text[hint.start : hint.end]
        return next(mark.text for mark in marks(self.said) if mark.id == focus)

    def rows(self) -> list[str]:
        view = self.app.screen.query_one(ArticleView)
        return [view.render_line(y).text for y in range(view.size.height)]

    def current_row(self) -> str:
        return next(row for row in self.rows() if "▌" in row)

    def bar(self, kind: type[CountBar | KeyBar | SavedBar | Bar]) -> str:
        return self.app.screen.query_one(kind).render_line(0).text.strip()

    @property
    def foot(self) -> str:
        """The row of keys at the bottom, or what stands in its place."""
        return self.bar(KeyBar)

    @property
    def asked(self) -> str:
        """The row of keys and, where they lie over the page, the keys that a question expects."""
        grid = self.app.screen.query_one(ChoiceGrid)
        rows = range(grid.size.height) if grid.display else range(0)
        return "\n".join([*(grid.render_line(y).text for y in rows), self.foot])

    @property
    def panel(self) -> str:
        panel = self.app.screen.query_one(Panel)
        return "\n".join(panel.render_line(y).text for y in range(panel.size.height))

    @property
    def listed(self) -> list[str]:
        """The rows of the list that lies over the page."""
        sheet = self.app.screen.query_one(Sheet)
        return [sheet.render_line(y).text for y in range(sheet.size.height)]

    def painted(self) -> list[Strip]:
        """Every row of the screen."""
        return self.app.screen._compositor.render_strips()

    def everything_painted(self) -> str:
        return "\n".join(row.text for row in self.painted())


@asynccontextmanager
async def reading(
    workspace: Workspace, article: Article, size: tuple[int, int] = (120, 40)
) -> AsyncIterator[Reading]:
    """The reader on an article, in a terminal of a given size."""
    add(workspace.library, article, who=workspace.annotator)
    opened = workspace.open(article)
    app = PostilApp(workspace, opened)
    async with app.run_test(size=size) as pilot:
        found = Reading(app, pilot, opened)
        await found.settled()
        yield found
        for screen in app.screen_stack:
            if isinstance(screen, ReaderScreen):
                await screen.leave()

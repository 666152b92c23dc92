"""What marks, letters, matches, corrections and prose look like. After a change that is meant: --snapshot-update."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from tui.app import PostilApp
from tui.model.article import Article
from tui.reader.article_view.widget import ArticleView
from tui.reader.panel import Panel
from tui.session.marks import add_quote, add_span, correct_span, note_mark
from tui.session.prompts.pointing import Pointing
from tui.session.search import FoldedText, Search
from tui.session.session import Outcome, Session
from tui.text.words import targets
from tui.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]

SIZES = [(120, 40), (80, 24)]
CURSOR = 8
"""The sentence that is current: it has marks of every kind."""


class Marker:
    """Marks words of the sample, as an annotator would."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.outcomes: list[Outcome] = []

    def do(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)

    def place(self, sentence: int, words: str) -> tuple[int, int]:
        article = self.session.article
        start = article.text.index(words, article.starts[sentence])
        return start, start + len(words)

    def span(
        self, sentence: int, words: str, severity: str, correction: str | None = None, *, gap: bool = False
    ) -> str:
        start, end = self.place(sentence, words)
        end = start if gap else end
        self.do(add_span(self.session, sentence, start, end, severity, "mistranslation"))
        said = self.session.annotation(sentence)
        assert said is not None
        [span] = [span for span in said.spans if (span.start, span.end) == (start, end)]
        if correction is not None:
            self.do(correct_span(self.session, sentence, span.id, correction))
        return span.id

    def quote(self, sentence: int, first: str, last: str, speaker: str | None) -> None:
        start, end = self.place(sentence, first)[0], self.place(sentence, last)[1]
        self.do(
            add_quote(
                self.session, sentence, start, end, speaker=speaker, holder="source", closed=bool(speaker)
            )
        )


def mark_up(session: Session) -> list[Outcome]:
    """Tags, errors of each severity, an omission, overlapping marks, corrections, quotations and notes."""
    marker = Marker(session)
    for sentence in range(8):
        marker.do(session.tag(sentence, "fact"))
    for sentence, tag in [(2, "opinion"), (3, "quote"), (8, "opinion"), (8, "quote"), (9, "opinion")]:
        marker.do(session.tag(sentence, tag))
    marker.do(session.none(5))
    marker.do(session.unsure(5))
    marker.span(3, "xIA", "major", "xAI")
    marker.span(4, "Partenaires Valor Equity", "major", "Valor Equity Partners")
    marker.span(4, "e 8VC", "minor")
    marker.span(4, "co-fondateur", "minor")
    noted = marker.span(8, "il en frappa un", "major", "il évoqua l’une")
    marker.do(note_mark(session, 8, noted, "literally: he hit one of them"))
    marker.span(8, "un. des", "minor")
    marker.span(8, "affaires", "minor", "plus belles ", gap=True)
    marker.span(8, "laacquisition", "critical", "l'acquisition")
    marker.span(8, "(heure X)", "minor", "")
    marker.quote(8, "« Non merci", "souhaitez«", "Altman")
    marker.do(session.set_note(8, "The original post was in English: compare it."))
    marker.quote(10, "« OpenAI", "prouver", None)
    return marker.outcomes


Show = Callable[[ArticleView, Panel, Session], None]


@pytest.fixture
def staged(
    tmp_path: Path, workspace_in: MakeWorkspace, sample_article: Article
) -> Callable[[str], PostilApp]:
    """The sample, marked up, opened where the marks are."""
    return lambda palette: stage(workspace_in(tmp_path / "annotations", palette=palette), sample_article)


def stage(workspace: Workspace, article: Article) -> PostilApp:
    workspace.library.save(article)
    writer = workspace.store.open(article.id, "ana")
    session = Session(article, workspace.scheme, workspace.store.load(article.id, "ana"), "ana")
    writer.put(*(outcome.step for outcome in mark_up(session) if outcome.step))
    writer.put_cursor(article.starts[CURSOR])
    writer.close()
    return PostilApp(workspace, workspace.open(article))


def showing(show: Show) -> Callable[..., Awaitable[None]]:
    async def run(pilot) -> None:
        await pilot.pause()
        screen = pilot.app.screen
        show(screen.query_one(ArticleView), screen.query_one(Panel), screen.session)
        await pilot.pause()

    return run


def marks_alone(view: ArticleView, panel: Panel, session: Session) -> None:
    """Nothing but what is said."""


def focus(words: str) -> Show:
    def show(view: ArticleView, panel: Panel, session: Session) -> None:
        said = session.annotation(CURSOR)
        assert said is not None
        [mark] = [mark.id for mark in (*said.spans, *said.quotes) if words in mark.text]
        view.focus_mark(mark)
        panel.show(CURSOR, mark)

    return show


def focus_in_the_corrected_reading(view: ArticleView, panel: Panel, session: Session) -> None:
    view.reading = "corrected"
    focus("laacquisition")(view, panel, session)


def pointing(session: Session) -> Pointing:
    article = session.article
    start, end = article.starts[CURSOR], article.ends[CURSOR]
    return Pointing(targets(article.text, start, end, article.language), start)


def letters(view: ArticleView, panel: Panel, session: Session) -> None:
    view.point(pointing(session).letters)


def letters_for_the_end(view: ArticleView, panel: Panel, session: Session) -> None:
    pointer = pointing(session)
    start = next(iter(pointer.letters))
    for key in pointer.letters[start]:
        pointer.press(key)
    view.point(pointer.letters, pointer.start)


def corrected(view: ArticleView, panel: Panel, session: Session) -> None:
    view.reading = "corrected"


def prose(view: ArticleView, panel: Panel, session: Session) -> None:
    view.layout_as = "prose"


def letters_in_prose(view: ArticleView, panel: Panel, session: Session) -> None:
    view.layout_as = "prose"
    letters(view, panel, session)


def matches(view: ArticleView, panel: Panel, session: Session) -> None:
    view.show_matches(Search(FoldedText(session.article.text), "Musk").within)


STATES: dict[str, Show] = {
    "marks": marks_alone,
    "letters": letters,
    "corrected": corrected,
    "prose": prose,
}

MORE: dict[str, Show] = {
    "focused": focus("laacquisition"),
    "focused-quote": focus("Non merci"),
    "focused-corrected": focus_in_the_corrected_reading,
    "letters-end": letters_for_the_end,
    "letters-prose": letters_in_prose,
    "matches": matches,
}


@pytest.mark.parametrize("size", SIZES, ids=["120x40", "80x24"])
@pytest.mark.parametrize("palette", ["dark", "ansi", "mono"])
@pytest.mark.parametrize("state", STATES)
def test_view(snap_compare, staged, state: str, palette: str, size: tuple[int, int]) -> None:
    assert snap_compare(staged(palette), run_before=showing(STATES[state]), terminal_size=size)


@pytest.mark.parametrize("palette", ["dark", "mono"])
@pytest.mark.parametrize("state", MORE)
def test_view_at_work(snap_compare, staged, state: str, palette: str) -> None:
    assert snap_compare(staged(palette), run_before=showing(MORE[state]), terminal_size=(120, 40))


@pytest.mark.parametrize("state", ["marks", "prose"])
def test_view_in_light(snap_compare, staged, state: str) -> None:
    assert snap_compare(staged("light"), run_before=showing(STATES[state]), terminal_size=(120, 40))

"""The article's view alone: what it repaints, where the mouse points, and that the place is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.pilot import Pilot

from tui.model.annotation import Work
from tui.model.article import Article
from tui.painting.article.flow import CARET
from tui.painting.article.rows import Matches, no_matches
from tui.painting.styles import Styles
from tui.reader.article_view.widget import ArticleView
from tui.session.boundary_repairs import merge, split
from tui.session.marks import add_quote, add_span, correct_span
from tui.session.session import Session
from tui.settings import scheme_file as scheme
from tui.settings.theme import PALETTES

NEWS = scheme.load()


class Alone(App[None]):
    """Nothing but the view; says what was clicked and dragged over."""

    def __init__(self, session: Session, palette: str) -> None:
        super().__init__()
        self.session = session
        self.ink = Styles(PALETTES[palette], NEWS)
        self.clicked: list[int] = []
        self.dragged: list[tuple[int, str]] = []

    def compose(self) -> ComposeResult:
        self.view = ArticleView(self.session, self.ink)
        yield self.view

    def on_article_view_clicked(self, message: ArticleView.Clicked) -> None:
        self.clicked.append(message.sentence)

    def on_article_view_dragged(self, message: ArticleView.Dragged) -> None:
        text = self.session.article.text
        self.dragged.append((message.sentence, text[message.start : message.end]))


class Looking:
    """The view under a pilot, and what it repainted."""

    def __init__(
        self, app: Alone, pilot: Pilot[None], session: Session, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.app, self.view, self.pilot, self.session = app, app.view, pilot, session
        self.repainted: list[Region | None] = []
        refresh = self.view.refresh

        def recorded(*regions: Region, **options: bool) -> ArticleView:
            self.repainted += regions or [None]
            return refresh(*regions, **options)

        monkeypatch.setattr(self.view, "refresh", recorded)

    def rows(self) -> list[str]:
        return [self.view.render_line(y).text for y in range(self.view.size.height)]

    def find(self, words: str) -> tuple[int, int]:
        """The first cell of these words."""
        for y, row in enumerate(self.rows()):
            if words in row:
                return cell_len(row[: row.index(words)]), y
        raise AssertionError(f"{words} is not in view")

    def span(self, sentence: int, words: str, severity: str = "minor", *, gap: bool = False) -> str:
        article = self.session.article
        start = article.text.index(words, article.starts[sentence])
        before = self.session.annotation(sentence)
        known = {one.id for one in before.spans} if before is not None else set[str]()
        add_span(self.session, sentence, start, start if gap else start + len(words), severity, "grammar")
        said = self.session.annotation(sentence)
        assert said is not None
        self.view.touch(sentence)
        return next(one.id for one in said.spans if one.id not in known)

    async def drag(self, first: str, last: str) -> None:
        x, y = self.find(first)
        to_x, to_y = self.find(last)
        await self.pilot.mouse_down(offset=(x, y))
        await self.pilot.hover(offset=(to_x, to_y))
        await self.pilot.mouse_up(offset=(to_x, to_y))
        await self.pilot.pause()


@pytest.fixture
def look(sample_article: Article, monkeypatch: pytest.MonkeyPatch):
    @asynccontextmanager
    async def looking(
        size: tuple[int, int] = (80, 24), palette: str = "dark", article: Article = sample_article
    ) -> AsyncIterator[Looking]:
        session = Session(article, NEWS, Work(), "ana")
        app = Alone(session, palette)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Looking(app, pilot, session, monkeypatch)

    return looking


async def test_a_tag_repaints_the_ledger_of_one_row(look) -> None:
    async with look() as view:
        view.session.tag(2, "fact")
        view.view.touch(2)
        [region] = view.repainted
        assert (region.height, region.width) == (1, 6)
        assert "F···" in view.rows()[region.y]


async def test_a_mark_repaints_the_rows_of_its_sentence(look) -> None:
    async with look() as view:
        view.span(2, "reprendre")
        assert {region.y for region in view.repainted} == {5, 6, 7}


async def test_a_move_repaints_the_rows_of_two_sentences(look) -> None:
    async with look() as view:
        view.view.move_to(1)
        assert {region.y for region in view.repainted} == {1, 2, 3, 4}


async def test_a_focus_repaints_the_sentence_that_holds_the_mark_and_nothing_twice(look) -> None:
    async with look() as view:
        mark = view.span(2, "reprendre")
        view.repainted.clear()
        view.view.focus_mark(mark)
        assert {region.y for region in view.repainted} == {5, 6, 7}
        view.repainted.clear()
        view.view.focus_mark(mark)
        view.view.point(None)
        view.view.show_matches(no_matches)
        assert view.repainted == []


async def test_letters_dim_the_page_once_and_then_repaint_their_sentence(look) -> None:
    async with look() as view:
        start = view.session.article.starts[0]
        view.view.point({start: "f", start + 5: "j"})
        blank = {y for y, row in enumerate(view.rows()) if not row.strip()}
        assert {region.y for region in view.repainted} == set(range(24)) - blank
        assert "fous jes yeux" in view.rows()[1]
        view.repainted.clear()
        view.view.point({start + 5: "f"}, (start, start + 4))
        assert {region.y for region in view.repainted} == {1, 2}
        assert "Sous fes yeux" in view.rows()[1]
        view.repainted.clear()
        view.view.point(None)
        assert len(view.repainted) == 24 - len(blank)
        assert "Sous les yeux" in view.rows()[1]


async def test_searching_for_nothing_yet_dims_nothing(look) -> None:
    async with look() as view:
        view.view.point({}, None)
        assert view.repainted == []


def only(text: str, words: str) -> Matches:
    start = text.index(words)
    end = start + len(words)
    return lambda first, last: [(start, end)] if start < last and first < end else []


async def test_a_search_repaints_the_rows_that_show_what_matches_now_or_did(look) -> None:
    async with look() as view:
        text = view.session.article.text
        view.view.show_matches(only(text, "Tesla"))
        assert {region.y for region in view.repainted} == {3}
        view.repainted.clear()
        view.view.show_matches(only(text, "Trump"))
        assert {region.y for region in view.repainted} == {1, 3}
        assert any(piece.text == "Trump" for piece in view.view.render_line(1))
        view.view.show_matches(no_matches)
        assert not any(piece.text == "Trump" for piece in view.view.render_line(1))


async def test_a_click_tells_the_sentence(look) -> None:
    async with look() as view:
        for words, sentence in [("Déterminé", 2), ("d'investisseurs dirigé", 3), ("ravivant", 1)]:
            await view.pilot.click(offset=view.find(words))
            assert view.app.clicked.pop() == sentence
        assert view.app.dragged == []


@pytest.mark.parametrize("layout", ["sentences", "prose"])
@pytest.mark.parametrize("reading", ["plain", "corrected"])
async def test_a_drag_takes_whole_words_either_way_round(look, layout: str, reading: str) -> None:
    async with look() as view:
        mark = view.span(1, "Tesla")
        view.span(1, "revient", gap=True)
        correct_span(view.session, 1, mark, "une autre entreprise")
        view.view.touch(1)
        view.view.layout_as, view.view.reading = layout, reading
        await view.drag("atron", "evient")
        assert view.app.dragged == [(1, "patron de Tesla et SpaceX revient")]
        await view.drag("evient", "atron")
        assert view.app.dragged[1] == view.app.dragged[0]
        assert view.app.clicked == []


async def test_a_drag_stays_in_the_sentence_where_it_began(look) -> None:
    async with look() as view:
        await view.drag("ChatGPT", "Déterminé à")
        assert view.app.dragged == [(1, "ChatGPT.")]


async def test_dragging_shows_what_would_be_marked(look) -> None:
    async with look() as view:
        x, y = view.find("patron")
        await view.pilot.mouse_down(offset=(x + 2, y))
        await view.pilot.hover(offset=(x + 3, y))
        assert any(piece.text == "patron" for piece in view.view.render_line(y))
        await view.pilot.mouse_up(offset=(x + 3, y))
        assert not any(piece.text == "patron" for piece in view.view.render_line(y))


async def test_the_mouse_marks_nothing_while_letters_are_shown(look) -> None:
    async with look() as view:
        view.view.point({0: "f"})
        await view.drag("patron", "SpaceX")
        assert view.app.dragged == []


async def test_an_omission_moves_what_follows_and_more_rows_move_what_is_below(look) -> None:
    async with look() as view:
        y = view.find("Déterminé")[1]
        for _ in range(40):
            view.span(1, "patron", gap=True)
        assert CARET * 40 + "patron" in view.rows()[3].replace("Le ", "") + view.rows()[4]
        assert view.find("Déterminé")[1] > y


@pytest.mark.parametrize("start", [0, 8, 20, 40])
async def test_other_layouts_and_readings_keep_the_current_sentence_where_it_is(look, start: int) -> None:
    async with look() as view:
        view.view.move_to(start)
        for layout, reading in [("prose", "plain"), ("prose", "corrected"), ("sentences", "corrected")]:
            view.view.layout_as, view.view.reading = layout, reading
            assert (view.view.layout_as, view.view.reading) == (layout, reading)
            assert any("▌" in row for row in view.rows())
        words = view.session.article.sentence_text(start)[:8]
        assert any("▌" in row and words in row for row in view.rows())


async def test_prose_flows_and_tells_the_current_sentence(look) -> None:
    async with look() as view:
        view.view.layout_as = "prose"
        assert view.rows()[2].split("Le patron")[0].endswith("continue. ")
        view.view.move_to(1)
        bars = [y for y, row in enumerate(view.rows()) if "▌" in row]
        assert bars == [2, 3]
        ground = PALETTES["dark"].current
        text = "".join(
            piece.text
            for y in bars
            for piece in view.view.render_line(y)
            if piece.style.bgcolor.name == ground
        )
        assert text.startswith("Le patron de Tesla")
        assert "continue" not in text


async def test_pages_of_prose_go_through_the_whole_article(look) -> None:
    async with look((60, 12)) as view:
        view.view.layout_as = "prose"
        seen: list[int] = []
        for _ in range(200):
            seen.append(view.view.page(+1))
            view.view.move_to(seen[-1], scroll=False)
            if seen[-1] == len(view.session.article) - 1:
                break
        assert seen == sorted(seen)
        assert seen[-1] == len(view.session.article) - 1


async def test_sentences_that_were_split_or_merged_are_shown(look) -> None:
    async with look() as view:
        article = view.session.article
        view.session.cursor = 8
        view.view.move_to(8)
        y = view.find("Avec une ironie")[1]
        split(view.session, 8, article.text.index("laacquisition"))
        view.view.rebuilt()
        assert view.find("Avec une ironie")[1] == y
        assert any(row.strip(" ·▌").startswith("laacquisition") for row in view.rows())
        view.session.undo()
        view.view.touch(8)
        assert not any(row.strip(" ·▌").startswith("laacquisition") for row in view.rows())
        merge(view.session, 0)
        view.view.rebuilt()
        assert view.view.cursor == view.session.cursor == 7


async def test_a_quotation_over_sentences_is_focused_in_all_of_them(look) -> None:
    async with look((120, 60)) as view:
        article = view.session.article
        start, end = article.text.index("« OpenAI n'est"), article.text.index("prouver") + 7
        add_quote(view.session, 10, start, end, speaker="")
        for sentence in (10, 11):
            view.view.touch(sentence)
        [quote] = view.session.annotation(10).quotes
        before = [view.view.render_line(view.find(words)[1]) for words in ("n'est pas à vendre", "marché")]
        view.view.focus_mark(quote.id)
        after = [view.view.render_line(view.find(words)[1]) for words in ("n'est pas à vendre", "marché")]
        assert all(one != other for one, other in zip(before, after, strict=True))


async def test_without_colours_every_theme_shows_signs(look, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with look(palette="dark") as view:
        view.span(1, "patron", "critical")
        assert "Le [patron] de Tesla" in "".join(view.rows())


async def test_an_empty_article_can_be_looked_at(look, sample_article: Article) -> None:
    import msgspec

    empty = msgspec.structs.replace(
        sample_article, text="", starts=[], ends=[], paragraphs=[], headings=[], entity_blocks=[]
    )
    async with look(article=empty) as view:
        view.view.layout_as = "prose"
        assert "".join(view.rows()).strip() == ""

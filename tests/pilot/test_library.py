"""The library screen: each key, the mouse, and what it says where something cannot be done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from textual.pilot import Pilot

from tui import hints
from tui.app import PostilApp
from tui.documents.document import ReadingOptions
from tui.library import article_table
from tui.library.article_table import ArticleTable
from tui.library.path_entry import PathScreen
from tui.library.path_sheet import PathSheet
from tui.library.screen import LibraryScreen
from tui.model.article import Article
from tui.prepare.pipeline import read_articles
from tui.reader.screen import ReaderScreen
from tui.screens.chooser import ChooserScreen
from tui.screens.help import HelpScreen
from tui.session.session import Session
from tui.widgets.bars import KeyBar
from tui.widgets.lines import Lines
from tui.workspace import Workspace

MakeWorkspace = Callable[..., Workspace]

TITLES = ("Avenir", "Évasion", "Zone")


def article(title: str, *, language: str = "en", sentences: int = 4) -> Article:
    text = f"{title}\n\n" + " ".join(f"This is sentence {n} of it." for n in range(1, sentences))
    [made] = read_articles(text.encode(), options=ReadingOptions(language=language))
    return msgspec.structs.replace(
        made, prepared_by={**made.prepared_by, "entities": "the tests", "hints": hints.VERSION}
    )


def annotate(workspace: Workspace, made: Article, annotator: str, sentences: int = 1) -> None:
    writer = workspace.store.open(made.id, annotator)
    session = Session(made, workspace.scheme, workspace.store.load(made.id, annotator), annotator)
    writer.put(*(step for n in range(sentences) if (step := session.tag(n, "fact").step)))
    writer.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "annotations"


@pytest.fixture
def stocked(folder: Path, workspace_in: MakeWorkspace) -> Workspace:
    """A library of three articles; the last touched is the second."""
    workspace = workspace_in(folder)
    for number, title in enumerate(TITLES):
        made = article(title)
        made.added_at = f"2026-11-0{3 - number}T00:00:00.000Z"
        workspace.library.save(made)
        if title == "Évasion":
            annotate(workspace, made, "ana", 2)
    return workspace


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, with texts to add."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for name in ("alpha", "beta"):
        (folder / f"{name}.txt").write_text(f"The {name} of it. This is the end.", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return folder


class Recognising:
    """Finds no names, and when it is told to waits until it may go on."""

    def __init__(self) -> None:
        self.may_go_on = asyncio.Event()
        self.may_go_on.set()

    async def recognise(
        self, made: Article, aliases: Sequence[Path], *, progress: object, shown: str
    ) -> Article:
        assert shown
        await self.may_go_on.wait()
        return msgspec.structs.replace(made, prepared_by={**made.prepared_by, "entities": "nobody"})

    async def find_hints(self, made: Article, *, progress: object, shown: str) -> Article:
        assert shown
        return made


@pytest.fixture
def recognising(monkeypatch: pytest.MonkeyPatch) -> Recognising:
    made = Recognising()
    monkeypatch.setattr(PostilApp, "preparation", made)
    return made


class Visit:
    """The library on a screen."""

    def __init__(self, app: PostilApp, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def table(self) -> ArticleTable:
        return self.app.screen.query_one(ArticleTable)

    @property
    def titles(self) -> list[str]:
        return [one.entry.title for one in self.table.shelf.shown]

    @property
    def chosen(self) -> str | None:
        chosen = self.table.shelf.chosen
        return chosen.entry.title if chosen else None

    def row(self, y: int) -> str:
        return self.table.render_line(y).text.rstrip()

    @property
    def keys(self) -> str:
        bar = self.app.screen.query_one(KeyBar)
        return bar.render_line(0).text.strip()

    @property
    def lines(self) -> list[str]:
        lines = self.app.screen.query_one(Lines)
        return [lines.render_line(y).text.strip() for y in range(lines.size.height)]

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)
        await self.pilot.pause()

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(30):
            while not condition():
                await self.pilot.pause(0.01)

    async def settled(self) -> None:
        """Nothing goes on any more."""
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()


@asynccontextmanager
async def visiting(workspace: Workspace, size: tuple[int, int] = (80, 24)) -> AsyncGenerator[Visit]:
    app = PostilApp(workspace, None)
    async with app.run_test(size=size) as pilot:
        visit = Visit(app, pilot)
        await visit.settled()
        yield visit


async def test_a_damaged_article_is_told_and_the_others_are_shown(stocked: Workspace) -> None:
    (stocked.library.articles / "broken-00000000.json").write_bytes(b"{")
    async with visiting(stocked, (120, 30)) as visit:
        assert "broken-00000000" in visit.keys
        assert len(visit.titles) == 3
        await visit.press("e")
        assert isinstance(visit.app.screen, ChooserScreen)
        await visit.press("enter")
        assert isinstance(visit.app.screen, LibraryScreen)


async def test_nothing_wrong_is_said_too(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        await visit.press("e")
        assert visit.keys == "nothing went wrong"


async def test_moving(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        assert visit.titles == ["Évasion", "Avenir", "Zone"]
        for key, title in (
            ("j", "Avenir"),
            ("down", "Zone"),
            ("j", "Zone"),
            ("k", "Avenir"),
            ("g", "Évasion"),
            ("up", "Évasion"),
            ("G", "Zone"),
            ("pageup", "Évasion"),
            ("space", "Zone"),
            ("home", "Évasion"),
            ("end", "Zone"),
            ("b", "Évasion"),
        ):
            await visit.press(key)
            assert visit.chosen == title


async def test_a_row_says_it_all(stocked: Workspace) -> None:
    async with visiting(stocked, (120, 30)) as visit:
        assert "3 articles" in visit.row(1)
        assert visit.row(2).split() == [
            *("▌", "Évasion", "en", "━━━━━━──────", "2/4", "ana", "just", "now"),
        ]
        assert visit.row(3).split() == ["Avenir", "en", "────────────", "0/4"]


async def test_one_key_sorts_by_one_thing_after_another(stocked: Workspace) -> None:
    async with visiting(stocked, (120, 30)) as visit:
        assert "touched ▾" in visit.row(1)
        for mark, first in (
            ("3 articles ▴", "Avenir"),
            ("done ▴", "Avenir"),
            ("lang ▴", "Avenir"),
            ("touched ▾", "Évasion"),
        ):
            await visit.press("s")
            assert mark in visit.row(1)
            assert visit.titles[0] == visit.chosen == first


async def test_where_there_is_no_column_the_order_is_told_in_words(stocked: Workspace) -> None:
    async with visiting(stocked, (40, 12)) as visit:
        assert "3 articles, by touched ▾" in visit.row(1)
        await visit.press("s", "s", "s")
        assert "3 articles, by lang" in visit.row(1)


async def test_the_filter_works_as_it_is_typed_and_escape_shows_all(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        await visit.press("j", "slash", *"eva")
        assert visit.keys.startswith("filter eva")
        assert visit.titles == ["Évasion"]
        assert "1 of 3: eva" in visit.row(1)
        await visit.press("escape")
        assert (visit.titles, visit.chosen) == (["Évasion", "Avenir", "Zone"], "Avenir")
        await visit.press("slash", *"en", "down", "enter")
        assert (visit.chosen, len(visit.titles)) == ("Zone", 3)
        assert visit.keys.startswith("enter open")
        await visit.press("slash", *" zo", "enter", "j")
        assert visit.titles == ["Zone"]
        await visit.press("escape")
        assert len(visit.titles) == 3


async def test_where_nothing_fits_it_is_said_and_nothing_opens(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        await visit.press("slash", *"zzz", "enter", "enter", "x")
        assert "no match: escape shows all again" in visit.row(2)
        assert isinstance(visit.app.screen, LibraryScreen)


async def test_what_is_pasted_filters_too(stocked: Workspace) -> None:
    from textual import events

    async with visiting(stocked) as visit:
        visit.app.screen.post_message(events.Paste("zone"))
        await visit.press("slash")
        visit.app.screen.post_message(events.Paste("zone"))
        await visit.pilot.pause()
        assert visit.titles == ["Zone"]


# -- opening ---------------------------------------------------------------


async def test_the_bar_the_order_and_the_words_are_kept_while_one_reads(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        await visit.press("s", "slash", *"e", "enter", "G", "enter")
        await visit.until(lambda: isinstance(visit.app.screen, ReaderScreen))
        await visit.press("f", "l")
        await visit.until(lambda: isinstance(visit.app.screen, LibraryScreen))
        await visit.settled()
        assert visit.chosen == "Zone"
        assert visit.table.shelf.order == "title"
        assert visit.table.shelf.words == "e"
        assert "1/4" in visit.row(visit.table.shelf.cursor + 2)


async def test_from_an_article_opened_by_name_the_bar_is_on_it(stocked: Workspace) -> None:
    made = stocked.library.load(stocked.library.find("zone"))
    app = PostilApp(stocked, stocked.open(made))
    async with app.run_test(size=(80, 24)) as pilot:
        visit = Visit(app, pilot)
        await visit.press("l")
        await visit.until(lambda: isinstance(app.screen, LibraryScreen))
        await visit.settled()
        assert visit.chosen == "Zone"


async def test_a_click_opens_and_a_click_on_a_name_sorts(stocked: Workspace) -> None:
    async with visiting(stocked, (120, 30)) as visit:
        for name, order in (("3 articles", "title"), ("lang", "language"), ("done", "progress")):
            await visit.pilot.click(ArticleTable, offset=(visit.row(1).index(name), 1))
            await visit.pilot.pause()
            assert visit.table.shelf.order == order
        await visit.pilot.click(ArticleTable, offset=(visit.row(1).index("who"), 1))
        await visit.pilot.click(ArticleTable, offset=(10, 20))
        await visit.pilot.click(ArticleTable, offset=(10, 0))
        await visit.pilot.pause()
        assert isinstance(visit.app.screen, LibraryScreen)
        await visit.pilot.click(ArticleTable, offset=(10, 4))
        await visit.until(lambda: isinstance(visit.app.screen, ReaderScreen))


async def test_what_has_gone_meanwhile_cannot_be_opened(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        (stocked.library.articles / f"{stocked.library.find('evasion')}.json").unlink()
        await visit.press("enter")
        await visit.settled()
        assert "there is no article" in visit.keys
        await visit.press("j", "enter")
        await visit.until(lambda: isinstance(visit.app.screen, ReaderScreen))


# -- adding ----------------------------------------------------------------


async def test_a_file_is_added_by_its_path_with_completion(
    stocked: Workspace, texts: Path, recognising: Recognising
) -> None:
    async with visiting(stocked) as visit:
        await visit.press("a", *"te")
        await visit.until(lambda: "texts/" in painted(visit))
        await visit.press("tab")
        await visit.until(lambda: "beta.txt" in painted(visit))
        await visit.press("b", "tab", "enter")
        await visit.until(lambda: "The beta of it." in "".join(visit.titles))
        await visit.settled()
        assert visit.keys == "1 article added"
        assert visit.chosen is not None
        assert visit.chosen.startswith("The beta")
        assert visit.lines == []
        assert stocked.library.entries()[-1].has_entities


def painted(visit: Visit) -> str:
    sheet = visit.app.screen.query_one(PathSheet)
    return "\n".join(sheet.render_line(y).text for y in range(sheet.size.height))


async def test_a_name_is_taken_with_the_arrows_or_the_mouse(
    stocked: Workspace, texts: Path, recognising: Recognising
) -> None:
    async with visiting(stocked) as visit:
        await visit.press("a", *"texts/")
        await visit.until(lambda: "alpha.txt" in painted(visit))
        await visit.press("down", "down", "up", "enter")
        await visit.settled()
        assert (visit.keys, len(visit.titles)) == ("1 article added", 4)
        await visit.press("a", *"./")
        await visit.until(lambda: "texts/" in painted(visit))
        where = (
            painted(visit).splitlines().index(next(r for r in painted(visit).splitlines() if "texts/" in r))
        )
        await visit.pilot.click(PathSheet, offset=(6, where))
        await visit.until(lambda: "beta.txt" in painted(visit))
        await visit.pilot.click(PathSheet, offset=(6, 3))
        await visit.settled()
        assert len(visit.titles) == 5


async def test_what_is_not_there_is_said_and_the_line_stays(stocked: Workspace, texts: Path) -> None:
    async with visiting(stocked) as visit:
        await visit.press("a", "enter", *"tex", "enter")
        await visit.until(lambda: "there is no tex" in painted(visit))
        await visit.press(*"/x", "enter")
        await visit.until(lambda: "cannot be looked into" in painted(visit))
        await visit.press("escape")
        assert isinstance(visit.app.screen, LibraryScreen)
        assert len(visit.titles) == 3


@pytest.mark.parametrize("keys", [["escape"], ["backspace"], ["x", "backspace", "backspace"], ["ctrl+q"]])
async def test_the_path_can_be_given_up(stocked: Workspace, texts: Path, keys: list[str]) -> None:
    async with visiting(stocked) as visit:
        await visit.press("a")
        assert isinstance(visit.app.screen, PathScreen)
        await visit.press(*keys)
        assert isinstance(visit.app.screen, LibraryScreen)
        assert visit.app.adding is None


async def test_a_url_is_not_fetched(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        await visit.press("a", *"www.example.org", "enter")
        await visit.until(lambda: "URLs are not fetched: save the page and add the file" in painted(visit))


async def test_failures_are_listed_a_line_each(
    stocked: Workspace, texts: Path, recognising: Recognising
) -> None:
    for number in range(5):
        (texts / f"bad-{number}.txt").write_bytes(b"\x00\x01\x02" * 100)
    async with visiting(stocked) as visit:
        await visit.press("a", *"texts/*.txt", "enter")
        await visit.settled()
        assert visit.keys == "2 articles added, 5 could not be added"
        assert [line.partition(" ")[0] for line in visit.lines] == [
            "texts/bad-0.txt",
            "texts/bad-1.txt",
            "texts/bad-2.txt",
            "and",
        ]
        assert visit.lines[-1] == "and 2 more: e lists them all"
        await visit.press("e")
        assert isinstance(visit.app.screen, ChooserScreen)
        await visit.press("escape")
        assert len(visit.lines) == 4
        await visit.press("escape")
        assert visit.lines == []


async def test_adding_can_be_stopped_and_the_library_is_usable_meanwhile(
    stocked: Workspace, texts: Path, recognising: Recognising
) -> None:
    recognising.may_go_on.clear()
    async with visiting(stocked) as visit:
        await visit.press("a", *"texts", "enter")
        await visit.until(lambda: visit.lines != [] and "adding 1 of 2" in visit.lines[0])
        assert visit.lines[0].endswith("esc stops")
        await visit.press("j", "slash", *"zone", "enter", "escape")
        assert len(visit.titles) == 3
        assert visit.app.adding is not None
        await visit.press("escape")
        await visit.until(lambda: visit.app.adding is None)
        assert visit.keys == "stopped with 2 files to go, 0 articles added"
        assert visit.lines == []
        assert len(stocked.library.ids()) == 3


async def test_adding_goes_on_while_one_reads(
    stocked: Workspace, texts: Path, recognising: Recognising
) -> None:
    recognising.may_go_on.clear()
    async with visiting(stocked) as visit:
        await visit.press("a", *"texts", "enter")
        await visit.until(lambda: visit.lines != [] and "adding 1 of 2" in visit.lines[0])
        await visit.press("enter")
        await visit.until(lambda: isinstance(visit.app.screen, ReaderScreen))
        recognising.may_go_on.set()
        await visit.until(lambda: len(stocked.library.ids()) == 5)
        await visit.settled()
        await visit.press("l")
        await visit.until(lambda: isinstance(visit.app.screen, LibraryScreen))
        await visit.settled()
        assert len(visit.titles) == 5
        assert visit.keys == "2 articles added"


async def test_leaving_stops_what_is_being_added(
    stocked: Workspace, texts: Path, recognising: Recognising
) -> None:
    recognising.may_go_on.clear()
    async with visiting(stocked) as visit:
        await visit.press("a", *"texts", "enter")
        await visit.until(lambda: visit.lines != [] and "adding 1 of 2" in visit.lines[0])
        adding = visit.app.adding
        await visit.press("ctrl+q")
    assert adding is not None
    assert adding.is_over
    assert len(stocked.library.ids()) == 3


async def test_files_are_added_by_the_real_processes(stocked: Workspace, texts: Path) -> None:
    async with visiting(stocked) as visit:
        await visit.press("a", *"texts", "enter")
        await visit.settled()
        assert visit.keys == "2 articles added"
        assert [entry.has_entities for entry in stocked.library.entries()] == [True] * 5


# -- removing --------------------------------------------------------------


def files_in(folder: Path) -> dict[str, bytes]:
    """All but locks and the index, which can be made anew."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and path.name != ".index.jsonl"
    }


async def test_what_is_removed_comes_back_byte_for_byte(stocked: Workspace, folder: Path) -> None:
    before = files_in(folder)
    async with visiting(stocked) as visit:
        await visit.press("x")
        assert visit.keys == "remove “Évasion” with your work (2 decided)?   y yes  n no"
        await visit.press("j", "y")
        await visit.settled()
        assert (visit.titles, visit.chosen) == (["Avenir", "Zone"], "Avenir")
        assert visit.keys == "“Évasion” is in the trash: u brings it back"
        assert files_in(folder) != before
        await visit.press("u")
        await visit.settled()
        assert (visit.chosen, visit.keys) == ("Évasion", "“Évasion” is back")
        assert files_in(folder) == before
        assert "2/4" in visit.row(2)
        await visit.press("u")
        await visit.settled()
        assert visit.keys == "nothing of yours is in the trash"


@pytest.mark.parametrize("key", ["n", "escape"])
async def test_no_leaves_it(stocked: Workspace, folder: Path, key: str) -> None:
    before = files_in(folder)
    async with visiting(stocked) as visit:
        await visit.press("delete", key)
        await visit.settled()
        assert visit.keys.startswith("enter open")
        assert files_in(folder) == before


async def test_what_others_worked_on_stays_and_it_says_why(stocked: Workspace, folder: Path) -> None:
    made = stocked.library.load(stocked.library.find("evasion"))
    annotate(stocked, made, "ben")
    before = files_in(folder)
    async with visiting(stocked) as visit:
        await visit.press("x")
        assert visit.keys == "ben worked on it too: it stays"
        await visit.press("y")
        await visit.settled()
    assert files_in(folder) == before


async def test_what_is_open_elsewhere_stays(stocked: Workspace, folder: Path) -> None:
    article_id = stocked.library.find("evasion")
    before = files_in(folder)
    async with visiting(stocked) as visit:
        with stocked.store.hold(article_id, "ana"):
            await visit.press("x", "y")
            await visit.settled()
            assert "ana has this article open" in visit.keys
    assert files_in(folder) == before


async def test_what_was_removed_and_begun_anew_is_told(stocked: Workspace, folder: Path) -> None:
    made = stocked.library.load(stocked.library.find("evasion"))
    async with visiting(stocked) as visit:
        await visit.press("x", "y")
        await visit.settled()
        stocked.library.save(msgspec.structs.replace(made, version=""))
        annotate(stocked, made, "ana")
        before = files_in(folder)
        await visit.press("u")
        await visit.settled()
        assert "annotated again" in visit.keys
        assert files_in(folder) == before


async def test_the_last_one_can_go_too_and_the_empty_library_says_how_it_comes_back(
    stocked: Workspace,
) -> None:
    async with visiting(stocked) as visit:
        for _ in TITLES:
            await visit.press("x", "y")
            await visit.settled()
        assert visit.titles == []
        words = "\n".join(visit.row(y) for y in range(10))
        assert "Nothing here yet." in words
        assert "opens the sample" in words
        assert "adds your own" in words
        assert "brings back what was removed last" in words
        await visit.press("x")
        await visit.press("u", "u", "u")
        await visit.settled()
        assert len(visit.titles) >= 1


# -- where it may not be changed -------------------------------------------


@pytest.mark.parametrize(("key", "what"), [("a", "adding"), ("x", "removing"), ("u", "restoring")])
@pytest.mark.parametrize("way", ["restricted", "read_only"])
async def test_what_is_off_says_so(stocked: Workspace, folder: Path, way: str, key: str, what: str) -> None:
    setattr(stocked, way, True)
    before = files_in(folder)
    async with visiting(stocked) as visit:
        assert "add" not in visit.keys
        await visit.press(key, "y")
        await visit.press(key)
        assert visit.keys.startswith(f"{what} is off")
        assert isinstance(visit.app.screen, LibraryScreen)
    assert files_in(folder) == before


async def test_an_empty_library_offers_only_what_may_be_done(
    folder: Path, workspace_in: MakeWorkspace
) -> None:
    workspace = workspace_in(folder)
    workspace.restricted = True
    async with visiting(workspace) as visit:
        words = "\n".join(visit.row(y) for y in range(10))
        assert "opens the sample" in words
        assert "adds" not in words


# -- the rest --------------------------------------------------------------


async def test_the_palette_and_the_help(stocked: Workspace) -> None:
    async with visiting(stocked) as visit:
        await visit.press("colon", *"sort", "enter")
        assert visit.table.shelf.order == "title"
        assert visit.app.recent_commands == ["library.sort"]
        await visit.press("colon", "escape", "h")
        assert isinstance(visit.app.screen, HelpScreen)
        await visit.press("escape")
        await visit.press("escape", "ctrl+z")
        assert isinstance(visit.app.screen, LibraryScreen)


async def test_nothing_hostile_is_painted_and_every_row_fits(
    folder: Path, workspace_in: MakeWorkspace
) -> None:
    workspace = workspace_in(folder)
    for title in (
        "\x1b[31mRouge\u202e",
        "𝕎ide 日本語 " * 40,
        "e" + "\u0301" * 500,
        "[bold]",
        "👩‍👩‍👧‍👦" * 60,
    ):
        made = article("X" + title[:5])
        made.title, made.language, made.source_language = title, "\x1b]0;f", "\u202eit"
        workspace.library.save(made)
    for size in ((120, 40), (40, 10)):
        async with visiting(workspace, size) as visit:
            rows = [visit.table.render_line(y) for y in range(visit.table.size.height)]
            assert not set("\x1b\u202e") & set("".join(row.text for row in rows))
            assert {row.cell_length for row in rows} <= {size[0]}
            for _ in range(5):
                await visit.press("x")
                assert "remove" in visit.keys or size[0] < 20
                assert not set("\x1b\u202e") & set(visit.keys)
                await visit.press("n", "j")


async def test_only_rows_in_view_are_built(
    folder: Path, workspace_in: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = workspace_in(folder)
    made = article("Un")
    workspace.library.save(made)
    [one] = workspace.progress()
    many = [
        msgspec.structs.replace(one, entry=msgspec.structs.replace(one.entry, id=f"n-{n:08}"))
        for n in range(5_000)
    ]
    monkeypatch.setattr(workspace, "progress", lambda: many)
    built = 0

    def clock() -> datetime:
        nonlocal built
        built += 1
        return datetime(2026, 11, 22, tzinfo=UTC)

    monkeypatch.setattr(article_table, "_local_time", clock)
    async with visiting(workspace) as visit:
        assert 0 < built <= 4 * 24
        built = 0
        await visit.press("G")
        assert 0 < built <= 2 * 24
        assert visit.table.shelf.cursor == 4_999


async def test_who_begins_while_the_library_is_shown_is_noticed(stocked: Workspace, folder: Path) -> None:
    async with visiting(stocked) as visit:
        annotate(stocked, stocked.library.load(stocked.library.find("evasion")), "ben")
        before = files_in(folder)
        await visit.press("x", "y")
        await visit.settled()
        assert visit.keys.startswith("ben has worked on it, so it stays")
    assert files_in(folder) == before


@pytest.mark.parametrize("width", [40, 60, 80, 120])
async def test_the_question_leaves_room_for_its_answers(
    folder: Path, workspace_in: MakeWorkspace, width: int
) -> None:
    workspace = workspace_in(folder)
    made = article("Un titre qui ne finit pas, " * 20)
    workspace.library.save(made)
    annotate(workspace, made, "ana")
    async with visiting(workspace, (width, 12)) as visit:
        await visit.press("x")
        assert visit.keys.startswith("remove “Un ti")
        assert visit.keys.endswith("y yes  n no") or visit.keys.endswith("y yes   n no")

"""Adding files: what is stored is whole, one file's fault is not another's, and stopping leaves nothing half done."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from pathlib import Path

import msgspec
import pytest

from tui.documents.document import Document
from tui.library import import_job as adding_module
from tui.library.import_job import Adding, Lane, progress, summary
from tui.model.article import Article
from tui.prepare import pipeline
from tui.prepare.pipeline import read_articles
from tui.store.changes import Added, add
from tui.store.library import Library
from tui.store.protocol import NotSaved


class Reading:
    """Reads files in this process."""

    def __init__(self) -> None:
        self.is_closed = False
        self.is_held = False

    async def prepare_file(
        self, path: Path, *, report: Callable[[str], None], progress: Callable[[float], None]
    ) -> AsyncGenerator[Article]:
        assert not self.is_held
        self.is_held = True
        try:
            for article in read_articles(path, report=report, progress=progress):
                await asyncio.sleep(0)
                yield article
        finally:
            self.is_held = False

    async def aclose(self) -> None:
        self.is_closed = True


class Recognising:
    """Finds no names. Waits before the article of a given number until it is let go on."""

    def __init__(self, waits_at: int = 0) -> None:
        self.waits_at = waits_at
        self.waits = asyncio.Event()
        self.may_go_on = asyncio.Event()
        self.seen: list[str] = []
        self.aliases: list[Path] = []

    async def recognise(
        self, article: Article, aliases: Sequence[Path], *, progress: Callable[[float], None], shown: str
    ) -> Article:
        assert shown
        progress(0.5)
        self.seen.append(article.id)
        self.aliases += aliases
        if len(self.seen) == self.waits_at:
            self.waits.set()
            await self.may_go_on.wait()
        return msgspec.structs.replace(article, prepared_by={**article.prepared_by, "entities": "nobody"})

    async def find_hints(self, article: Article, *, progress: Callable[[float], None], shown: str) -> Article:
        assert shown
        progress(0.5)
        return article


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    (folder / "deeper").mkdir(parents=True)
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"Un texte, le numéro {number}. Et la fin.", encoding="utf-8")
    (folder / "deeper" / "last.md").write_text("# Dernier\n\nUne phrase.", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """How the time divides among the steps does not hang on whether a model is installed."""
    monkeypatch.setattr("tui.text.spacy_french.available", lambda: False)


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "annotations")


def adding_to(library: Library, recognising: Recognising, clock: Callable[[], float] = lambda: 0.0) -> Adding:
    lane = Lane(Reading(), recognising, is_shared=True)  # pyright: ignore[reportArgumentType]
    return Adding(library, [lane], clock)


async def added(library: Library, *names: str | Path) -> Adding:
    adding = adding_to(library, Recognising())
    for name in names:
        adding.want(str(name))
    await adding.run()
    assert adding.is_over
    reading: object = adding._lanes[0].reading
    assert isinstance(reading, Reading)
    assert reading.is_closed
    return adding


async def test_a_folder_and_its_subfolders_are_added_whole(library: Library, texts: Path) -> None:
    adding = await added(library, texts)
    assert (adding.added, adding.known, adding.problems, adding.done, adding.files) == (4, 0, [], 4, 4)
    entries = library.entries()
    assert len(entries) == 4
    assert all(entry.has_entities for entry in entries)
    assert summary(adding) == "4 articles added"


async def test_the_same_text_is_added_once(library: Library, texts: Path) -> None:
    await added(library, texts / "0.txt")
    adding = await added(library, texts / "[01].txt", texts / "0.txt")
    assert (adding.added, adding.known) == (1, 2)
    assert summary(adding) == "1 article added, 2 in the library already"
    assert summary(await added(library, texts / "0.txt")) == "1 in the library already"


async def test_names_are_found_for_an_article_that_lacks_them(library: Library, texts: Path) -> None:
    [article] = read_articles(texts / "0.txt")
    library.save(article)
    adding = await added(library, texts / "0.txt")
    assert adding.added == 1
    assert library.load(article.id).has_entities


async def test_alias_lists_beside_the_file_and_in_the_annotations_folder_count(
    library: Library, texts: Path
) -> None:
    library.folder.mkdir()
    lists = [texts / "entities.toml", library.folder / "entities.toml"]
    for path in lists:
        path.write_text("")
    adding = adding_to(library, recognising := Recognising())
    adding.want(str(texts / "0.txt"))
    await adding.run()
    assert recognising.aliases == lists


async def test_one_files_fault_is_not_anothers(library: Library, texts: Path, tmp_path: Path) -> None:
    (texts / "1.txt").write_bytes(b"\x00\x01\x02" * 100)
    (tmp_path / "empty").mkdir()
    adding = await added(library, tmp_path / "gone.txt", tmp_path / "empty", texts)
    assert adding.added == 3
    assert len(adding.problems) == 3
    assert all(problem.isprintable() and ": " in problem for problem in adding.problems)
    assert [name in "".join(adding.problems) for name in ("gone.txt", "empty", "1.txt")] == [True] * 3
    assert summary(adding) == "3 articles added, 3 could not be added"


async def test_warnings_of_an_added_article_are_shown(library: Library, texts: Path) -> None:
    (texts / "1.txt").write_bytes(b"A title\n\nIt\x07 rings.\n")
    adding = await added(library, texts)
    assert adding.problems == []
    assert adding.warnings == [f"{texts}/1.txt: 1 control character made visible, the first at 11"]
    assert summary(adding) == "4 articles added, 1 warning"
    again = await added(library, texts)
    assert (again.warnings, summary(again)) == ([], "4 in the library already")


async def test_problems_with_one_of_several_articles_are_shown(
    library: Library, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def documents(_: bytes, __: str, ___: object, report: Callable[[str], None]) -> Iterator[Document]:
        yield Document(text="Le premier texte.")
        report("line 2 is not valid JSON: correct it")
        yield Document(text="Le dernier texte.")

    monkeypatch.setattr(pipeline, "documents", documents)
    adding = await added(library, texts / "0.txt")
    assert adding.problems == [f"{texts}/0.txt line 2 is not valid JSON: correct it"]
    assert summary(adding) == "2 articles added, 1 could not be added"


async def test_a_full_disk_is_told_and_holds_nothing_up(
    library: Library, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (texts / "many.jsonl").write_text('{"text": "Un."}\n{"text": "Deux."}\n', encoding="utf-8")

    def full(*_: object, **__: object) -> Added:
        raise NotSaved("not saved, No space left on device: free some space")

    monkeypatch.setattr(adding_module, "add", full)
    adding = await added(library, texts)
    assert adding.problems == ["not saved, No space left on device: free some space"] * 5
    assert not library.ids()


async def test_stopping_leaves_whole_articles_only(library: Library, texts: Path) -> None:
    adding = adding_to(library, recognising := Recognising(waits_at=3))
    adding.want(str(texts))
    running = asyncio.create_task(adding.run())
    await recognising.waits.wait()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert (adding.is_over, adding.was_stopped) == (True, True)
    assert library.ids() == sorted(recognising.seen[:2])
    assert all(library.load(article_id).has_entities for article_id in library.ids())
    assert [path.name for path in library.articles.iterdir() if path.suffix == ".tmp"] == []
    assert summary(adding) == "stopped with 2 files to go, 2 articles added"
    reading: object = adding._lanes[0].reading
    assert isinstance(reading, Reading)
    assert not reading.is_held


async def test_stopping_while_one_is_stored_waits_until_it_is(
    library: Library, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    adding = adding_to(library, Recognising())
    loop = asyncio.get_running_loop()

    def stopped_meanwhile(library: Library, article: Article, *, who: str) -> Added:
        loop.call_soon_threadsafe(running.cancel)
        asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result()
        return add(library, article, who=who)

    monkeypatch.setattr(adding_module, "add", stopped_meanwhile)
    adding.want(str(texts))
    running = asyncio.create_task(adding.run())
    with pytest.raises(asyncio.CancelledError):
        await running
    assert len(library.ids()) == 1


async def test_more_can_be_wanted_while_it_runs(library: Library, texts: Path) -> None:
    adding = adding_to(library, recognising := Recognising(waits_at=1))
    adding.want(str(texts / "0.txt"))
    running = asyncio.create_task(adding.run())
    await recognising.waits.wait()
    assert adding.files == 1
    adding.want(str(texts))
    recognising.may_go_on.set()
    await running
    assert (adding.added, adding.known, adding.files) == (4, 1, 5)


async def test_how_far_it_is_is_told(library: Library, texts: Path) -> None:
    for path in texts.rglob("*.*"):
        path.write_text(f"Un texte qui s'appelle {path.name:>8}.", encoding="utf-8")
    now = [0.0]
    told: list[str] = []

    def ten_seconds_later() -> None:
        told.append(progress(adding))
        now[0] += 10

    adding = adding_to(library, Recognising(), lambda: now[0])
    adding.changed = ten_seconds_later
    assert progress(adding) == "looking for files …"
    adding.want(str(texts))
    await adding.run()
    assert told[1] == "adding 1 of 4 · 0.txt"
    assert told[4] == "adding 1 of 4 · 1 kB a second · 3 min left · 0.txt"
    assert told[6] == "adding 2 of 4 · 1 a minute · 3 min left · 1.txt"
    assert "adding 4 of 4" in told[-1]


@pytest.mark.parametrize(
    ("done", "seconds", "told"),
    [
        (50, 10.0, "adding 51 of 100 · 5 a second · 10 s left · x.txt"),
        (50, 600.0, "adding 51 of 100 · 5 a minute · 10 min left · x.txt"),
        (50, 36_000.0, "adding 51 of 100 · 1 a minute · 10 h left · x.txt"),
    ],
)
def test_rates_and_times_are_told_in_fitting_units(
    library: Library, done: int, seconds: float, told: str
) -> None:
    from tui.library.import_job import _File

    now = [0.0]
    adding = adding_to(library, Recognising(), lambda: now[0])
    now[0] = seconds
    for number in range(done):
        adding.pace.finish(str(number), 100)
    adding.file = "x.txt"
    adding._files.extend(_File(Path("x.txt"), 100) for _ in range(100 - done))
    assert progress(adding) == told


async def test_a_long_file_tells_how_far_it_is(library: Library, texts: Path) -> None:
    now = [0.0]
    adding = adding_to(library, recognising := Recognising(waits_at=1), lambda: now[0])
    book = texts / "0.txt"
    book.write_text("Une phrase. " * 100_000, encoding="utf-8")
    adding.want(str(book))
    running = asyncio.create_task(adding.run())
    await recognising.waits.wait()
    now[0] = 10.0
    assert progress(adding) == "adding 1 of 1 · 36 kB a second · 23 s left · 0.txt"
    assert adding.share == pytest.approx(0.3)
    recognising.may_go_on.set()
    await running
    assert adding.share == 1.0


async def test_files_are_added_side_by_side(library: Library, texts: Path) -> None:
    first, second = Recognising(waits_at=1), Recognising(waits_at=1)
    lanes = [Lane(Reading(), one, is_shared=True) for one in (first, second)]  # pyright: ignore[reportArgumentType]
    adding = Adding(library, lanes)
    adding.want(str(texts))
    running = asyncio.create_task(adding.run())
    await first.waits.wait()
    await second.waits.wait()
    assert adding.files == 4
    # One of them goes on, and does what is left; what is wanted now is for either.
    second.may_go_on.set()
    while adding.done < 3:
        await asyncio.sleep(0)
    adding.want(str(texts / "1.txt"))
    while adding.done < 4:
        await asyncio.sleep(0)
    first.may_go_on.set()
    await running
    assert (adding.added, adding.known, adding.files, adding.problems) == (4, 1, 5, [])
    assert len(library.ids()) == 4


async def test_the_same_text_in_two_files_at_once_is_added_once(library: Library, texts: Path) -> None:
    (texts / "1.txt").write_bytes((texts / "0.txt").read_bytes())
    lanes = [Lane(Reading(), Recognising(), is_shared=True) for _ in range(2)]  # pyright: ignore[reportArgumentType]
    adding = Adding(library, lanes)
    adding.want(str(texts / "[01].txt"))
    await adding.run()
    assert (adding.added, adding.known) == (1, 1)

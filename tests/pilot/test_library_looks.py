"""What the library looks like. After a change that is meant: pytest --snapshot-update, and look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui.app import PostilApp
from tui.library import add_keys as library_adding
from tui.library import article_table, path_entry
from tui.library.import_job import Adding
from tui.library.path_line import Candidate
from tui.store.index import Entry
from tui.widgets.lines import Lines
from tui.widgets.matching import plain
from tui.workspace import Progress, Workspace

MakeWorkspace = Callable[..., Workspace]

SIZES = [(120, 40), (80, 24)]
SIZE_NAMES = ["120x40", "80x24"]
THEMES = ["dark", "ansi", "mono"]

NOW = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)
ARTICLES = [
    ("Sous les yeux de Trump : la querelle entre Elon Musk et Sam Altman", "it", "fr", 10, 41, "ana", "22T20:58"),
    ("Élections : le vertige des sondages", "it", "fr", 33, 33, "ana ben", "22T18:12"),
    ("La guerre des puces, ou comment Taïwan tient le monde", "ar", "fr", 1, 58, "ana ben carla", "21T09:00"),
    ("Il mercato delle case a Roma", None, "it", 0, 24, "ben", ""),
    ("日本の選挙：物価高が争点に", "ja", "fr", 7, 9, "ana", "17T11:40"),
    ("Le tribunal de Paris se prononcera lundi sur l'appel de la défense", "ar", "fr", 0, 17, "", ""),
    ("A short one", None, "en", 0, 3, "", ""),
]  # fmt: skip


def articles() -> list[Progress]:
    return [
        Progress(
            entry=Entry(
                id=f"n-{number}",
                title=title,
                language=language,
                source_language=source,
                source="x.txt",
                sentences=sentences,
                added_at=f"2026-11-0{9 - number}T00:00:00.000Z",
                has_entities=True,
                text_sha256="0" * 64,
            ),
            decided=decided,
            annotators=who.split(),
            touched=f"2026-11-{touched}:00.000Z" if touched else "",
        )
        for number, (title, source, language, decided, sentences, who, touched) in enumerate(ARTICLES)
    ]


@pytest.fixture
def app_in(
    tmp_path: Path, workspace_in: MakeWorkspace, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], PostilApp]:
    """The app on seven articles, at a fixed time."""
    monkeypatch.setattr(article_table, "_local_time", lambda: NOW)

    def make(palette: str = "dark") -> PostilApp:
        workspace = workspace_in(tmp_path / "annotations", palette=palette)
        monkeypatch.setattr(workspace, "progress", articles)
        return PostilApp(workspace, None)

    return make


async def read(pilot) -> None:
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_library(snap_compare, app_in, theme: str, size: tuple[int, int]) -> None:
    async def move(pilot) -> None:
        await read(pilot)
        await pilot.press("j")

    assert snap_compare(app_in(theme), run_before=move, terminal_size=size)


def test_library_in_forty_columns(snap_compare, app_in) -> None:
    assert snap_compare(app_in(), run_before=read, terminal_size=(40, 10))


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_path(
    snap_compare, app_in, monkeypatch: pytest.MonkeyPatch, theme: str, size: tuple[int, int]
) -> None:
    names = ("archives/", "articles/", "appel-paris.fr.txt", "altman.html", "notes.md")

    def listing(_: str) -> list[Candidate]:
        return [Candidate(name.rstrip("/"), name.endswith("/"), plain(name)) for name in names]

    async def complete(pilot) -> None:
        await read(pilot)
        await pilot.press("a", *"~/presse/a")
        await read(pilot)
        await pilot.press("tab", "down")

    monkeypatch.setattr(path_entry, "listing", listing)
    assert snap_compare(app_in(theme), run_before=complete, terminal_size=size)


@pytest.mark.parametrize("size", SIZES, ids=SIZE_NAMES)
@pytest.mark.parametrize("theme", THEMES)
def test_adding(
    snap_compare, app_in, monkeypatch: pytest.MonkeyPatch, theme: str, size: tuple[int, int]
) -> None:
    def telling(_: Adding | None) -> str:
        return "adding 5 of 12 · 40 a minute · 11 s left · 1 failed · appel-paris.fr.txt"

    async def add(pilot) -> None:
        await read(pilot)
        monkeypatch.setattr(library_adding, "progress", telling)
        pilot.app.screen.query_one(Lines).show([telling(None)], 4 / 12, hint="esc stops")

    assert snap_compare(app_in(theme), run_before=add, terminal_size=size)


@pytest.mark.parametrize("theme", ["dark", "mono"])
def test_what_went_wrong(snap_compare, app_in, tmp_path: Path, theme: str) -> None:
    async def fail(pilot) -> None:
        await read(pilot)
        adding = pilot.app.adding = Adding(pilot.app.workspace.library, [])
        adding.is_over, adding.added = True, 3
        adding.problems = [
            f"{name}.txt is binary (control bytes in 10 % of it): save it as UTF-8 text"
            for name in ("a", "b", "c", "d", "e")
        ]
        pilot.app.screen._add._show()

    assert snap_compare(app_in(theme), run_before=fail, terminal_size=(80, 24))


@pytest.mark.parametrize("theme", ["dark", "mono"])
def test_removing_is_asked(snap_compare, app_in, theme: str) -> None:
    async def remove(pilot) -> None:
        await read(pilot)
        await pilot.press("x")

    assert snap_compare(app_in(theme), run_before=remove, terminal_size=(80, 24))


@pytest.mark.parametrize("theme", ["dark", "mono"])
def test_filtering(snap_compare, app_in, theme: str) -> None:
    async def narrow(pilot) -> None:
        await read(pilot)
        await pilot.press("s", "slash", *"it fr")

    assert snap_compare(app_in(theme), run_before=narrow, terminal_size=(80, 24))

"""`postil add --dry-run` shows what would be added, and stores nothing."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.unit.commands.conftest import Postil
from tui.cli import main
from tui.commands.add import command
from tui.prepare import PreparationError

FRENCH = "Un titre\n\nParis est une ville. Elle est belle.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def written(folder: Path, texts: dict[str, str | bytes]) -> None:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())


def blocks(out: str) -> dict[str, list[str]]:
    """The lines after each first line."""
    found: dict[str, list[str]] = {}
    for line in out.splitlines():
        if line.startswith("  "):
            found[next(reversed(found))].append(line[2:])
        else:
            assert line not in found
            found[line] = []
    return found


@pytest.mark.parametrize(
    ("name", "content", "options", "lines"),
    [
        (
            "a.txt",
            FRENCH,
            [],
            ["title: Un titre", "language: fr", "encoding: utf-8", "layout: paragraphs", "sentences: 3"],
        ),
        (
            "a.txt",
            FRENCH,
            ["--language", "it", "--source-language", "en"],
            [
                "title: Un titre",
                "language: it, from en",
                "encoding: utf-8",
                "layout: paragraphs",
                "sentences: 3",
            ],
        ),
        (
            "a.txt",
            "Une ville\nélégante\n".encode("cp1252"),
            ["--encoding", "windows-1252", "--layout", "lines", "--language", "fr"],
            ["title: Une ville", "language: fr", "encoding: cp1252", "layout: lines", "sentences: 2"],
        ),
        (
            "a.md",
            "# Die Stadt\n\nBerlin ist eine Stadt. Sie ist groß. Das ist nicht alles.\n",
            ["--language", "de"],
            ["title: Die Stadt", "language: de", "encoding: utf-8", "layout: paragraphs", "sentences: 4"],
        ),
        (
            "новости.txt",
            "Новости дня\n\nЭто город. Он большой.\n",
            ["--language", "ru"],
            ["title: Новости дня", "language: ru", "encoding: utf-8", "layout: paragraphs", "sentences: 3"],
        ),
        (
            "bell.txt",
            "A title\n\nIt\x07 rings.\n",
            ["--language", "en"],
            [
                *("title: A title", "language: en", "encoding: utf-8", "layout: paragraphs", "sentences: 2"),
                "warning: 1 control character made visible, the first at 11",
            ],
        ),
    ],
)
@pytest.mark.usefixtures("in_process")
def test_it_shows_how_a_file_is_read(
    postil: Postil, here: Path, name: str, content: str | bytes, options: list[str], lines: list[str]
) -> None:
    written(here, {name: content})
    code, out, error = postil("add", "--dry-run", *options, name)
    assert (code, error) == (0, "postil: dry run: 1 new article; nothing was stored\n")
    assert blocks(out) == {f"{name}: new": lines}


def test_it_is_what_add_does(postil: Postil, here: Path, tmp_path: Path) -> None:
    """With the processes that `postil add` uses; the library is not even made."""
    written(here, {"a/x.txt": FRENCH, "b/x.txt": "Another title\n\nThis is a town."})
    code, out, error = postil("add", "a", "b/*", "none.txt", "--dry-run")
    assert code == 1
    assert list(blocks(out)) == ["a/x.txt: new", "b/x.txt: new"]
    assert error.splitlines() == [
        "postil: none.txt does not exist: check the path",
        "postil: dry run: 2 new articles; nothing was stored",
    ]
    assert not (tmp_path / "annotations").exists()


@pytest.mark.usefixtures("in_process")
def test_known_texts_are_named(postil: Postil, here: Path) -> None:
    written(here, {"a.txt": FRENCH, "b.txt": FRENCH, "c.txt": "Was ist das?", "d.txt": "Was ist das?"})
    article = postil("add", "a.txt")[1].strip()
    code, out, error = postil("add", "--dry-run", ".")
    assert code == 0
    assert list(blocks(out)) == [
        f"a.txt: already in the library as {article}",
        f"b.txt: already in the library as {article}",
        "c.txt: new",
        "d.txt: the same text as c.txt",
    ]
    assert error == "postil: dry run: 1 new article, 2 already in the library; nothing was stored\n"
    _, out, _ = postil("add", "--dry-run", "--again", "--layout", "lines", "a.txt", "c.txt")
    again = blocks(out)
    assert again[f"a.txt: would be prepared again as {article}"][3] == "layout: lines"
    assert again["c.txt: new"][-1] == "note: its text is not in the library, so it is new"


@pytest.mark.usefixtures("in_process")
def test_nothing_is_changed_or_locked(postil: Postil, here: Path, tmp_path: Path) -> None:
    written(here, {"a.txt": FRENCH, "b.txt": "Ein anderer Text."})
    postil("add", "a.txt")
    library = tmp_path / "annotations"

    def state() -> dict[str, tuple[int, int]]:
        return {str(path): (path.stat().st_mtime_ns, path.stat().st_ino) for path in library.rglob("*")}

    before = state()
    for words in (["a.txt", "b.txt"], ["--again", "--force", "a.txt"], ["--read-only", "b.txt"]):
        assert postil("add", "--dry-run", *words)[0] == 0
    assert state() == before


@pytest.mark.usefixtures("in_process")
def test_what_it_prints_is_safe_on_a_terminal(postil: Postil, here: Path) -> None:
    written(
        here,
        {"a\x1b[31m.md": "# Tit\u202ele\n\nText.\n", "b.jsonl": '{"text": "x", "title": "a\\u001b]0;x"}\n'},
    )
    code, out, _ = postil("add", "--dry-run", ".")
    assert code == 0
    assert out.replace("\n", "").isprintable()
    assert "a␛[31m.md: new" in out


def test_many_files_are_read_in_parallel_and_no_names_are_found(
    postil: Postil, here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(here, {f"{number:02}.txt": f"This is number {number}. It ends." for number in range(16)})
    written(here, {"07.txt": b"\x7fELF\x00\x01\x02\x00\x00", "08.txt": "This is number 6. It ends."})
    monkeypatch.setattr(command, "cores", lambda: 2)

    def forbidden(*_: object, **__: object) -> None:
        raise PreparationError("names are found")

    for step in ("recognise", "find_hints"):
        monkeypatch.setattr(f"tui.prepare.client.PreparationWorker.{step}", forbidden)
    code, out, error = postil("add", "--dry-run", ".")
    assert code == 1
    names = list(blocks(out))
    assert names == [
        f"{number:02}.txt: {'the same text as 06.txt' if number == 8 else 'new'}"
        for number in range(16)
        if number != 7
    ]
    assert error.splitlines()[-1] == "postil: dry run: 14 new articles; nothing was stored"
    assert "07.txt" in error.splitlines()[0]
    assert not (tmp_path / "annotations").exists()


def test_restricted_accounts_read_no_paths(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(here, {"a.txt": FRENCH})
    assert main(["add", "--dry-run", "--restricted", "a.txt"]) == 3
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("in_process", "here")
def test_standard_input_too(postil: Postil, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FRENCH.encode())))
    code, out, _ = postil("add", "--dry-run", "-")
    assert code == 0
    assert list(blocks(out)) == ["-: new"]

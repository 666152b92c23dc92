"""An article that is named by a path is read as `postil add` reads it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.commands.conftest import Postil
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document
from tui.model.article import Article
from tui.prepare import pipeline, sync_client
from tui.store.library import Library


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("tui.text.spacy_french.available", lambda: False)
    return folder


def reads(monkeypatch: pytest.MonkeyPatch, *steps: Document | str | UnreadableFileError) -> None:
    """Let any file give these documents; a text is a problem with one of its articles."""

    def documents(_: bytes, __: str, ___: object, report: Callable[[str], None]) -> Iterator[Document]:
        for step in steps:
            if isinstance(step, str):
                report(step)
            elif isinstance(step, Document):
                yield step
            else:
                raise step

    monkeypatch.setattr(pipeline, "documents", documents)


BAD = "line 1 is not valid JSON: correct it"
FIRST, SECOND = (
    Document(text="Le premier texte."),
    Document(text="Le dernier texte.", warnings=("a warning",)),
)


@pytest.mark.parametrize(
    ("steps", "code", "lines"),
    [
        ([FIRST], 0, []),
        ([BAD, FIRST], 1, ["many.jsonl line 1 is not valid JSON: correct it"]),
        (
            [FIRST, SECOND],
            0,
            [
                "many.jsonl: a warning",
                "the file has 2 articles: this is the first, postil list shows all",
            ],
        ),
        (
            [BAD],
            1,
            [
                "many.jsonl line 1 is not valid JSON: correct it",
                "many.jsonl has no article that can be read: see the lines before this",
            ],
        ),
        (
            [BAD, UnreadableFileError("is cut off: save it again")],
            1,
            ["many.jsonl line 1 is not valid JSON: correct it", "many.jsonl is cut off: save it again"],
        ),
    ],
)
def test_problems_and_warnings_are_shown(
    postil: Postil,
    here: Path,
    monkeypatch: pytest.MonkeyPatch,
    steps: list[Document | str | UnreadableFileError],
    code: int,
    lines: list[str],
) -> None:
    (here / "many.jsonl").write_text("{}", encoding="utf-8")
    reads(monkeypatch, *steps)
    found, out, error = postil("show", "many.jsonl")
    assert (found, error.splitlines()) == (code, [f"postil: {line}" for line in lines])
    assert ("Le premier texte." in out) == (FIRST in steps)


@pytest.mark.parametrize(
    ("name", "content", "in_process"),
    [
        ("a.txt", "Un texte.", True),
        ("a.md", "# Un titre", True),
        ("a.html", "<p>Un texte.</p>", False),
        ("a.txt", "<!DOCTYPE html><p>Un texte.</p>", False),
        ("a.epub", "PK", False),
        ("a", "{\\rtf1\\ansi }", False),
    ],
)
def test_what_a_library_reads_is_read_in_a_process_of_its_own(
    postil: Postil, here: Path, monkeypatch: pytest.MonkeyPatch, name: str, content: str, *, in_process: bool
) -> None:
    (here / name).write_text(content, encoding="utf-8")
    read = pipeline.read_articles
    calls: list[bool] = []

    def counted(source: Path | bytes, **options: object) -> Iterator[Article]:
        calls.append(True)
        return read(source, suffix=".txt", **options)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(pipeline if in_process else sync_client, "read_articles", counted)
    assert postil("show", name)[0] in {0, 1}
    assert calls == [True]


@pytest.mark.parametrize(
    ("fields", "second_line"),
    [
        ({}, "fr, 4 sentences, from small.txt"),
        (
            {"encoding": "cp1252", "encoding_guess": True},
            "fr, 4 sentences, from small.txt, read as cp1252, which is a guess",
        ),
        ({"encoding": "cp1252"}, "fr, 4 sentences, from small.txt"),
        ({"layout": "wrapped"}, "fr, 4 sentences, from small.txt, hard-wrapped lines"),
        ({"layout": "lines"}, "fr, 4 sentences, from small.txt, a sentence on each line"),
    ],
)
def test_how_the_file_was_read_is_shown(
    postil: Postil, article: str, tmp_path: Path, fields: dict[str, object], second_line: str
) -> None:
    library = Library(tmp_path / "annotations")
    library.save(replace(library.load(article), **fields))
    assert postil("show", article)[1].splitlines()[1] == second_line

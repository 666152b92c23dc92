from __future__ import annotations

from pathlib import Path

from tui.documents import file_kinds
from tui.input_paths import SUFFIXES, files_of, text_files


def raise_it(error: OSError) -> None:
    raise error


def test_what_is_taken_from_a_folder_is_what_is_read() -> None:
    assert set(SUFFIXES) == set(file_kinds.SUFFIXES)


def test_hidden_files_and_notes_of_word_are_left_out_unless_named(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    names = (
        "a.txt",
        "b.DOCX",
        "c.pdf",
        ".hidden.txt",
        "~$b.docx",
        "README.md",
        "d.png",
        "e.csv",
        ".git/f.txt",
    )
    for name in names:
        (tmp_path / name).write_text("x")
    assert [path.name for path in text_files(tmp_path, raise_it)] == ["a.txt", "b.DOCX", "c.pdf"]
    assert files_of(str(tmp_path / ".hidden.txt"), raise_it) == [tmp_path / ".hidden.txt"]
    assert files_of(str(tmp_path / ".git"), raise_it) == [tmp_path / ".git" / "f.txt"]


def test_the_files_of_a_library_of_postil_are_no_input(tmp_path: Path) -> None:
    for name in (
        "notes.txt",
        "annotations/articles/a.json",
        "annotations/people/ana/a.json",
        "articles/b.json",
    ):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("{}")
    assert [str(path.relative_to(tmp_path)) for path in text_files(tmp_path, raise_it)] == [
        "notes.txt",
        "articles/b.json",
    ]

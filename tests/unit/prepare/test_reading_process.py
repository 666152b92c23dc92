from __future__ import annotations

import os
from pathlib import Path

import pytest

from tui.prepare.reading_process import may_have_many, needs_process


@pytest.mark.parametrize(
    ("name", "needs"),
    [
        ("a.txt", False),
        ("A.TXT", False),
        ("a.md", False),
        ("a.markdown", False),
        ("a.jsonl", False),
        *((f"a{suffix}", True) for suffix in (".html", ".htm", ".HTML", ".xhtml", ".mhtml", ".docx")),
        *((f"a{suffix}", True) for suffix in (".odt", ".epub", ".rtf", ".pdf", ".MHT")),
        *((name, False) for name in ("a.json", "a", "a.unknown", ".txt", ".html")),
    ],
)
def test_files_that_others_libraries_read_need_a_process(name: str, *, needs: bool) -> None:
    assert needs_process(Path(name)) == needs


def test_what_is_no_file_is_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert not needs_process(tmp_path / "pipe.txt")
    assert not needs_process(tmp_path)
    assert not needs_process(Path("a\0.txt"))


@pytest.mark.parametrize(
    ("content", "needs"),
    [
        (b"Un titre\n\nUn texte. 2 < 3.", False),
        ("Новости дня.".encode("utf-16"), False),
        (b'{"text": "Un texte."}\n', False),
        (b"", False),
        (b"<p>Un texte.</p>", True),
        (b"\xef\xbb\xbf\r\n  <!doctype html>", True),
        (b"%PDF-1.7", True),
        (b"PK\x03\x04", True),
        (b"{\\rtf1\\ansi Un texte.}", True),
        (b"\xd0\xcf\x11\xe0", False),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x", True),
    ],
)
def test_content_is_judged_by_how_it_begins(tmp_path: Path, content: bytes, *, needs: bool) -> None:
    assert needs_process(content) == needs
    (tmp_path / "a.txt").write_bytes(content)
    assert needs_process(tmp_path / "a.txt") == needs


@pytest.mark.parametrize(
    ("name", "many"), [("a.jsonl", True), ("a.NDJSON", True), ("a.json", True), ("a.txt", False)]
)
def test_some_kinds_have_many_articles(name: str, *, many: bool) -> None:
    assert may_have_many(Path(name)) == many


@pytest.mark.parametrize(
    ("content", "many"),
    [(b'{"text"', True), (b"\xef\xbb\xbf \n[", True), (b"Un texte {", False), (b"", False), (b"<p>", False)],
)
def test_json_on_standard_input_may_have_many_articles(content: bytes, *, many: bool) -> None:
    assert may_have_many(content) == many

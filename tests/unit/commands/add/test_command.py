"""`postil add`: nothing is skipped in silence, and one bad file stops no other."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import psutil
import pytest

from tui.commands.add import command as add
from tui.model.article import Article
from tui.prepare.pipeline import read_articles
from tui.store.changes import add as store_article
from tui.store.library import Library

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    """A folder with a text, a text below, and a link that leads round in a circle."""
    folder = tmp_path / "texts"
    (folder / "below").mkdir(parents=True)
    (folder / "one.txt").write_text("Texte numéro un.", encoding="utf-8")
    (folder / "below" / "two.txt").write_text("Texte numéro deux.", encoding="utf-8")
    (folder / "below" / "round").symlink_to(folder)
    (folder / "nowhere.txt").symlink_to(folder / "missing")
    return folder


def test_links_are_not_followed_round(postil: Postil, texts: Path) -> None:
    code, out, _ = postil("add", str(texts))
    assert code == 0
    assert len(out.splitlines()) == 2


def test_a_folder_that_is_closed_is_told_and_the_rest_is_added(
    postil: Postil, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scandir = os.scandir

    def closed(path: str) -> object:
        if str(path).endswith("below"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    code, out, error = postil("add", str(texts))
    assert code == 3
    assert len(out.splitlines()) == 1
    assert "below cannot be listed (Permission denied)" in error


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@pytest.mark.parametrize("title", ["Привет, мир", "市长说", "Η γέφυρα", "L’été"])
def test_a_text_is_found_by_its_hash_whatever_its_title_would_give_today(
    postil: Postil, tmp_path: Path, title: str, suffix: str
) -> None:
    file = tmp_path / f"text{suffix}"
    file.write_text(f"{title}\n\nOne thing. Another thing.\n", encoding="utf-8")
    [article] = read_articles(file)
    earlier = msgspec.structs.replace(article, id=f"article-{article.text_sha256[:8]}")
    store_article(Library(tmp_path / "annotations"), earlier, who="ana")
    code, printed, _ = postil("add", str(file))
    assert article.id != earlier.id
    assert (code, printed.strip()) == (0, earlier.id)
    assert Library(tmp_path / "annotations").ids() == [earlier.id]


def test_a_pattern_finds_files_in_order(postil: Postil, texts: Path) -> None:
    code, out, _ = postil("add", str(texts / "*" / "*.txt"), str(texts / "o*.txt"))
    assert code == 0
    assert [line.rsplit("-", 1)[0] for line in out.splitlines()] == ["texte-numero-deux", "texte-numero-un"]


def test_each_article_has_a_line_of_progress_apart_from_its_id(postil: Postil, texts: Path) -> None:
    code, out, error = postil("add", str(texts / "one.txt"), "--language", "FR")
    assert code == 0
    assert error == f"postil: {texts}/one.txt: added as {out.strip()} (fr, 1 sentence)\n"
    assert "already in the library as" in postil("add", str(texts / "one.txt"))[2]


def test_another_text_under_the_same_short_hash_is_another_article(
    postil: Postil, texts: Path, tmp_path: Path, workspace_in
) -> None:
    path = texts / "one.txt"
    article_id = postil("add", str(path))[1].strip()
    library = workspace_in(tmp_path / "annotations").library
    other = msgspec.structs.replace(
        library.load(article_id), id=f"other-{article_id[-8:]}", text_sha256="0" * 64, version=""
    )
    (library.articles / f"{article_id}.json").unlink()
    library.save(other)
    for command in ("show", "add"):
        assert postil(command, str(path))[0] == 0
        assert library.ids() == sorted([article_id, other.id])


@pytest.mark.parametrize(("columns", "shown"), [(120, "1/2 two.txt"), (6, "1/2 t"), (0, "1/2 two.txt")])
def test_on_a_terminal_progress_is_one_line_written_over(
    postil: Postil, texts: Path, monkeypatch: pytest.MonkeyPatch, columns: int, shown: str
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setattr(sys.stderr, "fileno", lambda: 2)
    monkeypatch.setattr(os, "get_terminal_size", lambda *_: os.terminal_size((columns, 24)))
    code, out, error = postil("add", str(texts / "below" / "two.txt"), str(texts / "one.txt"))
    assert code == 0
    assert len(out.splitlines()) == 2
    assert f"\r\x1b[K{shown}\r" in error
    assert "\n" not in error


def test_what_preparation_warns_of_is_said(
    postil: Postil, texts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def warned(article: Article, *_: object, **__: object) -> Article:
        return msgspec.structs.replace(article, warnings=["names were found by their capitals: no model"])

    monkeypatch.setattr(add, "add_entities", warned)
    assert "one.txt: names were found by their capitals" in postil("add", str(texts / "one.txt"))[2]


def test_what_follows_is_added_though_nobody_reads_the_ids(texts: Path, tmp_path: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    postil = [sys.executable, "-m", "tui"]
    where = ["--annotations", str(tmp_path / "a"), "--annotator", "ana"]
    added = subprocess.run([*postil, "add", str(texts), *where], stdout=write_end, check=False)
    os.close(write_end)
    listed = subprocess.run([*postil, "list", "--json", *where], capture_output=True, check=True)
    assert added.returncode == 0
    assert {json.loads(line)["source"] for line in listed.stdout.splitlines()} == {"one.txt", "two.txt"}


def workers() -> list[psutil.Process]:
    """The processes of this one that prepare."""
    return [one for one in psutil.Process().children() if "tui.prepare.worker" in one.cmdline()]


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder with forty texts, of which one is there twice and one is no text."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"This is number {number}. It ends.", encoding="utf-8")
    (folder / "07.txt").write_bytes((folder / "06.txt").read_bytes())
    (folder / "20.txt").write_bytes(bytes(range(256)) * 20)
    return folder


def test_many_files_are_added_side_by_side_in_their_order(
    postil: Postil, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(add, "cores", lambda: 2)
    before = workers()
    code, out, error = postil("add", str(many))
    ids = out.split()
    assert code == 1
    assert "20.txt" in error
    assert len(ids) == 39
    assert ids[6] == ids[7]
    assert [int(one.split("-")[3]) for one in ids] == [n if n != 7 else 6 for n in range(40) if n != 20]
    assert workers() == before
    monkeypatch.setattr(add, "cores", lambda: 1)
    again = postil("add", str(many), "--annotations", str(tmp_path / "one by one"))
    assert (again[0], again[1]) == (code, out)


def test_stopped_it_leaves_whole_articles_and_no_process(many: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a"
    command = [
        sys.executable,
        "-m",
        "tui",
        "add",
        str(many),
        "--annotations",
        str(folder),
        "--annotator",
        "ana",
    ]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as adding:
        assert adding.stdout is not None
        adding.stdout.readline()
        adding.send_signal(signal.SIGINT)
        _, error = adding.communicate()
    assert adding.returncode in {0, 1, 130}
    assert b"Traceback" not in error
    if adding.returncode == 130:
        assert error.endswith(
            b"postil: stopped: whole articles that were added stay, run it again for the others\n"
        )
    library = Library(folder)
    assert all(library.load(one).has_entities for one in library.ids())
    assert [path.name for path in folder.rglob("*.tmp")] == []

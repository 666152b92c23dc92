"""Completing a path: what is common, the only one, one after another; hidden files only when they are meant."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.library.path_line import Candidate, PathLine, listing
from tui.widgets.matching import plain


def candidates(*names: str) -> list[Candidate]:
    return [Candidate(name.rstrip("/"), name.endswith("/"), plain(name.rstrip("/"))) for name in names]


def line(typed: str, *names: str) -> PathLine:
    """A line in a folder that holds these."""
    made = PathLine()
    made.page = 5
    made.insert(typed)
    made.offer(made.folder, candidates(*names))
    return made


def names(made: PathLine) -> list[str]:
    return [one.completed for one in made.fitting]


def test_what_is_common_is_written_then_the_bar_goes_round() -> None:
    made = line("ar", "archive/", "articles/", "autre.txt", "zone.txt")
    assert names(made) == ["archive/", "articles/"]
    made = line("art", "article-1.txt", "article-2.txt", "zone.txt")
    made.complete()
    assert (made.edit.text, made.cursor) == ("article-", None)
    for at in (0, 1, 0):
        made.complete()
        assert (made.edit.text, made.cursor) == ("article-", at)
    made.insert("2")
    assert (made.cursor, names(made)) == (None, ["article-2.txt"])
    made.complete()
    assert made.edit.text == "article-2.txt"


def test_a_folder_that_is_completed_leads_on() -> None:
    made = line("/srv/ne", "news/", "other/")
    made.complete()
    assert (made.edit.text, made.folder) == ("/srv/news/", "/srv/news/")
    assert made.needs_listing
    assert made.fitting == []
    made.offer("/srv/", candidates("too late"))
    assert made.fitting == []
    made.offer("/srv/news/", candidates("été.txt"))
    made.insert("ETE")
    made.complete()
    assert made.edit.text == "/srv/news/été.txt"


def test_hidden_names_come_when_a_dot_is_typed() -> None:
    assert names(line("", ".secret.txt", "open.txt")) == ["open.txt"]
    assert names(line(".", ".secret.txt", "open.txt")) == [".secret.txt"]


def test_home_leads_on() -> None:
    made = line("~")
    made.complete()
    assert made.edit.text == "~/"


def test_nothing_to_complete_does_nothing() -> None:
    made = line("zzz", "article.txt")
    made.complete()
    made.move(+1)
    assert (made.edit.text, made.cursor) == ("zzz", None)


@pytest.mark.parametrize(
    ("typed", "text"),
    [("  a b.txt ", "a b.txt"), ("'a b.txt'", "a b.txt"), ('"a"', "a"), ("'", "'"), ("it's", "it's")],
)
def test_what_a_terminal_puts_round_a_path_is_taken_off(typed: str, text: str) -> None:
    assert line(typed).text == text


def test_the_bar_goes_up_to_no_bar_and_stays_in_view() -> None:
    made = line("", *(f"{n:02}.txt" for n in range(20)))
    made.move(+1)
    assert (made.cursor, made.top) == (0, 0)
    made.move(+7)
    assert (made.cursor, made.top) == (7, 3)
    made.move(-99)
    assert (made.cursor, made.top) == (None, 0)


def test_a_folder_is_listed_with_what_can_be_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("b.txt", "A.md", "é.HTML", "notes.png", ".hidden.txt", "with\nline.txt", "\u202emixed.txt"):
        (tmp_path / name).write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "dangling").symlink_to(tmp_path / "gone")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/latin-\xe9.txt")).write_text("x")
    found = [one.completed for one in listing(f"{tmp_path}/")]
    assert found == [".hidden.txt", "A.md", "b.txt", "é.HTML", "folder/"]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    assert [one.completed for one in listing("")] == found
    assert [one.completed for one in listing("~/")] == found
    with pytest.raises(OSError, match="No such file"):
        listing("gone/")


file_names = st.text("abAé. -", min_size=1, max_size=4).filter(lambda name: name.strip(". "))


@given(st.lists(file_names, unique=True, max_size=8), st.text("abAé", max_size=3), st.integers(1, 9))
def test_completion_never_takes_away_what_may_be_meant(found: list[str], typed: str, tabs: int) -> None:
    made = line(typed, *found)
    fitting = set(names(made))
    for _ in range(tabs):
        made.complete()
        assert plain(made.edit.text).startswith(plain(typed))
        assert set(names(made)) <= fitting
        if fitting:
            assert made.fitting

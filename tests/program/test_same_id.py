"""Two texts whose ids would be the same: neither replaces the other, and no work is shown as about the wrong one.

The pairs were found by a search: one title, and a SHA-256 that begins with the same eight digits.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.program.program import Program

ENGLISH = (
    "The budget vote\n\nThe mayor said on Monday that the budget was late. Nobody was surprised. "
    '"We will vote in May," said Anna Rossi.\n\nThis is letter number {}.'
)
CHINESE = "市长的信\n\n市长星期一说预算迟了。没有人感到惊讶。\n\n这是第 {} 封信。"
"""No letter of its title is in its id."""

PAIRS = (
    pytest.param(ENGLISH.format(76548), ENGLISH.format(109764), id="english"),
    pytest.param(CHINESE.format(69116), CHINESE.format(90468), id="chinese"),
)
ONE, OTHER = ENGLISH.format(76548), ENGLISH.format(109764)


def sha(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def check_only_about(program: Program, text: str, count: int) -> None:
    """Every exported record is about that text, and shows what is there."""
    records = program.records()
    assert len(records) == count
    for record in records:
        assert record["text_sha256"] == sha(text)
        assert record["text"] == text[record["start"] : record["end"]]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_are_kept(program: Program, one: str, other: str) -> None:
    assert sha(one)[:8] == sha(other)[:8]
    first, second = program.add(one), program.add(other)
    assert first != second
    assert [program.article(article)["text"] for article in (first, second)] == [one, other]
    assert [program.add(text) for text in (one, other)] == [first, second]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_both_are_kept_where_they_are_added_together(program: Program, one: str, other: str) -> None:
    folder = program.place / "texts"
    folder.mkdir()
    # So many that they are prepared side by side.
    for number in range(16):
        (folder / f"{number}.txt").write_text(f"Text {number}\n\nIt was late.\n", encoding="utf-8")
    for name, text in (("one", one), ("other", other)):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    done = program.run("add", str(folder))
    assert done.code == 0, done.err
    ids = done.out.split()
    assert len(set(ids)) == len(ids) == 18
    texts = [program.article(article)["text"] for article in ids if sha(one)[:8] in article]
    assert sorted(texts) == sorted([one, other])


def test_an_exact_id_is_not_taken_for_the_beginning_of_a_longer_one(program: Program) -> None:
    first, second = program.add(ONE), program.add(OTHER)
    assert second.startswith(first)
    assert program.article(first)["text"] == ONE
    assert program.article(second[: len(first) + 1])["text"] == OTHER
    assert program.run("tag", first, "2", "fact").code == 0
    check_only_about(program, ONE, 1)
    # Where the one goes, its id does not become the other's.
    program.stored(first).unlink()
    assert program.run("tag", first, "3", "fact").code != 0
    assert all(record["text_sha256"] == sha(ONE) for record in program.records())


def test_tags_stay_on_the_text_that_they_were_made_on(program: Program) -> None:
    first = program.add(ONE)
    assert program.run("tag", first, "2", "fact").code == 0
    second = program.add(OTHER)
    check_only_about(program, ONE, 1)
    assert program.run("tag", second, "3", "opinion").code == 0
    assert [(one["article"], one["text_sha256"]) for one in program.records()] == [
        (first, sha(ONE)),
        (second, sha(OTHER)),
    ]


def put_in_trash(program: Program, article: str) -> None:
    place = program.folder / ".trash" / f"2026-11-22T220000.000Z-{article}"
    for path in (program.stored(article), *sorted((program.folder / "people" / "ana").glob(f"{article}.*"))):
        there = place / path.relative_to(program.folder)
        there.parent.mkdir(parents=True, exist_ok=True)
        path.rename(there)


def put_article_in_trash(program: Program, article: str) -> None:
    work = program.work(article).parent
    shutil.rmtree(work)
    put_in_trash(program, article)


def delete_article(program: Program, article: str) -> None:
    program.stored(article).unlink()


def leave_history(program: Program, article: str) -> None:
    delete_article(program, article)
    for path in program.work(article).parent.glob(f"{article}.json*"):
        path.unlink()


def leave_damaged(program: Program, article: str) -> None:
    delete_article(program, article)
    program.work(article).write_bytes(b"{")
    for path in program.work(article).parent.glob(f"{article}.[!j]*"):
        path.unlink()


def leave_review(program: Program, article: str) -> None:
    delete_article(program, article)
    review = program.folder / "people" / "cleo" / f"{article}.review.json"
    review.parent.mkdir()
    program.work(article).rename(review)
    shutil.rmtree(program.work(article).parent)


LEFT = (put_in_trash, put_article_in_trash, delete_article, leave_history, leave_damaged, leave_review)


@pytest.mark.parametrize("leave", LEFT)
def test_an_id_is_taken_while_anything_of_it_is_left(
    program: Program, leave: Callable[[Program, str], None]
) -> None:
    first = program.add(ONE)
    assert program.run("tag", first, "2", "fact").code == 0
    leave(program, first)
    assert program.add(OTHER) != first
    assert not [record for record in program.records() if record["text_sha256"] == sha(OTHER)]


def test_the_text_comes_back_to_its_id_and_its_tags(program: Program) -> None:
    first = program.add(ONE)
    assert program.run("tag", first, "2", "fact").code == 0
    delete_article(program, first)
    program.add(OTHER)
    assert program.add(ONE) == first
    check_only_about(program, ONE, 1)


READERS = (
    ("export",),
    ("export", "--adjudicated"),
    ("export", "--format", "corrected", "--annotator", "ana"),
    ("list",),
    ("list", "--json"),
    ("agreement",),
    ("report", "ARTICLE"),
    ("tag", "ARTICLE", "1", "opinion"),
    ("scheme", "migrate"),
)


@pytest.fixture
def usurped(program: Program) -> str:
    """An article whose file was replaced by the other text's, as it can be by hand; two people worked on it."""
    first = program.add(ONE)
    for annotator in ("ana", "ben"):
        assert program.run("tag", first, "2", "fact", annotator=annotator).code == 0
    elsewhere = Program(program.place / "elsewhere")
    elsewhere.place.mkdir()
    other = elsewhere.stored(elsewhere.add(OTHER))
    program.rewrite(other, id=first)
    other.replace(program.stored(first))
    return first


@pytest.mark.parametrize("words", READERS, ids=" ".join)
def test_no_reader_shows_work_as_about_another_text(
    program: Program, usurped: str, words: tuple[str, ...]
) -> None:
    before = program.work(usurped).read_bytes()
    done = program.run(*(usurped if word == "ARTICLE" else word for word in words))
    assert done.code == 1
    assert "another text" in done.err
    assert sha(OTHER) not in done.out
    assert "unexpected" not in done.err
    assert program.work(usurped).read_bytes() == before


def test_a_file_of_another_text_is_refused_by_verify(program: Program, usurped: str) -> None:
    done = program.run("verify")
    assert done.code == 1
    assert "another text" in done.out


def test_no_text_is_put_over_an_article_that_cannot_be_read(program: Program, tmp_path: Path) -> None:
    first = program.add(ONE)
    damaged = program.stored(first).read_bytes()[:-40]
    program.stored(first).write_bytes(damaged)
    path = tmp_path / "text.txt"
    path.write_text(OTHER, encoding="utf-8")
    program.run("add", str(path))
    kept = [one.read_bytes() for one in program.stored(first).parent.iterdir() if one.is_file()]
    assert damaged in kept

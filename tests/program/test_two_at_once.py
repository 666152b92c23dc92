"""Two change an article at once, one of them held where it is about to save: neither undoes the other's work."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.program.program import Done, Program

TEXT = (
    "The budget vote\n\nThe mayor said on Monday that the budget was late. Nobody was surprised. "
    "We will vote in May. The vote is on Tuesday.\n\nEvery seat counts."
)
LATE = "Nobody was surprised."
MAY = "We will vote in May."
TUESDAY = "The vote is on Tuesday."


@pytest.fixture
def article(program: Program) -> str:
    """An article of which ana has joined two sentences, and ben two others."""
    added = program.add(TEXT)
    for annotator, sentence in (("ana", LATE), ("ben", TUESDAY)):
        assert program.run("tag", added, "1", "fact", annotator=annotator).code == 0
        start = TEXT.index(sentence)
        repair = {"start": start, "end": start - 1, "kind": "merge", "updated_at": "2026-11-22T22:00:00.000Z"}
        program.rewrite(program.work(added, annotator), sentences={str(start + 1): repair})
    return added


@pytest.fixture
def once(program: Program, article: str) -> str:
    """The article as an older Postil cut it, without a new sentence at `MAY`, and with no names found yet."""
    path = program.stored(article)
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    starts, ends = list(stored["starts"]), list(stored["ends"])
    index = starts.index(TEXT.index(MAY))
    del starts[index], ends[index - 1]
    paragraphs = [first - (first > index) for first in stored["paragraphs"]]
    prepared_by = {**stored["prepared_by"], "sentences": "older"}
    program.rewrite(path, starts=starts, ends=ends, paragraphs=paragraphs, prepared_by=prepared_by)
    return article


def places(article: str) -> dict[str, tuple[str, ...]]:
    """Where a writer of the article is held: before it locks the article, if it ever does, or before it replaces it."""
    return {
        "its rename": (f"rename {article}.json",),
        "its lock": (f"open .{article.rpartition('-')[2]}.lock", f"rename {article}.json"),
    }


PLACES = ("its rename", "its lock")


def numbers(*all_done: Done) -> list[int]:
    """The segmentations that were announced, of those that succeeded."""
    return [int(re.findall(r"segmentation (\d+)", done.out)[0]) for done in all_done if done.code == 0]


def check_refused(done: Done, who: str, what: str) -> None:
    """One line says who is at work, at what, since when and where."""
    assert done.code == 3
    assert re.search(rf"{who} is {what}.* since \d\d:\d\d from .*try again later", done.err), done.err
    assert len(done.err.splitlines()) == 1


@pytest.mark.parametrize("place", PLACES)
def test_two_publish(program: Program, article: str, place: str) -> None:
    with program.held("publish", article, at=places(article)[place]) as held:
        second = program.run("publish", article, annotator="ben")
        first = held.go_on()
    if second.code:
        check_refused(second, "ana", "publishing it")
        second = program.run("publish", article, annotator="ben")
    assert (first.code, second.code) == (0, 0)
    assert sorted(numbers(first, second)) == [2, 3]
    found = program.article(article)
    starts = [start for start, _ in found["sentences"]]
    assert found["segmentation"] == 3
    assert TEXT.index(LATE) not in starts
    assert TEXT.index(TUESDAY) not in starts


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("options", [(), ("--force",)], ids=" ".join)
def test_one_publishes_while_another_prepares_again(
    program: Program, once: str, place: str, options: tuple[str, ...]
) -> None:
    text = str(program.place / "text.txt")
    at = places(once)[place]
    with program.held("add", text, "--again", *options, at=at, annotator="cleo") as held:
        published = program.run("publish", once)
        again = held.go_on()
    if published.code:
        check_refused(published, "cleo", "preparing it again")
        published = program.run("publish", once)
    assert (again.code, published.code) == (0, 0), again.err
    found = program.article(once)
    assert numbers(published)[0] <= found["segmentation"]
    assert TEXT.index(LATE) not in [start for start, _ in found["sentences"]]
    assert program.run("publish", once).code == 1, "ana's repair is in the library, or was lost"


@pytest.mark.parametrize("place", PLACES)
def test_one_prepares_again_while_another_publishes(program: Program, once: str, place: str) -> None:
    text = str(program.place / "text.txt")
    with program.held("publish", once, at=places(once)[place]) as held:
        again = program.run("add", text, "--again", "--force", annotator="cleo")
        published = held.go_on()
    if again.code:
        check_refused(again, "ana", "publishing it")
        again = program.run("add", text, "--again", "--force", annotator="cleo")
    assert (again.code, published.code) == (0, 0), published.err
    found = program.article(once)
    starts = [start for start, _ in found["sentences"]]
    assert TEXT.index(LATE) not in starts
    assert TEXT.index(MAY) in starts
    # Two different ways of cutting, two numbers after the first.
    assert found["segmentation"] == 3


@pytest.mark.parametrize("place", PLACES)
def test_tags_saved_while_another_prepares_again_are_on_a_sentence(
    program: Program, once: str, place: str
) -> None:
    text = str(program.place / "text.txt")
    sentence = [start for start, _ in program.article(once)["sentences"]].index(TEXT.index(LATE))
    with program.held("add", text, "--again", at=places(once)[place], annotator="cleo") as held:
        tagged = program.run("tag", once, str(sentence + 1), "opinion", annotator="dora")
        again = held.go_on()
    assert again.code == 0, again.err
    if tagged.code:
        check_refused(tagged, "cleo", "preparing it again")
        return
    found = program.article(once)
    [record] = [one for one in program.records() if one["annotator"] == "dora"]
    assert [record["start"], record["end"]] in found["sentences"]
    assert record["segmentation"] == found["segmentation"]


def test_a_number_means_one_segmentation_for_ever(program: Program, article: str) -> None:
    """Published, deleted, added again: what the published number meant stays its meaning."""
    published = program.run("publish", article)
    assert numbers(published) == [2]
    # Opening it takes the published sentences over.
    assert program.run("tag", article, "3", "fact").code == 0
    before = program.article(article)["sentences"]
    program.stored(article).unlink()
    assert program.add(TEXT) == article
    found = program.article(article)
    assert found["sentences"] != before
    assert found["segmentation"] not in {1, 2}


def test_what_a_reader_finds_late_does_not_undo_a_publication(program: Program, once: str) -> None:
    """The reader finds names and hints after the first page is shown, and keeps them in the library."""
    path = program.stored(once)
    stored: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    kept = {name: by for name, by in stored["prepared_by"].items() if name in {"text", "sentences"}}
    program.rewrite(path, prepared_by=kept)
    with program.held_reader(once, at=places(once)["its rename"], annotator="dora") as reader:
        published = program.run("publish", once)
        assert reader.close() == 0
    if published.code:
        check_refused(published, "dora", "adding names and hints")
        published = program.run("publish", once)
    assert published.code == 0
    assert program.article(once)["segmentation"] == 2

"""A reviewer's decisions lie in files of their own, beside what the same person annotated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tui.model.annotation import Change, Review, Step
from tui.model.article import Article
from tui.session.undo import History
from tui.store.folder import FolderStore
from tui.store.protocol import Locked
from tui.store.trash import Trash
from tui.store.verify import verify

StepOn = Callable[..., Step]

REVIEW = Review(how="version", whose="ana", seen={"ana": "2026-11-22T22:00:00.000Z"}, blind=True)


@pytest.fixture
def reviews(folder: Path) -> FolderStore:
    return FolderStore(folder, scheme="news/1", kind="review")


@pytest.fixture
def settled_on(step_on: StepOn) -> StepOn:
    def make(index: int, *tags: str) -> Step:
        step = step_on(index, *tags)
        [change] = step.changes
        assert change.after is not None
        after = replace(change.after, status="accepted", reviewer="rita", review_note="so", review=REVIEW)
        return replace(step, changes=(Change(before=None, after=after),))

    return make


def test_a_decision_comes_back_whole_and_is_nobodys_annotation(
    store: FolderStore,
    reviews: FolderStore,
    article: Article,
    settled_on: StepOn,
    step_on: StepOn,
    folder: Path,
) -> None:
    work, review = store.open(article.id, "rita"), reviews.open(article.id, "rita")
    work.put(step_on(0, "quote"))
    review.put(settled_on(1, "fact"))
    work.close()
    review.close()
    assert (folder / "people" / "rita" / f"{article.id}.review.json").is_file()
    [settled] = reviews.load(article.id, "rita").annotations.values()
    assert (settled.tags, settled.status, settled.reviewer, settled.review) == (
        ("fact",),
        "accepted",
        "rita",
        REVIEW,
    )
    assert settled.is_settled
    [own] = store.load(article.id, "rita").annotations.values()
    assert (own.tags, own.review, own.is_settled) == (("quote",), msgspec.UNSET, False)


def test_who_only_reviews_is_no_annotator(
    store: FolderStore, reviews: FolderStore, article: Article, settled_on: StepOn, step_on: StepOn
) -> None:
    for name, opened, step in (("rita", reviews, settled_on(1, "fact")), ("ana", store, step_on(1, "fact"))):
        writer = opened.open(article.id, name)
        writer.put(step)
        writer.close()
    assert (store.annotators(article.id), reviews.annotators(article.id)) == (["ana"], ["rita"])
    assert (store.annotated(), reviews.annotated()) == ({article.id: ["ana"]}, {article.id: ["rita"]})


def test_a_decision_is_undone_after_a_restart(
    reviews: FolderStore, article: Article, settled_on: StepOn
) -> None:
    writer = reviews.open(article.id, "rita")
    writer.put(settled_on(1, "fact"))
    writer.close()
    writer = reviews.open(article.id, "rita")
    events = reviews.history(article.id, "rita", newest_first=True, upto=writer.revision)
    undone = History(event.step for event in events).undo("later")
    assert undone is not None
    writer.put(undone)
    writer.close()
    assert reviews.load(article.id, "rita").annotations == {}


def test_a_journal_that_a_crash_left_is_read(
    reviews: FolderStore, article: Article, settled_on: StepOn, folder: Path
) -> None:
    reviews.open(article.id, "rita").put(settled_on(1, "fact"))
    assert (folder / "people" / "rita" / f"{article.id}.review.journal").is_file()
    assert reviews.annotators(article.id) == ["rita"]
    assert [checked.problems for checked in verify(folder)] == [[], []]


def test_damage_is_found_and_mended(
    reviews: FolderStore, article: Article, settled_on: StepOn, folder: Path
) -> None:
    writer = reviews.open(article.id, "rita")
    writer.put(settled_on(1, "fact"))
    writer.close()
    path = folder / "people" / "rita" / f"{article.id}.review.json"
    path.write_bytes(path.read_bytes().replace(b"accepted", b"rejected"))
    [broken] = [checked.work for checked in verify(folder) if checked.problems]
    assert broken is not None
    assert (broken.article, broken.annotator, broken.kind) == (article.id, "rita", "review")
    assert reviews.repair(article.id, "rita").lost == []
    [settled] = reviews.load(article.id, "rita").annotations.values()
    assert settled.status == "accepted"


def test_an_article_that_is_being_reviewed_is_not_removed(
    store: FolderStore, reviews: FolderStore, article: Article, settled_on: StepOn, folder: Path
) -> None:
    writer = reviews.open(article.id, "rita")
    for name in ("rita", "ana"):
        with pytest.raises(Locked):
            Trash(folder, store).remove(article.id, name)
    writer.put(settled_on(1, "fact"))
    writer.close()
    trash = Trash(folder, store)
    removed = trash.remove(article.id, "rita")
    assert reviews.annotators(article.id) == []
    trash.restore(removed)
    assert reviews.annotators(article.id) == ["rita"]

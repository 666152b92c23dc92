"""Records carry what a reviewer decided; adjudicated, there is one a sentence, and where it comes from."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

import pytest

from tui.formats.schema import schemas
from tui.review.reading import read_all
from tui.review.reviewing import Reviewing
from tui.session.session import Outcome, Session
from tui.settings.scheme_file import load
from tui.store.folder import FolderStore
from tui.store.library import Library

Postil = Callable[..., tuple[int, str, str]]
Command = Callable[[Reviewing], Outcome]


class Settle(Protocol):
    """Let a reviewer do something, and keep it."""

    def __call__(self, *commands: Command, reviewer: str = "rita") -> None: ...


ANSWERS = {"ana": ("none", "fact", "opinion", "fact"), "bob": ("none", "fact", "fact", "quote")}


@pytest.fixture
def worked(postil: Postil, article: str) -> str:
    """The article, of whose four sentences both decided all, and differ on the last two."""
    for annotator, answers in ANSWERS.items():
        for number, tag in enumerate(answers, start=1):
            assert postil("tag", article, str(number), tag, annotator=annotator)[0] == 0
    return article


@pytest.fixture
def settle(worked: str, tmp_path: Path) -> Settle:
    """Let a reviewer do something, and keep it."""

    def act(*commands: Command, reviewer: str = "rita") -> None:
        folder = tmp_path / "annotations"
        store = FolderStore(folder, scheme="news/1")
        reviews = FolderStore(folder, scheme="news/1", kind="review")
        article = Library(folder).load(worked)
        session = Session(article, load(), reviews.load(worked, reviewer), reviewer)
        reviewing = Reviewing(session, read_all(store, article, "news/1").by_annotator)
        writer = reviews.open(worked, reviewer)
        for command in commands:
            outcome = command(reviewing)
            assert outcome.step is not None, outcome.message
            writer.put(outcome.step)
        writer.close()

    return act


def records(out: str) -> list[Mapping[str, Any]]:
    return [json.loads(line) for line in out.splitlines()]


def test_records_carry_the_decision(postil: Postil, settle: Settle) -> None:
    settle(
        lambda review: review.take(2, "ana"),
        lambda review: review.give_reason(2, "a view"),
        lambda review: review.reject(3, "unclear"),
    )
    found = records(postil("export")[1])
    assert [(one["sentence"], one["annotator"], one["status"], one["reviewer"]) for one in found] == [
        (1, "ana", "unreviewed", None),
        (1, "bob", "unreviewed", None),
        (2, "ana", "unreviewed", None),
        (2, "bob", "unreviewed", None),
        (3, "ana", "accepted", "rita"),
        (3, "bob", "rejected", "rita"),
        (4, "ana", "rejected", "rita"),
        (4, "bob", "rejected", "rita"),
    ]
    assert [one["review_note"] for one in found[4:]] == ["a view", "a view", "unclear", "unclear"]
    assert len(records(postil("export", "--status", "accepted")[1])) == 1
    assert "review" not in found[4]


def test_a_reviewer_is_no_annotator(postil: Postil, settle: Settle, worked: str) -> None:
    before = postil("agreement", "--json")[1]
    settle(lambda review: review.take(2, "ana"))
    assert postil("agreement", "--json")[1] == before
    assert json.loads(postil("list", "--json")[1])["annotators"] == ["ana", "bob"]
    assert {one["annotator"] for one in records(postil("export")[1])} == {"ana", "bob"}
    assert postil("verify")[0] == 0


def test_adjudicated_is_one_record_a_sentence(postil: Postil, settle: Settle) -> None:
    settle(
        lambda review: review.take(2, "bob"),
        lambda review: review.session.tag(3, "opinion"),
    )
    code, out, error = postil("export", "--adjudicated")
    found = records(out)
    assert (code, error) == (0, "")
    assert [
        (one["sentence"], one["tags"], one["annotator"], one["status"], one["provenance"]["how"])
        for one in found
    ] == [
        (1, [], "ana", "unreviewed", "agreed"),
        (2, ["fact"], "ana", "unreviewed", "agreed"),
        (3, ["fact"], "bob", "accepted", "version"),
        (4, ["opinion"], "rita", "amended", "anew"),
    ]
    assert [one["provenance"]["annotators"] for one in found] == [["ana", "bob"], ["ana", "bob"], ["bob"], []]
    assert found[2]["provenance"]["seen"] == ["ana", "bob"]
    assert found[2]["provenance"]["decided_at"] == found[2]["updated_at"]
    described = schemas()["postil.annotation/1"]["$defs"]["Record"]["properties"]  # type: ignore[index]
    assert list(found[0])[:-1] == [key for key in described if key not in {"hints", "pass"}]
    assert out == postil("export", "--adjudicated")[1]
    assert len(records(postil("export", "--adjudicated", "--status", "amended")[1])) == 1


def test_what_is_not_settled_is_left_out_and_told(postil: Postil, settle: Settle, worked: str) -> None:
    settle(lambda review: review.take(2, "bob"))
    code, out, error = postil("export", "--adjudicated")
    assert (code, len(records(out))) == (0, 3)
    assert "1 sentence with unresolved disagreements is left out" in error
    assert postil("tag", worked, "3", "quote", annotator="ana")[0] == 0
    code, out, error = postil("export", "--adjudicated")
    assert (code, len(records(out))) == (0, 3)
    assert "annotations of 1 sentence changed after the review" in error


def test_two_reviewers_on_one_sentence_are_told(postil: Postil, settle: Settle, worked: str) -> None:
    settle(lambda review: review.take(2, "ana"), lambda review: review.take(3, "ana"))
    settle(lambda review: review.take(2, "bob"), reviewer="sam")
    code, out, error = postil("export", "--adjudicated")
    assert (code, out) == (1, "")
    assert f"{worked} sentence 3: rita, sam" in error
    assert "sentence 4" not in error
    assert "--reviewer NAME" in error
    code, out, _ = postil("export", "--adjudicated", "--reviewer", "sam")
    assert (code, [one["tags"] for one in records(out)]) == (0, [[], ["fact"], ["fact"]])
    assert [one["reviewer"] for one in records(postil("export", "--reviewer", "rita")[1])][4:] == ["rita"] * 4


def test_what_makes_no_sense_together_is_refused(postil: Postil, worked: str) -> None:
    for words in (("--annotator", "ana"), ("--untagged",), ("--format", "corrected")):
        assert postil("export", "--adjudicated", *words)[0] == 2
    assert postil("export", "--reviewer", "../x")[0] == 2


def test_a_rejected_sentence_says_nothing_but_why(postil: Postil, settle: Settle) -> None:
    settle(lambda review: review.reject(2, "unclear"))
    [found] = [one for one in records(postil("export", "--adjudicated")[1]) if one["sentence"] == 3]
    assert (found["status"], found["tags"], found["review_note"], found["annotator"]) == (
        "rejected",
        [],
        "unclear",
        "rita",
    )

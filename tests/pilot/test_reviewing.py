"""The keys of a review: whose version is taken, what is refused, and what is shown of everybody's work."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.pilot.reading import OVER, PRICE, ROME, SAYS, TITLE, Reading, town
from tui.app import PostilApp
from tui.model.annotation import Work
from tui.session.marks import add_span
from tui.session.session import Session
from tui.settings.actions import ANNOTATORS_ONLY
from tui.store.changes import add
from tui.widgets.bars import CountBar
from tui.workspace import Workspace

Review = Callable[..., AbstractAsyncContextManager[Reading]]

NAMES = [f"p{number:02}" for number in range(1, 11)]


@pytest.fixture
def review(workspace_in: Callable[..., Workspace], tmp_path: Path) -> Review:
    """Review the short article: all of ten decided OVER alike, SAYS apart two to eight, PRICE five to five."""

    @asynccontextmanager
    async def opened(size: tuple[int, int] = (120, 40), people: int = 10) -> AsyncGenerator[Reading]:
        place, article = workspace_in(tmp_path), town()
        add(place.library, article, who="ana")
        for number, name in enumerate(NAMES[:people]):
            session = Session(article, place.scheme, Work(), name)
            session.activity.add(article.starts[SAYS], 1000 * (number + 60))
            outcomes = [
                session.tag(OVER, "fact"),
                session.tag(SAYS, "quote" if number < 2 else "fact"),
                session.tag(PRICE, "fact" if number % 2 else "opinion"),
            ]
            if number == 0:
                start = article.text.index("laacquisition")
                outcomes.append(add_span(session, PRICE, start, start + 13, "major", "spelling"))
            writer = place.store.open(article.id, name)
            writer.put(*(outcome.step for outcome in outcomes if outcome.step is not None))
            writer.close()
        found = place.open_review(article)
        app = PostilApp(place, found)
        async with app.run_test(size=size) as pilot:
            reading = Reading(app, pilot, found)
            await reading.settled()
            yield reading

    return opened


def settled(reading: Reading, sentence: int) -> tuple[tuple[str, ...], str, str | None]:
    """Tags, status, and whose version it is."""
    said = reading.session.annotation(sentence)
    assert said is not None
    return said.tags, said.status, said.review.whose if said.review else None


@pytest.mark.action("disagreement.next", "disagreement.previous", "review.majority")
async def test_from_one_to_the_next(review: Review) -> None:
    async with review() as reading:
        assert reading.bar(CountBar) == "0/2 settled"
        await reading.press("tab")
        assert reading.session.cursor == SAYS
        await reading.press("tab")
        assert reading.session.cursor == PRICE
        await reading.press("m")
        assert "choose one version" in reading.foot
        await reading.press("shift+tab", "m")
        assert settled(reading, SAYS) == (("fact",), "accepted", "p03")
        assert reading.session.cursor == PRICE
        await reading.press("shift+tab")
        assert "none that way" in reading.foot


@pytest.mark.action(
    "review.take.1",
    "review.take.2",
    "review.take.3",
    "review.take.4",
    "review.take.5",
    "review.take.6",
    "review.take.7",
    "review.take.8",
    "review.take.9",
)
async def test_a_digit_takes_a_version_and_undo_takes_it_back(review: Review) -> None:
    async with review() as reading:
        for number in range(1, 10):
            await reading.press("tab", str(number))
            assert settled(reading, SAYS)[2] == NAMES[number - 1]
            assert reading.session.cursor == PRICE
            await reading.press("u", "g")
            assert reading.session.annotation(SAYS) is None


@pytest.mark.action("review.take", "review.column", "review.choose")
async def test_the_highlighted_version_and_one_past_nine(review: Review) -> None:
    async with review() as reading:
        await reading.press("tab", "tab")
        assert "▸1 p01" in reading.panel
        assert "laacquisition" in reading.panel
        await reading.press("C", "enter")
        assert settled(reading, PRICE) == (("fact",), "accepted", "p02")
        await reading.press("u", ":", *"choose whose", "enter", *"p10", "enter")
        assert settled(reading, PRICE)[2] == "p10"


@pytest.mark.action("review.reject")
async def test_a_rejection_asks_why_and_the_reason_can_be_rewritten(review: Review) -> None:
    async with review() as reading:
        await reading.press("tab", "R", "enter")
        assert "write a reason" in reading.foot
        await reading.press("R", *"no", "enter")
        assert settled(reading, SAYS) == ((), "rejected", None)
        await reading.press("n")
        assert "settle the sentence first" in reading.foot
        await reading.press("k", "k", "n", *"ne", "enter")
        said = reading.session.annotation(SAYS)
        assert said is not None
        assert (said.review_note, said.note, said.status) == ("none", "", "rejected")


async def test_everybodys_work_is_beside_the_text(review: Review) -> None:
    async with review((80, 24), people=2) as reading:
        rows = reading.rows()
        assert rows[0].split() == ["1▾", "2", "settled"]
        assert any("··Q· ··Q· = ····" in row for row in rows)
        [price] = [row for row in rows if "Le prix" in row]
        assert "·O·T F··· ≠ ····" in price
        [over] = [row for row in rows if "C'est fini" in row]
        assert "F··· F··· = ····" in over
    async with review() as reading:
        await reading.press("tab")
        assert "p02  1 min 1 s" in reading.panel


async def test_what_is_left_is_listed(review: Review) -> None:
    async with review() as reading:
        await reading.press("D")
        assert "8 things are left" in reading.listed[0]
        rows = [row.replace("▌", " ").split() for row in reading.listed[2:6]]
        assert [(row[0], row[-1]) for row in rows] == [
            (str(TITLE + 1), "undecided"),
            (str(SAYS + 1), "settled"),
            (str(PRICE + 1), "settled"),
            (str(ROME + 1), "undecided"),
        ]


async def test_sentences_and_names_stay_the_annotators(review: Review) -> None:
    async with review() as reading:
        before = reading.everything()
        await reading.press("tab", "i")
        assert "not while reviewing" in reading.foot
        await reading.press(":", *"split", "enter")
        assert "not while reviewing" in reading.foot
        assert reading.everything() == before


@pytest.mark.parametrize("action", sorted(ANNOTATORS_ONLY))
async def test_what_is_the_annotators_is_refused_in_words(review: Review, action: str) -> None:
    async with review() as reading:
        before = reading.everything(), reading.rows()
        reading.reader.perform(action)
        await reading.settled()
        assert "not while reviewing" in reading.foot
        assert (reading.everything(), reading.rows()) == before
        assert reading.session.asked.mode == "off"


async def test_the_help_tells_the_keys_of_a_review(review: Review) -> None:
    async with review() as reading:
        await reading.press("h")
        assert any("take the majority's" in strip.text for strip in reading.painted())

"""Hints in the reader: what is pointed at, with its reason, and the keys that answer."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from tests.pilot.reading import BOTH, HEADING, OVER, PRICE, ROME, SAYS, YES, Reading, town, with_hints
from tui.model.article import Article
from tui.reader.article_view.widget import ArticleView
from tui.reader.keys.hints import HintKeys
from tui.session.open_hints import ENOUGH
from tui.store.detectors_off import FILE_NAME, read_detectors_off

Read = Callable[..., AbstractAsyncContextManager[Reading]]

POINTED_AT = (
    ("laacquisition", "glued", "l'acquisition"),
    ("était", "verbs", None),
    ("Rome", "names", None),
)


@pytest.fixture
def hinted_article() -> Article:
    return with_hints(town(), *POINTED_AT)


@pytest.fixture
def hinted(read: Read, hinted_article: Article) -> Read:
    """The short article with hints: two on PRICE, and one on each Rome."""

    @asynccontextmanager
    async def opened(
        sentence: int = PRICE, size: tuple[int, int] = (120, 40), **options: object
    ) -> AsyncGenerator[Reading]:
        async with read(size, hinted_article, **options) as found:
            found.reader.go(sentence)
            await found.settled()
            yield found

    return opened


def underlined(reading: Reading) -> set[str]:
    """The words of the page that are underlined and in the colour of hints, or in that of a name."""
    found: set[str] = set()
    view = reading.app.screen.query_one(ArticleView)
    for y in range(view.size.height):
        for piece in view.render_line(y):
            if piece.style is not None and piece.style.underline:
                found.add(piece.text.strip())
    return found - {""}


async def test_a_hint_is_underlined_and_the_panel_says_why(hinted: Read) -> None:
    async with hinted() as reading:
        assert {"laacquisition", "était", "Rome"} <= underlined(reading)
        panel = reading.panel
        assert re.search(r"Hint 1 of 2 · spelling", panel, re.IGNORECASE)
        assert "“laacquisition” looks odd" in panel
        assert "laacquisition → l'acquisition" in panel
        assert "a r hint: yes, no" in reading.foot


async def test_where_there_is_no_panel_the_line_of_keys_asks(hinted: Read) -> None:
    async with hinted(size=(80, 24)) as reading:
        assert reading.foot == "a yes, r no: “laacquisition” looks odd → l'acquisition"
        await reading.press("a")
        assert reading.foot == "a yes, r no: “était” looks odd"
        await reading.press("r")
        assert reading.foot == "refused the hint on “était”"


async def test_hints_that_are_found_while_it_is_open_are_asked_about(
    in_town: Read, hinted_article: Article
) -> None:
    async with in_town(PRICE, size=(80, 24)) as reading:
        assert "yes" not in reading.foot
        reading.session.hints_found(hinted_article)
        reading.reader.hints_changed()
        await reading.settled()
        assert "laacquisition" in underlined(reading)
        assert reading.foot == "a yes, r no: “laacquisition” looks odd → l'acquisition"


@pytest.mark.action("hint.accept")
async def test_a_makes_a_mark_and_stays_in_an_undecided_sentence(hinted: Read) -> None:
    async with hinted() as reading:
        before = reading.everything()
        await reading.press("a")
        [span] = reading.spans()
        assert (span.text, span.correction, span.origin) == ("laacquisition", "l'acquisition", "hint:glued")
        assert reading.said is not None
        assert (reading.said.tags, reading.said.decided) == (("translation_error",), False)
        assert reading.foot == "accepted “laacquisition” → l'acquisition"
        assert reading.focused == "était"
        assert reading.undone_is(before)
        await reading.press("a")
        assert len(reading.spans()) == 2
        # The sentence is still to be decided: the next key must not decide another one.
        assert reading.session.cursor == PRICE
        assert reading.reader.focus_mark is None


async def test_from_a_decided_sentence_the_next_hint_is_gone_to(hinted: Read) -> None:
    async with hinted() as reading:
        await reading.press("T", "a", "a")
        assert reading.session.cursor == ROME
        assert reading.focused == "Rome"
        assert reading.said is None


async def test_without_a_hint_here_a_goes_to_the_next_and_answers_nothing(hinted: Read) -> None:
    async with hinted(HEADING) as reading:
        before = reading.everything()
        await reading.press("a")
        assert (reading.session.cursor, reading.focused) == (BOTH, "Rome")
        assert reading.everything() == before
        await reading.press("a")
        assert [span.text for span in reading.spans()] == ["Rome"]
        reading.reader.go(YES)
        await reading.press("r")
        assert reading.foot == "no hint after this one"


async def test_a_focused_mark_is_not_answered_for(hinted: Read) -> None:
    async with hinted() as reading:
        await reading.press("a", "left")
        assert reading.focused == "laacquisition"
        before = reading.everything()
        await reading.press("a")
        assert reading.everything() == before
        assert reading.focused == "était"


@pytest.mark.action("hint.refuse")
async def test_r_refuses_for_good(hinted: Read, hinted_article: Article) -> None:
    async with hinted() as reading:
        before = reading.everything()
        await reading.press("r")
        assert reading.spans() == ()
        assert reading.focused == "était"
        assert "right" not in reading.panel
        assert reading.undone_is(before)
        assert "laacquisition" not in underlined(reading)
    async with hinted() as reading:
        assert [hint.detector for hint in reading.session.open_hints(PRICE)] == ["verbs"]
        await reading.press("u")
        assert [hint.detector for hint in reading.session.open_hints(PRICE)] == ["glued", "verbs"]


@pytest.mark.action("hint.next", "hint.previous")
async def test_hints_are_walked_through_wherever_they_are(hinted: Read) -> None:
    async with hinted(0) as reading:
        seen: list[tuple[int, str]] = []
        for key in "JJJJJJJ":
            await reading.press(key)
            seen.append((reading.session.cursor, reading.focused))
        assert seen[2:6] == [(PRICE, "laacquisition"), (PRICE, "était"), (ROME, "Rome"), (BOTH, "Rome")]
        assert seen[6] == seen[5]
        assert reading.foot == "no hint after this one"
        await reading.press("K", "K", "K")
        assert (reading.session.cursor, reading.focused) == (PRICE, "laacquisition")
        await reading.press("escape", "K")
        assert reading.session.cursor == SAYS


async def test_from_a_mark_the_next_hint_of_its_sentence_is_gone_to(hinted: Read) -> None:
    async with hinted() as reading:
        await reading.press("a", "left")
        assert reading.focused == "laacquisition"
        await reading.press("J")
        assert (reading.session.cursor, reading.focused) == (PRICE, "était")
        await reading.press("left", "K")
        assert reading.session.cursor == SAYS


@pytest.mark.parametrize("key", ["right", "left"])
async def test_hints_are_focused_among_the_marks(hinted: Read, key: str) -> None:
    async with hinted() as reading:
        await reading.press(key)
        assert reading.focused == {"right": "laacquisition", "left": "était"}[key]
        assert "a yes" in reading.foot


async def test_enter_accepts_it_as_another_kind(hinted: Read) -> None:
    async with hinted() as reading:
        await reading.press("right", "enter", "c", "g")
        [span] = reading.spans()
        assert (span.severity, span.category, span.origin) == ("critical", "grammar", "hint:glued")


async def test_equals_accepts_it_with_another_correction(hinted: Read) -> None:
    async with hinted() as reading:
        before = reading.everything()
        await reading.press("right", "=", *"achat", "enter")
        [span] = reading.spans()
        assert span.correction == "achat"
        assert reading.undone_is(before)


async def test_delete_refuses_and_brackets_say_what_to_do(hinted: Read) -> None:
    async with hinted() as reading:
        await reading.press("right", "]")
        assert reading.foot == "a makes a mark of it first"
        await reading.press("delete")
        assert reading.said is not None
        assert [one.decision for one in reading.said.hint_decisions] == ["refused"]


@pytest.mark.action("hint.accept_all")
async def test_all_of_a_kind_are_looked_at_before_they_are_accepted(hinted: Read) -> None:
    async with hinted(ROME) as reading:
        before = reading.everything()
        await reading.press("A")
        assert any("names: accept 4 at once" in row for row in reading.listed)
        assert any("[Rome] est belle" in row for row in reading.listed)
        await reading.press("down", "down", "enter")
        assert (reading.session.cursor, reading.focused) == (SAYS, "Rome")
        assert reading.everything() == before
        await reading.press("A", "enter")
        assert reading.foot == "accepted 4 hints of names: u takes them all back"
        assert reading.undone_is(before)


async def test_without_a_hint_here_the_kind_is_chosen(hinted: Read) -> None:
    async with hinted(HEADING) as reading:
        await reading.press("A", *"glued", "enter", "enter")
        reading.reader.go(PRICE)
        await reading.settled()
        assert [span.text for span in reading.spans()] == ["laacquisition"]


@pytest.mark.action("hints.show")
async def test_hints_are_hidden_with_one_key(hinted: Read) -> None:
    async with hinted() as reading:
        shown = underlined(reading)
        await reading.press("right", "M")
        assert "laacquisition" not in underlined(reading)
        assert "Hint" not in reading.panel
        assert reading.reader.focus_mark is None
        await reading.press("a")
        assert reading.foot == "hints are not shown: M shows them"
        await reading.press("M")
        assert underlined(reading) == shown


@pytest.mark.action("hints.blind")
async def test_blind_hints_are_shown_once_a_sentence_is_decided(hinted: Read) -> None:
    async with hinted(OVER) as reading:
        reading.reader.perform("hints.blind")
        await reading.settled()
        assert "laacquisition" not in underlined(reading)
        await reading.press("j", "t", "k")
        assert "laacquisition" in underlined(reading)
        assert "2 hints where you did not" in reading.panel
        await reading.press("a")
        assert "1 hint where you marked" in reading.panel
        reading.reader.perform("hints.blind")
        await reading.settled()
        assert "Rome" in underlined(reading)


@pytest.mark.action("hints.detectors")
async def test_a_detector_is_switched_off_for_all_articles(hinted: Read, tmp_path: Path) -> None:
    annotations = tmp_path / "annotations"
    async with hinted() as reading:
        await reading.press("r")
        reading.reader.perform("hints.detectors")
        await reading.settled()
        assert any("glued (1 here)" in row and "0 of 1 right" in row for row in reading.listed)
        await reading.press(*"names", "enter")
        await reading.finished()
        assert not reading.session.open_hints(ROME)
        assert read_detectors_off(annotations, reading.session.annotator) == {"names"}
    async with hinted() as reading:
        assert not reading.session.open_hints(ROME)
        reading.reader.perform("hints.detectors")
        await reading.settled()
        await reading.press(*"names", "enter")
        await reading.finished()
        assert reading.session.open_hints(ROME)
        assert read_detectors_off(annotations, reading.session.annotator) == frozenset()


async def test_a_detector_that_is_mostly_wrong_offers_to_be_quiet(read: Read, tmp_path: Path) -> None:
    async with read((120, 40), with_hints(town(), ("e", "names", None), ("a", "names", None))) as reading:
        # From a sentence without an open hint r goes to the next one.
        for _ in range(3 * ENOUGH):
            assert "switch it off" not in reading.asked
            await reading.press("r")
            if reading.session.asked.tally("names").decided == ENOUGH:
                break
        assert f"names was right 0 times of {ENOUGH}: switch it off?" in reading.asked
        await reading.press("y")
        await reading.finished()
        assert "names is off" in reading.foot
        own = tmp_path / "annotations" / "people" / reading.session.annotator / FILE_NAME
        assert own.read_text() == "names\n"


async def test_haste_is_remarked_upon(read: Read) -> None:
    times = iter([0.0, 0.4, 0.8, 1.2, 1.6, 9.0])
    article = with_hints(town(), ("i", "one", None), ("t", "two", None))
    async with read((120, 40), article) as reading:
        reading.reader._others.hints._clock = lambda: next(times)
        reading.reader.go(PRICE)
        await reading.settled()
        for _ in range(4):
            await reading.press("a")
            assert "faster" not in reading.foot
        await reading.press("a")
        assert reading.foot == "5 hints accepted faster than one can read: u takes one back"
        await reading.press("a")
        assert "faster" not in reading.foot
        assert len(reading.spans()) == 6


async def test_who_may_only_read_is_asked_nothing_that_can_be_answered(hinted: Read) -> None:
    async with hinted(read_only=True) as reading:
        before = reading.everything()
        for key in ("a", "r", "A"):
            await reading.press(key)
            assert "only" in reading.foot
        assert reading.everything() == before
        await reading.press("J")
        assert reading.focused == "était" or reading.focused == "laacquisition"


def test_the_keys_are_those_of_the_actions() -> None:
    class Desk:
        session = None

    handlers = HintKeys(Desk()).handlers()  # type: ignore[arg-type]
    assert sorted(handlers) == [
        "hint.accept",
        "hint.accept_all",
        "hint.next",
        "hint.previous",
        "hint.refuse",
        "hints.blind",
        "hints.detectors",
        "hints.show",
    ]

"""Deciding in the reader: only a tag or "none" decides a sentence, and marks keep their word."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.pilot.reading import BOTH, NEVER, OVER, PRICE, SAYS, TITLE, YES, Reading
from tui.widgets.bars import CountBar

Open = Callable[..., AbstractAsyncContextManager[Reading]]

TAGS = {"f": "fact", "o": "opinion", "q": "quote", "t": "translation_error"}


def of(reading: Reading, sentence: int) -> tuple[tuple[str, ...], bool]:
    """Its tags, and whether it is decided."""
    said = reading.session.annotation(sentence)
    return (said.tags, said.decided) if said is not None else ((), False)


async def marked(reading: Reading, words: str) -> None:
    await reading.press("e", *reading.letters(words), "enter", "m", "s", "escape")


@pytest.mark.action("tag.fact", "tag.opinion", "tag.quote", "tag.translation_error")
@pytest.mark.parametrize(("key", "tag"), TAGS.items())
async def test_a_tag_decides_goes_on_and_keeps_the_other_tags(in_town: Open, key: str, tag: str) -> None:
    async with in_town(SAYS) as reading:
        await reading.press(key)
        assert of(reading, SAYS) == ((tag,), True)
        assert reading.session.cursor == OVER
        await reading.press("up", "O", "up", "down", key)
        assert set(of(reading, SAYS)[0]) == {tag} ^ {"opinion"} | {tag}
        assert of(reading, SAYS)[1]
        assert reading.session.cursor == OVER
        assert reading.bar(CountBar) == "1/9 decided"


@pytest.mark.action("toggle.fact", "toggle.opinion", "toggle.quote", "toggle.translation_error")
@pytest.mark.parametrize(("key", "tag"), TAGS.items())
async def test_a_toggle_stays_and_without_tags_nothing_is_decided(in_town: Open, key: str, tag: str) -> None:
    async with in_town(SAYS) as reading:
        toggle = key.upper()
        await reading.press(toggle)
        assert of(reading, SAYS) == ((tag,), True)
        await reading.press(toggle)
        assert of(reading, SAYS) == ((), False)
        assert reading.session.cursor == SAYS
        other = "F" if toggle == "O" else "O"
        await reading.press(toggle, other, toggle)
        assert of(reading, SAYS) == ((TAGS[other.lower()],), True)


@pytest.mark.action("tag.none")
async def test_none_clears_the_tags_decides_and_goes_on(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("F", "Q", "s")
        assert of(reading, SAYS) == ((), True)
        assert reading.session.cursor == OVER


@pytest.mark.action("tag.none", "toggle.translation_error")
async def test_marks_keep_the_error_tag(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await marked(reading, "prix")
        await marked(reading, "était")
        before = reading.everything()
        await reading.press("s")
        assert "has 2 error marks: delete them or press t" in reading.foot
        await reading.press("T")
        assert "has 2 error marks: delete them first" in reading.foot
        assert reading.session.cursor == PRICE
        assert reading.everything() == before
        await reading.press("left", "delete", "s")
        assert "has 1 error mark: delete" in reading.foot


@pytest.mark.action("tags.clear")
async def test_clearing_takes_tags_and_decision_and_nothing_else(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        await marked(reading, "Altman")
        await reading.press("p", "enter", "1", "escape", "n", *"hm", "enter", "w", "F", "O", "x")
        said = reading.said
        assert said is not None
        assert (said.tags, said.decided) == ((), False)
        assert (len(said.spans), len(said.quotes), said.note, said.unsure) == (1, 1, "hm", True)
        assert reading.session.cursor == NEVER
        await reading.press("k", "x")
        assert of(reading, YES) == ((), False)


@pytest.mark.action("unsure")
async def test_unsure_is_a_flag_that_decides_nothing(in_town: Open) -> None:
    async with in_town(YES) as reading:
        await reading.press("w")
        assert reading.said is not None
        assert (reading.said.unsure, reading.said.decided) == (True, False)
        assert "unsure" in reading.panel
        assert reading.session.cursor == YES
        await reading.press("w")
        assert reading.said is None


@pytest.mark.action("mark.delete")
@pytest.mark.parametrize(
    ("before", "after", "left"),
    [
        ((), (), ((), False)),
        (("T",), (), (("translation_error",), True)),
        ((), ("t", "k"), (("translation_error",), True)),
        ((), ("F",), (("fact",), True)),
        (("F",), ("O",), (("fact", "opinion"), True)),
    ],
)
async def test_the_last_mark_takes_the_tag_along_only_if_a_mark_had_added_it(
    in_town: Open, before: tuple[str, ...], after: tuple[str, ...], left: object
) -> None:
    async with in_town(PRICE) as reading:
        await reading.press(*before)
        await marked(reading, "prix")
        await marked(reading, "était")
        await reading.press(*after, "right", "delete")
        assert "translation_error" in of(reading, PRICE)[0]
        await reading.press("delete")
        assert of(reading, PRICE) == left


@pytest.mark.action("undo", "redo")
async def test_undo_goes_back_through_every_kind_of_step_and_redo_forth(in_town: Open) -> None:
    async with in_town(BOTH) as reading:
        steps = [
            ("f",),
            ("up", "w"),
            ("n", *"hm", "enter"),
            ("e", *reading.letters("sont"), "enter", "m", "s"),
            ("=", "x", "enter"),
            ("]",),
            ("n", *"hm", "enter"),
            ("enter", "M", "g"),
            ("escape", "p", *reading.letters("à", ahead=True), "enter", "1"),
            ("enter", "2"),
            ("escape", "right", "enter", "o", "o"),
            ("x",),
        ]
        states = [reading.everything()]
        for keys in steps:
            await reading.press(*keys)
            states.append(reading.everything())
            assert states[-1] != states[-2], keys
        for state in reversed(states[:-1]):
            await reading.press("g", "u")
            assert "undone: " in reading.foot
            assert reading.everything() == state
            assert reading.session.cursor == BOTH
        await reading.press("u")
        assert "nothing to undo" in reading.foot
        for state in states[1:]:
            await reading.press("g", "U")
            assert "redone: " in reading.foot
            assert reading.everything() == state
            assert reading.session.cursor == BOTH
        await reading.press("U")
        assert "nothing to redo" in reading.foot
        await reading.press("u", "w", "U")
        assert "nothing to redo" in reading.foot


@pytest.mark.action("undo")
async def test_undo_reaches_the_session_before(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await marked(reading, "prix")
        await reading.press("f")
    async with in_town(TITLE) as reading:
        assert reading.session.decided_count == 1
        await reading.press("u", "u")
        assert reading.session.cursor == PRICE
        assert reading.everything() == ({}, {}, {})
        await reading.press("U", "U")
        assert of(reading, PRICE) == (("fact", "translation_error"), True)


ALL_DECIDED = "all decided: enter opens the next unfinished article, D checks this one"


@pytest.mark.action("tag.fact", "toggle.opinion", "tag.none", "undecided.next")
@pytest.mark.parametrize("key", ["f", "O", "s"])
@pytest.mark.parametrize("last", [TITLE, PRICE, NEVER])
async def test_the_last_decision_says_what_comes_next_wherever_it_is(
    in_town: Open, key: str, last: int
) -> None:
    async with in_town(TITLE) as reading:
        for sentence in set(range(9)) - {last}:
            reading.session.none(sentence)
        reading.reader.go(last)
        await reading.press(key)
        assert ALL_DECIDED in reading.foot
        await reading.press("g")
        assert ALL_DECIDED not in reading.foot
        await reading.press("q")
        assert ALL_DECIDED not in reading.foot
        await reading.press("tab")
        assert ALL_DECIDED in reading.foot
        await reading.press("u", "u")
        assert ALL_DECIDED not in reading.foot
        await reading.press("U")
        assert "redone" in reading.foot
        assert "all decided: enter opens" in reading.foot


@pytest.mark.action("article.next")
async def test_enter_opens_the_next_article_once_all_is_decided(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press(*"ssssssss", "enter")
        assert "1 sentence is still undecided" in reading.foot
        await reading.press("s")
        assert ALL_DECIDED in reading.foot
        assert reading.session.cursor == NEVER
        await reading.press("enter")
        await reading.finished()
        assert "no other article is unfinished" in reading.foot

"""Finding one's way in the reader: words, sentences of a kind, headings, numbers, and back again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.pilot.reading import BOTH, HEADING, NEVER, OVER, PRICE, ROME, SAYS, TITLE, YES, Reading, article_of
from tui.reader.keys import search as searching
from tui.session import search as word_search

Open = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.mark.action("search", "search.next", "search.previous")
async def test_the_search_goes_along_with_what_is_typed(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("/")
        assert reading.foot == "search"
        for key, sentence in (("r", TITLE), ("o", TITLE), ("m", TITLE), ("e", TITLE)):
            await reading.press(key)
            assert reading.session.cursor == sentence
        await reading.press("space", "e")
        assert reading.session.cursor == ROME
        assert reading.foot == "search rome e"
        await reading.press("backspace", "backspace")
        assert reading.session.cursor == TITLE
        await reading.press("enter")
        assert "1 of 4" in reading.foot
        for key, sentence, told in (
            (">", SAYS, "2 of 4"),
            (">", ROME, "3 of 4"),
            (">", BOTH, "4 of 4"),
            (">", TITLE, "1 of 4"),
            ("<", BOTH, "4 of 4"),
            ("<", ROME, "3 of 4"),
        ):
            await reading.press(key)
            assert reading.session.cursor == sentence
            assert told in reading.foot


@pytest.mark.action("search")
@pytest.mark.parametrize("words", ["ETE", "été", "Ete", "e\u0301te\u0301"])
async def test_case_and_accents_are_all_one(in_town: Open, words: str) -> None:
    async with in_town(OVER) as reading:
        await reading.press("/")
        await reading.paste(words)
        await reading.press("enter")
        # "était" has an accent at another place.
        assert reading.session.cursor == NEVER
        assert "2 of 2" in reading.foot


@pytest.mark.action("search")
async def test_either_apostrophe_finds_the_other(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("/", *"l’offre", "enter")
        assert reading.session.cursor == HEADING


@pytest.mark.action("search", "search.next")
async def test_escape_goes_back_as_if_nothing_had_been_sought(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("/", *"jamais")
        assert reading.session.cursor == NEVER
        await reading.press("escape")
        assert reading.session.cursor == SAYS
        await reading.press(">")
        assert "nothing searched yet" in reading.foot
        assert reading.session.cursor == SAYS
        await reading.press("-")
        assert "nowhere to jump back to" in reading.foot


@pytest.mark.action("search", "search.next", "search.previous")
async def test_what_does_not_occur_is_said(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("/", *"romane")
        assert reading.session.cursor in (ROME, PRICE)
        await reading.press("enter")
        assert "“romane” does not occur" in reading.foot
        assert reading.session.cursor == PRICE
        for key in "><":
            await reading.press(key)
            assert "“romane” does not occur" in reading.foot
            assert reading.session.cursor == PRICE


@pytest.mark.action("search", "search.next")
async def test_the_words_sought_last_are_there_again_until_others_are_typed(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("/", *"musk", "enter", "/")
        assert reading.foot == "search musk"
        await reading.press(*"oui", "enter")
        assert reading.session.cursor == YES
        await reading.press("/", *"rom", "escape")
        assert reading.session.cursor == YES
        await reading.press("k", ">")
        assert "1 of 1" in reading.foot
        assert reading.session.cursor == YES
        await reading.press("/", "backspace", "enter")
        assert reading.session.cursor == YES
        await reading.press(">")
        assert "nothing searched yet" in reading.foot


@pytest.mark.action("search", "jump.back")
async def test_one_comes_back_from_where_a_search_led(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("/", *"jamais", "enter", "-")
        assert reading.session.cursor == SAYS


@pytest.fixture
def at_length(monkeypatch: pytest.MonkeyPatch) -> None:
    """Searches take as many steps as they do in a book."""
    monkeypatch.setattr(word_search, "BLOCK", 4)
    monkeypatch.setattr(searching, "_SLICE", 0)


@pytest.mark.action("search", "search.next", "search.previous", "jump.back")
@pytest.mark.usefixtures("at_length")
async def test_keys_wait_for_a_long_search(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.type_ahead("/", *"jamais", "enter", "f", "-")
        await reading.finished()
        assert reading.annotation(NEVER).tags == ("fact",)
        assert reading.session.cursor == SAYS
        await reading.type_ahead("/", *"romane", "enter")
        await reading.finished()
        assert "“romane” does not occur" in reading.foot
        assert reading.session.cursor == SAYS
        await reading.type_ahead("/", *"rome", "enter", ">", ">")
        await reading.finished()
        assert "4 of 4" in reading.foot
        # What was sought before is sought anew, and meanwhile already asked for.
        await reading.type_ahead("/", *"oui", "escape", "<", "o")
        await reading.finished()
        assert reading.annotation(ROME).tags == ("opinion",)


@pytest.mark.action("search")
async def test_a_search_may_be_typed_ahead(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.type_ahead("/", *"jamais", "enter", "f", "/", "ctrl+u", *"oui", "enter", "o")
        assert reading.annotation(NEVER).tags == ("fact",)
        assert reading.annotation(YES).tags == ("opinion",)


@pytest.mark.action("sentence.jump", "jump.back")
async def test_one_goes_to_a_sentence_by_its_number_and_back(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        for number, sentence in (("7", BOTH), ("1", TITLE), ("99", NEVER), ("0", TITLE), (" 4 ", PRICE)):
            await reading.press("#")
            assert "sentence 1-9" in reading.foot
            await reading.press(*number.replace(" ", ""), "enter")
            assert reading.session.cursor == sentence
        for sentence in (TITLE, NEVER, TITLE, BOTH, SAYS):
            await reading.press("-")
            assert reading.session.cursor == sentence
        await reading.press("-")
        assert "nowhere to jump back to" in reading.foot
        assert reading.session.cursor == SAYS


@pytest.mark.action("sentence.jump")
async def test_what_is_no_number_leads_nowhere(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("#", *"x2", "enter")
        assert "'x2' is not a number: type 1 to 9" in reading.foot
        await reading.press("#", "²", "enter")
        assert "is not a number" in reading.foot
        await reading.press("#", "enter", "#", "3", "escape")
        await reading.press("-")
        assert "nowhere" in reading.foot
        assert reading.session.cursor == SAYS


@pytest.mark.action("outline", "jump.back")
async def test_one_goes_to_a_heading_and_back(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        await reading.press("H")
        assert ["Headings" in reading.listed[0], "2 of 2" in reading.listed[0]] == [True, True]
        assert [row.split()[-1] for row in reading.listed[2:4]] == ["1", "6"]
        await reading.press("up", "enter")
        assert reading.session.cursor == TITLE
        await reading.press("H", *"offre", "enter")
        assert reading.session.cursor == HEADING
        await reading.press("H", "escape", "-", "-")
        assert reading.session.cursor == NEVER


@pytest.mark.action("outline")
async def test_the_outline_begins_at_the_heading_above(in_town: Open) -> None:
    for sentence, heading in ((TITLE, TITLE), (ROME, TITLE), (HEADING, HEADING), (NEVER, HEADING)):
        async with in_town(sentence) as reading:
            await reading.type_ahead("H", "enter")
            assert reading.session.cursor == heading


@pytest.mark.action("outline")
async def test_without_headings_there_is_no_outline(read: Open) -> None:
    async with read(article=article_of("Un été. Un autre été, bien long.")) as reading:
        await reading.press("H")
        assert "this article has no headings" in reading.foot


@pytest.mark.action("filter", "search.next", "search.previous", "jump.back")
async def test_one_goes_from_a_sentence_of_a_kind_to_the_next(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press(*"fsfs", "#", "9", "enter", "F", "#", "8", "enter", "&")
        assert "fact" in "\n".join(reading.listed)
        await reading.press(*"fact", "enter")
        for key, sentence in ((">", SAYS), (">", PRICE), ("<", SAYS), ("<", NEVER), ("-", YES)):
            assert "fact: > next, < previous" in reading.foot
            await reading.press(key)
            assert reading.session.cursor == sentence


@pytest.mark.action("filter", "search.next")
async def test_kinds_are_told_with_their_numbers_and_empty_ones_are_not(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        await reading.press("e", *reading.letters("Altman"), "enter", "M", "g", "n", *"hm", "enter", "escape")
        await reading.press("p", "enter", "1", "escape", "w", "f", "&")
        listed = [" ".join(row.split()[:-1]) for row in reading.listed[2:-1] if row.split()]
        found = {name.lstrip("▌ ") for name in listed}
        assert {
            "undecided",
            "fact",
            "translation error",
            "with an error mark",
            "major error",
            "grammar error",
            "with a quotation",
            "unsure",
            "with a note",
            "where … (an",
        } == found
        await reading.press("escape", "g", "&", *"unsure", "enter")
        assert reading.session.cursor == NEVER
        await reading.press("w", ">")
        assert "no sentence left: unsure" in reading.foot


@pytest.mark.action("filter")
async def test_a_search_ends_the_filter(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("f", "&", *"fact", "enter", "/", *"oui", "enter", ">")
        assert reading.session.cursor == YES
        assert "1 of 1" in reading.foot


@pytest.mark.action("filter")
async def test_of_nothing_said_only_the_undecided_can_be_gone_through(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("&")
        assert "undecided" in "\n".join(reading.listed)
        await reading.press("enter")
        assert reading.session.cursor == SAYS


@pytest.mark.action("undecided.next", "undecided.previous")
async def test_tab_goes_to_undecided_sentences_and_says_when_there_is_none(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("j", "s", "j", "s", "tab")
        assert reading.session.cursor == ROME + 1
        for sentence in (ROME, OVER, TITLE):
            await reading.press("shift+tab")
            assert reading.session.cursor == sentence
        await reading.press("shift+tab")
        assert reading.session.cursor == TITLE
        assert "none that way" in reading.foot
        await reading.press(*"sjsjssssss", "tab")
        assert "all decided" in reading.foot


@pytest.mark.action(
    "sentence.next",
    "sentence.previous",
    "paragraph.next",
    "paragraph.previous",
    "article.start",
    "article.end",
    "page.down",
    "page.up",
)
@pytest.mark.parametrize(
    ("keys", "sentence"),
    [
        ("j", PRICE),
        ("down", PRICE),
        ("k", SAYS),
        ("up", SAYS),
        ("}", HEADING),
        ("{", SAYS),
        ("{ {", TITLE),
        ("g", TITLE),
        ("home", TITLE),
        ("G", NEVER),
        ("end", NEVER),
        ("space", NEVER),
        ("pagedown", NEVER),
        ("b", TITLE),
        ("pageup", TITLE),
    ],
)
async def test_keys_that_move(in_town: Open, keys: str, sentence: int) -> None:
    async with in_town(OVER) as reading:
        await reading.press(*keys.split())
        assert reading.session.cursor == sentence
        assert f"Sentence {sentence + 1} of 9" in reading.panel
        assert reading.everything() == ({}, {}, {})

"""Marking quotations in the reader: what is said, who says it, and whose opinion it is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import msgspec
import pytest

from tests.pilot.reading import BOTH, NEVER, OVER, PRICE, SAYS, TITLE, YES, Reading
from tui.model.article import Article
from tui.model.quotation import Quotation, quotation_blocks

Open = Callable[..., AbstractAsyncContextManager[Reading]]


@pytest.mark.action("quote.mark")
async def test_the_quotation_found_here_takes_three_keys(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("p")
        assert "start word" in reading.asked
        assert "enter the quotation here" in reading.asked
        await reading.press("enter")
        for told in ("speaker", "1 Musk", "2 Altman", "0 none", "/ type a name"):
            assert told in reading.asked
        assert "Rome" not in reading.asked
        await reading.press("1")
        [quote] = reading.quotes()
        assert (quote.start, quote.end) == reading.place("Non merci, Rome. C'est fini.")
        assert (quote.speaker, quote.holder, quote.closed, quote.origin) == ("Musk", None, True, "human")
        assert reading.annotation(OVER).quotes == (quote,)
        assert reading.annotation(SAYS).tags == ()
        assert not reading.session.is_decided(SAYS)
        assert reading.session.annotation(PRICE) is None
        assert reading.focused == quote.text
        assert "Non merci" in reading.panel
        assert reading.undone_is(({}, {}, {}))


@pytest.mark.action("quote.mark", "mark.edit")
async def test_who_was_found_to_speak_takes_one_key(read: Open, town_article: Article) -> None:
    words = "Non merci, Rome. C'est fini."
    start = town_article.text.index(words)
    found = Quotation(start=start, end=start + len(words), speaker="Musk")
    article = msgspec.structs.replace(town_article, quotation_blocks=quotation_blocks([found]))
    async with read((120, 40), article) as reading:
        reading.reader.go(SAYS)
        await reading.press("p", "enter")
        assert "enter Musk" in reading.asked
        await reading.press("enter")
        [quote] = reading.quotes()
        assert (quote.text, quote.speaker, quote.closed, quote.origin) == (words, "Musk", True, "hint:quote")
        await reading.press("enter", "2", "enter", "enter")
        assert [quote.speaker for quote in reading.quotes()] == ["Musk"]


@pytest.mark.action("quote.mark")
async def test_a_quotation_is_pointed_at_over_sentences(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("p", *reading.letters("merci", "Le", ahead=True), "2")
        [quote] = reading.quotes()
        assert quote.text == "merci, Rome. C'est fini. » Le"
        assert quote.speaker == "Altman"
        assert [reading.annotation(index).quotes for index in (SAYS, OVER, PRICE)] == [(quote,)] * 3
        await reading.press("u")
        assert reading.everything() == ({}, {}, {})


@pytest.mark.action("quote.mark")
async def test_one_word_may_be_quoted_but_no_gap(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("p")
        assert "quotation here" not in reading.asked
        await reading.press("enter", "space")
        assert "start word" in reading.asked
        await reading.press(*reading.letters("prix", ahead=True))
        assert "enter the same word" in reading.asked
        assert "missing" not in reading.asked
        await reading.press("space")
        assert "end word" in reading.asked
        await reading.press("enter", "0")
        assert [(quote.text, quote.speaker) for quote in reading.quotes()] == [("prix", "")]


@pytest.mark.action("quote.mark")
async def test_the_speaker_may_be_nobody_or_typed(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        for keys, speaker in (
            ("0", ""),
            ("2", "Altman"),
            (["/", *" Sam ", "space", *"A", "enter"], "Sam  A"),
            (["/", "enter"], ""),
        ):
            await reading.press("p", "enter", *keys)
            [quote] = reading.quotes()
            assert (quote.text, quote.speaker) == ("jamais", speaker)
            await reading.press("delete")
        await reading.press("p", "enter", *"345", "9", "escape", "p", "enter", "/", "S", "escape")
        assert reading.quotes() == ()


@pytest.mark.action("quote.mark", "mark.edit")
async def test_of_an_opinion_it_is_asked_whose_it_is(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        await reading.press("O", "p", "enter", "1")
        for told in ("whose opinion", "a author", "s source", "0 no opinion"):
            assert told in reading.asked
        for key, holder in (("a", "author"), ("s", "source"), ("0", None)):
            await reading.press(key)
            [quote] = reading.quotes()
            assert (quote.speaker, quote.holder) == ("Musk", holder)
            await reading.press("enter", "1")
        await reading.press("escape", "enter", "/", *"Sam", "enter", "s")
        [quote] = reading.quotes()
        assert (quote.speaker, quote.holder) == ("Sam", "source")
        await reading.press("O", "enter", "2")
        [quote] = reading.quotes()
        assert (quote.speaker, quote.holder) == ("Altman", "source")


@pytest.mark.action("mark.edit")
async def test_another_speaker_is_one_in_every_sentence(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("p", "enter", "1", "down", "right", "enter", "2")
        assert [reading.annotation(index).quotes[0].speaker for index in (SAYS, OVER)] == [
            "Altman",
            "Altman",
        ]
        await reading.press("enter", "escape")
        assert reading.quotes()[0].speaker == "Altman"


@pytest.mark.action("mark.delete", "undo")
async def test_a_quotation_is_deleted_in_every_sentence_at_once(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("p", "enter", "1")
        before = reading.everything()
        await reading.press("down", "right", "delete")
        assert reading.everything() == ({}, {}, {})
        await reading.press("G", "u")
        assert reading.everything() == before
        assert reading.session.cursor == OVER


@pytest.mark.action("mark.end.later", "mark.end.earlier", "mark.start.later", "mark.start.earlier")
async def test_a_quotation_is_moved_out_of_its_sentence_and_back(in_town: Open) -> None:
    async with in_town(OVER) as reading:
        await reading.press("p", *reading.letters("C'", "fini", ahead=True), "0")
        assert reading.session.annotation(SAYS) is None
        await reading.press("(", "(")
        assert reading.annotation(SAYS).quotes == reading.quotes()
        assert reading.focused == ". C'est fini"
        await reading.press(")", ")")
        assert reading.session.annotation(SAYS) is None
        await reading.press(*"]]]]", "[")
        assert reading.focused == "C'est fini. »"


@pytest.mark.action("quote.mark")
async def test_a_quotation_that_never_closes_says_so(read: Open) -> None:
    async with read() as reading:
        sentence = next(i for i in range(41) if "Non merci" in reading.article.sentence_text(i))
        reading.reader.go(sentence)
        await reading.settled()
        await reading.press("p", "enter", "1")
        [quote] = reading.quotes()
        assert not quote.closed
        assert "never closed" in reading.panel


@pytest.mark.action("quote.mark")
async def test_backspace_and_escape_in_the_conversation(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        bare = reading.foot
        await reading.press("p")
        asked = reading.asked
        await reading.press("enter", "backspace")
        assert reading.asked == asked
        await reading.press(*reading.letters("Altman", ahead=True), "backspace")
        assert reading.asked == asked
        for keys in ([], ["enter"], reading.letters("Altman", ahead=True)):
            await reading.press(*keys, "escape")
            assert reading.foot == bare
            await reading.press("p")
        await reading.press("escape")
        assert reading.everything() == ({}, {}, {})


@pytest.mark.action("quote.mark")
async def test_a_whole_conversation_may_be_typed_ahead(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        await reading.type_ahead("q", "p", "enter", "/", *"Sam", "enter", "escape", "k", "s")
        [quote] = reading.annotation(NEVER).quotes
        assert (quote.text, quote.speaker) == ("jamais", "Sam")
        assert reading.annotation(NEVER).tags == ("quote",)
        assert reading.session.is_decided(YES)


@pytest.mark.action("span.correct", "note")
async def test_a_quotation_takes_no_correction_and_leaves_the_note_to_its_sentence(in_town: Open) -> None:
    async with in_town(NEVER) as reading:
        await reading.press("p", "enter", "1", "=")
        assert "only an error mark can be corrected" in reading.foot
        await reading.press("n", *"hm", "enter")
        assert reading.said is not None
        assert reading.said.note == "hm"


@pytest.mark.action("quote.mark")
@pytest.mark.parametrize("sentence", [TITLE, SAYS, BOTH, NEVER])
async def test_escape_drops_the_focus_but_not_the_mark(in_town: Open, sentence: int) -> None:
    async with in_town(sentence) as reading:
        words = reading.article.sentence_text(sentence).split()[0]
        await reading.press("p", *reading.letters(words, ahead=True), "enter", "0", "escape")
        assert reading.focused == ""
        assert [quote.text for quote in reading.quotes()] == [words]

"""Sentences that were cut in the wrong place: the reader splits and merges them, and takes over what others publish."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import BOTH, HEADING, NEVER, OVER, PRICE, ROME, SAYS, TITLE, YES, Reading, article_of
from tui.model.article import Article
from tui.model.repaired import with_publication
from tui.widgets.bars import CountBar
from tui.workspace import Workspace

Open = Callable[..., AbstractAsyncContextManager[Reading]]


async def run(reading: Reading, name: str) -> None:
    """A command that has no key, by the palette."""
    await reading.press(":", *name, "enter")


def sentences(reading: Reading) -> list[str]:
    article = reading.article
    return [article.sentence_text(index) for index in range(len(article))]


@pytest.mark.action("sentence.split", "palette", "undo")
async def test_a_sentence_is_split_at_a_word(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        before = sentences(reading)
        await reading.press("f")
        await reading.press("up")
        await run(reading, "split")
        assert "first word of the new sentence" in reading.asked
        await reading.press(*split_letters(reading, "était"))
        assert sentences(reading)[PRICE : PRICE + 2] == ["Le prix de laacquisition", "était élevé."]
        assert "split the sentence" in reading.foot
        assert reading.session.cursor == PRICE
        halves = [reading.annotation(index) for index in (PRICE, PRICE + 1)]
        assert [half.tags for half in halves] == [("fact",)] * 2
        assert [half.decided for half in halves] == [True, False]
        assert reading.bar(CountBar) == "1/10 decided"
        assert any("était élevé." in row and "Le prix" not in row for row in reading.rows())
        await reading.press("down", "o", "G", "u", "u")
        assert sentences(reading) == before
        assert reading.annotation(PRICE).decided
        assert reading.bar(CountBar) == "1/9 decided"
        assert reading.session.cursor == PRICE


def split_letters(reading: Reading, word: str) -> list[str]:
    """What points at the word that begins the second half."""
    from tui.session.boundary_repairs import places_to_split
    from tui.session.prompts.pointing import Pointing

    session = reading.session
    near = session.article.starts[session.cursor]
    pointing = Pointing(places_to_split(session, session.cursor), near, gaps=False, single=True)
    return list(pointing.letters[reading.place(word)[0]])


@pytest.mark.action("sentence.split")
async def test_where_a_sentence_cannot_be_split(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("e", *reading.letters("prix", "était"), "m", "s", "escape")
        await run(reading, "split")
        await reading.press(*split_letters(reading, "de"))
        assert "an error mark crosses that place: move or delete it first" in reading.foot
        await run(reading, "split")
        asked = reading.asked
        await reading.press("enter", "space", "1", "left", "down", "backspace")
        assert reading.asked == asked
        await reading.press("escape")
        assert len(reading.article) == 9


@pytest.mark.action("sentence.split")
async def test_one_word_cannot_be_split(read: Open) -> None:
    async with read(article=article_of("Oui\n\nNon, merci.\n")) as reading:
        await run(reading, "split")
        assert "a sentence of one word cannot be split" in reading.foot


@pytest.mark.action("sentence.merge", "palette", "undo")
async def test_two_sentences_are_merged(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        before = sentences(reading)
        await reading.press("f", "q", "k", "k")
        await run(reading, "merge")
        assert sentences(reading)[PRICE] == "Le prix de laacquisition était élevé. Rome est belle."
        assert "merged two sentences" in reading.foot
        assert reading.said is not None
        assert (reading.said.tags, reading.said.decided) == (("fact", "quote"), True)
        assert reading.bar(CountBar) == "1/8 decided"
        await reading.press("G", "u")
        assert sentences(reading) == before
        assert reading.session.cursor == PRICE
        assert [reading.annotation(index).tags for index in (PRICE, ROME)] == [("fact",), ("quote",)]
        await reading.press("U")
        assert len(reading.article) == 8


@pytest.mark.action("sentence.split", "sentence.merge")
async def test_splitting_and_merging_back_gives_back_the_last_decision(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.press(*"sssssssss", "g", *"jjj")
        await run(reading, "split")
        await reading.press(*split_letters(reading, "était"))
        assert reading.bar(CountBar) == "9/10 decided"
        await run(reading, "merge")
        assert reading.bar(CountBar) == "9/9 decided"
        assert "merged two sentences" in reading.foot
        assert "all decided" in reading.foot


@pytest.mark.action("sentence.merge")
@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        (NEVER, "this is the last sentence"),
        (TITLE, "the next sentence is in another paragraph"),
        (ROME, "the next sentence is in another paragraph"),
    ],
)
async def test_where_sentences_cannot_be_merged(in_town: Open, sentence: int, reason: str) -> None:
    async with in_town(sentence) as reading:
        await run(reading, "merge")
        assert reason in reading.foot
        assert reading.everything() == ({}, {}, {})


@pytest.mark.action("sentence.merge", "sentence.split", "sentence.next", "search.next", "outline")
async def test_keys_go_by_the_new_sentences(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("/", *"rome", "enter", "g", *"jjj")
        await run(reading, "merge")
        await reading.press("down")
        assert reading.session.cursor == HEADING - 1
        await reading.press("H")
        assert "L'offre de Musk" in "\n".join(reading.listed)
        await reading.press("escape", ">")
        assert "Musk et Altman" in reading.current_row()
        assert reading.session.cursor == BOTH - 1
        await reading.press("e", *reading.letters("sont"), "enter", "m", "s")
        assert [span.text for span in reading.spans()] == ["sont"]


@pytest.mark.action("sentence.split")
async def test_a_split_is_there_when_one_comes_back(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        await run(reading, "split")
        await reading.type_ahead(*split_letters(reading, "était"), "f", "o")
    async with in_town(PRICE) as reading:
        assert sentences(reading)[PRICE : PRICE + 2] == ["Le prix de laacquisition", "était élevé."]
        assert [reading.annotation(index).tags for index in (PRICE, PRICE + 1)] == [
            ("fact",),
            ("opinion",),
        ]
        await reading.press("u", "u", "u")
        assert len(reading.article) == 9
        assert reading.everything() == ({}, {}, {})


@pytest.mark.action("undo")
async def test_work_is_taken_over_when_other_sentences_were_published(
    in_town: Open, read: Open, tmp_path: Path, workspace_in: Callable[..., Workspace], town_article: Article
) -> None:
    async with in_town(PRICE, annotator="ben") as reading:
        await run(reading, "split")
        await reading.press(*split_letters(reading, "était"))
        repairs = list(reading.session.repairs.values())
    async with in_town(PRICE) as reading:
        await reading.press("f", "f")
        before = reading.everything()
    library = workspace_in(tmp_path / "annotations").library
    article = with_publication(library.load(town_article.id), repairs, "ben", "2026-11-22T22:00:00.000Z")
    assert article is not None
    async with read(article=article) as reading:
        assert (
            "sentences 4, 5 have changed since you were here: your tags are kept, decide again"
            in reading.foot
        )
        assert sentences(reading)[PRICE : PRICE + 2] == ["Le prix de laacquisition", "était élevé."]
        said = [reading.annotation(index) for index in (PRICE, PRICE + 1, PRICE + 2)]
        assert [one.tags for one in said] == [("fact",)] * 3
        assert [one.decided for one in said] == [False, False, True]
        await reading.press("u")
        assert "taken over" in reading.foot
        assert reading.everything() == before
        await reading.press("U", "g", *"jjj", "s")
        assert reading.session.is_decided(PRICE)


@pytest.mark.action("sentence.merge")
async def test_a_quotation_over_two_sentences_lies_once_in_the_merged_one(in_town: Open) -> None:
    async with in_town(SAYS) as reading:
        await reading.press("p", "enter", "1", "escape")
        [quote] = reading.quotes()
        await run(reading, "merge")
        assert reading.quotes() == (quote,)
        await reading.press("down", "up", "right", "right", "delete")
        assert reading.session.cursor == SAYS
        await reading.press("u", "u")
        assert reading.annotation(OVER).quotes == (quote,)
        assert sentences(reading)[YES] == "Oui."

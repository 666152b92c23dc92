"""Names in the reader: one that was found wrongly is corrected, one that was missed is added; here or everywhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests.pilot.reading import BOTH, HEADING, NEVER, PRICE, ROME, SAYS, TITLE, YES, Reading

Open = Callable[..., AbstractAsyncContextManager[Reading]]


def labels(reading: Reading, words: str) -> list[str]:
    """What these words are, wherever they are a name."""
    return [
        found.label
        for index in range(len(reading.session.article))
        for found in reading.session.entities(index)
        if reading.article.text[found.start : found.end] == words
    ]


@pytest.mark.action("entity.edit", "mark.next")
async def test_the_kind_of_a_name_is_corrected_everywhere(in_town: Open) -> None:
    async with in_town(ROME) as reading:
        await reading.press("right", "i")
        for told in ("place:", "x no name", "w other words", "k keep in the list of names", "o organisation"):
            assert told in reading.asked
        await reading.press("o")
        for told in ("apply to all 4 occurrences?", "a all 4", "o only here", "l look at them"):
            assert told in reading.asked
        assert reading.everything() == ({}, {}, {})
        await reading.press("a")
        assert labels(reading, "Rome") == ["ORG"] * 4
        assert "“Rome” as organisation (4 places)" in reading.foot
        assert reading.focused == "Rome"
        assert reading.session.cursor == ROME
        assert reading.undone_is(({}, {}, {}))


@pytest.mark.action("entity.edit", "mark.edit")
async def test_only_here_changes_no_other_place(in_town: Open) -> None:
    async with in_town(ROME) as reading:
        await reading.press("right", "enter", "p", "o")
        assert sorted(labels(reading, "Rome")) == ["LOC", "LOC", "LOC", "PER"]
        assert reading.names() == {"Rome": "PER"}


@pytest.mark.action("entity.edit")
async def test_the_occurrences_can_be_looked_at_first(in_town: Open) -> None:
    async with in_town(ROME) as reading:
        await reading.press("right", "i", "m", "l")
        listed = "\n".join(reading.listed)
        assert "4 occurrences" in listed
        assert "[Rome] est belle." in listed
        assert "Musk et Altman sont à [Rome]." in listed
        for key in ("escape", "enter"):
            await reading.press(key)
            assert "apply to all 4 occurrences?" in reading.asked
            assert reading.everything() == ({}, {}, {})
            await reading.press("l")
        await reading.press("escape", "a")
        assert labels(reading, "Rome") == ["MISC"] * 4


@pytest.mark.action("entity.edit")
async def test_a_name_that_was_missed_is_pointed_at(in_town: Open) -> None:
    async with in_town(YES) as reading:
        await reading.press("i")
        assert "start word" in reading.asked
        await reading.press(*reading.letters("Oui"))
        assert "missing before it" not in reading.asked
        await reading.press("space", "enter")
        assert "what is it?" in reading.asked
        assert "no name" not in reading.asked
        await reading.press("x", "w", "k", "o")
        assert reading.names() == {"Oui": "ORG"}
        assert reading.focused == "Oui"
        assert "o organisation" not in reading.asked


@pytest.mark.action("entity.edit")
async def test_every_kind_has_its_key(in_town: Open) -> None:
    async with in_town(PRICE) as reading:
        kinds = {
            "p": "PER",
            "o": "ORG",
            "l": "LOC",
            "m": "MISC",
            "a": "MONEY",
            "d": "DATE",
            "t": "TIME",
            "%": "PERCENT",
            "n": "NUMBER",
        }
        for key, label in kinds.items():
            await reading.press("i", *reading.letters("prix", "était"), key)
            assert reading.names() == {"prix de laacquisition était": label}
            await reading.press("u", "escape")


@pytest.mark.action("entity.edit")
async def test_what_is_no_name_is_none_any_more(in_town: Open) -> None:
    async with in_town(HEADING) as reading:
        await reading.press("right", "i", "x", "a")
        assert labels(reading, "Musk") == []
        assert reading.focused == ""
        assert "deleted person “Musk” (3 places)" in reading.foot
        await reading.press("u")
        assert labels(reading, "Musk") == ["PER"] * 3


@pytest.mark.action("mark.delete")
async def test_delete_says_that_a_name_is_none(in_town: Open) -> None:
    async with in_town(HEADING) as reading:
        await reading.press("right", "delete", "o")
        assert labels(reading, "Musk") == ["PER"] * 2
        assert reading.names() == {}


@pytest.mark.action("entity.edit")
async def test_other_words_are_the_name(in_town: Open) -> None:
    async with in_town(HEADING) as reading:
        await reading.press("right", "i", "w")
        assert "start word" in reading.asked
        await reading.press(*reading.letters("offre", "Musk"))
        assert reading.names() == {"offre de Musk": "PER"}
        assert reading.focused == "offre de Musk"
        assert len(labels(reading, "Musk")) == 2


@pytest.mark.action("mark.end.later", "mark.end.earlier", "mark.start.later", "mark.start.earlier")
async def test_sides_of_a_name_are_moved(in_town: Open) -> None:
    async with in_town(HEADING) as reading:
        await reading.press("right", "(", "(", "(")
        assert reading.names() == {"de Musk": "PER"}
        await reading.press(")", ")", ")", "[")
        assert reading.names() == {"Mus": "PER"}
        assert reading.focused == "Mus"
        await reading.press("]", "]")
        assert "cannot leave its sentence" in reading.foot
        assert reading.names() == {"Musk": "PER"}


@pytest.mark.action("entity.edit")
async def test_a_name_is_kept_in_the_list_of_names(in_town: Open, tmp_path: Path) -> None:
    async with in_town(ROME) as reading:
        await reading.press("right", "i", "k")
        await reading.finished()
        assert "“Rome” is in the list of names now" in reading.foot
        listed = (tmp_path / "annotations" / "entities.toml").read_text(encoding="utf-8")
        assert "Rome" in listed
        await reading.press("i", "k")
        await reading.finished()
        assert "“Rome” is in the list of names already" in reading.foot
        await reading.press("i", "o", "k")
        await reading.finished()
        assert labels(reading, "Rome") == ["ORG"] * 4
        assert "entities.toml" in reading.foot
        assert (tmp_path / "annotations" / "entities.toml").read_text(encoding="utf-8") == listed


@pytest.mark.action("entity.edit")
async def test_an_amount_is_not_offered_for_the_list(in_town: Open, tmp_path: Path) -> None:
    async with in_town(ROME) as reading:
        await reading.press("right", "i", "a")
        assert "list of names" not in reading.asked
        await reading.press("k", "a", "i", "k")
        assert "not added: the list of names is for people" in reading.foot
        assert not (tmp_path / "annotations" / "entities.toml").exists()


@pytest.mark.action("entity.edit")
async def test_escape_and_backspace_in_the_conversation(in_town: Open) -> None:
    async with in_town(ROME) as reading:
        bare = reading.foot
        for keys in (
            ["i"],
            ["i", *reading.letters("belle")],
            ["i", *reading.letters("belle"), "enter"],
            ["right", "i"],
            ["right", "i", "w"],
            ["right", "i", "o"],
        ):
            await reading.press(*keys, "escape", "escape")
            assert reading.foot == bare
        await reading.press(
            "i", *reading.letters("belle"), "backspace", *reading.letters("est"), "enter", *"mo"
        )
        assert reading.names() == {"Rome": "LOC", "est": "MISC"}
        await reading.press("escape", "right", "i", "o", "backspace", "escape", "escape", "f")
        assert labels(reading, "Rome") == ["LOC"] * 4


@pytest.mark.action("entity.edit")
async def test_a_whole_conversation_may_be_typed_ahead(in_town: Open) -> None:
    async with in_town(TITLE) as reading:
        await reading.type_ahead("right", "i", "o", "l", "escape", "a", "f", "j", "s")
        assert labels(reading, "Rome") == ["ORG"] * 4
        assert reading.annotation(TITLE).tags == ("fact",)


@pytest.mark.action("entity.edit")
@pytest.mark.parametrize("sentence", [SAYS, BOTH, NEVER])
async def test_the_same_answer_changes_nothing(in_town: Open, sentence: int) -> None:
    async with in_town(sentence) as reading:
        await reading.press("right", "i", "p", "a")
        assert "already" in reading.foot
        assert reading.everything() == ({}, {}, {})

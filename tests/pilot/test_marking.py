"""Marking errors in the reader: about five keys each, and whatever one does with a mark afterwards."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

import pytest

from tests.pilot.reading import BOTH, NEVER, PRICE, SAYS, TITLE, YES, Reading, article_of
from tui.widgets.line_edit import LONGEST_TEXT

InTown = Callable[..., AbstractAsyncContextManager[Reading]]


async def mark(reading: Reading, first: str, last: str = "", how: str = "ms") -> None:
    """Mark from one word to another one, or only the one."""
    await reading.press("e", *reading.letters(first, last), *([] if last else ["enter"]), *how)


@pytest.mark.action("span.mark")
async def test_an_error_is_marked_in_five_keys(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        keys = ["e", *reading.letters("laacquisition", "était"), "M", "s"]
        await reading.press(*keys)
        assert len(keys) == 5
        [span] = reading.spans()
        assert (span.start, span.end) == reading.place("laacquisition était")
        assert (span.text, span.severity, span.category, span.origin, span.correction) == (
            "laacquisition était",
            "major",
            "spelling",
            "human",
            None,
        )
        assert reading.said is not None
        assert reading.said.tags == ("translation_error",)
        assert not reading.said.decided
        assert reading.session.cursor == PRICE
        assert "0/9 decided" in reading.everything_painted()
        assert reading.focused == "laacquisition était"
        assert "marked “laacquisition était”" in reading.foot
        assert "major · spelling" in reading.panel
        assert reading.undone_is(({}, {}, {}))


@pytest.mark.action("span.mark")
async def test_the_last_line_always_says_what_is_expected(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        start, end = reading.letters("prix", "élevé")
        expected = [
            ("e", ["start word", "give up"]),
            (start, ["end word", "enter", "the same word", "space", "missing before it"]),
            (end, ["severity", "m minor", "M major", "c critical"]),
            ("c", ["category", "g grammar", "v omission", "o other"]),
            ("g", ["marked"]),
        ]
        for key, words in expected:
            await reading.press(key)
            for word in words:
                assert word in reading.asked


@pytest.mark.action("span.mark")
async def test_every_severity_and_category_has_its_key(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        scheme = reading.session.scheme
        assert "".join(severity.key for severity in scheme.severities) == "mMc"
        assert "".join(category.key for category in scheme.categories) == "gspdvumnwlxo"
        for category in scheme.categories:
            for severity in scheme.severities:
                await mark(reading, "prix", how=severity.key + category.key)
                [span] = reading.spans()
                assert (span.severity, span.category) == (severity.id, category.id)
                await reading.press("u")
        assert reading.said is None


@pytest.mark.action("span.mark")
@pytest.mark.parametrize(
    ("sentence", "words"),
    [(SAYS, "«"), (SAYS, ":"), (PRICE, "."), (NEVER, "Altman"), (YES, "Oui"), (TITLE, "à")],
)
async def test_words_and_punctuation_can_be_pointed_at(in_town: InTown, sentence: int, words: str) -> None:
    async with in_town(sentence) as reading:
        await mark(reading, words)
        assert [span.text for span in reading.spans()] == [words]


@pytest.mark.action("span.mark")
async def test_an_elision_is_a_target_of_its_own(in_town: InTown) -> None:
    async with in_town(SAYS + 4) as reading:
        await mark(reading, "L'")
        await mark(reading, "offre")
        assert [span.text for span in reading.spans()] == ["L'", "offre"]


@pytest.mark.action("span.mark")
async def test_a_gap_is_marked_as_an_omission(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("e", *reading.letters("était"), "space")
        assert "severity" in reading.asked
        await reading.press("m")
        [span] = reading.spans()
        assert (span.start, span.end) == (reading.place("était")[0],) * 2
        assert (span.text, span.category, span.severity) == ("", "omission", "minor")
        assert "category" not in reading.asked
        await reading.press("]")
        assert "an omission has no words" in reading.foot


@pytest.mark.action("span.mark")
async def test_only_later_words_carry_letters_for_the_end(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        earlier = reading.letters("prix")
        await reading.press("e", *reading.letters("élevé"))
        # Behind "élevé" there is the full stop alone: one letter is left.
        for key in {*"fjdksaghruewtyvncmbpqxz"} - {"f"}:
            await reading.press(key)
        assert "end word" in reading.asked
        assert earlier != ["f"]
        await reading.press("f", "m", "s")
        assert [span.text for span in reading.spans()] == ["élevé."]


@pytest.mark.action("span.mark")
async def test_keys_that_mean_nothing_while_marking_do_nothing(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        idle = ["left", "down", "tab", "1", "I", "delete", ":", "?", "ctrl+q", "ctrl+p", "pagedown", "é"]
        steps = ["e", *reading.letters("prix", "était"), "m", "s"]
        for step in steps:
            await reading.press(step)
            if step != steps[-1]:
                asked = reading.asked
                await reading.press(*idle)
                assert reading.asked == asked
                assert reading.session.cursor == PRICE
        [span] = reading.spans()
        assert (span.text, span.severity, span.category) == (
            "prix de laacquisition était",
            "minor",
            "spelling",
        )


@pytest.mark.action("span.mark")
async def test_backspace_takes_one_key_back(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        asked = []
        keys = ["e", *reading.letters("prix", "était"), "m"]
        for key in keys:
            await reading.press(key)
            asked.append(reading.asked)
        for before in reversed(asked[:-1]):
            await reading.press("backspace")
            assert reading.asked == before
        await reading.press("backspace")
        assert reading.asked == asked[0]
        await reading.press(*reading.letters("Le"), "enter", "M", "backspace", "c", "g")
        assert [(span.text, span.severity) for span in reading.spans()] == [("Le", "critical")]


@pytest.mark.action("span.mark")
async def test_escape_gives_the_mark_up_wherever_one_is(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        keys = ["e", *reading.letters("prix", "était"), "m"]
        bare = reading.foot
        for upto in range(1, len(keys) + 1):
            await reading.press(*keys[:upto], "escape")
            assert reading.foot == bare
        assert reading.everything() == ({}, {}, {})
        await reading.press("f")
        assert reading.annotation(PRICE).tags == ("fact",)


@pytest.mark.action("span.mark")
async def test_a_long_sentence_has_two_letters_on_some_words(read) -> None:
    async with read() as reading:
        lengths = [
            end - start for start, end in zip(reading.article.starts, reading.article.ends, strict=True)
        ]
        reading.reader.go(lengths.index(max(lengths)))
        await reading.settled()
        words = ["SoftBank", "Redmond"]
        keys = reading.letters(*words)
        assert len(keys) > 2
        await reading.press("e", *keys, "m", "s")
        [span] = reading.spans()
        assert span.text.startswith("SoftBank")
        assert span.text.endswith("Redmond")


@pytest.mark.action("span.mark", "span.repeat", "quote.mark", "entity.edit", "sentence.split")
async def test_where_there_is_no_word_nothing_can_be_pointed_at(read: InTown) -> None:
    async with read(article=article_of("Un deux.\n\n\u200b\u2060\n")) as reading:
        await mark(reading, "deux")
        await reading.press("down", "down")
        assert reading.article.sentence_text(reading.session.cursor) == "\u200b\u2060"
        for key in "e.pi":
            await reading.press(key)
            assert "there are no words to choose here" in reading.foot
        await reading.press(":", *"split", "enter")
        assert "cannot be split" in reading.foot
        await reading.press("s")
        assert reading.session.is_decided(1)


@pytest.mark.action("span.mark", "quote.mark", "entity.edit")
@pytest.mark.parametrize("words", [600, 50_000])
async def test_in_a_sentence_without_end_the_nearest_words_carry_letters(read: InTown, words: int) -> None:
    async with read(article=article_of(" ".join(f"mot{number}" for number in range(words)) + ".")) as reading:
        keys = reading.letters("mot0", "mot500")
        await reading.press("e", *keys, "m", "s")
        [span] = reading.spans()
        assert span.text.endswith("mot499 mot500")
        await mark(reading, "mot501", "mot599")
        assert reading.spans()[1].text.endswith("mot599")
        await reading.press("p", *reading.letters("mot1", ahead=True, most=300), "enter", "0")
        assert reading.quotes()[0].text == "mot1"


@pytest.mark.action("span.mark")
async def test_a_whole_conversation_may_be_typed_ahead(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        first = ["e", *reading.letters("prix"), "enter", "m", "s"]
        await reading.type_ahead(*first, "=", *"coût", "enter", "o")
        [span] = reading.annotation(PRICE).spans
        assert (span.text, span.correction) == ("prix", "coût")
        assert reading.annotation(PRICE).tags == ("opinion", "translation_error")
        assert reading.session.cursor == PRICE + 1


@pytest.mark.action("span.mark")
async def test_dragging_over_words_marks_them(in_town: InTown) -> None:
    from tui.reader.article_view.widget import ArticleView

    async with in_town(TITLE) as reading:
        view = reading.reader.query_one(ArticleView)
        y = next(y for y, row in enumerate(reading.rows()) if "laacquisition" in row)
        x = reading.rows()[y].index("laacquisition")
        await reading.pilot.mouse_down(view, offset=(x + 2, y))
        await reading.pilot.hover(view, offset=(x + 6, y))
        await reading.pilot.mouse_up(view, offset=(x + 6, y))
        await reading.settled()
        assert "severity" in reading.asked
        await reading.press("m", "s")
        assert reading.session.cursor == PRICE
        assert [span.text for span in reading.spans()] == ["laacquisition"]


# -- again -----------------------------------------------------------------


@pytest.mark.action("span.repeat")
async def test_the_same_again_takes_three_keys(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "prix", how="cg")
        keys = [".", *reading.letters("était"), "enter"]
        await reading.press(*keys)
        assert len(keys) == 3
        assert [(span.text, span.severity, span.category) for span in reading.spans()] == [
            ("prix", "critical", "grammar"),
            ("était", "critical", "grammar"),
        ]


@pytest.mark.action("span.repeat")
async def test_an_omission_is_not_what_is_repeated(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "prix", how="Mg")
        await reading.press("e", *reading.letters("était"), "space", "m")
        await reading.press(".", *reading.letters("élevé"), "enter")
        assert [(span.text, span.severity, span.category) for span in reading.spans()] == [
            ("prix", "major", "grammar"),
            ("", "minor", "omission"),
            ("élevé", "major", "grammar"),
        ]
        await reading.press(".", *reading.letters("Le"), "space")
        first = reading.spans()[0]
        assert (first.severity, first.category) == ("major", "omission")


@pytest.mark.action("span.repeat")
async def test_without_a_mark_there_is_nothing_to_repeat(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await reading.press(".")
        assert "nothing to mark again yet: e marks an error" in reading.foot
        await reading.press("f")
        assert reading.annotation(PRICE).tags == ("fact",)


# -- corrections -----------------------------------------------------------


@pytest.mark.action("span.correct")
async def test_a_correction_begins_with_the_marked_words(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "laacquisition")
        await reading.press("=")
        assert reading.foot == "correction laacquisition"
        await reading.press("home", "right", "delete", "'", "enter")
        [span] = reading.spans()
        assert (span.text, span.correction) == ("laacquisition", "l'acquisition")
        assert "→ l'acquisition" in reading.panel
        await reading.press("=")
        assert reading.foot == "correction l'acquisition"
        await reading.press("ctrl+u", "enter")
        assert reading.spans()[0].correction == ""
        assert "→ nothing" in reading.panel
        await reading.press("=", "escape")
        assert reading.spans()[0].correction == ""


@pytest.mark.action("span.correct")
async def test_the_marked_words_themselves_are_no_correction(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "prix")
        before = reading.everything()
        await reading.press("=", "enter")
        assert reading.everything() == before
        assert "no correction" in reading.foot
        await reading.press("=", "end", "s", "enter")
        assert reading.spans()[0].correction == "prixs"
        await reading.press("=", *"prix", "enter")
        assert reading.spans()[0].correction is None
        assert "removed the correction" in reading.foot


@pytest.mark.action("span.correct")
async def test_missing_words_are_written_as_the_correction_of_a_gap(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("e", *reading.letters("élevé"), "space", "m", "=", *"très", "space", "enter")
        assert reading.spans()[0].correction == "très "
        await reading.press("=", "ctrl+u", "enter")
        assert reading.spans()[0].correction is None


@pytest.mark.action("span.correct")
async def test_of_two_overlapping_marks_the_second_may_take_the_firsts_place(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "laacquisition")
        await reading.press("=", "end", "s", "enter")
        await mark(reading, "de", "laacquisition")
        for answer, kept in (("n", True), ("escape", True), ("y", False)):
            await reading.press("=", "end", "x", "enter")
            assert "“laacquisition” already corrects these words" in reading.asked
            before = reading.everything()
            await reading.press("q", "enter", answer)
            outer, inner = reading.spans()
            assert (outer.correction, inner.correction) == (
                (None, "laacquisitions") if kept else ("de laacquisitionx", None)
            )
            assert (reading.everything() == before) is kept
        assert reading.undone_is(before)


@pytest.mark.action("span.correct", "mark.next")
async def test_a_correction_needs_one_mark_that_is_meant(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("=")
        assert "this sentence has no marks" in reading.foot
        await mark(reading, "prix")
        await reading.press("escape", "=", "end", "x", "enter")
        assert reading.spans()[0].correction == "prixx"
        await mark(reading, "était")
        await reading.press("escape", "=")
        assert "left and right choose a mark first" in reading.foot
        await reading.press("right", "right", "=", "y", "enter")
        assert [span.correction for span in reading.spans()] == ["prixx", "y"]


@pytest.mark.action("span.correct")
async def test_a_name_takes_no_correction(in_town: InTown) -> None:
    async with in_town(BOTH) as reading:
        await mark(reading, "sont")
        await reading.press("escape", "right")
        assert reading.focused == "Musk"
        await reading.press("=")
        assert "only an error mark can be corrected" in reading.foot
        assert reading.focused == "Musk"


# -- the focused mark ------------------------------------------------------


@pytest.mark.action("mark.next", "mark.previous", "back")
async def test_left_and_right_walk_through_marks_and_names(in_town: InTown) -> None:
    async with in_town(BOTH) as reading:
        await mark(reading, "à", "Rome")
        await reading.press("p", *reading.letters("Altman", "sont", ahead=True), "0", "escape")
        order = ["Musk", "Altman sont", "Altman", "à Rome", "Rome"]
        for words in (*order, ""):
            await reading.press("right")
            assert reading.focused == words
        for words in (*reversed(order), ""):
            await reading.press("left")
            assert reading.focused == words
        await reading.press("right", "escape")
        assert reading.focused == ""
        await reading.press("right", "down", "up")
        assert reading.focused == ""


@pytest.mark.action("mark.next", "mark.previous")
async def test_where_there_is_no_mark_the_keys_for_one_are_told(in_town: InTown) -> None:
    async with in_town(YES) as reading:
        for key in ("right", "left"):
            await reading.press(key)
            assert reading.foot == "no marks here: e marks an error, p a quotation, i a name"
            await reading.press("escape")


@pytest.mark.action("mark.next")
async def test_the_row_of_keys_tells_what_can_be_done_with_a_mark(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        bare = reading.foot
        await mark(reading, "prix")
        await reading.press("escape", "right")
        for told in ("= correct", "enter edit mark", "del delete mark", "n note", "esc back"):
            assert told in reading.foot
        await reading.press("escape")
        assert reading.foot == bare


@pytest.mark.action("mark.edit")
async def test_enter_changes_severity_and_category(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "prix")
        [before] = reading.spans()
        await reading.press("enter")
        assert "severity" in reading.asked
        await reading.press("M", "g")
        [after] = reading.spans()
        assert (after.severity, after.category) == ("major", "grammar")
        assert (after.id, after.start, after.end) == (before.id, before.start, before.end)
        assert reading.focused == "prix"
        await reading.press("enter", "escape", "enter", "c", "escape")
        assert reading.spans() == (after,)


@pytest.mark.action("mark.delete")
@pytest.mark.parametrize("key", ["delete", "backspace"])
async def test_a_mark_is_deleted_and_the_next_gets_the_focus(in_town: InTown, key: str) -> None:
    async with in_town(PRICE) as reading:
        for words in ("prix", "était", "élevé"):
            await mark(reading, words)
        await reading.press("left")
        for words, left in (("était", "élevé"), ("élevé", "prix"), ("prix", "")):
            assert reading.focused == words
            before = reading.everything()
            await reading.press(key)
            assert reading.focused == left
            assert f"deleted the mark on “{words}”" in reading.foot
            assert reading.undone_is(before)
        assert reading.said is None


@pytest.mark.action("mark.end.later", "mark.end.earlier", "mark.start.later", "mark.start.earlier")
async def test_sides_are_moved_by_a_character(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "était")
        for keys, words in [
            ("]", "était "),
            ("]", "était é"),
            ("[", "était "),
            ("[[", "étai"),
            ("(", " étai"),
            ("(", "n étai"),
            (")))", "tai"),
        ]:
            await reading.press(*keys)
            assert reading.spans()[0].text == reading.focused == words
        start, end = reading.spans()[0].start, reading.spans()[0].end
        assert reading.article.text[start:end] == "tai"
        await reading.press(")", ")", ")")
        assert reading.spans()[0].text == "i"
        assert "a mark has at least one character" in reading.foot
        await reading.press(*"uuuuu")
        assert reading.spans()[0].text == "n étai"


@pytest.mark.action("mark.end.later", "mark.start.earlier")
async def test_a_mark_does_not_leave_its_sentence(in_town: InTown) -> None:
    async with in_town(YES) as reading:
        await mark(reading, "Oui")
        for keys in ("]]]", "((("):
            await reading.press(*keys)
            assert "a mark cannot leave its sentence" in reading.foot
        assert reading.spans()[0].text == "Oui."


# -- notes and what marks do to tags ---------------------------------------


@pytest.mark.action("note")
async def test_a_note_is_on_the_focused_mark_else_on_the_sentence(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "prix")
        await reading.press("n")
        assert reading.foot == "note on the mark"
        await reading.press(*"vu?", "enter")
        assert reading.spans()[0].note == "vu?"
        assert "vu?" in reading.panel
        await reading.press("escape", "n", *"peut-être", "enter")
        assert reading.said is not None
        assert reading.said.note == "peut-être"
        assert not reading.said.decided
        assert "peut-être" in reading.panel
        await reading.press("n")
        assert reading.foot == "note peut-être"
        await reading.press("ctrl+u", *"nein", "escape")
        assert reading.said.note == "peut-être"
        await reading.press("n", "ctrl+u", "enter")
        assert reading.said.note == ""
        assert "removed the note" in reading.foot


@pytest.mark.action("note", "mark.next")
async def test_a_note_while_a_name_has_the_focus_is_on_the_sentence(in_town: InTown) -> None:
    async with in_town(BOTH) as reading:
        await reading.press("right", "n", *"qui", "enter")
        assert reading.said is not None
        assert reading.said.note == "qui"


@pytest.mark.action("note")
async def test_every_key_types_while_a_line_is_written(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        typed = "feq.=:/?hHD>u"
        await reading.press("n", *typed, "space", "~", "left", "left", "tab", "up", "enter")
        assert reading.said is not None
        assert reading.said.note == f"{typed} ~"
        assert reading.said.tags == ()
        assert reading.session.cursor == PRICE


@pytest.mark.action("note")
async def test_what_is_pasted_lands_in_the_line(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await reading.paste("f")
        await reading.press("e")
        await reading.paste("f")
        await reading.press("escape")
        assert reading.everything() == ({}, {}, {})
        await reading.press("n", "a", "z", "left")
        await reading.paste("un\nà\ttrois\r\n")
        await reading.press("enter")
        assert reading.said is not None
        assert reading.said.note == "aun à troisz"


@pytest.mark.action("note")
@pytest.mark.parametrize("length", [5_210, LONGEST_TEXT])
async def test_a_long_note_is_kept_whole(in_town: InTown, length: int) -> None:
    note = ("Une phrase à noter. " * length)[: length - 1] + "!"
    async with in_town(PRICE) as reading:
        await reading.press("n")
        await reading.paste(note)
        await reading.press("enter")
    async with in_town(PRICE) as reading:
        assert reading.said is not None
        assert reading.said.note == note
        # The next key repeats it in the journal.
        await reading.press("F")
    async with in_town(PRICE) as reading:
        assert reading.said is not None
        assert (reading.said.note, reading.said.tags) == (note, ("fact",))


@pytest.mark.action("note")
@pytest.mark.parametrize("length", [LONGEST_TEXT + 1, 1_000_000])
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_note_that_is_too_long_is_refused_with_its_length_and_stays(
    in_town: InTown, length: int, size: tuple[int, int]
) -> None:
    async with in_town(PRICE, size=size) as reading:
        await reading.press("n")
        await reading.paste("x" * length)
        told = f"{length:,} characters, at most {LONGEST_TEXT:,} fit: shorten it"
        assert told in reading.painted()[-1].text
        await reading.press("enter")
        assert told in reading.painted()[-1].text
        assert reading.said is None
        await reading.press("home", "right", "right", "ctrl+k", "enter")
        assert reading.said is not None
        assert reading.said.note == "xx"


@pytest.mark.action("note")
async def test_more_than_a_line_can_hold_is_not_taken_and_that_is_said(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("n", "a")
        await reading.paste("x" * 1_000_001)
        assert "1,000,001 characters do not fit" in reading.painted()[-1].text
        await reading.press("enter")
        assert reading.said is None
        await reading.press("b", "enter")
        assert reading.said is not None
        assert reading.said.note == "ab"


@pytest.mark.action("span.correct")
async def test_a_correction_may_hold_spaces_that_do_not_break(in_town: InTown) -> None:
    async with in_town(PRICE) as reading:
        await mark(reading, "prix")
        await reading.press("=", "end", "\xa0", "!")
        await reading.paste("«\u202fnon\xa0»")
        await reading.press("enter")
        assert reading.spans()[0].correction == "prix\xa0!«\u202fnon\xa0»"

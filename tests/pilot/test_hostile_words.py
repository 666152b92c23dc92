"""Words that annotators type or paste, and those that others had stored: none acts on the terminal, none breaks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.pilot.reading import NEVER, PRICE, TITLE, YES, Reading
from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article, EntityCount
from tui.text.clean import is_safe
from tui.widgets.line_edit import LONGEST_TEXT
from tui.workspace import Workspace

Open = Callable[..., AbstractAsyncContextManager[Reading]]

ESCAPES = "a\x1b[31m\x1b]0;titre\x07\x9b2J\x00\x7f\x08\r\n\tz"
MARKUP = "[bold]x[/bold] [/nope] [@click=app.quit]y[/] [link=http://z]"
BIDI = "a\u202e\u2066\u200f\u061c\u2028b\ufeff\U000e0041c"
LONG = "très long 漢字 " * 1000
STACKED = "e" + "\u0301" * 3000 + "\u200d" * 50 + "👩\u200d👧" * 20
HALF = "x\ud800y\udfffz"
HOSTILE = {
    "escapes": ESCAPES,
    "markup": MARKUP,
    "bidi": BIDI,
    "long": LONG,
    "stacked": STACKED,
    "half": HALF,
    "all": ESCAPES + MARKUP + BIDI + STACKED + LONG,
}

IN_ALL = ("escapes", "markup", "bidi", "long", "stacked")
"""The parts of `all`, which `make test-all` tries by themselves too."""

hostile = pytest.mark.parametrize(
    "words",
    [
        pytest.param(words, id=name, marks=[pytest.mark.long] if name in IN_ALL else [])
        for name, words in HOSTILE.items()
    ],
)


def check(reading: Reading) -> None:
    """Nothing is painted that acts on the terminal, and every row is as wide as that."""
    rows = reading.painted()
    assert len(rows) == reading.app.size.height
    for row in rows:
        assert is_safe(row.text), ascii(row.text)
        assert row.cell_length == reading.app.size.width


async def came_back(in_town: Open, sentence: int) -> Annotation:
    """What is on the disk."""
    async with in_town(sentence) as reading:
        check(reading)
        assert reading.said is not None
        return reading.said


@hostile
@pytest.mark.action("note")
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_note(in_town: Open, words: str, size: tuple[int, int]) -> None:
    async with in_town(PRICE, size=size) as reading:
        await reading.press("n")
        await reading.paste(words)
        check(reading)
        await reading.press("home", "right", "end", "left", "backspace", "x", "enter")
        check(reading)
        await reading.press("n")
        check(reading)
        await reading.press("escape", "j", "k")
        note = reading.annotation(reading.session.cursor).note
        assert is_safe(note)
        assert 0 < len(note) <= LONGEST_TEXT
    assert (await came_back(in_town, PRICE)).note == note


@hostile
@pytest.mark.action("span.correct", "view.corrected", "note")
async def test_a_correction_and_its_note(in_town: Open, words: str) -> None:
    async with in_town(PRICE) as reading:
        await reading.press("e", *reading.letters("prix"), "enter", "m", "s", "=")
        await reading.paste(words)
        check(reading)
        await reading.press("enter", "n")
        await reading.paste(words)
        await reading.press("enter")
        check(reading)
        for key in ("c", "v", "c", "v", "d", "escape"):
            await reading.press(key)
            check(reading)
        [span] = reading.spans()
        assert span.correction is not None
        assert is_safe(span.correction)
    assert (await came_back(in_town, PRICE)).spans == (span,)


@hostile
@pytest.mark.action("quote.mark", "mark.edit")
async def test_a_speaker(in_town: Open, words: str) -> None:
    async with in_town(NEVER) as reading:
        await reading.press("p", "enter", "/")
        await reading.paste(words)
        check(reading)
        await reading.press("enter")
        check(reading)
        [quote] = reading.quotes()
        assert quote.speaker
        await reading.press("enter")
        check(reading)
        await reading.press("escape", "escape")
    assert (await came_back(in_town, NEVER)).quotes == (quote,)


@hostile
@pytest.mark.action("search", "search.next")
async def test_words_sought(in_town: Open, words: str) -> None:
    async with in_town(TITLE) as reading:
        await reading.press("/")
        await reading.paste(words)
        check(reading)
        await reading.press("enter")
        check(reading)
        assert "does not occur" in reading.foot
        await reading.press(">", "/")
        check(reading)
        await reading.press("escape")


@hostile
@pytest.mark.action("sentence.jump", "palette", "outline")
async def test_numbers_and_lists(in_town: Open, words: str) -> None:
    async with in_town(YES) as reading:
        await reading.press("#")
        await reading.paste(words)
        check(reading)
        await reading.press("enter")
        check(reading)
        assert "is not a number" in reading.foot
        for key in (":", "H", "&", "D"):
            await reading.press(key)
            await reading.paste(words)
            check(reading)
            await reading.press("enter", "escape")
            check(reading)
        assert reading.everything() == ({}, {}, {})


@pytest.mark.action("sentence.jump")
@pytest.mark.parametrize("number", ["9" * 4000, "٣", "٣" * 4000, "-1", "1e3", "०४"])
async def test_a_number_of_any_kind(in_town: Open, number: str) -> None:
    async with in_town(YES) as reading:
        await reading.press("#")
        await reading.paste(number)
        await reading.press("enter")
        check(reading)


@hostile
async def test_what_was_stored_by_something_else(
    in_town: Open, tmp_path: Path, workspace_in: Callable[..., Workspace], town_article: Article, words: str
) -> None:
    """Files that are imported or edited by hand hold whatever they hold."""
    workspace = workspace_in(tmp_path / "annotations")
    workspace.library.save(town_article)
    opened = workspace.open(town_article)
    assert opened.writer is not None
    stored = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    session, article = opened.session, town_article
    start, end = article.starts[PRICE], article.ends[PRICE]

    def make(said: Annotation) -> Annotation:
        span = Span(
            id=stored[:20] or "s",
            start=start + 3,
            end=start + 7,
            text=article.text[start + 3 : start + 7],
            severity="minor",
            category="spelling",
            correction=stored,
            note=stored,
        )
        quote = Quote(
            id="q", start=start, end=end, text=article.text[start:end], speaker=stored, holder="author"
        )
        return replace(said, spans=(span,), quotes=(quote,), note=stored, tags=("translation_error",))

    outcome = session.change(PRICE, "import", f"imported {stored}", make)
    assert outcome.step is not None
    opened.writer.put(outcome.step)
    opened.writer.close()
    async with in_town(PRICE) as reading:
        check(reading)
        for key in (
            "right",
            "=",
            "escape",
            "n",
            "escape",
            "enter",
            "escape",
            "right",
            "enter",
            "escape",
            "c",
            "v",
        ):
            await reading.press(key)
            check(reading)
        await reading.press("escape", "D", "escape", "&", "escape", "n")
        check(reading)
        await reading.press("escape", "u")
        check(reading)
        assert "undone: import" in reading.foot


@hostile
@pytest.mark.action("quote.mark", "help")
async def test_names_of_the_article(read: Open, town_article: Article, words: str) -> None:
    stored = words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    article = replace(
        town_article,
        title=stored,
        source_language=stored[:9],
        entity_counts=[EntityCount(text=stored, label="PER", count=3) for _ in range(9)],
        prepared_by={**town_article.prepared_by, "entities": stored},
    )
    for size in ((120, 40), (80, 24)):
        async with read(size, article) as reading:
            reading.reader.go(NEVER)
            check(reading)
            await reading.press("p", "enter")
            check(reading)
            await reading.press("9")
            check(reading)
            await reading.press("delete", "escape", "h")
            check(reading)

"""What the panel says about marks: one line each thing, in full where the focus is, never more than fits."""

from __future__ import annotations

from typing import Any

import pytest
from rich.cells import cell_len

from tui.model.annotation import Quote, Span
from tui.model.article import Article
from tui.painting.article.text_styles import TextStyles
from tui.painting.cells import Line
from tui.painting.mark_lines import KEYS, MarkLines, key_lines, with_blanks
from tui.painting.styles import Styles
from tui.settings import scheme_file as scheme
from tui.settings.theme import DARK
from tui.text.clean import is_safe

NEWS = scheme.load()
INK = Styles(DARK, NEWS)
CELLS = 31


@pytest.fixture
def words(sample_article: Article) -> MarkLines:
    return MarkLines(sample_article, NEWS, TextStyles(INK, NEWS), CELLS)


def text_of(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def span(text: str = "mot", **what: Any) -> Span:
    return Span(id="a", start=0, end=len(text), text=text, **({"severity": "major"} | what))


def test_an_error_tells_its_kind_its_correction_and_its_note(words: MarkLines) -> None:
    lines = words.of(span(category="grammar", correction="mots", note="two of them"), focused=False)
    assert text_of(lines) == [" mot", "   major · grammar", "   → mots", "   two of them"]
    lines = words.of(span(correction=""), focused=False)
    assert text_of(lines) == [" mot", "   major · no category yet", "   → nothing"]


def test_an_omission_tells_the_word_that_it_stands_before(words: MarkLines, sample_article: Article) -> None:
    start = sample_article.text.index("patron")
    omission = Span(id="a", start=start, end=start, text="", severity="minor", category="omission")
    assert text_of(words.of(omission, focused=False))[0] == " ‸ before “patron”"
    end = sample_article.ends[-1]
    last = Span(id="a", start=end, end=end, text="", severity="minor")
    assert text_of(words.of(last, focused=False))[0] == " ‸ before the end"


def test_a_quotation_tells_who_speaks(words: MarkLines) -> None:
    quote = Quote(id="q", start=0, end=3, text="«a»", speaker="Altman", holder="source")
    assert text_of(words.of(quote, focused=False)) == [" «a»", "   Altman", "   the source's opinion"]
    for speaker, said in ((None, "no speaker yet"), ("", "no one named")):
        quote = Quote(id="q", start=0, end=3, text="«a", speaker=speaker, closed=False)
        assert text_of(words.of(quote, focused=False)) == [" «a", f"   {said}", "   never closed"]


def test_the_focused_mark_is_told_in_full(words: MarkLines) -> None:
    long = span("des mots " * 10)
    assert len(words.of(long, focused=False)) == 2
    lines = words.of(long, focused=True)
    assert "".join(text_of(lines)).count("mots") == 10
    assert all(line[0][0] == "▌" for line in lines)


@pytest.mark.parametrize("focused", [False, True])
def test_nothing_is_wider_than_the_panel_longer_than_it_or_acts_on_the_terminal(
    words: MarkLines, focused: bool
) -> None:
    hostile = "\x1b]0;x\x07\u202e漢字 " * 500_000
    mark = span(hostile, severity=hostile, category=hostile, correction=hostile, note=hostile)
    lines = text_of(words.of(mark, focused=focused))
    assert len(lines) <= 4 * 8
    assert all(cell_len(line) <= CELLS and is_safe(line) for line in lines)


def test_the_keys_of_a_mark_are_told_as_far_as_there_are_any() -> None:
    keys = dict(zip(KEYS, ["enter", "=", "n", "delete", "(", ")", "[", "]"], strict=True))
    lines = text_of(key_lines(span(), keys, INK, CELLS - 1))
    assert lines == ["▌enter edit  = correct  n note", "▌delete delete  ( ) start", "▌[ ] end"]
    assert all(cell_len(line) <= CELLS for line in lines)
    quote = Quote(id="q", start=0, end=3, text="«a»")
    assert text_of(key_lines(quote, {"mark.edit": "enter"}, INK, CELLS)) == ["▌enter edit"]
    assert key_lines(quote, {}, INK, CELLS) == []


def test_the_blanks_of_a_correction_are_seen(words: MarkLines, sample_article: Article) -> None:
    start = sample_article.text.index("patron")
    omission = Span(id="a", start=start, end=start, text="", severity="minor", correction="grand")
    assert text_of(words.of(omission, focused=False))[-1].strip() == "→ grand␣"
    assert with_blanks(" ; ") == "␣;␣"
    assert with_blanks("\u202f") == "␣"

"""What the palette lists, and in which order."""

from __future__ import annotations

from tui.screens.palette import entries, used
from tui.settings import keymap
from tui.settings import scheme_file as scheme
from tui.settings.actions import actions
from tui.widgets.choices import Choices

NEWS = scheme.load()
KNOWN = actions(NEWS)
DEFAULT = keymap.load("default", KNOWN)
READER = ("reader", "mark")


def found(typed: str, *recent: str) -> list[str]:
    rows = entries(NEWS, DEFAULT, READER, recent)
    choices = Choices(rows)
    choices.insert(typed)
    return [rows[place].value for place in choices.fitting]


def test_only_what_can_be_done_here_is_listed() -> None:
    library = {row.value for row in entries(NEWS, DEFAULT, ("library",))}
    assert {"article.open", "help", "quit"} <= library
    assert {"tag.fact", "mark.edit", "palette"}.isdisjoint(library)


def test_q_quits_although_quote_begins_so_too() -> None:
    assert found("q")[:2] == ["quit", "tag.quote"]
    assert found("q!")[0] == found("wq")[0] == "quit"


def test_words_are_found_by_their_beginnings() -> None:
    assert found("next undec")[0] == "undecided.next"
    assert found("split") == ["sentence.split"]
    assert found("undecided")[:1] == ["undecided.next"]


def test_scattered_letters_of_a_name_are_enough() -> None:
    assert "paragraph.next" in found("npar")


def test_each_row_has_its_key_and_what_it_does() -> None:
    [row] = [row for row in entries(NEWS, DEFAULT, READER) if row.value == "mark.next"]
    assert (row.left, row.right) == ("next mark", "→")
    assert row.text == "next mark or name of the sentence"


def test_what_was_used_last_comes_first() -> None:
    recent = used(used(used([], "outline"), "note"), "outline")
    assert recent == ["outline", "note"]
    assert found("", *recent)[:3] == ["outline", "note", "sentence.next"]
    assert found("no", *recent)[0] == "note"

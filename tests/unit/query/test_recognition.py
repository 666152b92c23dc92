"""What is typed into a filter: an expression, or words."""

from __future__ import annotations

import pytest

from tui.query.completions import completions
from tui.query.recognition import read, recognised
from tui.settings import scheme_file

NEWS = scheme_file.load()


@pytest.mark.parametrize(
    "text", ["tag = fact", "unsure", "decided", "not note", "unsure and tag", " ( language = fr )"]
)
def test_what_can_be_read_is_an_expression(text: str) -> None:
    assert recognised(text, "articles", NEWS).condition is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "  ",
        "musk",
        "source",
        "text",
        "title",
        "paris fr",
        "2 + 2 = 4",
        "salt and pepper",
        "(a",
        "not",
        "l'or",
    ],
)
def test_anything_else_is_words(text: str) -> None:
    assert recognised(text, "articles", NEWS) == (None, "")


@pytest.mark.parametrize(
    "text", ["tag = opinio", "tagg = fact", "unsure and", "tag =", "(tag = fact", "decided > x"]
)
def test_what_was_meant_as_one_gets_a_message(text: str) -> None:
    found = recognised(text, "articles", NEWS)
    assert found.condition is None
    assert found.problem.startswith("column ")


def test_completions_go_on_with_fields_operators_and_values() -> None:
    assert completions("ta", "records", NEWS) == ["tag"]
    assert "tag ~" in completions("tag ", "records", NEWS)
    assert completions("unsure and tag = o", "records", NEWS) == ["unsure and tag = opinion"]
    assert completions("(severity>=", "records", NEWS) == [
        "(severity>=minor",
        "(severity>=major",
        "(severity>=critical",
    ]
    assert completions("uns", "records", NEWS) == ["unsure"]
    assert completions('title ~ "ab', "records", NEWS) == []


@pytest.mark.parametrize("text", ["tag", "hints", "tag = fact"])
def test_where_only_an_expression_can_be_meant_a_field_alone_is_one(text: str) -> None:
    assert read(text, "records", NEWS).condition is not None


def test_where_only_an_expression_can_be_meant_words_are_wrong() -> None:
    assert read("musk", "records", NEWS).problem.startswith("column 1: ")

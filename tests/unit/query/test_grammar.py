"""What an expression is: read and printed, with the column of what is wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.query.expression import Bare, Comparison, Expression, Not, all_of, any_of
from tui.query.grammar import DEEPEST, parse
from tui.query.tokens import LONGEST, OPERATORS, ExpressionError, quoted

FIELDS = st.sampled_from(["tag", "unsure", "severity", "a_b", "été"])
LEAVES: st.SearchStrategy[Expression] = st.builds(Bare, FIELDS) | st.builds(
    Comparison, FIELDS, st.sampled_from(OPERATORS), st.text(max_size=12)
)
EXPRESSIONS = st.recursive(
    LEAVES,
    lambda parts: (
        st.builds(Not, parts)
        | st.lists(parts, min_size=2, max_size=3).map(all_of)
        | st.lists(parts, min_size=2, max_size=3).map(any_of)
    ),
    max_leaves=12,
)


@given(EXPRESSIONS)
def test_an_expression_printed_and_parsed_again_is_the_same(expression: Expression) -> None:
    assert parse(str(expression)) == expression


@given(st.text(max_size=40))
def test_a_quoted_value_is_read_as_it_was(value: str) -> None:
    assert parse(f"tag = {quoted(value)}") == Comparison("tag", "=", value)


@given(st.text(alphabet="ab= <>!~()\"'\\%andortn", max_size=60))
def test_any_text_is_an_expression_or_one_line_with_a_column(text: str) -> None:
    error = wrong(text)
    if error is not None:
        assert 1 <= error.column <= len(text) + 1
        assert str(error).startswith(f"column {error.column}: ")


def wrong(text: str) -> ExpressionError | None:
    try:
        parse(text)
    except ExpressionError as error:
        return error
    return None


def test_not_comes_before_and_and_and_before_or() -> None:
    assert parse("not a and b or c and d") == parse("((not a) and b) or (c and d)")
    assert parse("NOT a AND b") == parse("not a and b")
    assert parse("a and (b and c)") == parse("a and b and c")
    assert parse("a and (b or c)") != parse("a and b or c")


def test_values_are_words_or_quoted() -> None:
    assert parse(r'title ~ "a \"b\" \\ c"') == Comparison("title", "~", 'a "b" \\ c')
    assert parse("title ~ l'offre") == Comparison("title", "~", "l'offre")
    assert parse("decided < 80 %") == parse("decided<80%")
    assert parse("touched > 2026-11-30T18:00+01:00") == Comparison("touched", ">", "2026-11-30T18:00+01:00")


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("tag =", 6, "a value is missing"),
        ("tag = and", 7, 'quote it: "and"'),
        ("tag = a b", 9, "quotation marks around a value of several words"),
        ("(tag = a", 9, "the bracket at column 1 is not closed"),
        ("tag = a)", 8, "closes none"),
        ("and tag", 1, "a field is missing"),
        ("tag == a", 5, "use ="),
        ("a && b", 3, "use and"),
        ('title ~ "abc', 9, "not closed"),
        ("not", 4, "a field is missing"),
        ("= 3", 1, "a field is missing"),
    ],
)
def test_what_is_wrong_has_a_column_and_a_fix(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    assert raised.value.column == column
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    ("text", "column"),
    [
        ("(" * 10_000, DEEPEST + 1),
        ("not " * 10_000 + "unsure", DEEPEST * 4 + 1),
        ("(" * 10_000 + "unsure" + ")" * 10_000, DEEPEST + 1),
        ("unsure or " * 100_000, LONGEST + 1),
        ("(" * 1_000_000, LONGEST + 1),
        ('"' * 49_999, 49_999),
        ("x" * 1_000_000, LONGEST + 1),
    ],
)
def test_hostile_expressions_end_in_one_short_line(text: str, column: int) -> None:
    with pytest.raises(ExpressionError) as raised:
        parse(text)
    assert raised.value.column == column
    assert len(str(raised.value)) < 200


def test_not_in_a_row_of_conditions_is_no_depth() -> None:
    text = "not (a or b) and " * (DEEPEST * 2) + "not c"
    assert str(parse(text)) == text


def test_as_deep_as_is_allowed_works() -> None:
    assert parse("(" * DEEPEST + "unsure" + ")" * DEEPEST) == Bare("unsure")
    assert parse("unsure or " * 4_000 + "unsure") == any_of([Bare("unsure")] * 4_001)

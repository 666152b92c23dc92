from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tui.text.clean import escape_json, is_safe, visible

BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
HIDDEN = "\ufeff\ufff9\ufffa\ufffb"
CONTROLS = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0))))
HOSTILE = CONTROLS + BIDI + HIDDEN + "\u2028\u2029\ud800\udfff\U000e0001\U000e007f"
ANY = st.text(st.one_of(st.characters(), st.sampled_from(HOSTILE)))


@given(ANY)
def test_what_is_visible_is_safe_and_of_the_same_length(text: str) -> None:
    painted = visible(text)
    assert len(painted) == len(text)
    assert is_safe(painted)
    assert not set(painted) & set(HOSTILE)
    assert visible(painted) == painted
    assert is_safe(text) == (painted == text)


@pytest.mark.parametrize("char", HOSTILE)
def test_every_hostile_character_becomes_one_neutral_cell(char: str) -> None:
    assert not is_safe(f"a{char}b")
    mark = visible(char)
    assert cell_len(mark) == 1
    assert mark == " " or unicodedata.bidirectional(mark) == "ON"


def test_marks_that_mean_different_things_look_different() -> None:
    assert len(set(visible(BIDI + HIDDEN))) == len(BIDI + HIDDEN)


def test_named_replacements() -> None:
    assert visible("a\n\t\x85\u2028\u2029b") == "a     b"
    assert visible("\x00\x1b\r\x7f\x9b\ud800") == "␀␛␍␡��"


@pytest.mark.parametrize(
    "text", ["", "plain", "« déjà\u00a0» 中文 🤖", "❤\ufe0f 👩\u200d🚀", "नहीं", "[red]markup[/]"]
)
def test_ordinary_text_is_left_alone(text: str) -> None:
    assert is_safe(text)
    assert visible(text) is text


@given(ANY)
def test_escaped_json_is_equal_and_acts_on_nothing(text: str) -> None:
    for ascii_only in (False, True):
        encoded = json.dumps({"text": text, "n": [1]}, ensure_ascii=ascii_only, indent=1)
        escaped = escape_json(encoded)
        assert json.loads(escaped) == json.loads(encoded)
        assert is_safe(escaped.replace("\n", ""))


def test_json_escapes_are_written_as_json_writes_them() -> None:
    assert escape_json('"\u202e\x9b\U000e0041é"') == '"\\u202e\\u009b\\udb40\\udc41é"'

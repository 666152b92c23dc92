from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.documents.decoding import (
    MAX_BYTES,
    UnreadableFileError,
    check_size,
    decode,
    unix_newlines,
    without_controls,
)

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
FRENCH = "À l’été, l’élève dit : « Ça coûte 3 €, où est-ce ? » Le garçon répondit.\n"


def assert_one_line(error: UnreadableFileError) -> None:
    assert "\n" not in str(error)
    assert ": " in str(error)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_in_one_line_or_give_harmless_text(data: bytes) -> None:
    try:
        decoded = decode(data)
    except UnreadableFileError as error:
        assert_one_line(error)
        return
    assert not CONTROL.search(decoded.text)
    assert decoded.text.strip()
    decoded.text.encode()
    assert all("\n" not in warning for warning in decoded.warnings)


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_clean_utf8_comes_back_as_it_is(text: str) -> None:
    if text.isspace() or text.startswith("\ufeff"):
        return
    for data in (text.encode(), text.encode("utf-8-sig")):
        decoded = decode(data)
        assert (decoded.text, decoded.encoding, decoded.warnings) == (text, "utf-8", ())


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_dropped(encoding: str) -> None:
    decoded = decode(("A" + FRENCH).encode(encoding))
    assert (decoded.text, decoded.warnings) == ("A" + FRENCH, ())


def test_utf16_in_either_byte_order() -> None:
    assert decode(b"\xfe\xff\x00h\x00i").text == decode(b"\xff\xfeh\x00i\x00").text == "hi"


@pytest.mark.parametrize("encoding", ["cp1252", "mac-roman"])
def test_western_legacy_encodings_are_guessed_with_a_warning(encoding: str) -> None:
    decoded = decode(FRENCH.encode(encoding))
    assert (decoded.text, decoded.encoding) == (FRENCH, encoding)
    assert "guess" in decoded.warnings[0]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1251", "Это пример русского текста. Он написан в старой кодировке, его надо прочесть."),
        ("koi8_r", "Это пример русского текста. Он написан в старой кодировке, его надо прочесть."),
        ("cp1250", "Zażółć gęślą jaźń. To jest przykład polskiego tekstu, zapisany dawno temu."),
        ("shift_jis", "これは日本語の文章です。古い文字コードで保存されています。"),
    ],
)
def test_other_legacy_encodings_are_detected(encoding: str, text: str) -> None:
    assert decode(text.encode(encoding)).text == text


def test_a_legacy_encoding_is_found_beyond_the_sample() -> None:
    text = "Rien que de l'ASCII ici.\n" * 20_000 + FRENCH
    assert decode(text.encode("mac_roman")).text == text


def test_the_declared_encoding_is_asked_only_when_it_is_not_utf8() -> None:
    assert decode("Příliš žluťoučký".encode("iso8859_2"), "ISO-8859-2").text == "Příliš žluťoučký"
    assert decode(FRENCH.encode("cp1252"), "iso-8859-1").text == FRENCH
    assert decode(FRENCH.encode(), "iso-8859-1").text == FRENCH
    assert decode(FRENCH.encode("cp1252"), "rot13").text == FRENCH
    assert decode(FRENCH.encode("cp1252"), "no such\x00").text == FRENCH


def test_bad_bytes_in_utf8_are_replaced_counted_and_placed() -> None:
    decoded = decode("déjà vu �".encode() + b" \xff et \xc3 fin")
    assert decoded.text == "déjà vu � � et � fin"
    assert decoded.warnings == ("2 undecodable places (utf-8) replaced by �, in line 1",)


def test_text_that_is_mostly_utf8_stays_utf8() -> None:
    assert decode("Un été à Paris".encode() + b" \xe9").text == "Un été à Paris �"


def test_a_stray_byte_in_plain_ascii_is_no_reason_to_guess() -> None:
    decoded = decode(b"Hello \xff\xfe world.")
    assert (decoded.text, decoded.encoding) == ("Hello �� world.", "utf-8")
    assert "in line 1" in decoded.warnings[0]


def test_line_ends_become_newlines_before_anything_is_counted() -> None:
    decoded = decode(b"a\r\nb\rc\n\x00")
    assert decoded.text == "a\nb\nc\n�"
    assert decoded.warnings == ("1 NUL character replaced by �, the first at 6",)
    assert unix_newlines("\r\r\n\n") == "\n\n\n"


def test_controls_become_visible_one_for_one() -> None:
    text, warnings = without_controls("a\x1b[31m\x7f\x9b\x85\t\n\ud800\x00\udfffé")
    assert text == "a␛[31m␡�\n\t\n���é"
    assert warnings == (
        "1 NUL character replaced by �, the first at 12",
        "2 lone surrogates replaced by �, the first at 11",
        "3 control characters made visible, the first at 1",
    )


@given(st.text(st.characters()))
def test_controls_are_replaced_in_place(text: str) -> None:
    clean, warnings = without_controls(text)
    assert len(clean) == len(text)
    assert not CONTROL.search(clean)
    assert all(a == b for a, b in zip(text, clean, strict=True) if not CONTROL.match(a))
    assert bool(warnings) <= (clean != text)
    assert without_controls(clean) == (clean, ())


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", b"\xef\xbb\xbf", b"\xff\xfe", "\u2028\u00a0".encode()])
def test_nothing_but_white_space_is_empty(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^is empty: "):
        decode(data)


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"\x89PNG\r\n\x1a\n", "is a picture"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(range(256)) * 8, "is binary"),
    ],
)
def test_what_is_no_text_is_named_with_a_remedy(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFileError, match=what):
        decode(data)


def test_a_few_controls_in_a_short_text_are_no_binary() -> None:
    assert decode(b"a\x00b\x07").text == "a�b␇"
    assert decode(b"\x1b[1mbold\x1b[0m").text == "␛[1mbold␛[0m"


def test_size_is_refused_before_and_while_decoding() -> None:
    assert MAX_BYTES == 64 * 1024 * 1024
    check_size(MAX_BYTES)
    with pytest.raises(UnreadableFileError, match="the maximum is 64 MB"):
        check_size(MAX_BYTES + 1)
    with pytest.raises(UnreadableFileError, match="the maximum is 64 MB"):
        decode(b"x" * (MAX_BYTES + 1))

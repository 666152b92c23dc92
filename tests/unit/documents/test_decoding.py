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


# What the user states


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("L’été à Genève", "cp1252"),
        ("Ça y est, là", "cp437"),
        ("Ёлка и ёж", "koi8-r"),
        ("Zażółć", "cp852"),
        ("日本語", "euc_jp"),
        ("日本語", "iso2022_jp"),
        ("中文", "big5"),
        ("한국어", "johab"),
        ("Plain words", "cp037"),
        ("deux mots", "utf-16"),
        ("deux mots", "utf-16-be"),
        ("deux mots", "utf-32-le"),
        ("deux mots", "utf-8-sig"),
    ],
)
def test_a_stated_encoding_is_obeyed(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), declared="utf-8", stated=encoding)
    assert (decoded.text, decoded.is_guess, decoded.warnings) == (text, False, ())


@pytest.mark.parametrize(
    ("mark", "encoding", "stated"),
    [
        (b"\xef\xbb\xbf", "utf-8", "utf-8"),
        (b"\xff\xfe", "utf-16-le", "utf-16"),
        (b"\xff\xfe", "utf-16-le", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be", "utf-16"),
        (b"\xff\xfe\x00\x00", "utf-32-le", "utf-32"),
    ],
)
def test_a_mark_of_the_stated_encoding_is_dropped(mark: bytes, encoding: str, stated: str) -> None:
    assert decode(mark + FRENCH.encode(encoding), stated=stated).text == FRENCH


@pytest.mark.parametrize(
    ("data", "stated"),
    [
        (FRENCH.encode("cp1252"), "utf-8"),
        (FRENCH.encode("cp1252"), "ascii"),
        (FRENCH.encode("cp1252"), "shift_jis"),
        ("Привет".encode("cp1251"), "utf-8"),
        (b"caf\xe9", "utf-8"),
        (b"caf\xc3\xa9es", "utf-16"),
    ],
)
def test_bytes_that_do_not_fit_the_stated_encoding_are_refused_with_its_name(
    data: bytes, stated: str
) -> None:
    with pytest.raises(UnreadableFileError, match=f"as {stated}.*: use --encoding NAME, or save it as UTF-8"):
        decode(data, stated=stated)


@pytest.mark.parametrize(
    "stated", ["no such", "zip", "rot13", "base64", "idna", "unicode-escape", "a\x00b", ""]
)
def test_an_unknown_stated_encoding_is_refused_in_one_line(stated: str) -> None:
    with pytest.raises(UnreadableFileError, match="is no encoding; use a name such as") as refused:
        decode(b"text", stated=stated)
    assert_one_line(refused.value)


# Places that do not decode


def test_more_than_two_per_cent_and_at_least_three_bad_places_are_refused() -> None:
    good = "é" * 98
    assert decode((good + "\n").encode() + b"\xff\n\xff").warnings == (
        "2 undecodable places (utf-8) replaced by �, in lines 2 and 3",
    )
    with pytest.raises(
        UnreadableFileError, match="has 3 undecodable places as utf-8 in lines 2, 3 and 4: use"
    ):
        decode(b"\xef\xbb\xbf" + (good + "\n").encode() + b"\xff\n\xff\n\xff")
    assert decode(("é" * 150).encode() + b"\n\xff" * 3).text.count("�") == 3


def test_the_lines_of_bad_places_are_named_up_to_five() -> None:
    text = "é" * 1000
    assert decode(text.encode() + b"\r\n\xff" * 9).warnings == (
        "9 undecodable places (utf-8) replaced by �, in lines 2, 3, 4, 5, 6 and 4 more",
    )


def test_a_truncated_file_keeps_its_text() -> None:
    decoded = decode("Un été à la plage".encode() + "é".encode()[:1])
    assert decoded.text == "Un été à la plage�"
    assert decode("Un été".encode("utf-16") + b"a").text == "Un été�"


@given(st.binary(max_size=400), st.sampled_from([None, "utf-8", "latin-1", "shift_jis", "x"]))
def test_declared_or_stated_any_bytes_are_refused_in_one_line_or_give_harmless_text(
    data: bytes, name: str | None
) -> None:
    for options in ({"declared": name}, {"stated": name}):
        try:
            decoded = decode(data, **options)
        except UnreadableFileError as error:
            assert_one_line(error)
        else:
            assert not CONTROL.search(decoded.text)
            assert decoded.encoding

"""Warnings about a file with markup are about its article alone."""

from __future__ import annotations

import pytest

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document, ReadingOptions
from tui.documents.reading import documents

TEXTS = {
    "en": "The mayor of the small town spoke to a large crowd near the town hall on Monday evening.",
    "fr": "La maire a parlé lundi soir à une foule réunie près de l’hôtel de ville, où l’été dure encore.",
    "de": "Die Bürgermeisterin sprach am Montag vor einer großen Menge beim Rathaus über die Brücke.",
    "pl": "Burmistrz przemówił w poniedziałek do tłumu przy ratuszu, gdzie zebrało się kilkaset osób.",
    "ru": "Мэр города выступил в понедельник перед большой толпой у ратуши, где собрались люди.",
}


def page(article: bytes, around: bytes = b"") -> bytes:
    return (
        b"<!DOCTYPE html><html><head><meta charset='utf-8'><title>T</title></head><body><nav><ul><li><a href='/'>Home "
        + around
        + b"</a></li></ul></nav><article><h1>T</h1>"
        + article
        + b"</article><footer><img alt='"
        + around
        + b"'></footer></body></html>"
    )


def paragraphs(*texts: str) -> bytes:
    return "".join(f"<p>{text}</p>" for text in texts).encode()


def read(data: bytes, suffix: str = ".html", options: ReadingOptions | None = None) -> Document:
    [document] = documents(data, suffix, options or ReadingOptions())
    return document


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize(
    "damage", [b"\xff", b"caf\xe9", b"\x00", b"\x1b[31m", b"\x85\x9d", b"\xe9\xe8\xff\xfe"]
)
def test_damage_outside_the_article_is_no_reason_to_warn_or_refuse(language: str, damage: bytes) -> None:
    text = TEXTS[language]
    document = read(page(paragraphs(text, text), damage))
    assert document.warnings == ()
    assert text in document.text
    assert "�" not in document.text


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_damage_in_the_article_is_named_with_its_line_in_the_file(suffix: str) -> None:
    text = TEXTS["de"] * 3
    article = f"{text}\n\nZwei".encode() + b" \xff Worte.\n"
    data = (
        page(b"\n<p>" + article.replace(b"\n\n", b"</p>\n\n<p>") + b"</p>") if suffix == ".html" else article
    )
    document = read(data, suffix)
    [warning] = document.warnings
    line = 4 if suffix == ".html" else 3
    assert warning == f"1 undecodable place (utf-8) replaced by �, in line {line}"
    assert "Zwei � Worte." in document.text


@pytest.mark.parametrize("suffix", [".html", ".md"])
def test_controls_in_the_article_are_warned_of(suffix: str) -> None:
    text = TEXTS["en"].encode() + b" A \x07 bell and a \x00 nul."
    document = read(page(b"<p>" + text + b"</p>") if suffix == ".html" else text, suffix)
    assert "A ␇ bell and a � nul." in document.text
    assert [warning.partition(",")[0] for warning in document.warnings] == [
        "1 NUL character replaced by �",
        "1 control character made visible",
    ]


def test_an_article_that_does_not_decode_is_refused() -> None:
    damaged = TEXTS["fr"].encode("utf-8") + b" \xff\xfe \xff \xfe\xff" * 9
    with pytest.raises(UnreadableFileError, match="--encoding"):
        read(page(b"<p>" + damaged + b"</p>"), ".html", ReadingOptions(encoding="utf-8"))


def test_an_article_whose_encoding_cannot_be_told_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"could be in .*--encoding|not in an encoding"):
        read(page(b"<p>" + TEXTS["en"].encode() + b" \xff \xa7</p>"))


def test_stand_ins_written_by_the_page_are_harmless() -> None:
    hostile = (
        paragraphs(TEXTS["ru"] * 3)
        + b"<p>"
        + TEXTS["ru"].encode()
        + b" &#x10F01B;[31m &#x100005; &#x100000; \xff</p>"
    )
    document = read(page(hostile), ".html", ReadingOptions(encoding="utf-8"))
    assert "\x1b" not in document.text
    assert "�" in document.text


def test_a_guess_is_warned_of_only_where_the_article_has_letters_that_depend_on_it() -> None:
    plain = page(paragraphs(TEXTS["en"], TEXTS["en"]), "Café à Genève déjà été".encode("cp1252"))
    document = read(plain, ".html")
    assert document.warnings == ()
    guessed = read(page(f"<p>{TEXTS['de']}</p>".encode("cp1252")))
    assert [warning.partition(",")[0] for warning in guessed.warnings] == ["read as cp1252"]


def test_the_stated_encoding_is_judged_by_the_article() -> None:
    data = page(paragraphs(TEXTS["fr"], TEXTS["fr"]), b"\xff")
    assert read(data, ".html", ReadingOptions(encoding="utf-8")).warnings == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("language", TEXTS)
def test_wide_text_without_a_mark_is_read(encoding: str, language: str) -> None:
    document = read(TEXTS[language].encode(encoding), ".txt")
    assert (document.text, document.encoding) == (TEXTS[language], encoding)


def test_korean_with_shifts_is_read() -> None:
    text = "작은 도시의 시장은 월요일 시청 근처에서 많은 군중에게 연설했다."
    assert read(text.encode("iso2022_kr"), ".txt").text == text

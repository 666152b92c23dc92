from __future__ import annotations

import pytest

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document
from tui.documents.reading import documents

HEADER = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Times;}{\f2\fcharset128 Mincho;}"
    r"{\f3\fcharset238 Times CE;}{\f4\fcharset161 Greek;}}{\colortbl;\red0;}"
    r"{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\*\cs9 Default;}}"
)


def one(body: str, header: str = HEADER) -> Document:
    (document,) = documents(f"{header}{body}}}".encode("latin-1"), ".rtf")
    return document


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"L\'92\'e9t\'e9", "L’été"),
        (r"L\u8217?\u233?t\u233?", "L’été"),
        (r"\uc0 L\u8217\u233t\u233 \uc1", "L’été"),
        (r"\uc2 \u1046\'c6\'c6\u1080??x", "Жиx"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u-4051?", "\uf02d"),
        (r"{\f1 \'cf\'f0\'e8\'e2\'e5\'f2}", "Привет"),
        (r"{\f3 \'a3\'f3d\'9f}", "Łódź"),
        (r"{\f4 \'c1\'e8\'de\'ed\'e1}", "Αθήνα"),
        (r"{\f2 \'93\'8c\'8b\'9e}", "東京"),
        (r"{\f2 \'83\\\'83b}", "ソッ"),
        (r"a {\b bold {\i and {\ul deep}}} b", "a bold and deep b"),
        (r"one\line two\tab three", "one\ntwo three"),
        (r"a\~b\_c\-d \{x\} \\", "a\u00a0b\u2011cd {x} \\"),
        (r"\ldblquote a\rdblquote  \emdash  \lquote b\rquote ", "“a” — ‘b’"),
        (r"a{\v hidden}b{\deleted gone}c", "abc"),
        (r"word{\super\chftn}{\footnote\pard{\super\chftn} A note.} next", "word next"),
        (r"10{\super 6} H{\sub 2}O 1{\super er}", "10⁶ H₂O 1er"),
        (r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt a link}}', "a link"),
        (r"{\pict\pngblip 89504e47}a{\*\unknown b}c", "ac"),
        (r"{\annotation no}{\*\atnid 1}a", "a"),
        (r"{\upr{ansi}{\*\ud{unicod\u233?}}}", "unicodé"),
        (r"a\bin3 {}{b", "ab"),
        ("a\r\nb", "ab"),
        (r"{\loch\f0\*\cs9 kept}", "kept"),
        (r"{\header no\par}{\footerr no}a", "a"),
        (r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt In the box}}{\shprslt no}}", "In the box"),
    ],
)
def test_text(body: str, text: str) -> None:
    assert one(body).text == text


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (r"a\par b\par\par c", ["a", "b", "c"]),
        ("a\\\nb", ["a", "b"]),
        (r"a\sect b\page c", ["a", "b", "c"]),
        (r"{\pntext\bullet\tab}a\par{\pntext\bullet\tab}b\par\pard c", ["a\nb", "c"]),
        (r"\trowd\intbl a\cell b\cell\row\trowd\intbl c\cell d\cell\row\pard e", ["a | b\nc | d", "e"]),
        (r"\trowd\intbl a\par b\cell c\cell\row\pard e", ["a", "b", "c", "e"]),
        (r"\trowd\intbl\itap2 a\nestcell b\nestcell{\*\nesttableprops\nestrow}\itap1\cell c\cell\row\pard e", ["a | b\nc", "e"]),
    ],
)  # fmt: skip
def test_blocks(body: str, blocks: list[str]) -> None:
    assert one(body).text.split("\n\n") == blocks


def test_headings_title_and_language() -> None:
    document = one(
        r"\deflang1036{\info{\title No {\b title}.rtf}}\pard\s2 Le titre\par\pard\s1 Un\par\pard\plain deux"
    )
    assert document.text.split("\n\n") == ["Le titre", "Un", "deux"]
    assert (document.title, document.language, document.heading_starts) == ("Le titre", "fr", (0, 10))
    assert one(r"{\info{\title Le {\b port}}}\pard a").title == "Le port"


@pytest.mark.parametrize(
    ("header", "text"),
    [
        (r"{\rtf1\mac", "é"),
        (r"{\rtf1\ansi\ansicpg1251", "Ћ"),
        (r"{\rtf1\ansi\ansicpg99999", "Ž"),
        (r"{\rtf\pc", "Ä"),
    ],
)
def test_the_code_page_is_that_of_the_header(header: str, text: str) -> None:
    assert one(r" \'8e", header).text == text


def test_what_is_left_out_or_missing_is_told() -> None:
    assert one(r"a{\footnote b}c").warnings == ("1 footnote is left out: add what you need to the text",)
    assert one(r"{\b a", HEADER).warnings == ("the file is incomplete: its end is missing",)
    assert one(r"a{\deleted b}").warnings == (
        "tracked changes: deletions are left out and insertions are kept",
    )


def test_a_file_nested_too_deeply_or_empty_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"^is nested too deeply"):
        one("{" * 100_000)
    with pytest.raises(UnreadableFileError, match=r"^is empty"):
        one(r"\pard\par")

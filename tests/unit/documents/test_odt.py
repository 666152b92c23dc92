from __future__ import annotations

import pytest

from tests.unit.documents.samples import opendocument
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document
from tui.documents.reading import documents

STYLES = (
    '<style:style style:name="T1"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T2"><style:text-properties style:text-position="-33% 58%"/></style:style>'
    '<style:style style:name="T3"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
)


def one(body: str, **parts: str) -> Document:
    (document,) = documents(opendocument(body, STYLES, **parts), ".odt")
    return document


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("L’<text:span>été</text:span> à Gênes", "L’été à Gênes"),
        ('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d', "a b c\nd"),
        ('a<text:s text:c="99999999999"/>b', "a b"),
        ("a\n  b", "a b"),
        ("mot<text:note><text:note-citation>1</text:note-citation><text:note-body>x</text:note-body></text:note> après", "mot après"),
        ("a<office:annotation><text:p>no</text:p></office:annotation>b", "ab"),
        ('10<text:span text:style-name="T1">6</text:span>', "10⁶"),
        ('CO<text:span text:style-name="T2">2</text:span>', "CO₂"),
        ('a<text:span text:style-name="T3">hidden</text:span>b', "ab"),
        ("<text:a>un lien</text:a>", "un lien"),
        ("<text:ruby><text:ruby-base>漢</text:ruby-base><text:ruby-text>かん</text:ruby-text></text:ruby>字", "漢字"),
        ("<text:soft-page-break/>a", "a"),
        ('a<text:change-start text:change-id="1"/>b<text:change-end text:change-id="1"/>', "ab"),
    ],
)  # fmt: skip
def test_text_of_a_paragraph(content: str, text: str) -> None:
    assert one(f"<text:p>{content}</text:p>").text == text


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<text:tracked-changes><text:deletion><text:p>no</text:p></text:deletion></text:tracked-changes><text:p>a</text:p>", ["a"]),
        ("<text:table-of-content><text:index-body><text:p>no</text:p></text:index-body></text:table-of-content><text:p>a</text:p>", ["a"]),
        ("<text:section><text:p>a</text:p></text:section>", ["a"]),
        ("<text:p>a<draw:frame><draw:text-box><text:p>box</text:p></draw:text-box></draw:frame>b</text:p>", ["ab", "box"]),
        (
            "<text:list><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b</text:p></text:list-item>"
            "</text:list></text:list-item></text:list>",
            ["a\nb"],
        ),
        (
            "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table-header-rows></table:table>",
            ["a | b"],
        ),
    ],
)  # fmt: skip
def test_blocks(body: str, blocks: list[str]) -> None:
    assert one(body).text.split("\n\n") == blocks


def test_title_language_and_heading() -> None:
    document = one(
        '<text:p text:style-name="P1">Le titre</text:p><text:h>Un port</text:h><text:p>a</text:p>',
        meta="<office:meta><dc:title>untitled</dc:title><dc:language>pt-BR</dc:language></office:meta>",
    )
    assert (document.title, document.language, document.heading_starts) == ("Le titre", "pt", (0, 10))


def test_what_is_left_out_is_told() -> None:
    document = one(
        "<text:p>a<text:note/></text:p><text:tracked-changes><text:deletion/></text:tracked-changes>"
    )
    assert len(document.warnings) == 2


def test_an_encrypted_file_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"^is encrypted with a password"):
        one(
            "<text:p>a</text:p>",
            manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>",
        )

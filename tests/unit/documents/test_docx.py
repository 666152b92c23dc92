from __future__ import annotations

import pytest

from tests.unit.documents.samples import word, word_paragraph, zipped
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document
from tui.documents.reading import documents


def one(body: str, **parts: str) -> Document:
    (document,) = documents(word(body, **parts), ".docx")
    return document


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (run("L’été") + run(" à Gênes"), "L’été à Gênes"),
        ('<w:ins w:author="a">' + run("Kept") + "</w:ins>", "Kept"),
        (run("A") + "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>" + run("B"), "AB"),
        (run("A") + "<w:moveFrom>" + run("old") + "</w:moveFrom><w:moveTo>" + run("new") + "</w:moveTo>", "Anew"),
        ("<w:hyperlink>" + run("a link") + "</w:hyperlink>", "a link"),
        ("<w:smartTag>" + run("Rome") + "</w:smartTag>", "Rome"),
        ("<w:sdt><w:sdtPr><w:t>no</w:t></w:sdtPr><w:sdtContent>" + run("control") + "</w:sdtContent></w:sdt>", "control"),
        ("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r>", "a b\nc"),
        ("<w:r><w:t>well</w:t><w:noBreakHyphen/><w:t>known</w:t><w:softHyphen/></w:r>", "well\u2011known"),
        (run("word") + "<w:r><w:footnoteReference w:id='1'/></w:r>" + run(" next"), "word next"),
        (run("10") + run("6", '<w:vertAlign w:val="superscript"/>') + run(" tonnes"), "10⁶ tonnes"),
        (run("H") + run("2", '<w:vertAlign w:val="subscript"/>') + run("O"), "H₂O"),
        (run("1") + run("er", '<w:vertAlign w:val="superscript"/>'), "1er"),
        (run("seen") + run("hidden", "<w:vanish/>") + run("too", '<w:vanish w:val="0"/>'), "seentoo"),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>' + run("7"), "7"),
        ('<w:fldSimple w:instr="DATE">' + run("1 May") + "</w:fldSimple>", "1 May"),
        ("<w:r><w:ruby><w:rt>" + run("かん") + "</w:rt><w:rubyBase>" + run("漢") + "</w:rubyBase></w:ruby></w:r>", "漢"),
        (run("a") + '<w:commentRangeStart w:id="1"/>' + run("b") + '<w:r><w:commentReference w:id="1"/></w:r>', "ab"),
    ],
)  # fmt: skip
def test_runs(content: str, text: str) -> None:
    assert one(f"<w:p>{content}</w:p>").text == text


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        (word_paragraph("Sommaire 1", '<w:pStyle w:val="TM1"/>') + word_paragraph("Text"), ["Text"]),
        (
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
            f"<w:sdtContent>{word_paragraph('Contents')}</w:sdtContent></w:sdt>" + word_paragraph("Text"),
            ["Text"],
        ),
        (
            word_paragraph("First half", "<w:rPr><w:del/></w:rPr>") + word_paragraph(" and second."),
            ["First half and second."],
        ),
        (word_paragraph("The end", "<w:rPr><w:del/></w:rPr>"), ["The end"]),
        (
            "<w:p><w:r><w:t>Around</w:t></w:r><w:r><w:pict><w:txbxContent>"
            f"{word_paragraph('In the box')}</w:txbxContent></w:pict></w:r></w:p>",
            ["Around", "In the box"],
        ),
        (
            f"<w:tbl><w:tr><w:tc>{word_paragraph('One')}{word_paragraph('Two')}</w:tc>"
            f"<w:tc>{word_paragraph('Three')}</w:tc></w:tr></w:tbl>",
            ["One", "Two", "Three"],
        ),
        (
            f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{word_paragraph('gone')}</w:tc></w:tr>"
            f"<w:tr><w:tc>{word_paragraph('a')}</w:tc><w:tc>{word_paragraph('b')}</w:tc></w:tr></w:tbl>",
            ["a | b"],
        ),
        (word_paragraph("One") + word_paragraph("  ") + word_paragraph("Two"), ["One", "Two"]),
    ],
)
def test_blocks(body: str, blocks: list[str]) -> None:
    assert one(body).text.split("\n\n") == blocks


@pytest.mark.parametrize(
    "properties", ['<w:pStyle w:val="Titre1"/>', '<w:pStyle w:val="Mine"/>', '<w:outlineLvl w:val="2"/>']
)
def test_headings_are_known_by_their_style_and_level(properties: str) -> None:
    document = one(word_paragraph("Text.") + word_paragraph("Le port", properties))
    assert document.heading_starts == (7,)


def core(title: str, language: str = "it-IT") -> str:
    return f"<c xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:title>{title}</dc:title><dc:language>{language}</dc:language></c>"


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Accordo a Genova", "Accordo a Genova"),
        ("Microsoft Word - accordo.doc", "Heading"),
        ("accordo-finale.docx", "Heading"),
        ("Untitled", "Heading"),
        ("Documento1", "Heading"),
        ("", "Heading"),
    ],
)
def test_the_title_is_that_of_the_properties_where_a_person_wrote_it(title: str, shown: str) -> None:
    document = one(
        word_paragraph("Heading", '<w:pStyle w:val="Titre1"/>') + word_paragraph("Text."), core=core(title)
    )
    assert (document.title, document.language) == (shown, "it")


def test_the_language_is_that_of_the_styles_without_another() -> None:
    assert one(word_paragraph("Text.")).language == "fr"


def test_what_is_left_out_is_told() -> None:
    body = "<w:p><w:r><w:t>a</w:t><w:footnoteReference/></w:r><w:del/></w:p>"
    assert one(body).warnings == (
        "1 footnote is left out: add what you need to the text",
        "tracked changes: deletions are left out and insertions are kept",
    )


NAMESPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ENTITY = '<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
EXTERNAL = '<!DOCTYPE w [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("document", "message"),
    [
        (f"{ENTITY}<w:document {NAMESPACE}>&b;</w:document>", "declares XML entities"),
        (f"{EXTERNAL}<w:document {NAMESPACE}>&a;</w:document>", "declares XML entities"),
        (f"<w:document {NAMESPACE}>" + "<w:p>" * 1000, "has XML that is nested too deeply"),
        (f"<w:document {NAMESPACE}>" + " " * 70_000_000, "inflates to more than 64 MB"),
        (f"<w:document {NAMESPACE}>", "is damaged ('word/document.xml' is not valid XML)"),
        ("", "is damaged"),
    ],
)
def test_hostile_parts_end_in_one_line(document: str, message: str) -> None:
    data = zipped({"[Content_Types].xml": "", "word/document.xml": document})
    with pytest.raises(UnreadableFileError) as caught:
        list(documents(data, ".docx"))
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)


def test_an_empty_document_is_refused() -> None:
    with pytest.raises(UnreadableFileError, match=r"^is empty"):
        one("<w:p/>")

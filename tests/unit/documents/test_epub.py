from __future__ import annotations

import pytest

from tests.unit.documents.samples import epub, zipped
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document
from tui.documents.reading import documents


def one(*chapters: str, metadata: str = "", **extra: str) -> Document:
    (document,) = documents(epub(chapters, extra, metadata), ".epub")
    return document


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("<p>L&rsquo;&eacute;t&eacute;&nbsp;: oui</p>", ["L’été\u00a0: oui"]),
        ("<p>a<br/>b</p>\n<p>c</p>", ["a\nb", "c"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("<p>mot<sup><a href='#n1'>1</a></sup> après</p>", ["mot après"]),
        ("<p>mot<a epub:type='noteref' href='#n1'>1</a> après</p>", ["mot après"]),
        ("<p>10<sup>6</sup> H<sub>2</sub>O</p>", ["10⁶ H₂O"]),
        ("<p>1<sup>er</sup></p>", ["1er"]),
        ("<ol><li><p>un</p></li><li>deux</li></ol>", ["un\ndeux"]),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", ["a | b\nc | d"]),
        ("<table><tr><td><p>a</p><p>b</p></td><td>c</td></tr></table>", ["a", "b", "c"]),
        ("<p>a<span epub:type='pagebreak'>12</span>b</p>", ["ab"]),
        ("<ruby>漢<rt>かん</rt></ruby>字", ["漢字"]),
        ("<script>no</script><p>a</p><nav><p>no</p></nav>", ["a"]),
        ("<blockquote><p>a</p></blockquote>", ["a"]),
        ("<p>a\n   b</p><pre>c\nd</pre>", ["a b", "c\nd"]),
    ],
)
def test_blocks_of_a_chapter(body: str, blocks: list[str]) -> None:
    assert one(body).text.split("\n\n") == blocks


def test_chapters_are_in_the_order_of_the_spine_and_the_book_has_the_title() -> None:
    document = one(
        "<h1>Un</h1><p>a</p>",
        "<h2>Deux</h2><p>b</p>",
        metadata="<dc:title>Le port</dc:title><dc:language>fr-FR</dc:language>",
    )
    assert document.text.split("\n\n") == ["Un", "a", "Deux", "b"]
    assert (document.title, document.language, document.heading_starts) == ("Le port", "fr", (0, 7))


def encryption(algorithm: str, target: str) -> str:
    return (
        f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/><CipherData>'
        f'<CipherReference URI="{target}"/></CipherData></EncryptedData></encryption>'
    )


def test_a_protected_book_is_refused_and_one_with_obfuscated_fonts_is_not() -> None:
    protected = {
        "META-INF/encryption.xml": encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", "OPS/c.xhtml")
    }
    with pytest.raises(UnreadableFileError, match=r"^is copy-protected"):
        one("<p>a</p>", **protected)
    fonts = {"META-INF/encryption.xml": encryption("http://www.idpf.org/2008/embedding", "OPS/a.otf")}
    assert one("<p>a</p>", **fonts).text == "a"


@pytest.mark.parametrize(
    "path", ["../../../../etc/passwd", "/etc/passwd", "..%2f..%2fetc/passwd", "OPS/missing.opf", ""]
)
def test_paths_lead_nowhere_but_into_the_archive(path: str) -> None:
    container = f'<container><rootfiles><rootfile full-path="{path}"/></rootfiles></container>'
    data = zipped({"mimetype": "application/epub+zip", "META-INF/container.xml": container})
    with pytest.raises(UnreadableFileError, match=r"^is damaged or incomplete"):
        list(documents(data, ".epub"))


def test_a_chapter_that_is_not_well_formed_is_read_as_a_web_page() -> None:
    sentences = (
        f"<p>Sentence {word} has more words, so that it is taken for text.</p>" for word in ("a", "b", "c")
    )
    document = one("<p>First.</p>", f"<article>{''.join(sentences)}<p>The end<br>")
    assert document.text.count("has more words") == 3
    assert document.warnings == ("1 chapter is not well-formed and was read like a web page: compare it",)


def test_tables_in_tables_are_read_once() -> None:
    depth = 40
    body = "<table><tr><td>" * depth + "a" + "</td></tr></table>" * depth
    assert one(body).text == "a"

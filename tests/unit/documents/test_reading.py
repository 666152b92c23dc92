from __future__ import annotations

import builtins
import re
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document, ExtraMissingError
from tui.documents.reading import documents

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def one(data: bytes | str, suffix: str) -> Document:
    (document,) = documents(data.encode() if isinstance(data, str) else data, suffix)
    return document


def headings(document: Document) -> list[str]:
    return [document.text[start:].partition("\n")[0] for start in document.heading_starts]


# Plain text


@pytest.mark.parametrize("suffix", [".txt", "", ".log"])
def test_plain_text_is_left_as_it_is(suffix: str) -> None:
    text = "---\ntitle: no\n---\n\n# *Not* markup &amp;\n  two  blanks\n"
    assert one(text, suffix) == Document(text=text, layout="paragraphs")


def test_what_decoding_says_is_passed_on() -> None:
    document = one("déjà".encode("cp1252"), ".txt")
    assert (document.text, document.encoding) == ("déjà", "cp1252")
    assert "guess" in document.warnings[0]


# HTML

PARAGRAPH = "Some more words, so that the paragraph is long enough to be taken for a part of the article. "
HTML = f"""<!doctype html><html><head><meta charset="utf-8"><title>Site name</title>
<meta property="og:title" content="The &#27;title"><link rel="canonical" href="https://example.org/a"></head>
<body><nav><a href="/">Home page</a></nav><article><h1>The title</h1>
<p>First, with <b>bold</b> and a <a href="x">link</a>. {PARAGRAPH}</p>
<h2>A &#27;[31m sub&nbsp;heading</h2>
<p>Second&#10;line<br>after a break, l&#146;été &amp; &lt;b&gt;, &#60;i&#62; &#0;&#x9d;. {PARAGRAPH}</p>
<ul><li>One item<ul><li>Nested</li></ul></li><li>Two items</li></ul>
<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>
</article><footer>Copyright</footer><script>alert(1)</script></body></html>"""


def test_html_becomes_the_article_alone() -> None:
    document = one(HTML, ".html")
    paragraph = PARAGRAPH.strip()
    assert document.text.split("\n\n") == [
        "The title",
        f"First, with bold and a link. {paragraph}",
        "A �[31m sub\u00a0heading",
        f"Second line\nafter a break, l’été & <b>, <i> ��. {paragraph}",
        "One item\nNested\nTwo items",
        "a | b\nc | d",
    ]
    assert headings(document) == ["The title", "A �[31m sub\u00a0heading"]
    assert document.title == "The �title"
    assert document.source == "https://example.org/a"


def test_html_says_its_encoding_itself() -> None:
    page = (
        f'<html><head><meta charset="iso-8859-2"></head><body><p>Příliš žluťoučký kůň. {PARAGRAPH}</p></body>'
    )
    document = one(page.encode("iso8859_2"), ".htm")
    assert "Příliš žluťoučký kůň." in document.text
    assert document.encoding == "iso8859-2"


@pytest.mark.parametrize("page", ["<p></p>", "<html><body></body></html>", "<" * 1000, "&#27;" * 100])
def test_html_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(UnreadableFileError, match=r"has no recognisable article: save its text"):
        one(page, ".html")


def test_html_without_the_extra_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name == "trafilatura":
            raise ModuleNotFoundError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(
        ExtraMissingError, match=r"^reading web pages needs .*: pip install 'postil\[html\]'$"
    ):
        one(HTML, ".html")


@given(st.binary(max_size=60), st.sampled_from([".jsonl", ".md", ".txt"]))
def test_any_bytes_are_read_or_refused(data: bytes, suffix: str) -> None:
    problems: list[str] = []
    try:
        found = list(documents(data, suffix, report=problems.append))
    except UnreadableFileError as error:
        found = []
        problems.append(str(error))
    assert found or problems
    assert not any("\n" in problem for problem in problems)
    assert all(document.text.strip() and not CONTROL.search(document.text) for document in found)

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


# Markdown

MARKDOWN = """\
---
title: "A: title"
Source: https://example.org/a
language: fr-CA
tags:
  - x
---
# Main *heading*

Some `code`, ![picture](p.png)**bold** &amp; <b>tags</b>
on two lines\\
and a break.<br>And one more.

- one
- two
  - three

1. first

   still first

| a | b |
|---|---|
| 1 | 2 |

> quoted

    indented   code

<div>block <script>alert(1)</script></div>

Second
------
[link](http://example.org) and ~~struck~~ \\*literal\\* <http://auto.example>
"""

PLAIN = """\
Main heading

Some code, bold & tags on two lines
and a break.
And one more.

one
two
three

first
still first

a | b
1 | 2

quoted

indented   code

block

Second

link and struck *literal* http://auto.example"""


@pytest.mark.parametrize("suffix", [".md", ".markdown"])
def test_markdown_becomes_plain_text(suffix: str) -> None:
    document = one(MARKDOWN, suffix)
    assert document.text == PLAIN
    assert headings(document) == ["Main heading", "Second"]
    assert (document.title, document.source, document.language) == ("A: title", "https://example.org/a", "fr")


def test_the_title_of_markdown_is_its_first_main_heading() -> None:
    assert one("## Sub\n\n# The *main* one\n\n# Next\n\nText", ".md").title == "The main one"
    assert one("## Sub\n\nText", ".md").title is None
    assert one("---\ntitle: \nsource: ''\n---\n# Main\n\nText", ".md").title == "Main"


@pytest.mark.parametrize("text", ["---\nNo fields here\n---\nText", "---\ntitle: never closed\n\nText"])
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    document = one(text, ".md")
    assert document.title is None
    assert text.splitlines()[1] in document.text


def test_front_matter_is_read_in_linear_time() -> None:
    assert one("---\n" + "-a: b\n" * 5000 + "end here", ".md").title is None


def test_an_unknown_language_is_detected_instead_and_said() -> None:
    document = one("---\nlanguage: French\n---\nText", ".md")
    assert document.language is None
    assert document.warnings == (
        "language 'French' is not an ISO 639 code such as fr: the language was detected instead",
    )


def test_entities_in_markdown_bring_in_no_controls() -> None:
    document = one("# A &#27;[31m\n\nText &#155;&#0;&#x85; <b>&#x1b;</b>", ".md")
    assert not CONTROL.search(document.text + (document.title or ""))


@pytest.mark.parametrize("text", ["---\ntitle: x\n---\n", "![](x.png)", "***", "<!-- -->"])
def test_markdown_without_words_is_empty(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="is empty"):
        one(text, ".md")


@given(st.text(st.sampled_from("ab*_`[]()<>!#-|&;:\n \\\t~1.=>é'\"")))
def test_any_markdown_gives_clean_text_with_headings_in_it(text: str) -> None:
    try:
        document = one(text, ".md")
    except UnreadableFileError:
        return
    assert not CONTROL.search(document.text)
    assert document.text == document.text.strip("\n")
    for start in document.heading_starts:
        assert start == 0 or document.text[start - 1] == "\n"
        assert not document.text[start].isspace()


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
    with pytest.raises(ExtraMissingError, match=r"^reading \.html needs .*: pip install 'postil\[html\]'$"):
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

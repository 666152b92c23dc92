from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import DEFAULTS, Document
from tui.documents.markdown import read

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def one(text: str) -> Document:
    return read(text.encode(), DEFAULTS)


def headings(document: Document) -> list[str]:
    return [document.text[start:].partition("\n")[0] for start in document.heading_starts]


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

1. first
still first

a | b
1 | 2

quoted

indented   code

block

Second

link and struck *literal* http://auto.example"""


def test_markdown_becomes_plain_text() -> None:
    document = one(MARKDOWN)
    assert document.text == PLAIN
    assert headings(document) == ["Main heading", "Second"]
    assert (document.title, document.source, document.language) == ("A: title", "https://example.org/a", "fr")


def test_the_title_of_markdown_is_its_first_main_heading() -> None:
    assert one("## Sub\n\n# The *main* one\n\n# Next\n\nText").title == "The main one"
    assert one("## Sub\n\nText").title is None
    assert one("---\ntitle: \nsource: ''\n---\n# Main\n\nText").title == "Main"


@pytest.mark.parametrize("text", ["---\nNo fields here\n---\nText", "---\ntitle: never closed\n\nText"])
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    document = one(text)
    assert document.title is None
    assert text.splitlines()[1] in document.text


def test_front_matter_is_read_in_linear_time() -> None:
    assert one("---\n" + "-a: b\n" * 5000 + "end here").title is None


def test_an_unknown_language_is_detected_instead_and_said() -> None:
    document = one("---\nlanguage: French\n---\nText")
    assert document.language is None
    assert document.warnings == (
        "language 'French' is not an ISO 639 code such as fr: the language was detected instead",
    )


def test_entities_in_markdown_bring_in_no_controls() -> None:
    document = one("# A &#27;[31m\n\nText &#155;&#0;&#x85; <b>&#x1b;</b>")
    assert not CONTROL.search(document.text + (document.title or ""))


@pytest.mark.parametrize("text", ["---\ntitle: x\n---\n", "![](x.png)", "***", "<!-- -->"])
def test_markdown_without_words_is_empty(text: str) -> None:
    with pytest.raises(UnreadableFileError, match="is empty"):
        one(text)


@given(st.text(st.sampled_from("ab*_`[]()<>!#-|&;:\n \\\t~1.=>é'\"")))
def test_any_markdown_gives_clean_text_with_headings_in_it(text: str) -> None:
    try:
        document = one(text)
    except UnreadableFileError:
        return
    assert not CONTROL.search(document.text)
    assert document.text == document.text.strip("\n")
    for start in document.heading_starts:
        assert start == 0 or document.text[start - 1] == "\n"
        assert not document.text[start].isspace()


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        # Numbers stay.
        ("1986. What a year that was.", "1986. What a year that was."),
        ("1986. What a year.\n1990. Another one.", "1986. What a year.\n1990. Another one."),
        ("1986. Quelle année !\n\nPersonne n’a répondu.", "1986. Quelle année !\n\nPersonne n’a répondu."),
        ("1. one\n2. two\n4. four", "1. one\n2. two\n4. four"),
        ("1. one\n1. two\n1. three", "1. one\n2. two\n3. three"),
        ("3) drei\n4) vier", "3) drei\n4) vier"),
        ("1. one\n\n   more of one\n\n2. two", "1. one\nmore of one\n2. two"),
        ("1. one\n   - inner\n2. two", "1. one\ninner\n2. two"),
        ("- outer\n  1. inner", "outer\n1. inner"),
        # So do the dashes of dialogue.
        ("- Bonjour, dit-il.", "- Bonjour, dit-il."),
        (
            "- Bonjour, dit-il.\n- Bonsoir, a-t-elle répondu.",
            "- Bonjour, dit-il.\n- Bonsoir, a-t-elle répondu.",
        ),
        ("- Oui.\n- Non.\n\nIl partit.", "- Oui.\n- Non.\n\nIl partit."),
        ("- Vous venez ?\n- Non.", "- Vous venez ?\n- Non."),
        ("- ¿Vienes?\n- No, dijo Ana.", "- ¿Vienes?\n- No, dijo Ana."),
        ("- Dove vai?\n- A casa, disse Maria.", "- Dove vai?\n- A casa, disse Maria."),
        ("- Dokąd idziesz?\n\n- Do domu.", "- Dokąd idziesz?\n- Do domu."),
        ("- Ты идёшь?\n- Нет.", "- Ты идёшь?\n- Нет."),
        ("- *Nunca*, gritó él.\n- Bueno, respondió ella.", "- Nunca, gritó él.\n- Bueno, respondió ella."),
        ("– Bonjour, dit-il.\n\n— Bonsoir.", "– Bonjour, dit-il.\n\n— Bonsoir."),
        # The bullets of lists go.
        ("- milk\n- eggs", "milk\neggs"),
        ("* One.\n* Two?", "One.\nTwo?"),
        ("- Wash your hands\n- Close the window.", "Wash your hands\nClose the window."),
        ("- read more\n- Read more.", "read more\nRead more."),
        ("- Really?\n- no end", "Really?\nno end"),
        # And so do boxes of tasks.
        ("- [ ] open\n- [x] done\n- [X] too", "open\ndone\ntoo"),
        ("1. [ ] first\n2. [a] second", "1. first\n2. [a] second"),
        ("- [ ] Call him!\n- [x] Write.", "Call him!\nWrite."),
        ("[ ] no item", "[ ] no item"),
        # Links keep their text; pictures and comments go.
        ("A [link](http://a.example 'title') and [two][b].\n\n[b]: http://b.example", "A link and two."),
        ("Before ![alt](p.png)after <!-- no\nno --> end", "Before after  end".replace("  ", " ")),
        ("<!--\nno\n\nno\n-->\n\nText", "Text"),
        # A superscript keeps its meaning.
        ("10<sup>6</sup> m<sup>-2</sup> x<sup>ab</sup>", "10⁶ m⁻² x^ab"),
        ("| a<br>b | c |\n|---|---|\n| d | e |", "a b | c\nd | e"),
    ],
)
def test_marks_that_mean_something_stay(markdown: str, text: str) -> None:
    assert one(markdown).text == text


def test_front_matter_is_read_and_what_is_wrong_is_said() -> None:
    document = one(
        "---\ntitle: >\n  A folded\n  title \nlang: fr_FR.UTF-8\nurl: https://a.example\n---\nText"
    )
    assert (document.text, document.title) == ("Text", "A folded title")
    assert (document.language, document.source) == ("fr", "https://a.example")
    assert document.warnings == ()
    broken = one("---\ntitle: One: two\nlang: it\n---\nText")
    assert (broken.text, broken.title, broken.language) == ("Text", "One: two", "it")
    assert broken.warnings[0].startswith("the front matter is not valid (line 2: ")


def test_escapes_in_front_matter_bring_in_no_controls() -> None:
    for markdown in (
        '---\ntitle: "a\\e[31m\\0b"\nsource: "a\\nb"\n---\nText',
        '+++\ntitle = "a\\u001b[31m\\u0000b"\nsource = "a\\nb"\n+++\nText',
        '{"title": "a\\u001b[31m\\u0000b", "source": "a\\nb"}\nText',
    ):
        document = one(markdown)
        assert document.title == "a␛[31m�b"
        assert document.source == "a b"


def test_footnotes_are_paragraphs_and_their_marks_go() -> None:
    document = one("It spoke.[^1] No one answered [^n].\n\n[^1]: Source.\n[^n]: A note *here*.\n\nEnd[^2].")
    assert document.text == "It spoke. No one answered.\n\nSource.\n\nA note here.\n\nEnd[^2]."

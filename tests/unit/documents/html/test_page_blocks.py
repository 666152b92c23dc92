"""Nothing on a page joins two words that it shows apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import DEFAULTS, Document
from tui.documents.html import read

FIRST = (
    "The mayor of the small town spoke to a large crowd on Monday near the town hall, where people had come."
)
LAST = "Nobody answered him, and the meeting ended soon afterwards without any decision on the budget for the year."


def page(markup: str) -> Document:
    text = f"<html><body><article><h1>Mayor</h1><p>{FIRST}</p>{markup}<p>{LAST}</p></article></body></html>"
    return read(text.encode(), DEFAULTS)


def between(markup: str) -> list[str]:
    """The paragraphs that the markup becomes in an article."""
    paragraphs = page(markup).text.split("\n\n")
    assert paragraphs[:2] == ["Mayor", FIRST]
    assert paragraphs[-1] == LAST
    return paragraphs[2:-1]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", ["a | b\nc | d"]),
        (
            "<table><tr><th>Name</th><th>Ville</th></tr><tr><td>Anna</td><td>Lyon</td></tr></table>",
            ["Name | Ville\nAnna | Lyon"],
        ),
        (
            "<table><thead><tr><th>Jahr</th></tr></thead><tbody><tr><td>2019</td></tr></tbody></table>",
            ["Jahr\n2019"],
        ),
        (
            "<table><tr><td><strong>Anna Verdi</strong><br><em>Roma</em><br>Tom Reed</td></tr></table>",
            ["Anna Verdi\nRoma\nTom Reed"],
        ),
        (
            "<table><tr><td>Foto<p>Credito: A. Verdi</p></td><td>x</td></tr></table>",
            ["Foto", "Credito: A. Verdi", "x"],
        ),
        ("<table><tr><td><p>uno</p><p>dos</p></td></tr></table>", ["uno", "dos"]),
        (
            "<table><tr><td><ul><li>eins</li><li>zwei</li></ul></td><td>drei</td></tr></table>",
            ["eins\nzwei", "drei"],
        ),
        ("<table><tr><th>Liste<ol><li>un</li><li>deux</li></ol></th></tr></table>", ["Liste", "un\ndeux"]),
        (
            "<table><tr><td>außen<table><tr><td>innen</td><td>links</td></tr></table></td></tr></table>",
            ["außen", "innen | links"],
        ),
        (
            "<table><tr><td><div>один</div><div>два</div></td><td>три</td></tr></table>",
            ["один", "два", "три"],
        ),
        (
            "<table><caption>Preise</caption><tr><td>Brot</td><td>2 €</td></tr></table>",
            ["Preise", "Brot | 2 €"],
        ),
        ("<table><tr><td><b>bold</b>ed</td><td></td><td>end</td></tr></table>", ["bolded | end"]),
    ],
)
def test_cells(markup: str, expected: list[str]) -> None:
    assert between(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<ul><li>un</li><li>deux</li></ul>", ["un\ndeux"]),
        ("<ul><li>un<ul><li>a</li></ul>suite</li><li>deux</li></ul>", ["un\na\nsuite\ndeux"]),
        ("<ul><li><p>Long text one.</p><p>And two.</p></li></ul>", ["Long text one.\nAnd two."]),
        (
            "<dl><dt>Wort</dt><dd>Bedeutung</dd><dt>Satz</dt><dd>Mehr</dd></dl>",
            ["Wort\nBedeutung\nSatz\nMehr"],
        ),
        ("<p>Erste Zeile hier,<br>zweite Zeile dort.</p>", ["Erste Zeile hier,\nzweite Zeile dort."]),
        ("<p>Primo paragrafo.<br><br>Secondo paragrafo.</p>", ["Primo paragrafo.", "Secondo paragrafo."]),
        (
            "<p>Primo paragrafo.<br> <br/>\n<br>Secondo paragrafo.</p>",
            ["Primo paragrafo.", "Secondo paragrafo."],
        ),
        (
            "<div>Texte nu<p>Un paragraphe du texte.</p>et la suite.</div>",
            ["Texte nu", "Un paragraphe du texte.", "et la suite."],
        ),
        ("<p>Una <b>par</b>ola, <a href='#'>un lin</a>k.</p>", ["Una parola, un link."]),
        (
            "<p><code>print</code>, then <code>f(x)</code>. (<a href='x'>6</a>).</p>",
            ["print, then f(x). (6)."],
        ),
        ("<p>Le <time>3 mai</time> à midi, il est parti.</p>", ["Le 3 mai à midi, il est parti."]),
        ("<p><span style='display: block'>Eins und</span><span>zwei.</span></p>", ["Eins und", "zwei."]),
        (
            "<p>Es ist 18 Jahre her<span style='display:none'> (1998-02-28)</span>.</p>",
            ["Es ist 18 Jahre her."],
        ),
        (
            "<p>Le <a href='x'>site<span class='sr-only'> nouvelle fenêtre</span></a> marche.</p>",
            ["Le site marche."],
        ),
        ("<p>Avant<select><option>un</option></select>après, le texte.</p>", ["Avant", "après, le texte."]),
        ("<h2>History<span class='mw-editsection'>[<a href='x'>edit</a>]</span></h2>", ["History"]),
        ("<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字</ruby>を読む。</p>", ["漢字を読む。"]),
        ("<h2>Der<br>Titel</h2>", ["Der\nTitel"]),
        ("<blockquote>Nunca más.<footer>Ana</footer></blockquote>", ["Nunca más."]),
        ("<pre>a = 1\n  b = 2</pre>", ["a = 1\n  b = 2"]),
        (
            "<p>Wieder&shy;holung und\u200bmehr, l\u2019\u00a0été\u00a0!</p>",
            ["Wiederholung undmehr, l’\u00a0été\u00a0!"],
        ),
    ],
)
def test_lists_breaks_and_inline_elements(markup: str, expected: list[str]) -> None:
    assert between(markup) == expected


BLOCKS = (
    "p",
    "div",
    "li",
    "td",
    "th",
    "dd",
    "h2",
    "blockquote",
    "section",
    "figcaption",
    "button",
    "option",
    "x-y",
)
INLINES = ("b", "i", "span", "a", "em", "code")
LEAF = st.sampled_from([f"w{number}" for number in range(40)])


def element(names: tuple[str, ...], inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(st.sampled_from(names), inner).map(lambda made: f"<{made[0]}>{made[1]}</{made[0]}>")


MARKUP = st.recursive(
    LEAF | st.just("<br>"),
    lambda inner: st.lists(
        inner
        | element(BLOCKS, inner)
        | element(INLINES, inner)
        | inner.map(lambda made: f"<table><tr><td>{made}</td><td>{made}</td></tr></table>"),
        min_size=1,
        max_size=4,
    ).map("".join),
    max_leaves=12,
)


@settings(max_examples=40)
@example("<table><tr><td><table><tr><td>w1</td><td>w1</td></tr></table>w0<b>w0</b></td></tr></table>" * 2)
@given(MARKUP)
def test_every_word_of_the_article_is_a_word_of_the_page(markup: str) -> None:
    parted = re.sub(r"</?(?:b|i|span|a|em|code)>", "", markup)
    words = set(re.sub(r"<[^>]*>", " ", parted).split()) | set(f"Mayor | {FIRST} {LAST}".split())
    assert set(page(markup).text.split()) <= words


@pytest.mark.parametrize(
    "markup", ["<p>" * 3000, "<div>" * 500 + "Words", "<b>" * 2000 + "Words", "<table><tr><td>" * 300]
)
def test_deep_pages_are_read_or_refused(markup: str) -> None:
    try:
        assert read(markup.encode(), DEFAULTS).text
    except UnreadableFileError:
        return

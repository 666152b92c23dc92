"""Which blocks of a page are the article."""

from __future__ import annotations

import pytest

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import DEFAULTS
from tui.documents.html import read

FIRST = (
    "The mayor of the small town spoke to a large crowd on Monday near the town hall, where people had come."
)
LAST = "Nobody answered him, and the meeting ended soon afterwards without any decision on the budget for the year."
LEAD = "Le budget de la commune est adopté, mais la colère monte chez les habitants."
MENU = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(8)) + "</ul></nav>"


def paragraphs(page: str) -> list[str]:
    return read(page.encode(), DEFAULTS).text.split("\n\n")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (f"<h1>Mayor</h1><p>{FIRST}</p><p>{LAST}</p>", [FIRST, LAST]),
        (f"<p>{FIRST}</p>", [FIRST]),
        (f"<div><div>{FIRST}</div><div>{LAST}</div></div>", [FIRST, LAST]),
        (f"<div>{FIRST}<br><br>{LAST}</div>", [FIRST, LAST]),
        (f"<article><p>{FIRST}</p></article>", [FIRST]),
        (f"<section><p>{FIRST}</p><ul><li>un</li><li>deux</li></ul></section>", [FIRST, "un\ndeux"]),
        (f"<!-- saved --><article lang=fr><p>{LEAD}</p><blockquote>{LAST}</blockquote></article>", [LEAD, LAST]),
        (f"<style>p {{}}</style><script>x = '<p>no</p>'</script><div><p>{FIRST}</p></div>", [FIRST]),
        (f'<div id="readability-page-1"><p>{FIRST}</p><h2>Mehr</h2><p>{LAST}</p></div>', [FIRST, "Mehr", LAST]),
        ("<p>Il sindaco ha parlato ieri.</p>", ["Il sindaco ha parlato ieri."]),
        ("<div><p>市長は昨日、話した。</p></div>", ["市長は昨日、話した。"]),
        (f"{FIRST}<p>{LAST}", [FIRST, LAST]),
        (f"<html><body>{MENU}<div><p>Die Stadt hat einen neuen Bürgermeister.</p></div></body></html>", ["Die Stadt hat einen neuen Bürgermeister."]),
        (f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{FIRST}<br/>{LAST}</p></body></html>', [f"{FIRST}\n{LAST}"]),
    ],
)  # fmt: skip
def test_parts_of_pages_and_short_pages_are_articles(page: str, expected: list[str]) -> None:
    assert [text for text in paragraphs(page) if text != "Mayor"] == expected


@pytest.mark.parametrize(
    "page", ["<p> </p>", "<div><img src=x></div>", MENU, "<script>a()</script>", "<p>...</p>"]
)
def test_pages_without_text_are_refused(page: str) -> None:
    with pytest.raises(UnreadableFileError):
        read(page.encode(), DEFAULTS)


@pytest.mark.parametrize(
    "lead",
    [
        f'<p class="chapo">{LEAD}</p>',
        f'<div class="article-teaser"><p>{LEAD}</p></div>',
        f'<p class="teaser">{LEAD}</p>',
        f'<h2 class="standfirst">{LEAD}</h2>',
        f'<div class="entry"><p class="articleLead">{LEAD}</p></div>',
        f'<p class="Vorspann">{LEAD}</p>',
        f'<div class="entradilla">{LEAD}</div>',
        f'<p itemprop="description">{LEAD}</p>',
        f'<p class="sottotitolo">{LEAD}</p>',
        f'<div data-component="subheadline-block"><p>{LEAD}</p></div>',
        f'<p class="article__perex">{LEAD}</p>',
        f'<p class="x1">{LEAD}</p>',
    ],
)
@pytest.mark.parametrize(
    "wrapped", ["<header><h1>Titre</h1>{}</header>", "<h1>Titre</h1>{}", "<h1>Titre</h1><p>Par Ana</p>{}"]
)
def test_the_lead_is_kept(lead: str, wrapped: str) -> None:
    head = f'<head><meta name="description" content="{LEAD}"></head>' if "x1" in lead else ""
    page = f"<html>{head}<body>{MENU}<article>{wrapped.format(lead)}<p>{FIRST}</p><p>{LAST}</p></article></body></html>"
    texts = paragraphs(page)
    assert texts.count(LEAD) == 1
    assert texts.index(LEAD) < texts.index(FIRST)


@pytest.mark.parametrize(
    "other",
    [
        f'<div class="teaser"><a href="/b">{LEAD}</a></div><h1>Titre</h1>',
        f'<aside class="intro"><p>{LEAD}</p></aside><h1>Titre</h1>',
        f'<ul><li class="teaser">{LEAD}</li></ul><h1>Titre</h1>',
        f'<div class="top-teaser"><p>{LEAD}</p></div><h1>Titre</h1>',
    ],
)
def test_the_teaser_of_another_article_is_not_its_lead(other: str) -> None:
    page = f"<html><body>{other}<article><p>{FIRST}</p><p>{LAST}</p></article></body></html>"
    assert LEAD not in paragraphs(page)


@pytest.mark.parametrize(
    "line",
    [
        'Lire aussi : <a href="/b">Le budget en cinq questions</a>',
        '<strong>À lire aussi</strong> <a href="/b">Le budget en cinq questions</a>',
        '<a href="/b">Lire aussi : le budget en cinq questions</a>',
        '<em>Read also:</em> <a href="/b">Five questions on the budget</a>',
        '<a href="/b">READ MORE: Five questions on the budget</a>',
        'Lesen Sie auch: <a href="/b">Fünf Fragen zum Haushalt</a>',
        'Mehr zum Thema <a href="/b">Fünf Fragen zum Haushalt</a>',
        'Leggi anche → <a href="/b">Cinque domande sul bilancio</a>',
        '<b>LEA TAMBIÉN:</b> <a href="/b">Cinco preguntas sobre el presupuesto</a>',
        'Leia também: <a href="/b">Cinco perguntas sobre o orçamento</a>',
        'Lees ook: <a href="/b">Vijf vragen over de begroting</a>',
        'Czytaj też: <a href="/b">Pięć pytań o budżet</a>',
        'Читайте также: <a href="/b">Пять вопросов о бюджете</a>',
        '関連記事：<a href="/b">予算についての五つの質問</a>',
    ],
)  # fmt: skip
def test_links_to_other_articles_are_left_out(line: str) -> None:
    page = f"<html><body><article><h1>T</h1><p>{FIRST}</p><p>{line}</p><p>{LAST}</p></article></body></html>"
    assert paragraphs(page) == ["T", FIRST, LAST]


def test_a_list_of_links_after_a_phrase_is_left_out() -> None:
    links = "<p><b>Lire aussi :</b></p><ul><li><a href='/b'>Le budget</a></li><li><a href='/c'>La colère</a></li></ul>"
    page = f"<html><body><article><h1>T</h1><p>{FIRST}</p>{links}<p>{LAST}</p></article></body></html>"
    assert paragraphs(page) == ["T", FIRST, LAST]


@pytest.mark.parametrize(
    "line",
    [
        "Lire aussi, c’est grandir, disait le maire à la foule.",
        'Read also <a href="/b">the report</a>, which the council published on Monday.',
        'He said: <a href="/b">Read more: that is my advice</a>, and left.',
        '<a href="/b">The whole report is on the council’s site</a>',
    ],
)
def test_sentences_with_links_stay(line: str) -> None:
    page = f"<html><body><article><h1>T</h1><p>{FIRST}</p><p>{line}</p><p>{LAST}</p></article></body></html>"
    assert len(paragraphs(page)) == 4


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("<ul><li>uno</li><li>dos</li></ul>", ["uno\ndos"]),
        ("<ol><li>eins</li><li>zwei</li></ol>", ["eins\nzwei"]),
        ("<dl><dt>Kraj</dt><dd>Polska</dd></dl>", ["Kraj\nPolska"]),
        ("<blockquote>Une citation</blockquote>et la suite", ["Une citation", "et la suite"]),
        ("<div><ul><li>мэр</li><li>совет</li></ul></div>", ["мэр\nсовет"]),
        ("<ul><li>町長</li><li>議会</li></ul>", ["町長\n議会"]),
        ("<p>Titolo</p><ul><li>uno</li></ul>", ["Titolo", "uno"]),
        ("<ul><li>un<ul><li>deux</li></ul></li></ul>", ["un\ndeux"]),
        ("<ul><li><b>fet</b> tekst</li><li>to</li></ul>", ["fet tekst\nto"]),
        ("<pre>linea</pre><ul><li>otra</li></ul>", ["linea", "otra"]),
    ],
)
def test_cells_with_lists_stay_in_the_article(cell: str, expected: list[str]) -> None:
    table = f"<table><tr><td>{cell}</td></tr><tr><td>Zeile zwei</td></tr></table>"
    page = f"<html><body><article><h1>T</h1><p>{FIRST}</p>{table}<p>{LAST}</p></article></body></html>"
    assert paragraphs(page)[-len(expected) - 3 :] == [FIRST, *expected, "Zeile zwei", LAST]


def test_cells_of_links_between_paragraphs_are_left_out() -> None:
    links = "".join(f"<li><a href='/{n}'>Another article number {n}</a></li>" for n in range(5))
    page = f"<html><body><article><p>{FIRST}</p><p>{LEAD * 4}</p><table><tr><td><ul>{links}</ul></td></tr></table><p>{LAST}</p></article></body></html>"
    assert "Another" not in "".join(paragraphs(page))

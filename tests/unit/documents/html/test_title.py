"""A title is the article's, without the name of the site."""

from __future__ import annotations

import pytest

from tui.documents.html.metadata import Metadata
from tui.documents.html.page import parsed
from tui.documents.html.title import title_of


def titled(head: str, body: str = "") -> str | None:
    tree = parsed(f"<html><head>{head}</head><body>{body}<p>Words.</p></body></html>")
    assert tree is not None
    return title_of(Metadata(tree), tree)


def og(name: str, content: str) -> str:
    return f'<meta property="og:{name}" content="{content}">'


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (og("title", "Le maire parle") + "<title>Autre chose | Le Journal</title>", "", "Le maire parle"),
        (og("title", "Le maire parle – Le Journal") + og("site_name", "Le Journal"), "", "Le maire parle"),
        (
            og("title", "Le Journal") + og("site_name", "Le Journal") + "<title>Maire | Le Journal</title>",
            "",
            "Maire",
        ),
        ('<meta name="og:title" content="Il sindaco"><title>x</title>', "", "Il sindaco"),
        ("<title>Der Bürgermeister spricht - Süddeutsche.de</title>", "", "Der Bürgermeister spricht"),
        (
            "<title>Der Bürgermeister spricht | Politik | taz.de</title>",
            "<h1>Der Bürgermeister spricht</h1>",
            "Der Bürgermeister spricht",
        ),
        (
            "<title>El País: La alcaldesa habla hoy</title>" + og("site_name", "El País"),
            "",
            "La alcaldesa habla hoy",
        ),
        (
            "<title>Corriere – Il sindaco parla – Milano</title>",
            "<h1>Il sindaco parla</h1>",
            "Il sindaco parla",
        ),
        ("<title>Мэр выступил — Новости</title>", "<h1>Мэр выступил</h1>", "Мэр выступил"),
        ("<title>市長が話した_政治_新聞</title>", "<h1>市長が話した</h1>", "市長が話した"),
        ("<title>Burmistrz przemówił » Gazeta</title>", "", "Burmistrz przemówił"),
        (
            "<title>Trump vs. Musk: a feud – and its end</title>",
            "<h1>Trump vs. Musk: a feud – and its end</h1>",
            "Trump vs. Musk: a feud – and its end",
        ),
        ("<title>A feud: what comes next</title>", "", "A feud: what comes next"),
        ("<title>Sub-editor wins e-mail award</title>", "", "Sub-editor wins e-mail award"),
        (
            "<title>Burgemeester spreekt | Krant</title><link rel=canonical href=https://www.krant.nl/a>",
            "",
            "Burgemeester spreekt",
        ),
        (
            "<title>Page 3 - The mayor speaks at last - Example</title><base href='https://example.com/'>",
            "",
            "Page 3 - The mayor speaks at last",
        ),
        ("<title>L&amp;#39;été arrive | Le Site</title>", "", "L'été arrive"),
        ("", "<h1>The <em>mayor</em><br>speaks</h1><h1>Other</h1>", "The mayor speaks"),
        ("<title></title>", "<h1>Only this</h1>", "Only this"),
        ("", "<svg><title>icon</title></svg>", None),
        ("<title>Bür\u00adger</title>", "", "Bür\u00adger"),
    ],
)
def test_titles(head: str, body: str, expected: str | None) -> None:
    assert titled(head, body) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ('<html lang="pl"><body><p>x', "pl"),
        ('<html lang="fr-CA"><body><p>x', "fr"),
        ('<html xml:lang="it"><body><p>x', "it"),
        ('<article lang="de"><p>x', "de"),
        ('<div><section lang="es"><p>x', "es"),
        ('<meta http-equiv="Content-Language" content="pt, en"><p>x', "pt"),
        ('<meta property="og:locale" content="nl_NL"><p>x', "nl"),
        ('<html lang="english"><meta property="og:locale" content="sv_SE"><p>x', "sv"),
        ('<p>x <span lang="en">quote</span> y <b>z</b>', None),
        ("<p>x", None),
    ],
)
def test_languages(markup: str, expected: str | None) -> None:
    tree = parsed(markup)
    assert tree is not None
    assert Metadata(tree).language == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="https://example.org/a">', "https://example.org/a"),
        ('<link rel="canonical" href="/a">' + og("url", "http://example.org/b"), "http://example.org/b"),
        (og("url", "javascript:alert(1)"), None),
        ('<link rel="canonical" href="https://[::1">', None),
        ("", None),
    ],
)
def test_addresses(head: str, expected: str | None) -> None:
    tree = parsed(f"<html><head>{head}</head><body><p>x")
    assert tree is not None
    assert Metadata(tree).address == expected

"""The page of an article: what is in it, and that nothing of anybody's gets in unescaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report_page import HOSTILE, annotated, hostile_page
from tui import scheme
from tui.report.markup import element, words
from tui.report.page import page, policy, style


class Reader(HTMLParser):
    """Elements, attributes and text, as a browser would take them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.sentences: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes += attrs
        if tag not in {"meta"}:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


ALLOWED = {
    *(
        "html",
        "head",
        "meta",
        "title",
        "style",
        "body",
        "header",
        "main",
        "footer",
        "section",
        "h1",
        "h2",
        "a",
    ),
    *("p", "div", "span", "mark", "sup", "ol", "li", "q", "b", "i", "del", "ins", "dl", "dt", "dd"),
    *("table", "thead", "tbody", "tr", "th", "td", "caption"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "id", "href", "title", "value", "dir"),
    *("scope", "tabindex", "role", "aria-label", "aria-labelledby", "aria-hidden"),
}


def test_hostile_text_in_every_field_stays_text() -> None:
    html = hostile_page()
    reader = read(html)
    assert set(reader.elements) <= ALLOWED
    assert {name for name, _ in reader.attributes} <= ATTRIBUTES
    links = [value or "" for name, value in reader.attributes if name == "href"]
    assert all(re.fullmatch(r"#[a-z0-9]+", link) for link in links)
    told = "".join(reader.texts)
    assert told.count("<script>") > 8
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)


@given(st.text())
def test_a_text_is_one_text(text: str) -> None:
    reader = read(element("p", words(text), title=text))
    assert reader.elements == ["p"]
    assert len("".join(reader.texts)) == len(text)
    assert len(dict(reader.attributes)["title"] or "") == len(text)


def test_ids_are_there_once_and_links_lead_to_them() -> None:
    reader = read(hostile_page())
    ids = [value for name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {f"#{one}" for one in ids} >= {value for name, value in reader.attributes if name == "href"}


def test_what_is_said_is_told_without_hovering() -> None:
    article, works = annotated("Il a « dit » du bien.", correction="mal", note="vraiment", speaker="Ana")
    html = "".join(page(article, works, scheme.load(), None))
    told = re.sub(r"\s+", " ", "".join(read(html).texts))
    for part in ("→ mal", "minor", "spelling", "vraiment", "quotation, Ana", "1/1", "unsure"):
        assert part in told
    assert "Il a" in told


def test_a_mark_that_is_not_in_the_text_is_refused() -> None:
    article, works = annotated("Il a dit.", exact="elle")
    with pytest.raises(ValueError, match="not what the article says"):
        list(page(article, works, scheme.load(), None))


def test_the_policy_lets_the_style_be_and_nothing_else() -> None:
    assert policy().startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy()
    assert "url(" not in style()
    assert "@import" not in style()
    html = hostile_page()
    assert html.index("Content-Security-Policy") < html.index("<title>")
    assert f"<style>{style()}</style>" in html


def test_the_hostile_texts_are_hostile() -> None:
    assert len(HOSTILE) >= 8

"""The page of an article: all of it is there, well-formed, and nothing of anybody's gets in unescaped."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report_page import (
    HOSTILE,
    TIME,
    article_of,
    error,
    hostile_page,
    person,
    quotation,
    say,
    whole_page,
)
from tui.model.annotation import EntityCorrection, SentenceRepair
from tui.report.markup import element, lines_in_attribute, words
from tui.report.style import policy, style_sheet
from tui.settings import scheme_file as scheme
from tui.text.clean import visible

VOID = {"br", "input", "line", "circle", "meta"}
ALLOWED = {
    *("html", "head", "meta", "title", "style", "body", "header", "nav", "main", "footer", "section"),
    *("h1", "h2", "h3", "p", "div", "ul", "li", "dl", "dt", "dd", "br", "input", "label"),
    *("a", "span", "mark", "sup", "q", "b", "del", "ins", "svg", "line", "circle"),
    *("table", "caption", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {
    *("lang", "dir", "charset", "http-equiv", "content", "name", "class", "id", "href", "title", "data-tip"),
    *("scope", "colspan", "tabindex", "role", "aria-label", "aria-labelledby", "aria-hidden", "focusable"),
    *("type", "checked", "for", "viewbox", "width", "height", "x1", "x2", "y1", "y2", "cx", "cy", "r"),
}


class Reader(HTMLParser):
    """Elements, attributes and text, as a browser would take them."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.sentences: list[str] = []
        """The words of the article, as one would copy them: without the numbers of marks."""
        self.margins: dict[str, str] = {}
        """What is beside each sentence."""
        self._open: list[tuple[str, str]] = []
        self._sentence = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs)
        self.elements.append(tag)
        self.attributes += given.items()
        if given.get("id", "").startswith("s") and given.get("class", "").startswith("s"):
            self._sentence = given["id"]
        if given.get("class") == "words":
            self.sentences.append("")
        if tag not in VOID:
            self._open.append((tag, given.get("class", "")))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        classes = [class_ for _, class_ in self._open]
        if "words" in classes and not any(class_.startswith("ref") for class_ in classes):
            self.sentences[-1] += data
        if "margin" in classes:
            self.margins[self._sentence] = self.margins.get(self._sentence, "") + data

    @property
    def told(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))

    def close(self) -> None:
        super().close()
        assert self._open == []


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


# -- hostile text ----------------------------------------------------------


@pytest.mark.parametrize("alone", [True, False])
def test_hostile_text_in_every_field_stays_text(alone: bool) -> None:
    html = hostile_page(alone)
    reader = read(html)
    assert set(reader.elements) <= ALLOWED
    assert {name for name, _ in reader.attributes} <= ATTRIBUTES
    links = [value for name, value in reader.attributes if name == "href"]
    assert all(re.fullmatch(r"#[a-z0-9-]+", link) for link in links)
    classes = [value for name, value in reader.attributes if name == "class"]
    assert all(re.fullmatch(r"[A-Za-z0-9 ]+", value) for value in classes)
    # Title, source, languages, id, scheme, tags, category, severity, correction, notes, speaker, holder, reviewer ...
    assert reader.told.count("document.documentElement.dataset.owned='1'") > 20
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)
    assert html.count("<style>") == html.count("</style>") == 1
    assert "127.0.0.1" not in html.split("<style>")[1].split("</style>")[0]


@pytest.mark.parametrize("alone", [True, False])
def test_ids_are_there_once_and_links_and_labels_lead_to_them(alone: bool) -> None:
    reader = read(hostile_page(alone))
    ids = [value for name, value in reader.attributes if name == "id"]
    assert len(ids) == len(set(ids))
    assert {f"#{one}" for one in ids} >= {value for name, value in reader.attributes if name == "href"}
    assert set(ids) >= {value for name, value in reader.attributes if name in {"for", "aria-labelledby"}}


@given(st.text())
def test_a_text_is_one_text(text: str) -> None:
    reader = read(element("p", words(text), title=text))
    assert reader.elements == ["p"]
    assert "".join(reader.texts) == visible(text).replace("\r", "\n")
    assert len(dict(reader.attributes)["title"]) == len(text)
    reader = read(f'<p data-tip="{lines_in_attribute([text, text])}"></p>')
    assert dict(reader.attributes)["data-tip"] == f"{visible(text)}\n{visible(text)}"


def test_the_policy_lets_the_style_be_and_nothing_else() -> None:
    html = hostile_page()
    style = html.split("<style>")[1].split("</style>")[0]
    assert f'content="{policy(style)}"' in html
    assert policy(style).startswith("default-src 'none'; script-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy(style)
    assert "url(" not in style
    assert "@import" not in style
    assert html.index("Content-Security-Policy") < html.index("<title>")
    assert policy(style) != policy(style_sheet(scheme.load(), []))


def test_the_hostile_texts_are_hostile() -> None:
    assert len(HOSTILE) >= 8


# -- what is there ---------------------------------------------------------


def test_the_words_are_the_articles_whatever_is_marked() -> None:
    article = article_of("Il a dites « cela ».", "Puis il est parti.", "Fin.")
    said = say(
        article,
        0,
        "quote",
        spans=[
            error(article, "a dites", "a dit"),
            error(article, "dites « c"),
            error(article, "^cela", "ici"),
        ],
        quotes=[quotation(article, "cela ». Puis il")],
    )
    reader = read(whole_page(article, person("ana", said), person("ben", say(article, 2))))
    assert reader.sentences == [article.sentence_text(index) for index in range(3)]


def test_what_is_said_is_told_without_hovering() -> None:
    article = article_of("Il a dites du bien.")
    said = say(
        article,
        0,
        "fact",
        spans=[
            error(article, "dites", "dit", note="pluriel"),
            error(article, "bien", "", category=None, severity="critical"),
            error(article, "^du", "là"),
        ],
        quotes=[quotation(article, "du bien", "Musk", closed=False)],
        note="vraiment ?",
    )
    said = msgspec.structs.replace(said, unsure=True, status="amended", reviewer="rev", review_note="revu")
    reader = read(whole_page(article, person("ana", said)))
    margin = re.sub(r"\s+", " ", reader.margins["s1"])
    for part in (
        "1 dites → dit minor spelling pluriel",
        "‸ → là minor spelling",
        "du bien quotation: Musk, never closed",
        "bien → delete critical no category",
        "vraiment ?",
        "amended by rev revu",
    ):
        assert part in margin
    assert "fact, unsure" in reader.told
    assert "1 min 1 s" in reader.told


def test_words_that_several_marked_are_told_once_with_who_says_what() -> None:
    article = article_of("Il a dites du bien.")

    def marked(name: str, correction: str, severity: str = "minor") -> object:
        return person(name, say(article, 0, spans=[error(article, "dites", correction, severity=severity)]))

    people = [
        marked("ana", "dit"),
        marked("ben", "dit"),
        marked("chloe", "dit", "major"),
        marked("dan", "disait"),
    ]
    reader = read(whole_page(article, *people))  # type: ignore[arg-type]
    margin = re.sub(r"\s+", " ", reader.margins["s1"])
    assert "dites → dit minor spelling ana, ben; major spelling chloe → disait minor spelling dan" in margin
    assert reader.elements.count("del") == 1


def test_a_quotation_over_two_sentences_is_told_once() -> None:
    article = article_of("Il dit : « Non.", "Jamais. »", "Fin.")
    quote = quotation(article, "« Non. Jamais. »", "Musk")
    said = (say(article, 0, "quote", quotes=[quote]), say(article, 1, "quote", quotes=[quote]))
    page = whole_page(article, person("ana", *said), person("ben", say(article, 0, "quote")))
    margin = re.sub(r"\s+", " ", read(page).margins["s1"])
    assert "quotation, to sentence 2: Musk ana" in margin
    assert "ana, ana" not in page
    assert "Musk" not in read(page).margins.get("s2", "")
    assert page.count('<mark class="q begins q0"') == page.count('<mark class="q ends q0"') == 1


def test_one_annotator_is_shown_with_the_sentences_and_names_as_they_corrected_them() -> None:
    article = article_of("Rome est belle. Oui.", "Fin.")
    cut = article.text.index("Oui")
    repair = SentenceRepair(start=cut, end=cut - 1, kind="split", updated_at=TIME)
    corrected = EntityCorrection(start=0, end=4, text="Rome", label="LOC", updated_at=TIME)
    first = say(article, 0, "opinion", end=cut - 1)
    ana = msgspec.structs.replace(person("ana", first), repairs=(repair,), entities={0: corrected})
    page = whole_page(article, ana)
    assert read(page).sentences == ["Rome est belle.", "Oui.", "Fin."]
    assert 'class="entity LOC" title="place">Rome<' in page
    assert "other bounds" not in read(page).told


def test_what_is_said_of_a_sentence_cut_otherwise_is_not_lost_among_several() -> None:
    article = article_of("Rome est belle. Oui.", "Fin.")
    part = say(article, 0, "opinion", note="court", end=article.text.index(" Oui"))
    reader = read(whole_page(article, person("ana", part), person("ben", say(article, 0, "fact"))))
    assert reader.sentences == ["Rome est belle. Oui.", "Fin."]
    assert "annotated with other bounds: Rome est belle." in reader.margins["s1"]
    assert "court" in reader.margins["s1"]
    assert "opinion" in reader.told


def test_where_they_differ_is_told() -> None:
    article = article_of("Rome est belle.", "Fin.")
    people = [
        person("ana", say(article, 0, "fact"), say(article, 1)),
        person("ben", say(article, 0, "opinion"), say(article, 1)),
    ]
    reader = read(whole_page(article, *people))
    assert "They differ in ≠ tags" in reader.margins["s1"]
    assert "s2" not in reader.margins
    assert "How much they agree" in reader.told


def test_a_tag_category_or_severity_that_the_scheme_does_not_have_keeps_its_id() -> None:
    article = article_of("Rome est belle.")
    old = say(article, 0, "claim", spans=[error(article, "belle", category="verb", severity="grave")])
    reader = read(whole_page(article, person("ana", old, scheme="old/1")))
    assert "grave verb" in reader.margins["s1"]
    assert "claim" in reader.told
    assert re.search(r"penalty points in 1000 words\s*–", reader.told)


def test_an_article_without_annotations_is_a_page_too() -> None:
    article = msgspec.structs.replace(article_of("Rome est belle."), language="und")
    page = whole_page(article)
    assert read(page).sentences == ["Rome est belle."]
    assert 'lang="und"' not in page
    assert "Totals by annotator" not in page

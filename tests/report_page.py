"""Articles for the page: with hostile text in every field, or with what a test says."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec

from tui.agreement.disagreements import disagreements
from tui.agreement.figures import agreement
from tui.agreement.sentences import compared
from tui.model.annotation import Annotation, EntityCorrection, Quote, Span
from tui.model.article import Article, Entity, entity_blocks
from tui.model.identity import text_sha256
from tui.model.scheme import Category, Scheme, Severity, Tag
from tui.report.page import page
from tui.report.people import Person
from tui.settings import scheme_file as scheme

TIME = "2026-11-22T22:00:00.000Z"

HOSTILE = (
    "<script>document.documentElement.dataset.owned='1';alert('owned')</script>",
    "\"><script>alert('owned')</script>",
    "'><img src=http://127.0.0.1:9/x onerror=alert('owned')>",
    "</title></style></q><script>alert('owned')</script>",
    "<svg onload=alert('owned')><a href=javascript:alert('owned')>x</a>",
    "<link rel=stylesheet href=http://127.0.0.1:9/x.css><style>*{background:url(http://127.0.0.1:9/y)}</style>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/z'><base href=http://127.0.0.1:9/>",
    "<iframe srcdoc=\"<script>parent.alert('owned')</script>\"></iframe>",
    "--><!--<script>alert('owned')</script>",
    "\x1b[31m\u202eevil\u2066\x00\x07<script>alert('owned')</script>",
    "&lt;script&gt;&#60;script&#62;<ScRiPt>alert('owned')</ScRiPt>",
    "<form action=http://127.0.0.1:9/f><button autofocus onfocus=alert('owned')>",
    "}*{background:url(http://127.0.0.1:9/c)}/*",
)


def article_of(*sentences: str, title: str = "Titre", source: str = "x.txt", label: str = "PER") -> Article:
    """A paragraph of these sentences; the first five characters of each are an entity."""
    text = " ".join(sentences)
    ends = list(accumulate(map(len, sentences), lambda end, length: end + 1 + length))
    starts = [end - len(sentence) for end, sentence in zip(ends, sentences, strict=True)]
    article = Article(
        id=f"x-{text_sha256(text)[:8]}",
        title=title,
        source=source,
        language="fr",
        text_sha256=text_sha256(text),
        added_at=TIME,
        text=text,
        starts=starts,
        ends=ends,
        paragraphs=[0],
    )
    entities = [Entity(start=start, end=start + 5, label=label, origin="model") for start in starts]
    article.entity_blocks = entity_blocks(article, entities)
    return article


def say(
    article: Article,
    index: int,
    *tags: str,
    spans: Sequence[Span] = (),
    quotes: Sequence[Quote] = (),
    note: str = "",
    end: int | None = None,
) -> Annotation:
    """An annotation of the sentence with the given index; one that ends elsewhere with `end`."""
    start = article.starts[index]
    end = article.ends[index] if end is None else end
    return Annotation(
        segmentation=1,
        start=start,
        end=end,
        text=article.text[start:end],
        tags=tags,
        decided=True,
        spans=tuple(spans),
        quotes=tuple(quotes),
        note=note,
        created_at=TIME,
        updated_at=TIME,
        active_ms=61_000,
    )


def error(
    article: Article,
    words: str,
    correction: str | None = None,
    *,
    category: str | None = "spelling",
    severity: str = "minor",
    note: str = "",
) -> Span:
    """On the first occurrence of `words`; an omission before them where they begin with `^`."""
    start = article.text.index(words.removeprefix("^"))
    end = start if words.startswith("^") else start + len(words)
    text = article.text[start:end]
    return Span(
        id=f"s{start}-{end}",
        start=start,
        end=end,
        text=text,
        category=category,
        severity=severity,
        correction=correction,
        note=note,
    )


def quotation(article: Article, words: str, speaker: str | None = "Ana", *, closed: bool = True) -> Quote:
    start = article.text.index(words)
    return Quote(
        id=f"q{start}", start=start, end=start + len(words), text=words, speaker=speaker, closed=closed
    )


def person(name: str, *said: Annotation, scheme: str = "news/1") -> Person:
    return Person(name=name, scheme=scheme, annotations={one.start: one for one in said})


def whole_page(article: Article, *people: Person, news: Scheme | None = None) -> str:
    """With the agreement of all of them."""
    news = news or scheme.load()
    said = {one.name: one.annotations for one in people}
    if len(people) < 2:
        return "".join(page(article, people, news))
    figures = agreement(compared(article, said), [tag.id for tag in news.tags])
    return "".join(page(article, people, news, figures, disagreements(article, said)))


def hostile_page(alone: bool = False) -> str:
    """All of the hostile texts in all of the fields, of two annotators or of one."""
    text = " ".join(HOSTILE)
    article = article_of(text, text, title=text, source=text, label=text)
    article.id, article.language, article.source_language, article.text_sha256 = text, text, text, text
    people = [_hostile_person(article, text, f"{text}{number}") for number in range(1 if alone else 2)]
    return whole_page(article, *people, news=_hostile_scheme(text))


def _hostile_person(article: Article, text: str, name: str) -> Person:
    first, second, third = text[:6], text[6:9], text[9:40]
    fields = {"category": name, "severity": text, "note": text}
    spans = [
        error(article, first, text, **fields),
        error(article, first, name, **fields),
        error(article, f"^{second}", text, **fields),
        error(article, third, severity="s"),
    ]
    said = say(
        article, 0, text, "t", spans=spans, quotes=[quotation(article, third, text, closed=False)], note=text
    )
    said = msgspec.structs.replace(
        said,
        unsure=True,
        status=text,
        reviewer=text,
        review_note=text,
        quotes=tuple(msgspec.structs.replace(quote, holder=text) for quote in said.quotes),
    )
    elsewhere = say(article, 1, "t", end=article.ends[1] - 3)
    corrected = EntityCorrection(start=0, end=5, text=text[:5], label=text, updated_at=TIME)
    return msgspec.structs.replace(person(name, said, elsewhere), scheme=text, entities={0: corrected})


def _hostile_scheme(text: str) -> Scheme:
    return Scheme(
        id=text,
        version=1,
        name=text,
        tags=(Tag(id="t", name=text, letter=text, color=text, color_light=text, definition=text),),
        categories=(Category(id="c", name=text, key="c", mqm=text),),
        severities=(Severity(id="s", name=text, key="s", multiplier=1),),
        error_tag="t",
    )

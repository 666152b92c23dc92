from __future__ import annotations

import hashlib
import itertools
from collections.abc import Callable, Mapping, Sequence

import pytest

from tui.model.annotation import Annotation, Quote, Span, Work
from tui.model.article import Article, Entity, entity_blocks
from tui.model.scheme import Scheme
from tui.session.session import Session
from tui.settings.scheme_file import load


def build_article(sentences: int = 6) -> Article:
    text = "Un été. " * sentences
    return Article(
        id="un-ete-12345678",
        title="Un été",
        source="ete.txt",
        language="fr",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        added_at="2026-11-22T22:00:00.000Z",
        text=text,
        starts=list(range(0, 8 * sentences, 8)),
        ends=list(range(7, 8 * sentences, 8)),
        paragraphs=[0],
    )


def build_text(
    *paragraphs: Sequence[str], names: Mapping[str, str] | None = None, headings: Sequence[int] = ()
) -> Article:
    """Two spaces between sentences, an empty line between paragraphs; every `name` is found everywhere."""
    text, starts, ends, firsts = "", list[int](), list[int](), list[int]()
    for paragraph in paragraphs:
        firsts.append(len(starts))
        for sentence in paragraph:
            starts.append(len(text))
            text += sentence
            ends.append(len(text))
            text += "  "
        text = text[:-2] + "\n\n"
    article = Article(
        id="un-ete-12345678",
        title="Un été",
        source="ete.txt",
        language="fr",
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        added_at="2026-11-22T22:00:00.000Z",
        prepared_by={"entities": "test 1"},
        text=text,
        starts=starts,
        ends=ends,
        paragraphs=firsts,
        headings=list(headings),
    )
    found = [
        Entity(start=place, end=place + len(name), label=label, origin="rule")
        for name, label in (names or {}).items()
        for place in range(len(text))
        if text.startswith(name, place)
    ]
    article.entity_blocks = entity_blocks(article, sorted(found, key=lambda entity: entity.start))
    return article


@pytest.fixture(scope="session")
def article_of() -> Callable[..., Article]:
    return build_text


@pytest.fixture(scope="session")
def session_of(scheme: Scheme) -> Callable[..., Session]:
    """A session on an article of these paragraphs, whose clock ticks 1, 2, 3 ..."""

    def make(*paragraphs: Sequence[str], names: Mapping[str, str] | None = None) -> Session:
        ticks = itertools.count(1)
        article = build_text(*paragraphs, names=names)
        return Session(article, scheme, Work(), "ana", clock=lambda: f"{next(ticks):06}")

    return make


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    return build_article


@pytest.fixture(scope="session")
def scheme() -> Scheme:
    return load()


@pytest.fixture(scope="session")
def new_session(scheme: Scheme) -> Callable[..., Session]:
    """A session whose clock ticks 1, 2, 3 ..."""

    def make(*annotations: Annotation, sentences: int = 6, cursor: int = 0) -> Session:
        ticks = itertools.count(1)
        work = Work(annotations={said.start: said for said in annotations}, cursor=cursor)
        return Session(build_article(sentences), scheme, work, "ana", clock=lambda: f"{next(ticks):06}")

    return make


@pytest.fixture(scope="session")
def marked() -> Annotation:
    """What is said about sentence 2: two marked errors and a quotation, not decided."""
    return Annotation(
        segmentation=1,
        start=16,
        end=23,
        text="Un été.",
        tags=("translation_error",),
        spans=(
            Span(id="a", start=16, end=18, text="Un", severity="minor", category="grammar"),
            Span(id="b", start=19, end=22, text="été", severity="major", category="spelling"),
        ),
        quotes=(Quote(id="q", start=16, end=22, text="Un été"),),
        note="odd",
        unsure=True,
        created_at="000000",
        updated_at="000000",
    )

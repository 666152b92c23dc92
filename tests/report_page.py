"""Articles for the page: with hostile text in every field, or with what a test says."""

from __future__ import annotations

from collections.abc import Mapping

from tui import scheme
from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.report.page import page

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
)


def article_of(text: str, title: str, source: str = "x.txt") -> Article:
    return Article(
        id=f"x-{text_sha256(text)[:8]}",
        title=title,
        source=source,
        language="fr",
        text_sha256=text_sha256(text),
        added_at="2026-11-22T22:00:00.000Z",
        text=text,
        starts=[0],
        ends=[len(text)],
        paragraphs=[0],
    )


def annotated(
    text: str,
    *,
    exact: str | None = None,
    correction: str | None = None,
    note: str = "",
    speaker: str | None = None,
    title: str = "Titre",
    annotator: str = "ana",
    category: str = "spelling",
    severity: str = "minor",
    tag: str = "fact",
) -> tuple[Article, Mapping[str, Mapping[int, Annotation]]]:
    """An article of one sentence, whose beginning is marked as an error and as a quotation."""
    end = min(6, len(text))
    said = Annotation(
        segmentation=1,
        start=0,
        end=len(text),
        text=text,
        tags=(tag,),
        decided=True,
        unsure=True,
        note=note,
        status="amended",
        reviewer=annotator,
        review_note=note,
        spans=(
            Span(
                id="a",
                start=0,
                end=end,
                text=text[:end] if exact is None else exact,
                category=category,
                severity=severity,
                correction=correction,
                note=note,
            ),
            Span(id="b", start=end, end=end, text="", severity=severity, correction=correction),
        ),
        quotes=(Quote(id="c", start=0, end=end, text=text[:end], speaker=speaker, holder=tag, closed=False),),
        created_at="2026-11-22T22:00:00.000Z",
        updated_at="2026-11-22T22:00:00.000Z",
    )
    return article_of(text, title, source=title), {annotator: {0: said}}


def hostile_page() -> str:
    """All of the hostile texts in all of the fields."""
    text = " ".join(HOSTILE)
    article, works = annotated(
        text,
        correction=text,
        note=text,
        speaker=text,
        title=text,
        annotator=text,
        category=text,
        severity=text,
        tag=text,
    )
    return "".join(page(article, works, scheme.load(), None))

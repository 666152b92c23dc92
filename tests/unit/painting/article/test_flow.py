"""The text that is shown: in the corrected reading, it is the corrected text."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.model.annotation import Annotation, Span
from tui.model.article import Article
from tui.painting.article.flow import Content, flow
from tui.session.corrected_text import corrected

TEXTS = {
    "fr": ("Elle dirige l'entreprise, mais il attend\u202f!", "Il dit\u202f: «\u202fNon.\u202f» Puis rien."),
    "en": ('The well-known man said: "No, sir."', "He left (again); why?"),
    "de": ("Er sagte: „Nein“, und ging fort.", "Warum?"),
    "es": ("¿Qué dijo el hombre?", "Dijo: «No lo sé», y se fue."),
    "zh": ("他说：“我们不知道。”", "他（又）离开了！"),
}
GAP = {"zh": ""}
CORRECTIONS = ["", "mot", "l'", ",", ";", "(", "»", " mot ", "也"]


def article_in(language: str) -> Article:
    sentences = TEXTS[language]
    text, starts, ends = "", list[int](), list[int]()
    for sentence in sentences:
        starts.append(len(text))
        ends.append(len(text) + len(sentence))
        text += sentence + GAP.get(language, " ")
    return Article(
        id="a-12345678",
        title="A",
        source="a.txt",
        language=language,
        text_sha256="0" * 64,
        added_at="2026-11-22T22:00:00.000Z",
        text=text,
        starts=starts,
        ends=ends,
        paragraphs=[0],
    )


def annotation_of(article: Article, index: int, spans: list[Span]) -> Annotation:
    start, end = article.starts[index], article.ends[index]
    return Annotation(
        segmentation=1,
        start=start,
        end=end,
        text=article.text[start:end],
        spans=tuple(spans),
        created_at="0",
        updated_at="0",
    )


@settings(max_examples=200)
@given(st.data(), st.sampled_from(sorted(TEXTS)))
def test_the_corrected_reading_is_the_corrected_text(data: st.DataObject, language: str) -> None:
    article = article_in(language)
    annotations: list[Annotation] = []
    for index in range(len(article)):
        start, end = article.starts[index], article.ends[index]
        bounds = data.draw(st.lists(st.integers(start, end), max_size=6).map(sorted))
        pairs = zip(bounds[::2], bounds[1::2], strict=False)
        spans = [
            Span(
                id=f"{index}-{first}",
                start=first,
                end=last,
                text=article.text[first:last],
                severity="minor",
                correction=data.draw(st.sampled_from(CORRECTIONS)),
            )
            for first, last in pairs
            if (first, last) != (start, end)
        ]
        annotations.append(annotation_of(article, index, spans))
    contents = [Content(spans=annotation.spans) for annotation in annotations]
    shown = flow(article, range(len(article)), contents, corrected=True, signs=False)
    by_sentence = [
        "".join(
            shown.text[part.at : shown.part_end(number)]
            for number, part in enumerate(shown.parts)
            if part.sentence == index and part.kind in {"text", "inserted"}
        )
        for index in range(len(article))
    ]
    whole = corrected(article.text, annotations, language)
    assert whole == GAP.get(language, " ").join(by_sentence) + GAP.get(language, " ")

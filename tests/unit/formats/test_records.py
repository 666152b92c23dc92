"""Records say what the contract says, for every sentence that has anything, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec
import pytest

from tui.formats.records import Record, RecordError, in_order, records
from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article

Say = Callable[..., Annotation]

KEYS = (
    "schema article title source language source_language text_sha256 scheme segmentation sentence start end "
    "text tags decided unsure spans quotes entities note annotator status reviewer review_note created_at "
    "updated_at active_ms"
)


def made(
    article: Article, annotations: Iterable[Annotation], *, annotator: str = "ana", untagged: bool = False
) -> list[Record]:
    return list(records(article, annotations, annotator=annotator, scheme="news/1", untagged=untagged))


def test_the_keys_are_the_contracts_in_its_order(article: Article, rich: Annotation) -> None:
    [record] = made(article, [rich])
    tree = msgspec.json.decode(msgspec.json.encode(record))
    assert list(tree) == KEYS.split()
    assert list(tree["spans"][0]) == [
        "id",
        "start",
        "end",
        "text",
        "category",
        "severity",
        "correction",
        "note",
        "origin",
    ]
    assert list(tree["quotes"][0]) == ["id", "start", "end", "text", "speaker", "holder", "closed", "origin"]
    assert list(tree["entities"][0]) == ["start", "end", "text", "label", "origin", "status"]


def test_the_values_are_the_articles_and_the_annotations(article: Article, rich: Annotation) -> None:
    [record] = made(article, [rich])
    assert (record.schema, record.article, record.scheme) == ("postil.annotation/1", article.id, "news/1")
    assert (record.sentence, record.start, record.end) == (2, rich.start, rich.end)
    assert article.text[record.start : record.end] == record.text == "😀 Musk a dit « non."
    assert (record.tags, record.decided, record.note) == (("quote", "translation_error"), True, "odd")
    assert (record.annotator, record.status, record.reviewer) == ("ana", "unreviewed", None)
    assert record.active_ms == 14200
    for part in (*record.spans, *record.quotes, *record.entities):
        assert article.text[part.start : part.end] == part.text
    [entity] = record.entities
    assert (entity.text, entity.label, entity.origin, entity.status) == ("Musk", "PER", "model", "unreviewed")


def test_what_has_nothing_is_left_out(article: Article, say: Say) -> None:
    assert [record.sentence for record in made(article, [say(0), say(2, "fact"), say(3, note="n")])] == [3, 4]


def test_untagged_adds_the_rest(article: Article, say: Say) -> None:
    found = made(article, [say(2, "fact")], untagged=True)
    assert [record.sentence for record in found] == [1, 2, 3, 4]
    assert [record.tags for record in found] == [(), (), ("fact",), ()]
    assert [record.created_at is None for record in found] == [True, True, False, True]
    assert [len(record.entities) for record in found] == [1, 1, 1, 0]
    assert made(article, [], untagged=True)[3].text == "Quatre, la fin."


def test_annotations_of_older_sentences_are_written_too(article: Article, say: Say) -> None:
    older = say(1, "fact", end=article.ends[2])
    inner = msgspec.structs.replace(
        say(3, "fact"),
        start=article.starts[3] + 2,
        text=article.text[article.starts[3] + 2 : article.ends[3]],
    )
    [wide, _] = made(article, [older, inner])
    assert (wide.sentence, [entity.text for entity in wide.entities]) == (2, ["Musk", "Rome"])
    everything = made(article, [older, inner], untagged=True)
    assert [record.sentence for record in everything] == [1, 2, 2, 3, 4, 4]
    assert [record.start for record in everything] == sorted(record.start for record in everything)


@pytest.mark.parametrize("part", ["sentence", "span", "quote"])
def test_what_is_not_the_articles_text_is_not_written(article: Article, say: Say, part: str) -> None:
    wrong = {
        "sentence": msgspec.structs.replace(say(0, "fact"), text="Un ete a Rome."),
        "span": say(0, "fact", spans=(Span(id="s", start=0, end=2, text="un", severity="minor"),)),
        "quote": say(0, "fact", quotes=(Quote(id="q", start=0, end=99, text="Un"),)),
    }[part]
    with pytest.raises(RecordError, match=r"^ana on un-ete-12345678: .*: restore") as refused:
        made(article, [wrong])
    assert str(refused.value).isprintable()


def test_annotators_are_merged_by_sentence(article: Article, say: Say) -> None:
    streams = [
        iter(made(article, [say(0, "fact"), say(2, "fact")], annotator="zoe")),
        iter(made(article, [say(1, "fact"), say(2, "fact")], annotator="ana")),
    ]
    assert [(record.sentence, record.annotator) for record in in_order(streams)] == [
        (1, "zoe"),
        (2, "ana"),
        (3, "ana"),
        (3, "zoe"),
    ]

"""The prepared article is one object whose offsets are all right."""

from __future__ import annotations

import io
import json

import msgspec
import pytest

from tui.formats import prepared
from tui.formats.prepared import PreparedArticle
from tui.model.article import Article, Entity, entity_blocks
from tui.model.hint import Hint, hint_blocks
from tui.model.quotation import Quotation, quotation_blocks

KEYS = (
    "schema id title source language source_language text_sha256 text segmentation paragraphs sentences "
    "entities hints quotes prepared_by layout encoding encoding_guess"
)


def written(article: Article) -> bytes:
    out = io.BytesIO()
    prepared.write(article, out)
    return out.getvalue()


def test_it_is_the_contracts_object(article: Article) -> None:
    data = written(article)
    assert data.endswith(b"}\n")
    assert data.count(b"\n") == 1
    tree = json.loads(data)
    assert list(tree) == KEYS.split()
    assert tree["schema"] == "postil.article/1"
    assert (tree["hints"], tree["quotes"]) == ([], [])
    assert tree["sentences"] == [list(pair) for pair in zip(article.starts, article.ends, strict=True)]
    assert tree["paragraphs"] == [
        [article.starts[0], article.ends[1]],
        [article.starts[2], article.ends[3]],
    ]
    texts = [tree["text"][entity["start"] : entity["end"]] for entity in tree["entities"]]
    assert texts == [entity["text"] for entity in tree["entities"]] == ["Rome", "Musk", "Rome"]


def test_it_is_what_its_structure_says(article: Article) -> None:
    data = written(article)
    assert msgspec.json.encode(msgspec.json.decode(data, type=PreparedArticle)) + b"\n" == data


@pytest.mark.parametrize("count", [0, 1, 999, 1000, 1001, 2500])
def test_any_number_of_entities(article: Article, count: int) -> None:
    entities = [Entity(start=0, end=2, label="PER", origin="rule")] * count
    article.entity_blocks = entity_blocks(article, entities)
    assert len(json.loads(written(article))["entities"]) == count


def test_quotations_have_their_words(article: Article) -> None:
    found = Quotation(start=0, end=4, speaker="Musk", closed=False)
    article.quotation_blocks = quotation_blocks([found])
    assert json.loads(written(article))["quotes"] == [
        {"start": 0, "end": 4, "text": article.text[:4], "speaker": "Musk", "closed": False}
    ]
    test_it_is_what_its_structure_says(article)


@pytest.mark.parametrize("count", [0, 1, 1001])
def test_any_number_of_hints(article: Article, count: int) -> None:
    hint = Hint(
        id="h",
        start=0,
        end=2,
        detector="glued",
        category="spelling",
        severity="minor",
        reason="why",
        confidence=0.5,
    )
    article.hint_blocks = hint_blocks([hint] * count)
    found = json.loads(written(article))["hints"]
    assert len(found) == count
    assert all((one["text"], one["correction"]) == (article.text[:2], None) for one in found)


def test_an_article_without_sentences(article: Article) -> None:
    empty = msgspec.structs.replace(article, text="", starts=[], ends=[], paragraphs=[], entity_blocks=[])
    assert json.loads(written(empty))["sentences"] == []

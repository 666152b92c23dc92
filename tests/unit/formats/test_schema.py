"""What is written is valid, and what is broken is not."""

from __future__ import annotations

import copy
import io
import json
import tomllib
from typing import Any

import jsonschema
import msgspec
import pytest

from tui.formats import jsonl, prepared
from tui.formats.records import records
from tui.formats.schema import schemas
from tui.model.annotation import Annotation, HintDecision
from tui.model.article import Article
from tui.settings.scheme_file import BUILT_IN
from tui.store.checkpoint import Database, Meta, encode

Tree = dict[str, Any]


def validator(name: str) -> Any:
    schema = schemas()[name]
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


@pytest.fixture
def written(article: Article, rich: Annotation) -> dict[str, Tree]:
    """One of everything that is written, by schema."""
    line, whole = io.BytesIO(), io.BytesIO()
    hint = HintDecision(
        id="0" * 16,
        start=rich.start,
        end=rich.end,
        text=rich.text,
        detector="glued",
        decision="refused",
        at="2026-11-22T22:00:00.000Z",
    )
    rich = msgspec.structs.replace(rich, hints=(hint,))
    jsonl.write(records(article, [rich], annotator="ana", scheme="news/1", is_second_pass=True), line)
    prepared.write(article, whole)
    meta = Meta(
        article=article.id,
        annotator="ana",
        text_sha256=article.text_sha256,
        scheme="news/1",
        segmentation=1,
        sitting=2,
    )
    stored = b"".join(encode(Database(meta=meta, annotations={rich.start: rich})))
    return {
        "postil.annotation/1": json.loads(line.getvalue()),
        "postil.article/1": json.loads(whole.getvalue()),
        "postil.database/2": json.loads(stored),
    }


def test_there_is_a_schema_for_each() -> None:
    names = ["postil.annotation/1", "postil.article/1", "postil.database/2", "postil.scheme/1"]
    assert list(schemas()) == names
    for name, schema in schemas().items():
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["title"] == name
        json.dumps(schema)


def test_what_is_written_is_valid_and_may_grow(written: dict[str, Tree]) -> None:
    for name, tree in written.items():
        validator(name).validate(tree)
        validator(name).validate({**tree, "a_later_key": 1})


def test_untagged_records_are_valid(article: Article) -> None:
    out = io.BytesIO()
    jsonl.write(records(article, [], annotator="ana", scheme="news/1", untagged=True), out)
    for line in out.getvalue().splitlines():
        validator("postil.annotation/1").validate(json.loads(line))


def test_every_key_is_required(written: dict[str, Tree]) -> None:
    for name, tree in written.items():
        for key in tree.keys() - ({"hints", "pass"} if name == "postil.annotation/1" else set[str]()):
            lacking = {other: value for other, value in tree.items() if other != key}
            assert not validator(name).is_valid(lacking), f"{name} without {key}"


def change(tree: Tree, path: str, value: object) -> Tree:
    changed = copy.deepcopy(tree)
    *to, last = (int(part) if part.isdigit() and part != "1" else part for part in path.split("."))
    place: Any = changed
    for part in to:
        place = place[part]
    assert repr(place[last]) != repr(value)
    place[last] = value
    return changed


@pytest.mark.parametrize(
    ("name", "path", "value"),
    [
        ("postil.annotation/1", "schema", "postil.annotation/2"),
        ("postil.annotation/1", "tags", None),
        ("postil.annotation/1", "start", -1),
        ("postil.annotation/1", "sentence", 0),
        ("postil.annotation/1", "text_sha256", "ABC"),
        ("postil.annotation/1", "status", "done"),
        ("postil.annotation/1", "created_at", "yesterday"),
        ("postil.annotation/1", "decided", 1),
        ("postil.annotation/1", "spans.0.severity", None),
        ("postil.annotation/1", "quotes.0.closed", "no"),
        ("postil.annotation/1", "entities.0.start", "3"),
        ("postil.article/1", "schema", "other"),
        ("postil.article/1", "sentences.0", [1]),
        ("postil.article/1", "entities.0.label", None),
        ("postil.database/2", "_meta.1.schema", "postil.database/1"),
        ("postil.database/2", "_meta.1.article", None),
        ("postil.database/2", "state.1.revision", "x"),
    ],
)
def test_what_is_broken_is_not_valid(written: dict[str, Tree], name: str, path: str, value: object) -> None:
    assert not validator(name).is_valid(change(written[name], path, value))


@pytest.fixture
def news() -> Tree:
    return tomllib.loads(BUILT_IN.read_text(encoding="utf-8"))


def test_scheme_files_are_valid(news: Tree) -> None:
    validator("postil.scheme/1").validate(news)
    renamed = {"tags": {"claim": "fact"}}
    validator("postil.scheme/1").validate({**news, "renamed": renamed})
    del news["decision_path"]
    validator("postil.scheme/1").validate(news)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("id", "News"),
        ("version", 0),
        ("tags", []),
        ("tags.0.letter", "FF"),
        ("tags.0.color", "orange"),
        ("categories.0.key", ""),
        ("severities.0.multiplier", -1),
        ("decision_path.0.tag", 3),
    ],
)
def test_a_wrong_scheme_is_not_valid(news: Tree, path: str, value: object) -> None:
    assert not validator("postil.scheme/1").is_valid(change(news, path, value))


def test_in_a_scheme_no_key_is_unknown_and_few_may_lack(news: Tree) -> None:
    check = validator("postil.scheme/1")
    assert not check.is_valid({**news, "colours": 1})
    news["tags"][0]["colour"] = "#000000"
    assert not check.is_valid(news)
    del news["tags"][0]["colour"], news["tags"][0]["edge_cases"]
    assert check.is_valid(news)
    del news["tags"][0]["definition"]
    assert not check.is_valid(news)


def test_every_key_of_a_scheme_is_described() -> None:
    definitions: Any = schemas()["postil.scheme/1"]["$defs"]
    lacking = [
        f"{kind}.{key}"
        for kind, definition in definitions.items()
        for key, described in definition["properties"].items()
        if "description" not in described
    ]
    assert lacking == []


def test_the_record_is_described_in_the_order_it_is_written(written: dict[str, Tree]) -> None:
    definitions: Any = schemas()["postil.annotation/1"]["$defs"]
    properties = definitions["Record"]["properties"]
    assert list(properties) == list(written["postil.annotation/1"])
    assert all("description" in properties[key] for key in ("start", "end", "text", "tags"))

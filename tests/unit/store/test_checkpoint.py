"""The file that is written is the one that is read, here and by stock TinyDB."""

from __future__ import annotations

import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Annotation, Quote, Span
from tui.store.checkpoint import SCHEMA, Database, Meta, State, decode, encode
from tui.store.protocol import Damaged, TooNew

PATH = Path("people/ana/x.json")
META = Meta(article="x", annotator="ana", text_sha256="00", scheme="news/1", segmentation=1)

offsets = st.integers(0, 10_000)
words = st.text(max_size=30)
spans = st.builds(
    Span,
    id=words,
    start=offsets,
    end=offsets,
    text=words,
    category=st.none() | words,
    severity=words,
    correction=st.none() | words,
    note=words,
)
quotes = st.builds(
    Quote, id=words, start=offsets, end=offsets, text=words, speaker=st.none() | words, closed=st.booleans()
)
annotations = st.builds(
    Annotation,
    segmentation=st.integers(1, 9),
    start=offsets,
    end=offsets,
    text=words,
    tags=st.lists(words, max_size=4).map(tuple),
    decided=st.booleans(),
    unsure=st.booleans(),
    spans=st.lists(spans, max_size=2).map(tuple),
    quotes=st.lists(quotes, max_size=2).map(tuple),
    note=words,
    created_at=words,
    updated_at=words,
    active_ms=st.integers(0, 2**50),
)
databases = st.builds(
    Database,
    meta=st.just(META),
    annotations=st.lists(annotations, max_size=5).map(lambda said: {one.start: one for one in said}),
    state=st.builds(State, cursor=offsets, revision=offsets, updated_at=words),
)


def written(database: Database) -> bytes:
    return b"".join(encode(database))


def sealed(tree: object) -> bytes:
    """As Postil would have written it."""
    data = msgspec.json.encode(tree)[:-1]
    return data + b',"_checksum":{"1":{"crc32":"%08x"}}}' % zlib.crc32(data)


@given(databases)
def test_what_is_written_is_read_back(database: Database) -> None:
    data = written(database)
    assert decode(data, PATH) == database
    assert written(decode(data, PATH)) == data
    assert data.count(b"\n") == 0


@given(databases)
def test_documents_are_in_the_order_of_their_sentences(database: Database) -> None:
    numbers = [int(number) for number in msgspec.json.decode(written(database))["annotations"]]
    assert numbers == sorted(start + 1 for start in database.annotations)
    assert all(number >= 1 for number in numbers)


def tree() -> dict[str, dict[str, dict[str, object]]]:
    said = Annotation(segmentation=1, start=4, end=5, text="a", decided=True, created_at="", updated_at="")
    tree = msgspec.json.decode(written(Database(meta=META, annotations={4: said})))
    del tree["_checksum"]
    return tree


def test_tables_and_keys_of_later_versions_are_no_fault() -> None:
    grown = tree()
    grown["later"] = {"1": {"x": [1, 2]}}
    grown["annotations"]["5"]["new_key"] = 1
    database = decode(sealed(grown), PATH)
    assert database.annotations[4].decided
    assert msgspec.json.decode(written(database))["later"] == {"1": {"x": [1, 2]}}


def test_a_newer_schema_is_refused_even_if_everything_else_changed() -> None:
    newer = {"_meta": {"1": {"schema": "postil.database/9", "postil": "4.0"}}, "annotations": [1, 2]}
    for data in (msgspec.json.encode(newer), sealed(newer)):
        with pytest.raises(TooNew, match=r"'4\.0'"):
            decode(data, PATH)


def test_the_bytes_are_those_that_were_written() -> None:
    data = sealed(tree())
    for place in range(len(data)):
        for flip in (1, 0x20, 0x80):
            with pytest.raises((Damaged, TooNew)):
                decode(data[:place] + bytes([data[place] ^ flip]) + data[place + 1 :], PATH)


def test_the_first_schema_is_read_though_it_had_no_checksum() -> None:
    older = tree()
    older["_meta"]["1"]["schema"] = "postil.database/1"
    older["state"]["1"] = {"cursor": 4, "revision": 7, "updated_at": ""}
    database = decode(msgspec.json.encode(older), PATH)
    assert database.stored_as == "postil.database/1"
    assert (database.meta.schema, database.state.cursor, database.state.revision) == (SCHEMA, 4, 0)
    with pytest.raises(Damaged, match="checksum"):
        decode(sealed(older), PATH)


def test_many_annotations_are_written_in_pieces() -> None:
    said = [
        Annotation(segmentation=1, start=n, end=n, text="", unsure=True, created_at="", updated_at="")
        for n in range(2500)
    ]
    database = Database(meta=META, annotations={one.start: one for one in said})
    assert len(list(encode(database))) > 3
    assert decode(written(database), PATH) == database


@pytest.mark.parametrize("missing", ["_meta", "annotations", "state"])
def test_a_missing_table_is_damage(missing: str) -> None:
    broken = tree()
    del broken[missing]
    with pytest.raises(Damaged, match=missing):
        decode(sealed(broken), PATH)


def test_a_document_under_another_number_is_damage() -> None:
    broken = tree()
    broken["annotations"]["6"] = broken["annotations"].pop("5")
    with pytest.raises(Damaged, match="document 6"):
        decode(sealed(broken), PATH)


@pytest.mark.parametrize(
    "data", [b"", b"\xff", b"null", b"[]", b"[" * 100_000, b'{"_meta": {"1": {"schema": "\x1b[2J"}}}']
)
def test_other_content_is_damage(data: bytes) -> None:
    with pytest.raises(Damaged) as refused:
        decode(data, PATH)
    assert str(refused.value).isprintable()


def test_every_cut_is_noticed() -> None:
    data = sealed(tree())
    for length in range(len(data)):
        with pytest.raises(Damaged):
            decode(data[:length], PATH)

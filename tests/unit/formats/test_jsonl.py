"""One record a line, as UTF-8, however many there are."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator

import msgspec
import pytest

from tui.formats import jsonl
from tui.formats.records import Record, records
from tui.model.annotation import Annotation
from tui.model.article import Article


def written(found: list[Record]) -> bytes:
    out = io.BytesIO()
    report = jsonl.write(found, out)
    assert (report.format, report.records, report.lines()) == ("jsonl", len(found), [])
    return out.getvalue()


def test_every_record_is_a_line_of_its_own(article: Article, rich: Annotation) -> None:
    hostile = msgspec.structs.replace(rich, note="a\u2028b\nc\x85d\x1b[2J\x00é")
    found = list(records(article, [rich, hostile], annotator="ana", scheme="news/1"))
    data = written(found)
    assert data.endswith(b"\n")
    assert not data.startswith(b"\xef\xbb\xbf")
    lines = data.split(b"\n")[:-1]
    assert [msgspec.json.decode(line, type=Record) for line in lines] == found
    assert json.loads(lines[1])["note"] == hostile.note
    assert "été".encode() in data or "😀".encode() in data


def test_no_records_are_no_bytes() -> None:
    assert written([]) == b""


@pytest.mark.parametrize("count", [255, 256, 257, 1000])
def test_nothing_is_lost_between_writes(article: Article, rich: Annotation, count: int) -> None:
    [record] = records(article, [rich], annotator="ana", scheme="news/1")
    numbered = [msgspec.structs.replace(record, active_ms=number) for number in range(count)]
    lines = written(numbered).splitlines()
    assert [json.loads(line)["active_ms"] for line in lines] == list(range(count))


def test_it_writes_while_it_reads(article: Article, rich: Annotation) -> None:
    [record] = records(article, [rich], annotator="ana", scheme="news/1")
    out = io.BytesIO()
    seen: list[int] = []

    def many() -> Iterator[Record]:
        for _ in range(2000):
            seen.append(out.tell())
            yield record

    jsonl.write(many(), out)
    size = len(out.getvalue()) // 2000
    assert max(size * number - at for number, at in enumerate(seen)) <= 256 * size

from __future__ import annotations

import json

import pytest

from tui.documents.document import ReadingOptions
from tui.documents.reading import documents

TEXTS = [
    "The mayor spoke.",
    "L’été dernier, à Genève.",
    "Die Brücke ist zu.",
    "Мэр города молчит.",
    "町長は話した。",
]
RECORDS = [{"text": text, "title": text[:5]} for text in TEXTS]
SHAPES = {
    "lines": "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS),
    "escaped": "\r\n".join(json.dumps(record) for record in RECORDS) + "\r\n",
    "list": json.dumps(RECORDS, ensure_ascii=False),
    "indented list": json.dumps(RECORDS, ensure_ascii=False, indent=2),
    "objects one after the other": "".join(json.dumps(record, ensure_ascii=False) for record in RECORDS),
    "indented objects": "\n".join(json.dumps(record, ensure_ascii=False, indent=4) for record in RECORDS),
    "blank lines between": "\n\n \n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS),
}


def read(data: bytes, suffix: str, encoding: str | None = None) -> tuple[list[str], list[str]]:
    problems: list[str] = []
    texts = [
        each.text for each in documents(data, suffix, ReadingOptions(encoding=encoding), problems.append)
    ]
    return texts, problems


@pytest.mark.parametrize("shape", [name for name in SHAPES if name != "objects one after the other"])
@pytest.mark.parametrize("suffix", [".jsonl", ".ndjson", ".json", ".txt", ""])
def test_every_shape_is_read_whatever_the_suffix(shape: str, suffix: str) -> None:
    assert read(SHAPES[shape].encode(), suffix) == (TEXTS, [])


def test_objects_on_one_line_are_read() -> None:
    assert read(SHAPES["objects one after the other"].encode(), ".json") == (TEXTS, [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("shape", ["lines", "indented list", "indented objects"])
def test_marks_and_wide_encodings_are_recognised(encoding: str, shape: str) -> None:
    assert read(SHAPES[shape].encode(encoding), ".jsonl") == (TEXTS, [])


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "L’été à Genève."),
        ("cp1250", "Źródło jest suche."),
        ("koi8-r", "Мэр молчит."),
        ("shift_jis", "町長"),
    ],
)
@pytest.mark.parametrize("suffix", [".jsonl", ".txt", ""])
def test_another_encoding_has_to_be_stated(encoding: str, text: str, suffix: str) -> None:
    data = "\n".join(json.dumps({"text": each}, ensure_ascii=False) for each in (text, "Plain.")).encode(
        encoding
    )
    texts, [problem] = read(data, suffix)
    assert texts == ["Plain."]
    assert problem.startswith("line 1 is not UTF-8")
    assert problem.endswith("use --encoding NAME")
    assert read(data, suffix, encoding) == ([text, "Plain."], [])


@pytest.mark.parametrize(
    "first", ["null", "5", '"Der Rat tagt."', '["un", "deux"]', "[]", "true", "1.5", '[{"text": "x"}]']
)
@pytest.mark.parametrize("suffix", [".jsonl", ".json", ".ndjson"])
def test_a_first_line_that_is_no_object_is_named_as_a_line(first: str, suffix: str) -> None:
    texts, [problem] = read((first + "\n" + SHAPES["lines"]).encode(), suffix)
    assert texts == TEXTS
    assert problem.startswith("line 1 is ")

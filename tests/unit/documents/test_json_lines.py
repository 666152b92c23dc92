from __future__ import annotations

import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import DEFAULTS, Document, ReadingOptions
from tui.documents.json_lines import read, read_json

GOOD = b'{"text": "Good."}'


def articles(
    data: bytes, options: ReadingOptions = DEFAULTS, *, as_json: bool = False
) -> tuple[list[Document], list[str]]:
    """The articles and the reported problems."""
    problems: list[str] = []
    reader = read_json if as_json else read
    return list(reader(data, options, problems.append)), problems


def problem(line: bytes | str, options: ReadingOptions = DEFAULTS) -> str:
    """What is said of a bad line between good ones, which are read."""
    source = line if isinstance(line, bytes) else line.encode()
    found, problems = articles(b"\n".join([GOOD, source, GOOD]), options)
    assert [document.text for document in found] == ["Good.", "Good."]
    (message,) = problems
    assert "\n" not in message
    assert message.startswith("line 2 ")
    return message


def only(record: object, options: ReadingOptions = DEFAULTS) -> Document:
    (document,), problems = articles(json.dumps(record).encode(), options)
    assert not problems
    return document


def test_each_line_is_an_article() -> None:
    lines = [
        codecs.BOM_UTF8
        + b'{"text": "One\\r\\ntwo\\rthree", "title": "T", "source": "S", "language": "EN_us", "n": [1]}',
        b"",
        '{"text": "a\u2028b\u0085c", "title": null}\r'.encode(),
        b'{"text": "last"}',
    ]
    found, problems = articles(b"\n".join(lines))
    assert found == [
        Document(text="One\ntwo\nthree", title="T", source="S", language="en", layout="paragraphs"),
        Document(text="a\u2028b\nc", layout="paragraphs"),
        Document(text="last", layout="paragraphs"),
    ]
    assert not problems


def test_escapes_bring_in_no_controls() -> None:
    hostile = "a\x1b[31m\x00\ud800\x9b\u202e"
    document = only({"text": hostile, "title": hostile, "source": hostile})
    assert document.text == document.title == document.source == "a␛[31m���\u202e"
    assert [warning.partition(" replaced")[0] for warning in document.warnings[:2]] == [
        "1 NUL character",
        "1 lone surrogate",
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (
            '{"headline": "H", "content": "C"}',
            "has no text: its fields are headline, content (use --text-field NAME)",
        ),
        (
            '{"data": {"text": "x", "id": 1}, "n": 1}',
            "has no text: its fields are data.text, data.id, n (use --text-field NAME)",
        ),
        ('{"a\\u001b\\n b": 1, "": 2}', 'has no text: its fields are a␛ b, "" (use'),
        (json.dumps({f"field{n}": n for n in range(40)}), "field11 and others (use"),
        (json.dumps({"x" * 100: 1}), "fields are " + "x" * 39 + "… (use"),
        ("{}", "has no fields: write"),
        ('{"text": null}', "has null in its field text: it must be text in double quotes"),
        ('{"text": 3}', "has a number in its field text"),
        ('{"text": 3.5}', "has a number in its field text"),
        ('{"text": NaN}', "has a number in its field text"),
        ('{"text": true}', "has true in its field text"),
        ('{"text": ["a"]}', "has a list in its field text"),
        ('{"text": {"a": 1}}', "has an object in its field text"),
        ('{"text": "a", "text": "b"}', "has the field text several times: keep one"),
        ('{"text": " \\n"}', "has an empty text"),
        ('["text"]', "is a list, not an object"),
        ('"text"', "is text, not an object"),
        ("null", "is null, not an object"),
        ("12", "is a number, not an object"),
        (
            "{text}",
            "is not valid JSON (Expecting property name enclosed in double quotes at its character 1)",
        ),
        ('{"text": "cut', "is not valid JSON (Unterminated string starting at its character 9)"),
        ('{"text": "a"} {"text": "b"}', "is not valid JSON (Extra data at its character 14)"),
        ('{"text": "a\x00b"}', "is not valid JSON (Invalid control character at its character"),
        (b'{"text": "\xff"}', "is not UTF-8 (at its byte 10): save the file as UTF-8"),
        (b"[" * 100_000, "is nested too deeply"),
        (b'{"text": "a", "n": ' + b'{"a":' * 100_000, "is nested too deeply"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: bytes | str, what: str) -> None:
    assert what in problem(line)


@pytest.mark.parametrize(
    "number", ["1" * 5000, "-" + "1" * 5000, "1e999", "NaN", "-Infinity", "0.1e-5", "true", "[1, [2]]"]
)
def test_other_fields_may_hold_anything(number: str) -> None:
    (document,), problems = articles(b'{"text": "a", "n": ' + number.encode() + b"}")
    assert (document.text, problems, document.warnings) == ("a", [], ())


@pytest.mark.parametrize(
    ("field", "value", "kind"),
    [
        ("title", 2024, "a number"),
        ("title", ["a"], "a list"),
        ("title", {"a": 1}, "an object"),
        ("title", False, "false"),
        ("source", 1.5, "a number"),
        ("source", ["a"], "a list"),
        ("url", {}, "an object"),
        ("language", ["fr", "en"], "a list"),
        ("language", 3, "a number"),
        ("lang", True, "true"),
    ],
)
def test_a_wrong_type_in_an_optional_field_is_left_out_with_a_warning(
    field: str, value: object, kind: str
) -> None:
    document = only({"text": "a", field: value})
    assert (document.title, document.source, document.language) == (None, None, None)
    assert document.warnings == (f"line 1: the field {field} is {kind}, not text, so it was left out",)


def test_null_and_blank_optional_fields_are_none() -> None:
    document = only({"text": "a", "title": " ", "source": None, "language": None})
    assert document == Document(text="a", layout="paragraphs")


def test_a_repeated_field_is_left_out_unless_it_has_the_same_value() -> None:
    (document,), _ = articles(b'{"text": "a", "title": "x", "title": "y", "title": "x", "text": "a"}')
    assert (document.text, document.title) == ("a", None)
    assert document.warnings == ("line 1: the field title is there several times, so it was left out",)


def test_lang_and_url_are_read_and_headline_is_not() -> None:
    document = only({"text": "a", "lang": "fr-CA", "url": "https://a.example", "headline": "H"})
    assert (document.language, document.source, document.title) == ("fr", "https://a.example", None)
    both = only({"text": "a", "lang": "it", "language": "fr", "url": "u", "source": "s"})
    assert (both.language, both.source) == ("fr", "s")


def test_the_fields_of_text_and_title_can_be_named() -> None:
    options = ReadingOptions(text_field="content", title_field="headline")
    document = only({"headline": "H", "content": "C", "text": "no", "title": "no"}, options)
    assert (document.text, document.title) == ("C", "H")
    nested = ReadingOptions(text_field="data.body.text", title_field="data.a.b")
    document = only({"data": {"body": {"text": "C"}, "a.b": 1, "a": {"b": "H"}}}, nested)
    assert (document.text, document.title) == ("C", "H")
    assert only({"data.body.text": "C", "data": 1}, nested).text == "C"


def test_a_named_field_that_is_not_there_is_said() -> None:
    options = ReadingOptions(text_field="body", title_field="headline")
    found, problems = articles(b'{"text": "a"}\n{"body": "b", "title": "t"}\n{"body": null}', options)
    assert [(document.text, document.title) for document in found] == [("b", None)]
    assert problems == [
        "line 1 has no field body: its fields are text",
        "line 3 has null in its field body: it must be text in double quotes",
    ]
    assert found[0].warnings == ("line 2: there is no title field headline: its fields are body, title",)


def test_every_bad_line_is_reported() -> None:
    """What reads the file shows the first ones and counts the rest."""
    found, problems = articles(b"{}\n" * 1000 + GOOD)
    assert len(found) == 1
    assert [problem.split()[1] for problem in problems] == [str(number) for number in range(1, 1001)]


@pytest.mark.parametrize("as_json", [False, True])
def test_an_object_or_a_list_over_several_lines_is_read(as_json: bool) -> None:
    record = {"text": "One.", "title": "T"}
    (document,), _ = articles(json.dumps(record, indent=2).encode(), as_json=as_json)
    assert (document.text, document.title) == ("One.", "T")
    items = [record, {"text": 1}, 3, {"text": "Two."}]
    for indent in (None, 2):
        found, problems = articles(json.dumps(items, indent=indent).encode(), as_json=as_json)
        assert [document.text for document in found] == ["One.", "Two."]
        assert problems == [
            "item 2 has a number in its field text: it must be text in double quotes",
            'item 3 is a number, not an object: write {"text": "..."}',
        ]


@pytest.mark.parametrize("as_json", [False, True])
def test_lines_are_lines_whatever_the_file_is_called(as_json: bool) -> None:
    found, problems = articles(b'\n{"text": "a"}\n{"text": 1}\n{"text": "b"}\n', as_json=as_json)
    assert [document.text for document in found] == ["a", "b"]
    assert problems == ["line 3 has a number in its field text: it must be text in double quotes"]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"[]", "is an empty list"),
        (b"{\n}", "has no fields"),
        (b'{\n"a": 1}', "has no text: its fields are a"),
        (b'{\n"text": 1}', "has a number in its field text"),
        (b"3", "is a number, not an object"),
        (b'{\n"text": }', r"is not valid JSON \(Expecting value in its line 2\)"),
        (b'{"text": "\xff"}', "is not UTF-8"),
        (b"[" * 100_000, "nested too deeply"),
        (b"", "is empty"),
        (b" \n\r\n", "is empty"),
        (codecs.BOM_UTF8, "is empty"),
    ],
)
def test_a_json_file_without_articles_is_refused(data: bytes, what: str) -> None:
    with pytest.raises(UnreadableFileError, match=what):
        articles(data, as_json=True)


@pytest.mark.parametrize("data", [b"", b"\n \n\r\n", codecs.BOM_UTF8 + b"\n"])
def test_a_file_of_no_lines_is_empty(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"^is empty"):
        articles(data)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(mark: bytes, encoding: str) -> None:
    found, _ = articles(mark + '{"text": "déjà"}\n{"text": "ĊĀ"}'.encode(encoding))
    assert [(document.text, document.encoding) for document in found] == [
        ("déjà", encoding),
        ("ĊĀ", encoding),
    ]


def test_the_encoding_can_be_stated() -> None:
    options = ReadingOptions(encoding="cp1252")
    (document,), _ = articles('{"text": "déjà"}'.encode("cp1252"), options)
    assert (document.text, document.encoding, document.encoding_guess) == ("déjà", "cp1252", False)
    with pytest.raises(UnreadableFileError, match=r"^is not cp1252 \(at byte 10\): use another --encoding"):
        articles(b'{"text": "\x81"}', options)


def test_the_layout_of_each_text_is_recognised() -> None:
    lines = "\n".join(f"The council met on day {n} of the month in the old town hall." for n in range(8))
    document = only({"text": lines})
    assert document.layout == "lines"
    assert document.warnings[0].startswith("line 1: each line is one sentence")


@given(st.binary(max_size=60), st.booleans())
def test_any_bytes_are_read_or_refused_in_one_line(data: bytes, as_json: bool) -> None:
    try:
        found, problems = articles(data, as_json=as_json)
    except UnreadableFileError as error:
        found, problems = [], [str(error)]
    assert found or problems
    assert not any("\n" in message for message in problems)

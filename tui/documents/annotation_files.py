"""Files of annotations, Postil's own and those of other tools, recognised by fields that no article has.

The fields are those of each tool's documentation of its export formats.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import cast

from tui.documents import json_records

_REMEDY = "has annotations ({}), not an article: add the text that was annotated as .txt"
DOC_BIN = _REMEDY.format("spaCy DocBin")
_OWN = "is {}, not an article: add the file that the article came from"
_RECORDS = 3
"""How many JSON objects are looked at."""


def annotation_reason(data: bytes, head: str, suffix: str) -> str | None:
    """Why a file of annotations is not read, as a line that follows its name; None for any other file."""
    if what := _LINES_BY_SUFFIX.get(suffix):
        return _REMEDY.format(what)
    if head.lstrip()[:1] in ("{", "["):
        for record in islice(json_records.objects(data), _RECORDS):
            if message := _record_reason(record):
                return message
    what = _line_tool(head)
    return _REMEDY.format(what) if what else None


# JSON

Record = Mapping[str, object]


def _record_reason(record: Record) -> str | None:
    schema = record.get("schema")
    if isinstance(schema, str) and schema.startswith("postil."):
        return _OWN.format(
            "a prepared article of Postil's" if "article" in schema else "annotations that Postil exported"
        )
    if "_meta" in record and ("annotations" in record or "state" in record):
        return _OWN.format("one of Postil's own files of annotations")
    return next((_REMEDY.format(tool) for tool, matches in _TOOLS if matches(record)), None)


def _has(*names: str) -> Callable[[Record], bool]:
    return lambda record: all(name in record for name in names)


def _list(value: object) -> list[object]:
    return cast("list[object]", value) if isinstance(value, list) else []


def _is_offsets(value: object) -> bool:
    """True for a list of [start, end, label]."""
    return any(_is_triple(_list(item)) for item in _list(value))


def _is_triple(items: list[object]) -> bool:
    return (
        len(items) >= 3
        and isinstance(items[0], int)
        and isinstance(items[1], int)
        and isinstance(items[2], str)
    )


def _items(value: object, *names: str) -> bool:
    """True for a list whose first item is an object with these fields."""
    items = _list(value)
    return bool(items) and isinstance(items[0], dict) and all(name in items[0] for name in names)


def _prodigy(record: Record) -> bool:
    return any(name in record for name in ("_input_hash", "_task_hash", "_view_id")) or (
        _items(record.get("spans"), "start", "end", "label")
    )


def _doccano(record: Record) -> bool:
    return (
        any(_is_offsets(record.get(name)) for name in ("label", "labels"))
        or ("Comments" in record and any(name in record for name in ("label", "labels", "cats", "entities")))
        or _items(record.get("entities"), "start_offset", "end_offset")
    )


def _label_studio(record: Record) -> bool:
    has_results = any(name in record for name in ("annotations", "completions", "predictions"))
    return (
        (isinstance(record.get("data"), dict) and has_results)
        or _has("annotation_id", "lead_time")(record)
        or any(_items(value, "start", "end", "labels") for value in record.values())
    )


def _spacy(record: Record) -> bool:
    spans = record.get("spans")
    return (
        _is_offsets(record.get("entities"))
        or _items(record.get("ents"), "start", "end", "label")
        or (isinstance(record.get("cats"), dict) and isinstance(spans, dict))
        or _items(record.get("paragraphs"), "sentences")
    )


def _web_annotation(record: Record) -> bool:
    context, kinds = record.get("@context"), record.get("type")
    return "ns/anno" in str(context)[:2000] or (
        "target" in record and kinds in ("Annotation", "AnnotationPage", "AnnotationCollection")
    )


def _hypothesis(record: Record) -> bool:
    return _items(record.get("rows"), "uri", "target") or (
        "uri" in record and "target" in record and str(record.get("user", "")).startswith("acct:")
    )


def _cas(record: Record) -> bool:
    return any(
        name in record for name in ("%FEATURE_STRUCTURES", "%TYPES", "%VIEWS", "_referenced_fss", "_views")
    )


def _error_spans(record: Record) -> bool:
    if "error_spans" in record or _has("item_i", "annotation")(record) or _has("mqm", "actions")(record):
        return True
    return _items(record.get("errors"), "category", "severity")


_TOOLS: tuple[tuple[str, Callable[[Record], bool]], ...] = (
    ("Web Annotation", _web_annotation),
    ("Hypothesis", _hypothesis),
    ("UIMA CAS JSON", _cas),
    ("Prodigy", _prodigy),
    ("doccano", _doccano),
    ("Label Studio", _label_studio),
    ("spaCy", _spacy),
    ("translation errors, as Pearmut or Appraise have them", _error_spans),
    ("Argilla", lambda record: "fields" in record and ("responses" in record or "suggestions" in record)),
    ("LightTag", lambda record: _items(record.get("examples"), "content", "annotations")),
    ("offsets of a text", _has("sent_id", "offset_unit", "spans")),
)


# Lines

_LINES_BY_SUFFIX = {
    ".ann": "brat",
    ".a1": "brat",
    ".a2": "brat",
    ".xmi": "UIMA CAS XMI",
    **dict.fromkeys((".conll", ".conllu", ".conllup", ".conll03", ".iob", ".bio", ".bioes"), "CoNLL"),
    ".textgrid": "Praat",
    ".eaf": "ELAN",
    ".jsonld": "Web Annotation",
}

_BRAT = re.compile(r"(?:T\d+\t[^\s\t]+ \d+ \d+|[REAM*]\d*\t\S+ \S*(?:T|E|Arg)\d|#\d+\tAnnotatorNotes )")
_WEBANNO = re.compile(r"#FORMAT=WebAnno|#T_SP=|#webanno")
_CONLLU = re.compile(
    r"# (?:sent_id|newdoc|newpar|text|global\.columns) ?=? ?[^\r\n]{0,2000}\r?\n(?:#[^\r\n]{0,4000}\r?\n)*+1\t"
)
_TOKEN = re.compile(r"\S+(?:[ \t]\S+){0,20}[ \t](?:O|[BIELSU]-[\w.-]+)")
"""A token of CoNLL or IOB: its last column is a tag of the scheme BIO, BIOES or BILOU."""
_MQM_HEADER = frozenset(("system", "doc", "rater", "category", "severity"))
_LEAST_TOKENS = 4


def _line_tool(head: str) -> str | None:
    head = head.lstrip()
    if head.startswith("-DOCSTART-") and re.match(r"-DOCSTART-(?:[ \t]+\S+)*+[ \t]*\r?\n", head):
        return "CoNLL"
    if _WEBANNO.match(head):
        return "WebAnno TSV"
    if _CONLLU.match(head):
        return "CoNLL-U"
    lines = [line.rstrip() for line in head.split("\n", 41)[:40] if line.strip()]
    if lines and set(lines[0].lower().replace(",", "\t").split("\t")) >= _MQM_HEADER:
        return "MQM errors"
    if lines and all(_BRAT.match(line) for line in lines):
        return "brat"
    if len(lines) >= _LEAST_TOKENS and all(_TOKEN.fullmatch(line) for line in lines):
        return "CoNLL"
    return None

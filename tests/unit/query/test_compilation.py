"""What an expression is true of: fields, values, and which conditions are about the same mark and sentence."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterable, Sequence
from itertools import islice, repeat
from unittest import mock

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from tests.unit.query.making import quote, record, refused, span
from tui.formats.records import Record, RecordEntity
from tui.hints.registry import BY_NAME
from tui.query.compilation import compiled
from tui.query.documents import ArticleDocument, RecordDocument, matching
from tui.query.tokens import ExpressionError
from tui.settings import scheme_file

NEWS = scheme_file.load()


def fits(text: str, one: Record, share: float = 50.0) -> bool:
    return compiled(text, "records", NEWS).query(RecordDocument(one, lambda _: share))


def article_fits(text: str, records: Iterable[Record], **values: object) -> bool:
    known = {
        "article": "x",
        "title": "T",
        "language": "fr",
        "share": 50.0,
        "sentences": 4,
        "annotators": ["ana"],
    }
    return compiled(text, "articles", NEWS).query(ArticleDocument({**known, **values}, lambda: records))


@pytest.mark.parametrize(
    ("text", "one", "expected"),
    [
        ("tag = opinion", record(tags=("fact", "opinion")), True),
        ("tag = OPINION", record(tags=("opinion",)), True),
        ('tag = "translation error"', record(tags=("translation_error",)), True),
        ("tag = fact", record(tags=("opinion",)), False),
        ("tag != opinion", record(tags=("fact", "opinion")), True),
        ("tag != opinion", record(tags=("opinion",)), False),
        ("not tag = opinion", record(tags=("fact", "opinion")), False),
        ("tag ~ opin", record(tags=("opinion",)), True),
        ("tag", record(), False),
        ("not tag", record(), True),
        ("unsure", record(unsure=True), True),
        ("unsure = no", record(unsure=True), False),
        ("unsure != true", record(), True),
        ("decided", record(decided=True), True),
        ("decided = 50%", record(), True),
        ("decided < 50%", record(decided=True), False),
        ("decided <= 50,5 %", record(), True),
        ("text ~ MUSK", record(), True),
        ("text ~ ete", record(), True),
        ('text ~ "e\u0301te\u0301"', record(), True),
        ("text ~ l’ete", record(), True),
        ("text = musk", record(), False),
        ("title ~ 'election a'", record(), True),
        ("language = FR", record(), True),
        ("source_language != it", record(), False),
        ("not source_language = it", record(), True),
        ("annotator = Ana", record(), True),
        ("severity >= major", record(spans=(span("critical"),)), True),
        ("severity > major", record(spans=(span("major"),)), False),
        ("severity < major", record(spans=(span("minor"),)), True),
        ("severity = Major", record(spans=(span("major"),)), True),
        ("category = Grammar", record(spans=(span(),)), True),
        ("correction", record(spans=(span(correction="x"),)), True),
        ("correction", record(spans=(span(),)), False),
        ('correction = ""', record(spans=(span(correction=""),)), True),
        ("spans", record(spans=(span(words=""),)), True),
        ("spans", record(quotes=(quote(),)), False),
        ("speaker = musk", record(quotes=(quote("Musk"),)), True),
        ("speaker", record(quotes=(quote(),)), False),
        ("detector = quote", record(quotes=(quote(origin="hint:quote"),)), True),
        ("detector = doubled and decision = refused", record(hints=(refused("doubled"),)), True),
        ("hints ~ 'de de'", record(hints=(refused("doubled"),)), True),
        ("note ~ voir", record(spans=(span(note="Voir"),)), True),
        ("note", record(spans=(span(),)), False),
        ("sentence >= 1", record(), True),
        ("active_ms > 1.2", record(), True),
        ("reviewer", record(), False),
        ("status = accepted", record(status="accepted"), True),
        ("pass = 2", record(sitting=2), True),
        ("pass = 2", record(), False),
        ("created = 2026-11-22", record(), True),
        ("touched = 2026-11", record(), True),
        ("touched > 2026-11", record(), False),
        ("touched > 2026-11-21", record(), True),
        ("touched < 2026-11-22", record(), False),
        ("touched <= 2026-11-22", record(), True),
        ("updated = 2026-11-23T00:30+02:00", record(), True),
        ("updated = 2026-11-22T22:30", record(), True),
        ("updated >= 2026-11-22T23:31+01:00", record(), False),
        ("updated = 2026-11-22T17:30-05:00", record(), True),
        ("created > 9998", record(), False),
        ("created < 9999", record(), True),
        ("created != 2026-11-22", record(created_at=None), False),
    ],
)
def test_what_each_field_and_operator_finds(text: str, one: Record, expected: bool) -> None:
    assert fits(text, one) is expected


def test_names_of_an_article_are_found_by_words_and_label() -> None:
    paris = RecordEntity(start=0, end=5, text="Paris", label="LOC", origin="model")
    musk = RecordEntity(start=6, end=10, text="Musk", label="PER", origin="model")
    one = record(entities=(paris, musk))
    assert fits("entities = paris and label = loc", one)
    assert not fits("entities = paris and label = per", one)
    assert fits("entities = paris and label = place", one)
    assert fits("entities = musk and label ~ person", one)


def test_an_accepted_hint_and_its_error_mark_are_one_mark() -> None:
    marked = span("major", "grammar")
    decision = msgspec.structs.replace(refused("doubled"), decision="accepted", span=marked.id)
    one = record(spans=(marked,), hints=(decision,))
    assert fits("detector = doubled and severity = major and decision = accepted", one)
    gone = record(hints=(decision,))
    assert fits("detector = doubled and decision = accepted and not severity", gone)


BOTH = record(spans=(span("minor", "grammar"), span("major", "style")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("category = grammar and severity = minor", True),
        # Joined by `and`, conditions on marks are about one mark.
        ("category = grammar and severity = major", False),
        ("category = grammar and (severity = major)", False),
        ("category = grammar and (severity = major and unsure = no)", False),
        ("category = grammar and (severity = major or unsure)", False),
        ("category = grammar and (severity = minor or unsure)", True),
        ("(category = grammar or unsure) and severity = major", False),
        # Next to such a condition `not` is about that mark too.
        ("category = grammar and not severity = major", True),
        ("category = style and not severity = major", False),
        ("category = grammar and not (severity = minor and category = grammar)", False),
        # With none, it says that there is no such mark.
        ("not severity = major", False),
        ("not severity = critical", True),
        ("not severity = critical and not category = other", True),
        ("not (category = grammar and severity = major)", True),
        ("decided = no and not severity = major", False),
        ("not not severity = major", True),
        ("category = grammar or severity = critical", True),
        # `!=` asks for one that is something else.
        ("severity != major", True),
    ],
)
def test_conditions_on_marks_are_about_one_mark(text: str, expected: bool) -> None:
    assert fits(text, BOTH) is expected


ANA = record(tags=("opinion",), unsure=False, spans=(span("major"),))
BEN = record(tags=("fact",), unsure=True, annotator="ben", sentence=2)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tag = opinion and annotator = ana", True),
        ("tag = opinion and annotator = ben", False),
        ("tag = opinion and unsure", False),
        ("tag = opinion and not unsure", True),
        ("tag = fact and not unsure", False),
        ("not unsure", False),
        ("not tag = quote", True),
        ("language = fr and not unsure", False),
        ("not (tag = opinion and unsure)", True),
        ("severity = major and tag = opinion", True),
        ("severity = major and tag = fact", False),
        ("tag = fact and not severity = major", True),
        ("tag = opinion and not severity = major", False),
        ("tag = fact or severity = critical", True),
        ("tag = opinion and (unsure or sentences = 4)", True),
        ("tag = opinion and (unsure or sentences = 5)", False),
        ("decided < 100% and tag = opinion", True),
        ("decided", False),
        ("annotators = ana", True),
    ],
)
def test_in_a_list_conditions_on_sentences_are_about_one_sentence(text: str, expected: bool) -> None:
    assert article_fits(text, [ANA, BEN]) is expected


def test_annotations_are_read_only_if_an_expression_needs_them() -> None:
    def unread() -> Iterable[Record]:
        raise AssertionError("this reads")

    for text in (
        "language = fr",
        "decided < 100%",
        "language = it and tag = opinion",
        "language = fr or unsure",
    ):
        query = compiled(text, "articles", NEWS).query
        query(ArticleDocument({"language": "fr", "share": 50.0}, unread))
    assert compiled("language = fr and tag = opinion", "articles", NEWS).index_query is not None
    assert compiled("language = fr or tag = opinion", "articles", NEWS).index_query is None
    assert compiled("decided < 100% or sentences > 3", "articles", NEWS).index_query is None
    assert not compiled("decided < 100%", "articles", NEWS).needs_sentences


def test_one_pass_over_the_sentences_answers_an_or() -> None:
    reads = mock.Mock(return_value=[ANA, BEN])
    query = compiled("tag = quote or unsure and tag = opinion or severity = critical", "articles", NEWS).query
    assert not query(ArticleDocument({}, reads))
    assert reads.call_count == 1


# -- against an evaluator that is plain and slow -----------------------------------

MARKS = [
    f"{field} {operator} {value}"
    for field, operator, value in (
        ("severity", "=", "minor"),
        ("severity", ">=", "major"),
        ("category", "=", "grammar"),
        ("category", "!=", "style"),
    )
]
SENTENCES = ["unsure", "tag = fact", "decided"]
TREES = st.recursive(
    st.sampled_from([*MARKS, *SENTENCES]),
    lambda inner: st.tuples(st.sampled_from(["and", "or"]), inner, inner) | st.tuples(st.just("not"), inner),
    max_leaves=8,
)
RECORDS = st.builds(
    record,
    unsure=st.booleans(),
    decided=st.booleans(),
    tags=st.sampled_from([(), ("fact",), ("opinion",)]),
    spans=st.lists(
        st.builds(
            span, st.sampled_from(["minor", "major", "critical"]), st.sampled_from(["grammar", "style"])
        ),
        max_size=3,
    ).map(tuple),
)


def written(tree: object) -> str:
    match tree:
        case str():
            return tree
        case ("not", inner):
            return f"not ({written(inner)})"
        case (joint, left, right):
            return f"({written(left)}) {joint} ({written(right)})"
    raise AssertionError


def naive(tree: object, one: Record) -> bool:
    """By the definition in docs/where.md: look for a mark wherever a group joined by `and` needs one."""
    match tree:
        case str():
            return any(at(tree, one, mark) for mark in one.spans) if tree in MARKS else at(tree, one, None)
        case ("not", inner):
            return not naive(inner, one)
        case ("or", *parts):
            return any(naive(part, one) for part in parts)
    parts = conjuncts(tree)
    if any(map(chooses, parts)):
        return any(all(at(part, one, mark) for part in parts) for mark in one.spans)
    return all(naive(part, one) for part in parts)


def conjuncts(tree: object) -> Sequence[object]:
    match tree:
        case ("and", left, right):
            return [*conjuncts(left), *conjuncts(right)]
        case ("not", ("not", inner)):
            return conjuncts(inner)
    return [tree]


def chooses(tree: object) -> bool:
    match tree:
        case str():
            return tree in MARKS
        case ("not", ("not", inner)):
            return chooses(inner)
        case ("not", _):
            return False
        case ("and", *parts):
            return any(map(chooses, parts))
        case (_, *parts):
            return all(map(chooses, parts))
    raise AssertionError


def at(tree: object, one: Record, mark: object) -> bool:
    """With the mark chosen, all is plain logic."""
    match tree:
        case ("not", inner):
            return not at(inner, one, mark)
        case ("and", left, right):
            return at(left, one, mark) and at(right, one, mark)
        case ("or", left, right):
            return at(left, one, mark) or at(right, one, mark)
    severity, category = getattr(mark, "severity", None), getattr(mark, "category", None)
    return {
        MARKS[0]: severity == "minor",
        MARKS[1]: severity in {"major", "critical"},
        MARKS[2]: category == "grammar",
        MARKS[3]: category not in {None, "style"},
        "unsure": one.unsure,
        "tag = fact": "fact" in one.tags,
        "decided": one.decided,
    }[str(tree)]


@given(TREES, RECORDS)
def test_it_finds_what_the_definition_says(tree: object, one: Record) -> None:
    assert fits(written(tree), one) is naive(tree, one)


@given(TREES, st.lists(RECORDS, max_size=3))
def test_not_is_the_complement_in_lists_too(tree: object, records: list[Record]) -> None:
    text = written(tree)
    assert article_fits(f"not ({text})", records) is not article_fits(text, records)


# -- errors ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("tagg = x", 1, "did you mean tag? The fields are active_ms, annotator"),
        ("unsure and tag = opinio", 18, "did you mean opinion? There are fact, opinion, quote"),
        ("severity > huge", 12, "there are minor, major, critical"),
        ("status = done", 10, "there are unreviewed, accepted"),
        ("label = XYZ", 9, "“XYZ” is not a label: there are PER, ORG, LOC, MISC, MONEY"),
        ("label != PERS", 10, "did you mean PER? There are PER, ORG"),
        ("entities and label = firm", 22, "is not a label: there are PER, ORG"),
        ("detector = foo", 12, "“foo” is not a detector: there are placeholder, glued, doubled"),
        ("detector = doubbled", 12, "did you mean doubled? There are placeholder"),
        ("not detector != 'hint:glued'", 17, "is not a detector: did you mean glued?"),
        ("decision = acepted", 12, "did you mean accepted? There are accepted, refused"),
        ("holder = somebody", 10, "“somebody” is not a holder: there are author, source"),
        ("label < PER", 7, "cannot compare a label: use =, != or ~"),
        ("detector >= glued", 10, "cannot compare a detector: use =, != or ~"),
        ("sentences > 3", 1, "postil list only"),
        ("touched > 2026-13", 11, "is not a time"),
        ("touched > yesterday", 11, "is not a time"),
        ("touched > 2026-11-30T25:00", 11, "is not a time"),
        ("touched > 2026-11-30+99:00", 11, "is not a time"),
        ("touched > 0000", 11, "is not a time"),
        ("sentence = x", 12, "is not a number"),
        ("sentence = nan", 12, "is not a number"),
        ("sentence = " + "9" * 5000, 12, "is not a number"),
        ("sentence ~ 3", 10, "cannot compare a number"),
        ("decided = 3", 11, "a share such as 80%"),
        ("decided < x%", 11, "is not a number"),
        ("unsure > true", 8, "cannot compare"),
        ("text < a", 6, "use =, != or ~"),
        ("tag < fact", 5, "use =, != or ~"),
    ],
)
def test_an_error_says_where_and_what_there_is(text: str, column: int, words: str) -> None:
    with pytest.raises(ExpressionError) as raised:
        compiled(text, "records", NEWS)
    assert raised.value.column == column
    assert words in str(raised.value)


def test_every_detector_that_there_is_can_be_asked_for() -> None:
    for name in (*BY_NAME, "quote"):
        assert fits(f"detector = {name}", record(hints=(refused(name),)))
        assert not fits(f"detector = {name}", record(hints=(refused(f"{name}s"),)))


def test_a_long_expression_of_many_alternatives_runs() -> None:
    text = " or ".join(f"text ~ w{n}" for n in range(3_000)) + " or text ~ musk"
    assert fits(text, record())


def test_the_query_works_on_a_stock_tinydb_table() -> None:
    table = TinyDB(storage=MemoryStorage).table("annotations")
    table.insert({"start": 0, "tags": ["opinion"], "unsure": True, "text": "Été"})
    table.insert({"start": 9, "tags": ["fact"], "unsure": True, "text": "Non"})
    found = table.search(compiled("tag = opinion and unsure and text ~ ete", "records", NEWS).query)
    assert [document["start"] for document in found] == [0]
    assert table.count(compiled("unsure", "records", NEWS).query) == 2


def test_filtering_many_records_takes_no_more_memory_than_one() -> None:
    condition = compiled("unsure and severity >= minor and text ~ musk", "records", NEWS)
    one = record(unsure=True, spans=(span(),))
    count = 0
    tracemalloc.start()
    try:
        for _ in matching(repeat(one, 20_000), condition):
            count += 1
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 20_000
    assert peak < 200_000


def test_records_are_filtered_as_they_stream() -> None:
    """Of an endless stream, as many as are asked for: none is kept or read ahead."""
    condition = compiled("unsure", "records", NEWS)
    stream = iter(repeat(record(unsure=True)))
    assert len(list(islice(matching(stream, condition), 1_000))) == 1_000


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00", "0001-01-01T00:00+23:59", "2026-02-30"]
)
@pytest.mark.parametrize("operator", ["=", "<", ">=", ">"])
def test_a_time_that_there_is_not_is_one_line(time: str, operator: str) -> None:
    with pytest.raises(ExpressionError, match="is not a time") as raised:
        compiled(f"updated {operator} {time}", "records", NEWS)
    assert raised.value.column == len(f"updated {operator} ") + 1


@pytest.mark.parametrize("value", [r'"back\slash"', r'"\x41"', r"'a\q'"])
def test_an_escape_that_there_is_not_is_wrong(value: str) -> None:
    with pytest.raises(ExpressionError, match="begins no escape") as raised:
        compiled(f"text ~ {value}", "records", NEWS)
    assert raised.value.column == len("text ~ ") + value.index("\\") + 1


def test_a_number_is_never_empty() -> None:
    one = record(start=0)
    assert fits("start", one)
    assert not fits("not start", one)

"""Who differs in what, and what more than half say; a tie is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.agreement.disagreements import NoMajority, differences, disagreements, majority, versions
from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Article

TEXT = "Un premier essai rate. Un second aussi."
ARTICLE = Article(
    id="essai", title="t", source="s", language="fr", text_sha256="0", added_at="", text=TEXT,
    starts=[0, 23], ends=[22, 39], paragraphs=[0],
)  # fmt: skip


def said(
    *tags: str,
    start: int = 0,
    end: int = 22,
    spans: tuple[Span, ...] = (),
    quotes: tuple[Quote, ...] = (),
    decided: bool = True,
) -> Annotation:
    return Annotation(
        segmentation=1, start=start, end=end, text=TEXT[start:end], tags=tags, decided=decided,
        spans=spans, quotes=quotes, created_at="", updated_at="",
    )  # fmt: skip


def span(
    start: int, end: int, category: str = "style", severity: str = "minor", correction: str | None = None
) -> Span:
    return Span(
        id=f"{start}-{end}-{category}", start=start, end=end, text=TEXT[start:end],
        category=category, severity=severity, correction=correction,
    )  # fmt: skip


def quote(start: int, end: int, speaker: str | None) -> Quote:
    return Quote(id="q", start=start, end=end, text=TEXT[start:end], speaker=speaker)


def test_those_who_say_the_same_do_not_differ() -> None:
    mark = span(3, 10)
    assert differences({"ana": said("fact", spans=(mark,)), "bob": said("fact", spans=(mark,))}) == ()
    assert differences({"ana": said("fact")}) == ()
    assert differences({}) == ()


def test_who_has_the_same_tags_stands_together_the_most_first() -> None:
    [found] = differences(
        {"ana": said("fact"), "bob": said("opinion", "fact"), "eve": said("fact", "opinion")}
    )
    assert (found.aspect, found.start, found.end) == ("tags", 0, 22)
    assert found.groups == (("bob", "eve"), ("ana",))


def test_bounds_tell_who_marked_and_who_did_not() -> None:
    found = differences({"ana": said(spans=(span(3, 10),)), "bob": said(spans=(span(3, 16),))})
    assert [(one.aspect, one.start, one.end, one.groups) for one in found] == [
        ("bounds", 3, 10, (("ana",), ("bob",))),
        ("bounds", 3, 16, (("ana",), ("bob",))),
    ]


def test_category_and_severity_are_compared_at_the_same_place_only() -> None:
    ana = said(spans=(span(3, 10, "style", "minor"), span(11, 16, "style", "minor")))
    bob = said(spans=(span(3, 10, "spelling", "major"),))
    found = differences({"ana": ana, "bob": bob, "eve": said(spans=())})
    assert [(one.aspect, one.start) for one in found] == [
        ("bounds", 3),
        ("bounds", 11),
        ("category", 3),
        ("severity", 3),
    ]
    assert found[0].groups == (("ana", "bob"), ("eve",))
    assert found[2].groups == (("ana",), ("bob",))


@pytest.mark.parametrize(
    ("one", "other", "aspects"),
    [
        (quote(3, 10, "Ana B."), quote(3, 10, "ana  b."), []),
        (quote(3, 10, None), quote(3, 10, ""), []),
        (quote(3, 10, "Ana"), quote(3, 10, None), ["speaker"]),
        (quote(3, 10, "Ana"), quote(3, 16, "Ana"), ["quotation", "quotation"]),
    ],
)
def test_quotations_and_their_speakers(one: Quote, other: Quote, aspects: list[str]) -> None:
    found = differences({"ana": said(quotes=(one,)), "bob": said(quotes=(other,))})
    assert [difference.aspect for difference in found] == aspects


def test_only_decided_sentences_with_the_same_bounds_are_compared() -> None:
    by = {
        "bob": {0: said("fact"), 23: said("fact", start=23, end=39)},
        "ana": {0: said("opinion", decided=False), 23: said("opinion", start=23, end=39)},
        "eve": {0: said("quote", end=10)},
    }
    assert list(versions(by, 0, 22)) == ["bob"]
    assert list(versions(by, 23, 39)) == ["ana", "bob"]
    [found] = disagreements(ARTICLE, by)
    assert (found.sentence, found.start, found.end, found.aspects) == (1, 23, 39, ("tags",))


def test_each_tag_needs_more_than_half() -> None:
    most = majority({"ana": said("fact", "quote"), "bob": said("fact"), "eve": said("quote", "opinion")})
    assert most.tags == {"fact", "quote"}
    assert majority({"ana": said(), "bob": said(), "eve": said("fact")}).tags == set()


@pytest.mark.parametrize(
    "by",
    [
        {"ana": said("fact"), "bob": said()},
        {"ana": said("fact"), "bob": said("opinion"), "eve": said("quote")},
        {"ana": said("fact"), "bob": said("opinion"), "eve": said("quote"), "joe": said(), "pia": said()},
        {"ana": said("fact", spans=(span(3, 10),)), "bob": said("fact")},
        {"ana": said("fact", quotes=(quote(3, 10, "x"),)), "bob": said("fact", quotes=(quote(3, 10, "y"),))},
    ],
)
def test_a_tie_is_refused_in_one_line(by: dict[str, Annotation]) -> None:
    with pytest.raises(NoMajority) as refused:
        majority(by)
    assert "\n" not in str(refused.value)


def test_nobody_has_no_majority() -> None:
    with pytest.raises(ValueError):
        majority({})


def test_marks_are_taken_where_they_are_identical_for_most() -> None:
    ana = said("translation_error", spans=(span(11, 16), span(3, 10, correction="a")))
    bob = said("translation_error", spans=(span(3, 10, correction="b"), span(11, 16, "spelling")))
    eve = said("translation_error", spans=(span(3, 10, correction="a"),))
    most = majority({"ana": ana, "bob": bob, "eve": eve})
    assert most.spans == (span(3, 10),)
    assert majority({"ana": ana, "eve": eve, "eva": eve}).spans == (span(3, 10, correction="a"),)


tag_sets = st.sets(st.sampled_from(["fact", "opinion", "quote"]))


@given(st.lists(tag_sets, min_size=1, max_size=7))
def test_a_majority_is_what_more_than_half_say(sets: list[set[str]]) -> None:
    try:
        most = majority({f"a{number}": said(*tags) for number, tags in enumerate(sets)})
    except NoMajority:
        return
    for tag in ("fact", "opinion", "quote"):
        assert (tag in most.tags) == (2 * sum(tag in tags for tags in sets) > len(sets))


@given(tag_sets, st.integers(1, 4))
def test_all_of_one_mind_are_their_own_majority(tags: set[str], count: int) -> None:
    by = {f"a{number}": said(*sorted(tags), spans=(span(3, 10),)) for number in range(count)}
    assert majority(by).tags == tags
    assert majority(by).spans == (span(3, 10),)
    assert differences(by) == ()

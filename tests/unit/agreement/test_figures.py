"""The report of all figures, on data whose figures are known."""

from __future__ import annotations

from itertools import count

import pytest

from tui.agreement.coefficients import cohen_kappa, fleiss_kappa, krippendorff_alpha, masi
from tui.agreement.figures import MOST_ANNOTATORS_IN_PAIRS, agreement
from tui.agreement.sentences import Compared, compared, cut_otherwise
from tui.model.annotation import Annotation
from tui.model.article import Article

TAGS = ("fact", "opinion")


def said(*tags: str, start: int = 0, end: int = 5, decided: bool = True) -> Annotation:
    return Annotation(
        segmentation=1, start=start, end=end, text="text.", tags=tags, decided=decided, created_at="", updated_at="",
    )  # fmt: skip


def sentences(*answers: str) -> list[Compared]:
    """Each says what ana, bob, eve ... say: `f` fact, `o` opinion, `b` both, `-` no tag, `.` not decided."""
    tags = {"f": ("fact",), "o": ("opinion",), "b": ("fact", "opinion"), "-": ()}
    return [
        Compared(
            by_annotator={
                name: said(*tags[letter])
                for name, letter in zip(("ana", "bob", "eve", "joe"), answer, strict=False)
                if letter != "."
            }
        )
        for answer in answers
    ]


def test_two_annotators_on_the_table_of_artstein_and_poesio_2008_page_558() -> None:
    """A o 70 %, kappa .348, pi .341 (which Fleiss' kappa is for two annotators)."""
    found = agreement(sentences(*["ff"] * 20, *["f-"] * 10, *["-f"] * 20, *["--"] * 50), TAGS)
    fact, opinion = found.tags
    assert (found.annotators, found.sentences, found.decided_by_all) == (("ana", "bob"), 100, 100)
    assert fact.given == {"ana": 30, "bob": 40}
    assert fact.raw.value == pytest.approx(0.70)
    assert fact.cohen_kappa is not None
    assert fact.cohen_kappa.value == pytest.approx(0.348, abs=0.0005)
    assert fact.fleiss_kappa.value == pytest.approx(0.341, abs=0.0005)
    assert fact.alpha.value == pytest.approx(1 - 0.30 / 0.45730, abs=0.0005)
    assert {figure.n for figure in (fact.raw, fact.cohen_kappa, fact.fleiss_kappa, fact.alpha)} == {100}
    assert opinion.raw.value == 1
    assert opinion.alpha.value is None
    for figure in (fact.raw, fact.cohen_kappa, fact.fleiss_kappa, fact.alpha):
        assert figure.low is not None
        assert figure.high is not None
        assert figure.value is not None
        assert figure.low < figure.value < figure.high


def test_gaps_count_for_alpha_and_not_for_fleiss() -> None:
    answers = ["fff", "ffo", "f.o", "--f", "oo.", "bfo", "fff", "o-o"]
    found = agreement(sentences(*answers), TAGS)
    fact = found.tags[0]
    has = [[letter in "fb" for letter in answer if letter != "."] for answer in answers]
    whole = [row for row in has if len(row) == 3]
    assert fact.alpha.value == pytest.approx(krippendorff_alpha(has))
    assert fact.fleiss_kappa.value == pytest.approx(fleiss_kappa(whole))
    assert (fact.alpha.n, fact.fleiss_kappa.n, found.decided_by_all) == (8, 6, 6)
    assert fact.cohen_kappa is None
    assert [pair.annotators for pair in found.pairs] == [("ana", "bob"), ("ana", "eve"), ("bob", "eve")]
    assert [pair.sentences for pair in found.pairs] == [7, 7, 6]
    assert found.pairs[1].cohen_kappa["fact"].value == pytest.approx(cohen_kappa([2, 3, 1, 1]))


def test_tag_sets_are_as_far_apart_as_masi_says() -> None:
    answers = ["fb", "bb", "f-", "oo", "bo"]
    found = agreement(sentences(*answers), TAGS).tag_sets
    sets = {
        "f": frozenset({"fact"}),
        "o": frozenset({"opinion"}),
        "b": frozenset(TAGS),
        "-": frozenset[str](),
    }
    assert found.raw.value == pytest.approx(2 / 5)
    assert found.alpha.value == pytest.approx(
        krippendorff_alpha([[sets[letter] for letter in answer] for answer in answers], masi)
    )


def test_the_confusion_of_two_has_a_direction_and_of_more_has_none() -> None:
    two = agreement(sentences("fo", "fo", "of", "bb"), TAGS).confusion
    assert [(cell.first, cell.second, cell.count) for cell in two] == [
        (("fact",), ("opinion",), 2),
        (("fact", "opinion"), ("fact", "opinion"), 1),
        (("opinion",), ("fact",), 1),
    ]
    three = agreement(sentences("ffo", "f.f"), TAGS).confusion
    assert {(cell.first, cell.second): cell.count for cell in three} == {
        (("fact",), ("fact",)): 4,
        (("fact",), ("opinion",)): 2,
        (("opinion",), ("fact",)): 2,
    }


def test_many_annotators_are_not_compared_in_pairs() -> None:
    names = [f"a{number}" for number in range(MOST_ANNOTATORS_IN_PAIRS + 1)]
    found = agreement([Compared(by_annotator={name: said("fact") for name in names})], TAGS)
    assert found.pairs == ()
    assert found.marks is None
    assert found.tags[0].raw.value == 1


def test_nothing_to_compare_has_no_figures() -> None:
    found = agreement([], TAGS)
    assert found.annotators == ()
    assert found.tags[0].alpha.value is None
    assert found.tag_sets.raw.value is None


def test_only_published_sentences_that_two_decided_are_compared() -> None:
    article = Article(
        id="a", title="", source="", language="fr", text_sha256="", added_at="", text="text." * 3,
        starts=[0, 5, 10], ends=[5, 10, 15], paragraphs=[0],
    )  # fmt: skip
    starts = count(step=5)
    ana = {
        start: said("fact", start=start, end=start + 5)
        for start in (next(starts), next(starts), next(starts))
    }
    bob = {0: said("fact", end=10), 5: said(start=5, end=10), 10: said(start=10, end=15, decided=False)}
    [only] = compared(article, {"ana": ana, "bob": bob})
    assert {name: one.start for name, one in only.by_annotator.items()} == {"ana": 5, "bob": 5}
    assert (cut_otherwise(article, ana), cut_otherwise(article, bob)) == (0, 1)

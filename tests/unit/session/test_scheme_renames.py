"""Labels that were renamed: each use once, nothing else, and nothing twice."""

from __future__ import annotations

from msgspec.structs import replace

from tui.model.annotation import Annotation
from tui.model.scheme import Renamed, Scheme
from tui.session.scheme_renames import changes, renamed, renamings, unknown_labels


def test_every_kind_of_label_is_renamed_and_nothing_else(scheme: Scheme, marked: Annotation) -> None:
    said = replace(marked, tags=("claim", "translation_error"))
    names = Renamed(tags={"claim": "fact"}, categories={"grammar": "style"}, severities={"major": "critical"})
    after = renamed(said, names, scheme)
    assert after.tags == ("fact", "translation_error")
    assert [(span.category, span.severity) for span in after.spans] == [
        ("style", "minor"),
        ("spelling", "critical"),
    ]
    undone = replace(after, tags=said.tags, spans=said.spans)
    assert undone == said


def test_tags_that_became_one_are_one_in_the_order_of_the_scheme(scheme: Scheme, marked: Annotation) -> None:
    said = replace(marked, tags=("claim", "belief", "quote"))
    names = Renamed(tags={"claim": "opinion", "belief": "opinion"})
    assert renamed(said, names, scheme).tags == ("opinion", "quote")


def test_names_are_exchanged_at_once(scheme: Scheme, marked: Annotation) -> None:
    said = replace(marked, tags=("fact",))
    names = Renamed(tags={"fact": "opinion", "opinion": "fact"})
    assert renamed(said, names, scheme).tags == ("opinion",)


def test_a_tag_that_stood_for_marks_and_is_another_now_is_the_annotators_own(
    scheme: Scheme, marked: Annotation
) -> None:
    said = replace(marked, tagged_by_span=True)
    assert renamed(said, Renamed(), scheme).tagged_by_span
    after = renamed(said, Renamed(tags={"translation_error": "opinion"}), scheme)
    assert (after.tags, after.tagged_by_span) == (("opinion",), False)


def test_only_what_changes_is_a_change(scheme: Scheme, marked: Annotation) -> None:
    names = Renamed(severities={"grave": "major"})
    assert changes([marked], names, scheme) == []
    grave = replace(marked, spans=(replace(marked.spans[0], severity="grave"),))
    [change] = changes([marked, grave], names, scheme)
    assert change.before == grave
    assert change.after is not None
    assert change.after.spans[0].severity == "major"
    assert changes([change.after], names, scheme) == []


def test_every_use_is_counted(scheme: Scheme, marked: Annotation) -> None:
    names = Renamed(tags={"fact": "opinion"}, categories={"grammar": "style"}, severities={"minor": "minor"})
    assert renamings([marked, replace(marked, tags=("fact",))], names) == {
        "tag fact → opinion": 1,
        "category grammar → style": 2,
    }


def test_labels_that_the_scheme_lacks(scheme: Scheme, marked: Annotation) -> None:
    said = replace(marked, tags=("claim",), spans=(replace(marked.spans[0], severity="tiny", category=None),))
    assert unknown_labels([said, said], scheme) == {"tag claim": 2, "severity tiny": 2}
    assert not unknown_labels([marked], scheme)

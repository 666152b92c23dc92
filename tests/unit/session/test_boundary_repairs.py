"""Splitting and merging: what goes where, what is refused, and that indexes and entities follow."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from tui.model.annotation import Annotation, Step, Work
from tui.session.boundary_repairs import merge, places_to_split, split
from tui.session.entities import set_entity
from tui.session.marks import add_quote, add_span
from tui.session.session import KEPT_ASIDE, Outcome, Session
from tui.store.protocol import StoreError

SessionOf = Callable[..., Session]

PARAGRAPHS = (("Un été à Rome. Deux, dit-il.", "Trois."), ("Quatre.", "Cinq et six."))


def place(session: Session, words: str) -> tuple[int, int]:
    start = session.article.text.index(words)
    return start, start + len(words)


def sentences(session: Session) -> list[str]:
    return [session.article.sentence_text(index) for index in range(len(session.article))]


def said(session: Session, index: int) -> Annotation:
    found = session.annotation(index)
    assert found is not None
    return found


def split_at(session: Session, words: str) -> Outcome:
    start, _ = place(session, words)
    return split(session, session.article.sentence_at(start), start)


def test_a_split_gives_both_halves_the_tags_and_the_first_the_rest(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    session.tag(0, "fact")
    session.unsure(0)
    session.set_note(0, "hm")
    outcome = split_at(session, "Deux")
    assert (outcome.message, outcome.sentence) == ("split the sentence", 0)
    assert sentences(session)[:3] == ["Un été à Rome.", "Deux, dit-il.", "Trois."]
    first, second = said(session, 0), said(session, 1)
    assert (first.tags, first.decided, first.unsure, first.note) == (("fact",), True, True, "hm")
    assert (second.tags, second.decided, second.unsure, second.note) == (("fact",), False, False, "")
    assert (session.article.paragraphs, session.decided_count) == ([0, 3], 1)


def test_marks_go_where_they_lie(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    start, end = place(session, "Deux")
    add_span(session, 0, start, end, "minor", "grammar")
    add_span(session, 0, start, start, "minor", None)
    add_quote(session, 0, *place(session, "Un été"), speaker="")
    split_at(session, "Deux")
    assert (len(said(session, 0).quotes), len(said(session, 0).spans)) == (1, 0)
    assert (len(said(session, 1).quotes), len(said(session, 1).spans)) == (0, 2)
    # The error tag was there for the marks alone, and goes with them.
    assert (said(session, 0).tags, said(session, 1).tags) == ((), ("translation_error",))


def test_a_half_of_which_nothing_is_said_is_not_kept(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    add_span(session, 0, *place(session, "Deux"), "minor", "grammar")
    split_at(session, "Deux")
    assert session.annotation(0) is None


@pytest.mark.parametrize("kind", ["span", "quote", "entity"])
def test_splitting_inside_a_mark_is_refused(session_of: SessionOf, kind: str) -> None:
    session = session_of(*PARAGRAPHS)
    around = place(session, "Rome. Deux")
    if kind == "span":
        add_span(session, 0, *around, "minor", "grammar")
    elif kind == "quote":
        add_quote(session, 0, *around, speaker="")
    else:
        set_entity(session, *around, "ORG")
    before = session.work
    outcome = split_at(session, "Deux")
    assert not outcome.accepted
    assert "crosses that place" in outcome.message
    assert session.work == before
    assert split_at(session, "dit").accepted


def test_a_sentence_is_split_before_a_word_only(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    start, end = place(session, "Deux")
    for offset in (session.article.starts[0], start - 1, start + 1, end + 40, session.article.ends[0]):
        assert not split(session, 0, offset).accepted
    assert [session.article.text[slice(*word)] for word in places_to_split(session, 2)] == ["."]
    with pytest.raises(IndexError):
        split(session, 4, start)
    with pytest.raises(IndexError):
        merge(session, -1)


def test_a_merge_unites(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    session.tag(0, "fact")
    session.set_note(0, "one")
    session.unsure(1)
    session.set_note(1, "two")
    add_quote(session, 0, *place(session, "dit-il.  Trois."), speaker="")
    add_span(session, 1, *place(session, "Trois"), "minor", "grammar")
    assert merge(session, 0).message == "merged two sentences"
    whole = said(session, 0)
    assert whole.text == "Un été à Rome. Deux, dit-il.  Trois."
    assert (whole.tags, whole.decided, whole.unsure) == (("fact", "translation_error"), False, True)
    assert (whole.note, len(whole.quotes), len(whole.spans)) == ("one; two", 1, 1)
    assert session.article.paragraphs == [0, 1]


def test_a_merge_is_decided_only_if_both_were(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    session.tag(0, "fact")
    session.none(1)
    merge(session, 0)
    assert session.is_decided(0)


def redecided(session: Session) -> None:
    session.tag(0, "fact")
    session.tag(1, "opinion")


def _then(*commands: Callable[[Session], object]) -> Callable[[Session], None]:
    def all_of_them(session: Session) -> None:
        for command in commands:
            command(session)

    return all_of_them


UNDECIDED_AGAIN: dict[str, tuple[bool, Callable[[Session], object], bool]] = {
    "fact": (True, lambda session: None, True),
    "first half changed": (True, lambda session: session.toggle(0, "opinion"), True),
    "first half noted": (True, lambda session: session.set_note(0, "hm"), True),
    "second half noted": (True, lambda session: session.set_note(1, "hm"), True),
    "second half marked": (
        True,
        lambda session: add_span(session, 1, *place(session, "Deux"), "minor", "grammar"),
        True,
    ),
    "second half decided": (True, lambda session: session.none(1), True),
    "first half cleared": (True, lambda session: session.clear(0), False),
    "second half decided and cleared": (
        True,
        _then(lambda session: session.none(1), lambda session: session.clear(1)),
        False,
    ),
    "never decided": (False, lambda session: None, False),
    "first half decided alone": (False, lambda session: session.tag(0, "fact"), False),
    "both decided": (False, redecided, True),
    "split, undone, redone": (True, _then(Session.undo, Session.redo), True),
}


@pytest.mark.parametrize("again", [False, True], ids=["at once", "after a restart"])
@pytest.mark.parametrize("case", UNDECIDED_AGAIN)
def test_splitting_and_merging_back_gives_back_the_decision(
    session_of: SessionOf, case: str, again: bool
) -> None:
    decided, between, expected = UNDECIDED_AGAIN[case]
    session = session_of(*PARAGRAPHS)
    if decided:
        session.none(0)
    split_at(session, "Deux")
    between(session)
    if again:
        session = Session(
            session.published,
            session.scheme,
            session.work,
            "ana",
            earlier=list(session.history.done(earlier=False)),
        )
    merge(session, 0)
    assert session.article.starts == session.published.starts
    assert session.is_decided(0) is expected
    before = len(session.repairs)
    session.undo()
    assert len(session.repairs) == before + 1


@pytest.mark.parametrize("order", [(0, 0), (1, 0)], ids=["from the left", "from the right"])
def test_three_parts_merge_back_to_the_decision(session_of: SessionOf, order: tuple[int, int]) -> None:
    session = session_of(*PARAGRAPHS)
    session.tag(0, "fact")
    split_at(session, "Deux")
    split_at(session, "dit")
    assert session.decided_count == 1
    for index in order:
        merge(session, index)
    assert session.is_decided(0)


def test_a_merge_with_another_sentence_gives_no_decision(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    session.tag(0, "fact")
    split_at(session, "Deux")
    merge(session, 1)
    merge(session, 0)
    assert not session.is_decided(0)


def test_a_history_that_cannot_be_read_gives_no_decision(session_of: SessionOf) -> None:
    def damaged() -> Iterator[Step]:
        raise StoreError("damaged")
        yield

    first = session_of(*PARAGRAPHS)
    first.none(0)
    split_at(first, "Deux")
    session = Session(first.published, first.scheme, first.work, "ana", earlier=damaged())
    merge(session, 0)
    assert not session.is_decided(0)
    assert session.undo().accepted
    assert session.undo().message == "damaged"


def test_sentences_of_different_paragraphs_are_not_merged(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    assert "another paragraph" in merge(session, 1).message
    assert "last sentence" in merge(session, 3).message
    assert session.article is session.published


def test_splitting_what_was_merged_leaves_no_trace(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    merge(session, 0)
    split_at(session, "Trois")
    assert not session.repairs
    split_at(session, "Deux")
    merge(session, 0)
    assert not session.repairs
    assert session.article is session.published


def test_the_cursor_stays_on_its_words(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    session.cursor = 3
    split_at(session, "Deux")
    assert session.cursor == 4
    session.undo()
    assert session.cursor == 3


def test_the_rest_of_an_undone_repair_is_exact(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    session.tag(0, "quote")
    add_span(session, 0, *place(session, "Rome"), "minor", "grammar")
    session.tag(1, "fact")
    for repair in (lambda: split_at(session, "Deux"), lambda: merge(session, 0)):
        before = session.work
        repair()
        after = session.work
        assert session.undo().sentence == 0
        assert session.work == before
        session.redo()
        assert session.work == after
        session.undo()


def test_what_is_kept_aside_is_not_written_over(session_of: SessionOf) -> None:
    session = session_of(*PARAGRAPHS)
    start, _ = place(session, "Deux")
    aside = Annotation(
        segmentation=1, start=start, end=start + 4, text="Deux", note="n", created_at="", updated_at=""
    )
    session = Session(session.published, session.scheme, Work(annotations={start: aside}), "ana")
    session.tag(0, "fact")
    assert split(session, 0, start).message == KEPT_ASIDE
    assert session.orphans == (aside,)
    session.clear(0)
    # Where nothing has to be written there, it does no harm.
    assert split(session, 0, start).accepted
    assert merge(session, 0).accepted
    assert session.orphans == (aside,)


def test_an_entity_that_is_cut_stays_where_most_of_it_is(session_of: SessionOf) -> None:
    session = session_of(("Hier Musk Altman a dit.",), names={"Musk Altman": "PER"})
    split_at(session, "Altman")
    text = session.article.text
    assert session.entities(0) == []
    [part] = session.entities(1)
    assert (text[part.start : part.end], part.label, part.status) == ("Altman", "PER", "unreviewed")
    merge(session, 0)
    [whole] = session.entities(0)
    assert text[whole.start : whole.end] == "Musk Altman"


def test_entities_found_later_are_found_in_both_forms(session_of: SessionOf, article_of) -> None:
    session = session_of(*PARAGRAPHS)
    split_at(session, "Deux")
    assert session.entities(0) == []
    session.entities_found(article_of(*PARAGRAPHS, names={"Rome": "LOC", "Deux": "NUMBER"}))
    assert [entity.label for entity in session.entities(0)] == ["LOC"]
    assert [entity.label for entity in session.entities(1)] == ["NUMBER"]
    assert session.published.entity_blocks

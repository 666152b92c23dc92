"""`postil add --again` loses nothing that others do while it prepares, and begins again where they were quicker."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.commands.add.repreparation import prepare_again
from tui.model.annotation import SentenceRepair
from tui.model.article import Article
from tui.model.repaired import with_publication
from tui.session.session import Session
from tui.store import article_lock, short_lock
from tui.store.protocol import Changed, Locked
from tui.workspace import Workspace


class Place:
    """A workspace with one article of four sentences, and what today's preparation would make of it: three."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.known = workspace.library.load(workspace.library.ids()[0])
        starts, ends = self.known.starts, self.known.ends
        self.fresh = replace(
            self.known,
            starts=starts[:2] + starts[3:],
            ends=ends[:1] + ends[2:],
            paragraphs=[0, 1, 2],
            headings=[],
            version="",
        )
        self.messages: list[str] = []

    def again(self, meanwhile: Callable[[int], object], *, force: bool = False) -> Article:
        """Prepare it again; `meanwhile` is called with the number of each time that names are looked for."""
        calls: list[Article] = []

        def prepare(article: Article) -> Article:
            calls.append(article)
            meanwhile(len(calls))
            return replace(article, prepared_by={**article.prepared_by, "entities": "again"})

        return prepare_again(
            self.workspace, self.known, self.fresh, prepare, force=force, tell=self.messages.append
        )

    def tag_third(self) -> None:
        """Tag the sentence that today's preparation has no more."""
        article = self.workspace.library.load(self.known.id)
        opened = self.workspace.open(article)
        assert opened.writer is not None
        outcome = opened.session.tag(2, "fact")
        assert outcome.step is not None
        opened.writer.put(outcome.step)
        opened.writer.close()

    def publish(self) -> Article:
        article = self.workspace.library.load(self.known.id)
        at = article.text.index("est")
        gap = SentenceRepair(start=at, end=at - 1, kind="split", updated_at="2026-11-22T22:00:00.000Z")
        published = with_publication(article, [gap], "ben", "2026-11-22T22:00:00.000Z")
        assert published is not None
        return self.workspace.library.save(published)


@pytest.fixture
def place(
    tmp_path: Path, article: str, workspace_in: Callable[..., Workspace], monkeypatch: pytest.MonkeyPatch
) -> Place:
    monkeypatch.setattr(short_lock, "PATIENCE", 0.0)
    return Place(workspace_in(tmp_path / "annotations"))


def test_sentences_change_where_nothing_is_in_the_way(place: Place) -> None:
    stored = place.again(lambda _: None)
    assert (stored.segmentation, stored.starts) == (2, place.fresh.starts)
    assert place.workspace.library.load(stored.id) == stored
    assert "segmentation 2" in place.messages[0]


def test_a_tag_that_comes_meanwhile_keeps_its_sentence(place: Place) -> None:
    stored = place.again(lambda time: place.tag_third() if time == 1 else None)
    assert (stored.segmentation, stored.starts) == (1, place.known.starts)
    assert "annotations (1 of ana)" in place.messages[-1]
    work = place.workspace.store.load(stored.id, "ana")
    assert not Session(stored, place.workspace.scheme, work, "ana").orphans


def test_who_has_it_open_keeps_the_sentences(place: Place) -> None:
    opened = place.workspace.open(place.known)
    assert opened.writer is not None
    stored = place.again(lambda _: None)
    assert (stored.segmentation, stored.starts) == (1, place.known.starts)
    assert "ana, who may have it open" in place.messages[-1]
    opened.writer.close()


def test_a_publication_that_comes_meanwhile_stays(place: Place) -> None:
    stored = place.again(lambda time: place.publish() if time == 1 else None)
    assert [one.annotator for one in stored.publications] == ["ben"]
    assert stored.segmentation == 3
    assert place.workspace.library.load(stored.id) == stored


def test_what_changes_all_the_time_is_given_up_with_a_line(place: Place) -> None:
    def rename(time: int) -> None:
        article = place.workspace.library.load(place.known.id)
        place.workspace.library.save(replace(article, title=f"Titre {time}"))

    with pytest.raises(Changed, match="keeps changing: try again later"):
        place.again(rename)
    assert place.workspace.library.load(place.known.id).starts == place.known.starts


def test_an_annotator_waits_until_it_is_stored(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    refusals: list[str] = []
    at_work = place.workspace.store.at_work

    def meanwhile(article: str) -> list[str]:
        if article_lock.lock_path(place.workspace.library.articles, article).exists():
            with pytest.raises(Locked) as refused:
                place.workspace.store.open(article, "ben")
            refusals.append(str(refused.value))
        return at_work(article)

    monkeypatch.setattr(place.workspace.store, "at_work", meanwhile)
    assert place.again(lambda _: None).segmentation == 2
    assert len(refusals) == 1
    assert "ana is preparing it again" in refusals[0]

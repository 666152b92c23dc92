"""The reader's filter asks about the records that an export writes: of the same sentence, they are equal."""

from __future__ import annotations

import hashlib

import msgspec
import pytest

from tui.formats.records import Record, records
from tui.model.annotation import Annotation, HintDecision, Quote, Span, Work
from tui.model.article import Article, Entity, entity_blocks
from tui.model.corrections import CorrectedEntities, Corrections
from tui.query.compilation import compiled
from tui.query.session_sentences import SessionSentences
from tui.session.session import Session
from tui.settings.scheme_file import load

TEXT = "Ana dit non.  Der Hund bellt.  Il a a vu Rome.  Nobody came."
STARTS = [0, 14, 31, 48]
ENDS = [12, 29, 46, 60]


def article() -> Article:
    made = Article(
        id="ana-dit-non-12345678",
        title="Ana dit non",
        source="ana.txt",
        language="fr",
        text_sha256=hashlib.sha256(TEXT.encode()).hexdigest(),
        added_at="2026-11-22T22:00:00.000Z",
        text=TEXT,
        segmentation=2,
        starts=[*STARTS],
        ends=[*ENDS],
        paragraphs=[0],
    )
    names = [Entity(start=0, end=3, label="PER", origin="model")]
    names += [Entity(start=41, end=45, label="LOC", origin="rule")]
    made.entity_blocks = entity_blocks(made, names)
    return made


def annotation(index: int, **values: object) -> Annotation:
    start, end = STARTS[index], ENDS[index]
    known: dict[str, object] = {"segmentation": 1, "created_at": "2026-11-22T22:00:00.000Z", "active_ms": 7}
    known |= {"start": start, "end": end, "text": TEXT[start:end], "updated_at": "2026-11-23T22:00:00.000Z"}
    return Annotation(**{**known, **values})  # type: ignore[arg-type]


ANNOTATIONS = {
    0: annotation(
        0,
        tags=("quote",),
        decided=True,
        quotes=(Quote(id="q", start=8, end=11, text="non", speaker="", origin="human"),),
    ),
    1: annotation(1, unsure=True, note="schade"),
    2: annotation(
        2,
        tags=("translation_error",),
        spans=(Span(id="s", start=34, end=37, text="a a", category="grammar", severity="minor"),),
        hints=(
            HintDecision(
                id="h",
                start=34,
                end=37,
                text="a a",
                detector="doubled",
                decision="refused",
                at="2026-11-22T22:00:00.000Z",
            ),
        ),
    ),
}


@pytest.fixture
def session() -> Session:
    work = Work(annotations={made.start: made for made in ANNOTATIONS.values()})
    return Session(article(), load(), work, annotator="ana")


class _Asked:
    """A condition that keeps what it is asked about."""

    def __init__(self) -> None:
        self.documents: list[Record] = []

    def query(self, document: object) -> bool:
        self.documents.append(document._record)  # type: ignore[attr-defined]
        return True


@pytest.mark.parametrize("index", range(4))
def test_it_is_the_record_of_the_export(session: Session, index: int) -> None:
    asked = _Asked()
    assert SessionSentences(session, asked).fits(index)  # type: ignore[arg-type]
    exported = records(
        article(),
        ANNOTATIONS.values(),
        annotator="ana",
        scheme=load().label,
        entities=CorrectedEntities(article(), Corrections({})),
        untagged=True,
    )
    [same] = [record for record in exported if record.sentence == index + 1]
    assert msgspec.json.encode(asked.documents[0]) == msgspec.json.encode(same)


@pytest.mark.parametrize(
    ("text", "fitting"),
    [
        ("decided", [0]),
        ("tag = quote", [0]),
        ("unsure or note ~ SCHADE", [1]),
        ("severity = minor", [2]),
        ("detector = doubled", [2]),
        ("label = LOC", [2]),
        ("entities ~ ana", [0]),
        ("speaker", []),
        ("quotes and not speaker", [0]),
        ("speaker != Ana", []),
        ("segmentation = 2", [0, 1, 2, 3]),
        ("not decided and sentence > 3", [3]),
        ("decided < 50%", [0, 1, 2, 3]),
        ("decided > 50%", []),
    ],
)
def test_the_sentences_that_fit(session: Session, text: str, fitting: list[int]) -> None:
    sentences = SessionSentences(session, compiled(text, "records", load()))
    assert [index for index in range(4) if sentences.fits(index)] == fitting

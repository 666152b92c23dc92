"""Records made for queries."""

from __future__ import annotations

from tui.formats.records import Record
from tui.model.annotation import HintDecision, Quote, Span


def span(severity: str = "minor", category: str | None = "grammar", words: str = "mot", **more: str) -> Span:
    values = {"id": f"{severity}{category}{words}", "start": 0, "end": 3, "text": words, **more}
    return Span(severity=severity, category=category, **values)  # type: ignore[arg-type]


def quote(speaker: str | None = None, origin: str = "human") -> Quote:
    return Quote(id="q", start=0, end=3, text="dit", speaker=speaker, origin=origin)


def refused(detector: str) -> HintDecision:
    return HintDecision(
        id="h",
        start=0,
        end=3,
        text="de de",
        detector=detector,
        decision="refused",
        at="2026-11-22T22:00:00.000Z",
    )


def record(**values: object) -> Record:
    known: dict[str, object] = {
        "article": "titre-12345678",
        "title": "Élection à Paris",
        "source": "a.txt",
        "language": "fr",
        "source_language": None,
        "text_sha256": "0" * 64,
        "scheme": "news/1",
        "segmentation": 1,
        "sentence": 1,
        "start": 0,
        "end": 10,
        "text": "L'été, Musk a dit non.",
        "tags": (),
        "decided": False,
        "unsure": False,
        "spans": (),
        "quotes": (),
        "entities": (),
        "note": "",
        "annotator": "ana",
        "status": "unreviewed",
        "reviewer": None,
        "review_note": "",
        "created_at": "2026-11-22T22:00:00.000Z",
        "updated_at": "2026-11-22T22:30:00.000Z",
        "active_ms": 1200,
    }
    return Record(**{**known, **values})  # type: ignore[arg-type]

"""What the adjudicated export of the story has to be, sentence by sentence."""

from __future__ import annotations

import json
import re
from typing import Any

from tests.ssh.conftest import Server
from tests.ssh.story import ALIKE

Record = dict[str, Any]

TAGS = {"f": ["fact"], "o": ["opinion"], "q": ["quote"], "t": ["translation_error"], "s": []}


class Expected:
    """The records that there should be, without ids and times."""

    def __init__(self, server: Server, article: str) -> None:
        self.names = server.names
        self.article = json.loads(server.run("ana", "show", article, "--json").stdout)
        self.text: str = self.article["text"]

    def agreed(self, number: int, tags: list[str], **more: Any) -> Record:
        """What both said, or all of three."""
        start, end = self.article["sentences"][number - 1]
        both = [self.names["ana"], self.names["ben"]]
        return {
            "schema": "postil.annotation/1",
            "article": self.article["id"],
            "title": "Sous les yeux de Trump La querelle entre Elon Musk et Sam Altman continue.",
            "source": "musk-altman.fr.txt",
            "language": "fr",
            "source_language": None,
            "text_sha256": self.article["text_sha256"],
            "scheme": "news/1",
            "segmentation": 1,
            "sentence": number,
            "start": start,
            "end": end,
            "text": self.text[start:end],
            "tags": tags,
            "decided": True,
            "unsure": False,
            "spans": [],
            "quotes": [],
            "entities": [
                {**found, "status": "unreviewed"}
                for found in self.article["entities"]
                if start <= found["start"] < end
            ],
            "note": "",
            "annotator": self.names["ana"],
            "status": "unreviewed",
            "reviewer": None,
            "review_note": "",
            "provenance": {"how": "agreed", "annotators": both, "seen": both, "blind": False},
            **more,
        }

    def single(self, number: int, tags: list[str]) -> Record:
        """What only Ana said."""
        only = [self.names["ana"]]
        provenance = {"how": "single", "annotators": only, "seen": only, "blind": False}
        return self.agreed(number, tags, provenance=provenance)

    def settled(
        self,
        number: int,
        tags: list[str],
        whose: str,
        *,
        status: str = "accepted",
        how: str = "version",
        same: tuple[str, ...] | None = None,
        seen: tuple[str, ...] = ("ana", "ben"),
        **more: Any,
    ) -> Record:
        """What Rita settled; `same` are those whose version says that, else `whose` alone."""
        record = self.agreed(number, tags, **more)
        record |= {"annotator": self.names[whose], "status": status, "reviewer": self.names["rita"]}
        record["provenance"] = {
            "how": how,
            "annotators": [self.names[name] for name in ((whose,) if same is None else same)],
            "seen": [self.names[name] for name in seen],
            "blind": False,
        }
        return record

    def span(self, words: str, number: int, severity: str, category: str) -> Record:
        """A mark on words of a sentence, without a correction."""
        start = self.text.index(words, self.article["sentences"][number - 1][0])
        return {
            "start": start,
            "end": start + len(words),
            "text": words,
            "category": category,
            "severity": severity,
            "correction": None,
            "note": "",
            "origin": "human",
        }

    def quote(self, words: str, speaker: str) -> Record:
        start = self.text.index(words)
        return {
            "start": start,
            "end": start + len(words),
            "text": words,
            "speaker": speaker,
            "holder": None,
            "closed": True,
            "origin": "hint:quote",
        }

    def all(self) -> list[Record]:
        """Of every sentence but the last, which nobody decided."""
        error = ["translation_error"]
        non = "Non merci, mais nous achèterons Twitter pour 9,74 milliards de dollars si vous le souhaitez"
        special = [
            # Ana's first version, `fact`, was taken before she said more.
            self.settled(2, ["fact", "quote"], "ana"),
            self.settled(3, ["quote"], "ben", note="une remarque de Ben"),
            self.settled(
                4, ["opinion"], "ben", how="majority", same=("ben", "rita"), seen=("ana", "ben", "rita")
            ),
            self.agreed(5, ["fact"], unsure=True),
            self.settled(8, error, "ben", spans=[self.span("réponse", 8, "minor", "grammar")]),
            self.settled(9, ["quote"], "ana", quotes=[self.quote(non, "Sam Altman")]),
            self.settled(10, [], "rita", status="rejected", how="none", same=(), review_note="bien écrit"),
            self.settled(
                14,
                ["fact", "translation_error"],
                "rita",
                status="amended",
                how="anew",
                same=(),
                spans=[self.span("gourous", 14, "minor", "spelling")],
                review_note="déjà vu",
            ),
            self.settled(16, ["quote"], "ben"),
            self.settled(20, ["fact"], "ben"),
            self.agreed(22, ["fact"], note="une remarque d'Ana"),
            # Only Ana corrected it: both agree that it is wrong, and not on what is right.
            self.agreed(26, error, spans=[self.span("proposition", 26, "minor", "style")]),
            self.single(40, TAGS[ALIKE[9]]),
        ]
        by_number = {record["sentence"]: record for record in special}
        return [
            by_number.get(number) or self.agreed(number, TAGS[ALIKE[(number - 1) % 10]])
            for number in range(1, 41)
        ]


TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


def without_ids_and_times(record: Record) -> Record:
    """The record as far as it is the same every time; what is left out is looked at."""
    left = {
        key: value for key, value in record.items() if key not in {"created_at", "updated_at", "active_ms"}
    }
    assert TIME.fullmatch(record["created_at"])
    assert TIME.fullmatch(record["updated_at"])
    assert record["created_at"] <= record["updated_at"]
    assert record["active_ms"] >= 0
    for kind in ("spans", "quotes"):
        left[kind] = [{key: value for key, value in mark.items() if key != "id"} for mark in record[kind]]
        assert all(mark["id"] for mark in record[kind])
    if "provenance" in record:
        left["provenance"] = dict(record["provenance"])
        decided_at = left["provenance"].pop("decided_at")
        assert decided_at == (record["updated_at"] if record["reviewer"] else None)
    return left


def records(printed: bytes) -> list[Record]:
    return [without_ids_and_times(json.loads(line)) for line in printed.splitlines()]

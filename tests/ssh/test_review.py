"""An article from its first decision to its settled export, by three people over real SSH lines.

Ana and Ben annotate the sample, Ben over a line that is cut; Rita settles what they differ on, while Ana goes on.
"""

from __future__ import annotations

import grp
import json
import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.ssh.conftest import Server
from tests.ssh.test_serving import added
from tests.terminal import PATIENCE, Terminal
from tui.serving.checks import look

Record = dict[str, Any]
Start = Callable[..., Terminal]

# -- what they type --------------------------------------------------------

ALIKE = "foqtsfqosf"
"""The keys for sentences 1 to 10, 11 to 20 and so on, where nothing else is said below."""

ANA = {
    2: "f",
    3: "f",
    4: "f",
    5: "wf",
    8: "ej\rMst",
    9: "p\r/Sam Altman\rq",
    10: "ej\rMst",
    14: "f",
    16: "f",
    20: "f",
    22: "nune remarque d'Ana\rf",
    26: "ed\rmw=offre\rt",
}
"""Where Ana has more to say than one tag, or she and Ben differ."""

BEN = {
    2: "o",
    3: "nune remarque de Ben\rq",
    4: "o",
    5: "f",
    8: "ej\rmgt",
    9: "p\r0q",
    10: "f",
    14: "o",
    16: "q",
    20: "f",
    22: "f",
    26: "ed\rmwt",
}


def keys(own: Mapping[int, str], first: int, last: int) -> str:
    """For the sentences from one to another; each ends with the key that goes on to the next."""
    return "".join(own.get(number, ALIKE[(number - 1) % 10]) for number in range(first, last + 1))


def piecemeal(terminal: Terminal, typed: str) -> None:
    """Send keys as a poor line does, which tears them apart at every byte."""
    for byte in typed.encode():
        terminal.send_bytes(bytes([byte]))


def at(terminal: Terminal, words: str) -> None:
    """Wait until the cursor is on the sentence that begins so."""
    shown(terminal, "▌", words)


def shown(terminal: Terminal, *words: str) -> None:
    """Wait for a row that holds all of these."""
    terminal.wait_for(lambda screen: any(all(word in row for word in words) for row in screen.split("\n")))


def leave(terminal: Terminal) -> None:
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0


# -- the story -------------------------------------------------------------


class Told(NamedTuple):
    """What is there in the end."""

    article: str
    seen: Mapping[str, bytes]
    """All that came over each person's lines."""


@pytest.fixture(scope="module")
def told(server: Server) -> Iterator[Told]:
    """The whole story, until everything is settled and everybody has left."""
    _forget(server)
    article = added(server)
    lines: dict[str, list[Terminal]] = {name: [] for name in server.names}

    def start(who: str, verb: str) -> Terminal:
        lines[who].append(server.terminal(who, verb, article))
        return lines[who][-1]

    try:
        ana = annotate(start)
        second_pass(server)
        review(server, start, ana)
        yield Told(article, {who: b"".join(bytes(line.raw) for line in of) for who, of in lines.items()})
    finally:
        for line in (line for of in lines.values() for line in of):
            line.close()
        _forget(server)


def _forget(server: Server) -> None:
    server.wait_until_nobody_works()
    for own in server.people.iterdir():
        shutil.rmtree(own)


def annotate(start: Start) -> Terminal:
    """Ana decides all but the last sentence, and stays; Ben all but the last two, and Rita one."""
    ana, ben = start("ana", "open"), start("ben", "open")
    ana.wait_for("0/41 decided")
    ben.wait_for("0/41 decided")
    ana.send(keys(ANA, 1, 40))
    # Ben's line drops while he points at a word.
    piecemeal(ben, keys(BEN, 1, 20) + "e")
    ben.wait_for("20/41 decided")
    ben.wait_for("start word")
    ben.close()
    again = start("ben", "open")
    again.wait_for("20/41 decided")
    at(again, "Après plusieurs tour")
    piecemeal(again, keys(BEN, 21, 39))
    again.wait_for("39/41 decided")
    leave(again)
    rita = start("rita", "open")
    rita.wait_for("0/41 decided")
    piecemeal(rita, "\x1b[B\x1b[B\x1b[B")
    at(rita, "La proposition")
    rita.send("o")
    rita.wait_for("1/41 decided")
    leave(rita)
    ana.wait_for("40/41 decided")
    ana.wait_for("saved ✓")
    return ana


def second_pass(server: Server) -> None:
    """Ana decides two sentences once more, on the host itself: over a line there is no such thing."""
    postil = (str(server.host.python), "-I", "-m", "tui", "agreement", "--redo")
    done = run_as(server, "ana", *postil, "--annotations", str(server.host.annotations), typed=b"o\no\n")
    assert done.returncode == 0, done.stderr
    assert (server.people / f"{server.names['ana']}.again").is_dir()


def review(server: Server, start: Start, ana: Terminal) -> None:
    """Rita settles all, by every kind of decision, while Ana goes on."""
    rita = start("rita", "review")
    rita.wait_for("0/8 settled")
    for number, who in enumerate(("ana", "ben", "rita"), start=1):
        rita.wait_for(f"{number} {server.names[who]}")
    assert "again" not in rita.screen

    # A digit.
    rita.send("\t")
    at(rita, "Le patron")
    rita.send("1")
    rita.wait_for("1/8 settled")
    at(rita, "Déterminé")
    rita.wait_for("une remarque de Ben")
    rita.send("2")
    rita.wait_for("2/8 settled")
    # What two of three say.
    at(rita, "La proposition")
    rita.send("m")
    rita.wait_for("3/8 settled")
    # A tie, then the highlighted column.
    at(rita, "La réponse")
    rita.send("m")
    rita.wait_for("choose one version")
    rita.send("C\r")
    rita.wait_for("4/8 settled")
    at(rita, "Avec une ironie")
    rita.send("1")
    rita.wait_for("5/8 settled")
    # A rejection, which asks why.
    at(rita, "Une fente")
    piecemeal(rita, "Rbien écrit\r")
    rita.wait_for("6/8 settled")
    # The reviewer's own, and why.
    at(rita, "Et dire")
    rita.send("ea\rms")
    rita.wait_for("marked “gourous”")
    rita.send("f")
    rita.wait_for("7/8 settled")
    rita.send("kn")
    rita.wait_for("reason")
    piecemeal(rita, "déjà vu\r")
    # A decision that is taken back.
    rita.send("\t")
    at(rita, "Mais dans le 2018")
    rita.send("1")
    rita.wait_for("everything is settled")
    rita.send("u")
    rita.wait_for("7/8 settled")
    at(rita, "Mais dans le 2018")
    rita.send("2")
    rita.wait_for("8/8 settled")

    # Ana says more about what is settled, and something else about what was agreed on.
    ana.send("gjq")
    rita.wait_for("7/8 settled")
    at(rita, "Mais dans le 2018")
    ana.send("#20\ro")
    shown(rita, "FO··", "≠", "Altman a commencé")
    rita.wait_for("7/9 settled")
    at(rita, "Mais dans le 2018")
    leave(ana)
    piecemeal(rita, "\x1b[Z")
    at(rita, "Le patron")
    shown(rita, "F·Q·", "≠", "Le patron")
    rita.send("1")
    rita.wait_for("8/9 settled")
    at(rita, "Altman a commencé")
    rita.send("2")
    rita.wait_for("9/9 settled")
    leave(rita)


def run_as(
    server: Server, who: str, *command: str, typed: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """On the host, with somebody's rights: what they could do if they had got a shell."""
    person = pwd.getpwnam(server.names.get(who, who))
    groups = [group.gr_gid for group in grp.getgrall() if person.pw_name in group.gr_mem]
    return subprocess.run(
        command,
        user=person.pw_uid,
        group=person.pw_gid,
        extra_groups=groups,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", "LANG": "C.UTF-8"},
        input=typed,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )


# -- what comes of it ------------------------------------------------------

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
    left = {key: value for key, value in record.items() if key not in {"created_at", "updated_at", "active_ms"}}
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


def adjudicated(server: Server, *words: str) -> subprocess.CompletedProcess[bytes]:
    return server.run("rita", "export", "--adjudicated", *words)


def test_the_adjudicated_export_is_what_was_meant(server: Server, told: Told) -> None:
    done = adjudicated(server)
    assert (done.returncode, done.stderr) == (0, b"")
    assert records(done.stdout) == Expected(server, told.article).all()
    assert adjudicated(server, told.article).stdout == done.stdout

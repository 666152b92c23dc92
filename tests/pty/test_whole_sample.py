"""A whole session by keys alone: the sample annotated, exported and compared with what was meant."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.flow import Scene, counted, differences, export, prepare, type_flat_out
from bench.typist import Act, typed
from tests.terminal import Terminal

COLUMNS, ROWS = 100, 40
"""Too narrow for the panel: every row between the bars is a row of the article."""

READ = 12
"""Sentences that are marked by reading the letters; some have more words than there are letters."""


def test_the_export_holds_exactly_what_was_meant(tmp_path: Path) -> None:
    scene = prepare(tmp_path)
    type_flat_out(scene)
    printed = export(scene)
    assert differences(scene, printed) == []
    for field, change in CHANGES.items():
        assert differences(scene, _changed(printed, change)), f"a change of {field} goes unnoticed"


CHANGES: dict[str, Callable[[dict[str, Any]], None]] = {
    **{
        field: lambda record, field=field, value=value: record.update({field: value})
        for field, value in {
            "sentence": 24,
            "start": 0,
            "end": 1,
            "text": "",
            "tags": [],
            "decided": False,
            "unsure": True,
            "note": "other",
            "spans": [],
            "quotes": [],
        }.items()
    },
    **{
        f"span {field}": lambda record, field=field, value=value: record["spans"][0].update({field: value})
        for field, value in {
            "start": 0,
            "end": 1,
            "text": "",
            "category": "other",
            "severity": "critical",
            "correction": "",
            "note": "other",
            "origin": "model",
        }.items()
    },
    **{
        f"quote {field}": lambda record, field=field, value=value: record["quotes"][0].update({field: value})
        for field, value in {
            "id": "another",
            "start": 0,
            "end": 1,
            "text": "",
            "speaker": None,
            "holder": None,
            "closed": True,
            "origin": "model",
        }.items()
    },
}
"""A field and how to change it."""


def test_the_goals_on_keys_are_met(tmp_path: Path) -> None:
    goals = [row for row in counted(prepare(tmp_path).acts) if row.goal]
    assert [row.what for row in goals if not row.met] == []
    assert len(goals) == 5


def test_the_letters_on_the_words_are_those_that_are_typed(tmp_path: Path) -> None:
    scene = prepare(tmp_path)
    terminal = Terminal(scene.command, columns=COLUMNS, rows=ROWS)
    seen = 0
    try:
        terminal.wait_for("0/41 decided")
        for act in scene.acts:
            if act.sentence < READ and act.purpose in {"span", "repeat"}:
                seen += _type_as_a_reader(terminal, scene, act)
            elif act.sentence < READ:
                terminal.send("".join(map(typed, act.keys)))
        terminal.wait_for(f"{READ}/41 decided")
    finally:
        terminal.close()
    assert seen > 30


def _type_as_a_reader(terminal: Terminal, scene: Scene, act: Act) -> int:
    """Type a span, each letter once it is seen on its word; how many were seen.

    A word that the end of a row cuts, or that its row holds twice, is typed unseen.
    """
    begins = scene.article.sentence_text(act.sentence)[:12]
    terminal.wait_for(lambda screen: any("▌" in row and begins in row for row in screen.split("\n")))
    places = {word: _place(terminal, scene, word) for word in act.letters.values()}
    seen = 0
    for number, key in enumerate(act.keys):
        word = act.letters.get(number)
        if word is not None:
            terminal.wait_for("start word" if word == act.letters[1] else "end word")
            place = places[word]
            if place is not None:
                _wait_for_letter(terminal, place, key, scene.article.text[word : word + 20])
                seen += 1
        terminal.send(typed(key))
    terminal.wait_for("marked “")
    return seen


def _place(terminal: Terminal, scene: Scene, word: int) -> tuple[int, int] | None:
    """Row and column where a word of the current sentence begins, before letters lie on it."""
    words = scene.article.text[word:]
    rows = [(number, row) for number, row in enumerate(terminal.screen.split("\n")) if "▌" in row]
    for length in (24, 12, 6):
        found = [(number, row) for number, row in rows if words[:length] in row]
        if len(found) == 1 and found[0][1].count(words[:length]) == 1:
            number, row = found[0]
            return number, row.index(words[:length])
    return None


def _wait_for_letter(terminal: Terminal, place: tuple[int, int], letter: str, words: str) -> None:
    def painted() -> str:
        return terminal.screen.split("\n")[place[0]][place[1] : place[1] + 1]

    with contextlib.suppress(AssertionError):
        terminal.wait_for(lambda _: painted() == letter)
    assert painted() == letter, f"on {words!r} {painted()!r} is seen, and {letter!r} typed\n{terminal.screen}"


# -- changes that have to be noticed ---------------------------------------

Record = dict[str, Any]


def _changed(printed: bytes, change: Callable[[Record], None]) -> bytes:
    """An export in which the record of sentence 23 is another."""
    records = [json.loads(line) for line in printed.splitlines()]
    change(next(record for record in records if record["sentence"] == 23))
    return b"\n".join(json.dumps(record).encode() for record in records)

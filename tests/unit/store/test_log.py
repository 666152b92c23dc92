"""A log gives back what was written, whatever a crash cuts off, and never takes damage for a crash."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Annotation, Change, Event, Step
from tui.store.database import Meta
from tui.store.log import (
    NO_EVENT,
    Entry,
    Header,
    entry,
    header_line,
    is_torn,
    read_log,
    read_tail,
    rechained,
    salvage,
)
from tui.store.protocol import Foreign, TooNew

PATH = Path("a.journal")
META = Meta(article="a", annotator="ana", text_sha256="00", scheme="news/1", segmentation=1)
HEADER = header_line(Header(meta=META, after=0, prev=NO_EVENT))
HOSTILE = 'a","crc":"00000000"}\n{"seq":1,"prev":"00000000"}\x00\x1b[2J\u2028é'


def chain_of(notes: list[str], annotator: str = "ana") -> list[Entry]:
    entries: list[Entry] = []
    prev = NO_EVENT
    for seq, note in enumerate(notes, 1):
        after = Annotation(
            segmentation=1, start=seq, end=seq, text="", note=note, created_at="", updated_at=""
        )
        step = Step(action="note", label=note, at="", changes=(Change(before=None, after=after),), cursor=seq)
        entries.append(entry(Event(seq=seq, annotator=annotator, step=step), prev))
        prev = entries[-1].crc
    return entries


def joined(entries: list[Entry]) -> bytes:
    return b"".join(found.line for found in entries)


WORDS = st.lists(st.one_of(st.just(HOSTILE), st.text(st.characters(codec="utf-8"), max_size=30)), max_size=6)


@given(WORDS)
def test_what_is_written_is_read_back(notes: list[str]) -> None:
    entries = chain_of(notes)
    data = HEADER + joined(entries)
    log = read_log(data, PATH)
    assert list(log.entries) == entries
    assert (log.end, log.rest) == (len(data), b"")
    assert data.count(b"\n") == len(entries) + 1
    assert salvage(data) == (entries, False)


@given(WORDS, st.data())
def test_every_cut_gives_the_steps_before_it(notes: list[str], draw: st.DataObject) -> None:
    entries = chain_of(notes)
    data = HEADER + joined(entries)
    cut = draw.draw(st.integers(0, len(data)))
    log = read_log(data[:cut], PATH)
    complete = max(0, data[: cut + 1].count(b"\n") - 1)
    assert list(log.entries) == entries[:complete]
    assert is_torn(log.rest, log.end)
    assert data[: log.end] + log.rest == data[: len(data[: log.end] + log.rest)]


@given(WORDS, st.data())
def test_a_changed_byte_is_harmless_or_damage_and_never_an_unfinished_write(
    notes: list[str], draw: st.DataObject
) -> None:
    entries = chain_of([*notes, "last"])
    data = bytearray(HEADER + joined(entries))
    place = draw.draw(st.integers(0, len(data) - 1))
    data[place] ^= draw.draw(st.integers(1, 255))
    try:
        log = read_log(bytes(data), PATH)
    except TooNew:
        return
    if list(log.entries) != entries:
        assert not is_torn(log.rest, log.end)
        assert len(salvage(bytes(data))[0]) >= len(entries) - 1


@given(st.integers(1, 4), st.integers(0, 3), st.integers(0, 1500))
def test_sectors_that_were_never_written_are_an_unfinished_write(count: int, first: int, before: int) -> None:
    """A power cut may keep the length of an append and lose some of its 512-byte sectors."""
    acknowledged = HEADER + joined(chain_of(["a" * before]))
    entries = chain_of(["a" * before, *(["b" * 700] * count)])
    data = bytearray(HEADER + joined(entries))
    start = len(acknowledged)
    bounds = [start, *range((start // 512 + 1) * 512, len(data), 512), len(data)]
    sector = first % (len(bounds) - 1)
    data[bounds[sector] : bounds[sector + 1]] = bytes(bounds[sector + 1] - bounds[sector])
    log = read_log(bytes(data), PATH)
    assert log.entries[0] == entries[0]
    assert is_torn(log.rest, log.end)


def test_an_event_that_does_not_follow_is_not_read() -> None:
    entries = chain_of(["a", "b", "c"])
    assert len(read_log(HEADER + entries[0].line + entries[2].line, PATH).entries) == 1
    assert len(read_log(HEADER + entries[1].line, PATH).entries) == 0
    assert len(read_log(HEADER + entries[0].line + entries[0].line, PATH).entries) == 1


def test_what_is_chained_anew_is_read_with_its_gap() -> None:
    entries = chain_of(["a", "b", "c"])
    again = rechained([entries[0], entries[2]], NO_EVENT)
    log = read_log(HEADER + joined(again), PATH)
    assert [found.event.seq for found in log.entries] == [1, 3]
    assert again[0] == entries[0]


@pytest.mark.parametrize("window", [1, 150, 400, 10_000])
def test_the_end_of_a_log_is_read_alone(window: int) -> None:
    entries = chain_of(["a", "b", "c"])
    data = HEADER + joined(entries)
    offset = max(0, len(data) - window)
    log = read_tail(data[offset:], offset, PATH, "ana")
    if log is not None:
        assert (log.last, log.end) == ((3, entries[2].crc), len(data))
    assert (log is None) == (window <= len(entries[2].line))


def test_steps_after_a_number_can_be_left_out() -> None:
    entries = chain_of(["a", "b", "c"])
    data = HEADER + joined(entries)
    assert read_log(data, PATH).upto(1).end == len(HEADER + entries[0].line)
    without_line_feed = read_log(data[:-1], PATH)
    assert without_line_feed.mended
    assert without_line_feed.upto(2).end == len(HEADER) + len(joined(entries[:2]))


def test_another_annotators_steps_are_refused() -> None:
    with pytest.raises(Foreign, match="'bob'"):
        read_log(HEADER + joined(chain_of(["a"], annotator="bob")), PATH)


def test_a_newer_log_is_refused_and_a_damaged_one_is_not_taken_for_newer() -> None:
    newer = b'{"schema":"postil.journal/9","meta":{"postil":"4.0"},"sum":[1]}\n'
    with pytest.raises(TooNew, match=r"'4\.0'"):
        read_log(newer, PATH)
    assert read_log(HEADER.replace(b"journal/1", b"journal/9"), PATH).header is None

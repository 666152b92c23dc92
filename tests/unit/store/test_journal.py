"""A log gives back what was written, whatever a crash cuts off, and never takes damage for a crash."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.annotation import Annotation, Change, Event, Step
from tui.store.checkpoint import Meta
from tui.store.damage import Line, Salvage, Torn, rechained
from tui.store.journal import NO_EVENT, Entry, Header, LogReader, entry, header_line, tail_reader
from tui.store.protocol import Foreign, TooNew

PATH = Path("a.journal")
META = Meta(article="a", annotator="ana", text_sha256="00", scheme="news/1", segmentation=1)
HEADER = header_line(Header(meta=META, after=0, prev=NO_EVENT))


class Log(NamedTuple):
    """What is read of a log's bytes."""

    reader: LogReader
    entries: list[Entry]

    @property
    def end(self) -> int:
        return self.reader.end

    @property
    def is_torn(self) -> bool:
        return self.reader.is_torn


def read(data: bytes, block: int = 1 << 18) -> Log:
    blocks = (data[start : start + block] for start in range(0, len(data), block))
    reader = LogReader(blocks, PATH)
    return Log(reader, list(reader))


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
    log = read(data)
    assert list(log.entries) == entries
    assert (log.end, log.is_torn) == (len(data), True)
    assert data.count(b"\n") == len(entries) + 1
    salvaged = Salvage(data)
    assert (list(salvaged), salvaged.has_unreadable_end) == (entries, False)


@given(WORDS, st.data())
def test_every_cut_gives_the_steps_before_it(notes: list[str], draw: st.DataObject) -> None:
    entries = chain_of(notes)
    data = HEADER + joined(entries)
    cut = draw.draw(st.integers(0, len(data)))
    log = read(data[:cut])
    complete = max(0, data[: cut + 1].count(b"\n") - 1)
    assert list(log.entries) == entries[:complete]
    assert log.is_torn


@given(WORDS, st.data())
def test_a_changed_byte_is_harmless_or_damage_and_never_an_unfinished_write(
    notes: list[str], draw: st.DataObject
) -> None:
    entries = chain_of([*notes, "last"])
    data = bytearray(HEADER + joined(entries))
    place = draw.draw(st.integers(0, len(data) - 1))
    data[place] ^= draw.draw(st.integers(1, 255))
    try:
        log = read(bytes(data))
    except TooNew:
        return
    if list(log.entries) != entries:
        assert not log.is_torn
        assert len(list(Salvage(bytes(data)))) >= len(entries) - 1


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
    log = read(bytes(data))
    assert log.entries[0] == entries[0]
    assert log.is_torn


def test_an_event_that_does_not_follow_is_not_read() -> None:
    entries = chain_of(["a", "b", "c"])
    assert len(read(HEADER + entries[0].line + entries[2].line).entries) == 1
    assert len(read(HEADER + entries[1].line).entries) == 0
    assert len(read(HEADER + entries[0].line + entries[0].line).entries) == 1


def test_what_is_chained_anew_is_read_with_its_gap() -> None:
    entries = chain_of(["a", "b", "c"])
    again = list(rechained([Line.of(entries[0]), Line.of(entries[2])], NO_EVENT))
    log = read(HEADER + b"".join(found.line for found in again))
    assert [found.event for found in log.entries] == [entries[0].event, entries[2].event]
    assert again[0].line == entries[0].line


@pytest.mark.parametrize("window", [1, 150, 400, 10_000])
def test_the_end_of_a_log_is_read_alone(window: int) -> None:
    entries = chain_of(["a", "b", "c"])
    data = HEADER + joined(entries)
    offset = max(0, len(data) - window)
    log = tail_reader(data[offset:], offset, PATH, "ana")
    if log is not None:
        assert list(log) == entries[-len(list(tail_reader(data[offset:], offset, PATH, "ana") or ())) :]
        assert (log.last, log.end) == ((3, entries[2].crc), len(data))
    assert (log is None) == (window <= len(entries[2].line))


def test_a_last_line_without_its_line_feed_is_read_though_not_in_the_end() -> None:
    entries = chain_of(["a", "b", "c"])
    data = HEADER + joined(entries)
    log = read(data[:-1])
    assert log.entries == entries
    assert log.reader.mended == entries[-1].line
    assert log.end == len(HEADER) + len(joined(entries[:2]))
    assert not log.reader.has_damaged_end
    assert read(data[:-1] + b"x").reader.has_damaged_end


@given(WORDS, st.binary(max_size=40), st.integers(0, 2000), st.integers(1, 400))
def test_the_size_of_a_block_makes_no_difference(notes: list[str], rest: bytes, cut: int, block: int) -> None:
    data = (HEADER + joined(chain_of([*notes, "last"])))[: cut or None] + rest
    whole, pieces = read(data), read(data, block)
    assert whole.entries == pieces.entries
    assert (whole.end, whole.is_torn, whole.reader.mended, whole.reader.last) == (
        pieces.end,
        pieces.is_torn,
        pieces.reader.mended,
        pieces.reader.last,
    )
    assert whole.reader.has_damaged_end == pieces.reader.has_damaged_end


@given(
    st.lists(st.one_of(st.binary(max_size=5), st.integers(1, 1200).map(bytes), st.just(b"\n")), max_size=8),
    st.integers(0, 1100),
    st.integers(1, 700),
)
def test_an_unfinished_write_is_known_block_by_block(pieces: list[bytes], at: int, block: int) -> None:
    rest = b"".join(pieces)
    torn = Torn(at)
    for start in range(0, len(rest), block):
        torn.take(rest[start : start + block])
    zeros = [
        (found.start() == 0 or (at + found.start()) % 512 == 0)
        and (found.end() == len(rest) or (at + found.end()) % 512 == 0)
        for found in re.finditer(rb"\0+", rest)
    ]
    assert torn.is_torn == (b"\n" not in rest or any(zeros))


def test_another_annotators_steps_are_refused() -> None:
    with pytest.raises(Foreign, match="'bob'"):
        read(HEADER + joined(chain_of(["a"], annotator="bob")))


def test_a_newer_log_is_refused_and_a_damaged_one_is_not_taken_for_newer() -> None:
    newer = b'{"schema":"postil.journal/9","meta":{"postil":"4.0"},"sum":[1]}\n'
    with pytest.raises(TooNew, match=r"'4\.0'"):
        read(newer)
    assert read(HEADER.replace(b"journal/1", b"journal/9")).reader.header is None

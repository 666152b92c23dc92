"""Any bytes, as a file of any kind, become harmless text or are refused in one line."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import ExtraMissingError
from tui.documents.reading import documents

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
SUFFIXES = (
    *(".txt", ".md", ".html", ".xhtml", ".jsonl", ".ndjson", ".json", ".mhtml", ".docx", ".odt", ".epub"),
    *(".rtf", ".pdf", ".csv", ".xml", ".srt", ".unknown"),
)
PIECES = (
    *("The mayor said nothing. ", "Die Straße war leer. ", "L’été à Genève. ", "Президент заявил. "),
    *(
        "首相は、状況は深刻だ。",
        "قال رئيس البلدية. ",
        "<p>a</p>",
        "# Title\n",
        "---\ntitle: x\n---\n",
        "\n\n",
    ),
    *('{"text": "x"}\n', "{\\rtf1 ", "<html><body>", "&#27;", "]]>", "| a | b |\n"),
)
SHIFTS = (
    b"\x1b$B",
    b"\x1b(B",
    b"\x1b[31m",
    b"abc ",
    b"$3$s",
    b"\x0e",
    b"\x0f",
    b"\x1b$)C",
    b"~{",
    b"~}",
    b"+AOk-",
)


def text_bytes(chance: random.Random, size: int) -> bytes:
    return "".join(chance.choice(PIECES) for _ in range(size // 10 + 1)).encode()


def with_junk(chance: random.Random, size: int) -> bytes:
    data = bytearray(text_bytes(chance, size))
    for _ in range(chance.randrange(1, 20)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    return bytes(data)


def cut_and_doubled(chance: random.Random, size: int) -> bytes:
    page = (
        b"<html><head><title>x</title></head><body><article>"
        + text_bytes(chance, size)
        + b"</article></html>"
    )
    start, end = sorted(chance.randrange(len(page)) for _ in range(2))
    return chance.choice((page[:start] + page[end:], page[:end] + page[start:], page[:end]))


KINDS: dict[str, Callable[[random.Random, int], bytes]] = {
    "uniform": lambda chance, size: chance.randbytes(size),
    "mostly ASCII": lambda chance, size: bytes(
        chance.choice(b"abcdefgh  \n<>&;{}[]\"'#*-_") if chance.random() < 0.97 else chance.randrange(256)
        for _ in range(size)
    ),
    "mostly high": lambda chance, size: bytes(
        chance.randrange(128, 256) if chance.random() < 0.8 else 32 for _ in range(size)
    ),
    "with NULs": lambda chance, size: bytes(
        0 if chance.random() < 0.1 else chance.randrange(32, 256) for _ in range(size)
    ),
    "with shifts": lambda chance, size: b"".join(chance.choice(SHIFTS) for _ in range(size // 3 + 1)),
    "cut UTF-8": lambda chance, size: text_bytes(chance, size)[: chance.randrange(size + 1)],
    "UTF-8 with junk": with_junk,
    "cut and doubled page": cut_and_doubled,
}


def check(data: bytes, suffix: str) -> None:
    problems: list[str] = []
    refusal = ""
    try:
        for document in documents(data, suffix, report=problems.append):
            assert document.text.strip()
            assert not CONTROL.search(document.text + (document.title or "") + (document.source or ""))
            document.text.encode()
            assert not any("\n" in warning for warning in document.warnings)
    except (UnreadableFileError, ExtraMissingError) as error:
        refusal = str(error)
    assert not any("\n" in line for line in (refusal, *problems))


@pytest.mark.parametrize("kind", KINDS)
def test_any_bytes_become_text_or_one_line(kind: str) -> None:
    chance = random.Random(kind)
    for size in (1, 30, 300):
        data = KINDS[kind](chance, size)
        for suffix in SUFFIXES:
            check(data, suffix)


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_many_more_bytes_become_text_or_one_line(kind: str) -> None:
    chance = random.Random(f"long {kind}")
    for _ in range(125):
        data = KINDS[kind](chance, chance.choice((3, 30, 300, 3000)))
        for suffix in SUFFIXES:
            check(data, suffix)

"""Which way names are found, and what happens if the data file is unusable."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.text.names import finder, listed, recogniser


@pytest.mark.parametrize(
    ("language", "way"),
    [
        *(
            (code, "names")
            for code in ["en", "fr", "de", "es", "it", "pt", "nl", "pl", "cs", "ro", "sv", "ru"]
        ),
        *((code, "shapes") for code in ["fi", "hu", "tr", "el", "lt", "lv", "et", "und", ""]),
        *((code, "lists") for code in ["ar", "he", "hi", "th", "zh", "ja", "ko", "fa"]),
    ],
)
def test_the_way_of_a_language(language: str, way: str) -> None:
    assert finder.way(language) == way
    assert finder.find("Anna.", language).recogniser == f"{way} {recogniser.shipped().version}"


@pytest.mark.parametrize("content", [None, b"", b"PNM1\xff\xff\xff\xff rubbish"])
def test_without_its_file_names_are_found_by_capitals(
    content: bytes | None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "names.bin"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr("tui.text.names.recogniser._DATA", path)
    recogniser.shipped.cache_clear()
    try:
        match = finder.find("He met Anna Costa there.", "en")
    finally:
        recogniser.shipped.cache_clear()
    assert (match.recogniser, match.origin) == ("capitalisation rules 1", "rule")
    assert match.problem is not None
    assert match.problem.endswith("reinstall postil")
    assert [m.label for m in match.names] == ["PER"]


def test_without_its_lists_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tui.text.names.listed._DATA", tmp_path / "none.txt")
    listed.shipped.cache_clear()
    try:
        assert finder.find("東京。", "ja").problem is not None
    finally:
        listed.shipped.cache_clear()

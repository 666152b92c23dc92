"""Every case of the hostile corpus, through what stands between it and a terminal."""

from __future__ import annotations

import json
import re

import pytest

from scripts.hostile.corpus import as_json, corpus
from tests.corpus import FOLDER, cases, file_names, texts
from tests.escapes import PRINTED, foreign
from tui.documents.decoding import UnreadableFileError
from tui.documents.reading import documents
from tui.text.clean import escape_json, is_safe, visible

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

FAMILIES = sorted({name.partition("/")[0] for name in cases()})
of_every_family = pytest.mark.parametrize("family", FAMILIES)


def of(family: str) -> list[str]:
    return [text for name, text in texts().items() if name.startswith(f"{family}/")]


def test_there_are_cases_of_every_family() -> None:
    assert len(cases()) >= 200
    assert len(file_names()) >= 30
    assert len(FAMILIES) == 16


def test_the_corpus_is_what_its_script_makes() -> None:
    made = {f"{family}.json": as_json(held) for family, held in corpus().items()}
    assert {path.name: path.read_text("ascii") for path in FOLDER.iterdir()} == made, (
        "tests/hostile differs from what scripts/hostile makes: run python -m scripts.hostile and commit it"
    )


@of_every_family
def test_it_is_cleaned_code_point_for_code_point(family: str) -> None:
    for text in of(family):
        painted = visible(text)
        assert len(painted) == len(text)
        assert is_safe(painted)
        assert not foreign(painted.encode(), PRINTED)
        kept = [before for before, after in zip(text, painted, strict=True) if before == after]
        assert kept == [char for char in text if is_safe(char)]


@of_every_family
def test_as_json_it_is_equal_and_acts_on_nothing(family: str) -> None:
    for text in of(family):
        escaped = escape_json(json.dumps({text: [text]}, ensure_ascii=False))
        assert json.loads(escaped) == {text: [text]}
        assert not foreign(escaped.encode(), PRINTED)


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html", ".jsonl"])
def test_a_file_of_it_comes_to_text_without_controls_or_to_one_line(
    suffix: str, capfd: pytest.CaptureFixture[str]
) -> None:
    read, refusals = 0, list[str]()
    # What finds the article in a web page takes its time.
    looked_at = list(cases().items())[:: 7 if suffix == ".html" else 1]
    for name, held in looked_at:
        data = held if isinstance(held, bytes) else held.encode("utf-8", "surrogatepass")
        if suffix == ".jsonl":
            data = json.dumps({"text": data.decode("utf-8", "replace"), "title": name}).encode()
        else:
            data = b"Une phrase. " * 9 + data
        if suffix == ".html":
            data = b"<html><title>" + data + b"</title><body><article><p>" + data + b"</p></article>"
        try:
            for document in documents(data, suffix):
                read += 1
                assert not CONTROL.search(document.text), name
                assert not CONTROL.search(document.title or ""), name
        except UnreadableFileError as error:
            refusals.append(str(error))
    assert read > len(looked_at) / 2
    assert all(map(is_safe, refusals)), refusals
    assert capfd.readouterr() == ("", "")

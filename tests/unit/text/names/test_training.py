"""The training gives the same bytes each time, and the manifest tells what the shipped file was made of."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("numpy")

from scripts.train_names import manifest, packing
from scripts.train_names.__main__ import completed, train
from scripts.train_names.corpora import CORPORA, Corpus, Record, labels_of, sha256
from scripts.train_names.crf import Settings
from scripts.train_names.word_lists import Lists
from tui.text.names.model_file import decode
from tui.text.names.recogniser import NameRecogniser
from tui.text.names.tokens import tokens
from tui.text.names.word_lists import Kind, word_hash

CHECKOUT = Path(__file__).resolve().parents[4]
DATA = CHECKOUT / "tui" / "text" / "names" / "data"
SHIPPED = manifest.read()

LISTS = Lists(
    {word_hash("Anna"): Kind.GIVEN, word_hash("Rome"): Kind.CITY},
    {word_hash("lives"): 1},
    {"東京": Kind.CITY},
)
PEOPLE = ("Anna Costa", "Eva Lund", "Tom Bell", "Ana Ruiz")
TOWNS = ("Rome", "Lyon", "Oslo", "Graz")


def corpus(folder: Path, name: str, with_towns: bool = True) -> Corpus:
    lines: list[str] = []
    for person in PEOPLE:
        for town in TOWNS:
            text = f"{person} lives in {town} now."
            at = text.index(town)
            entities: list[tuple[int, int, str]] = [(0, len(person), "PER")]
            entities += [(at, at + len(town), "LOC")] if with_towns else []
            lines.append(json.dumps({"lang": "en", "text": text, "entities": entities, "misc": False}))
    (folder / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return Corpus(name, "MIT", "made", "here", persons_only=not with_towns)


def trained(folder: Path) -> bytes:
    corpora = [corpus(folder, "whole"), corpus(folder, "persons", with_towns=False)]
    return train(folder, corpora, LISTS, "v1", Settings(epochs=12), Settings(epochs=12))


def test_two_trainings_give_the_same_bytes_that_recognise(tmp_path: Path) -> None:
    data = trained(tmp_path)
    assert trained(tmp_path) == data
    text = "Eva Lund lives in Oslo now."
    names = NameRecogniser(data).find(text, "en")
    assert "Oslo" in [text[name.start : name.end] for name in names]
    assert decode(data).header.licence.startswith("CC BY-SA 4.0")


def test_completion_keeps_the_annotated_persons_and_adds_others(tmp_path: Path) -> None:
    recogniser = NameRecogniser(trained(tmp_path))
    text = "Eva Lund lives in Oslo now."
    [record] = completed(iter([Record("en", text, [(0, 8, "PER")])]), recogniser)
    assert {(0, 8, "PER"), (18, 22, "LOC")} <= set(record.entities)
    assert record.entities == sorted(record.entities)
    assert not record.misc


def test_a_token_that_a_name_touches_is_labelled() -> None:
    record = Record("en", "Anna-Eva in Rome", [(0, 4, "PER"), (12, 16, "LOC")])
    assert labels_of(tokens(record.text), record) == [1, 0, 5]


def test_names_without_capitals_are_written_with_their_letter() -> None:
    assert packing.without_capitals(LISTS).decode().splitlines()[1:] == ["東京\tc"]


def test_the_manifest_matches_what_is_shipped() -> None:
    assert {name: sha256(DATA / name) for name in SHIPPED.outputs} == SHIPPED.outputs
    assert sorted(path.name for path in DATA.iterdir()) == sorted(SHIPPED.outputs)
    header = decode((DATA / "names.bin").read_bytes()).header
    assert header.version == SHIPPED.version == SHIPPED.inputs.version()
    assert "CC BY-SA 4.0" in header.licence
    assert SHIPPED.licence == header.licence


def test_the_manifest_matches_the_lists_and_corpora_of_the_scripts() -> None:
    assert {path.name: sha256(path) for path in manifest.LISTS.glob("*.txt")} == SHIPPED.inputs.lists
    assert [(c.file, c.licence) for c in CORPORA] == [(c.file, c.licence) for c in SHIPPED.inputs.corpora]


def test_nothing_that_is_not_free_went_in() -> None:
    origins = [*SHIPPED.inputs.corpora, *SHIPPED.inputs.packages, *SHIPPED.inputs.repositories]
    free = ("CC BY 4.0", "CC BY-SA 4.0", "MIT", "CC0", "BSD", "Apache-2.0", "Unicode")
    for origin in origins:
        assert origin.licence.startswith(free), origin.name
        assert "NC" not in origin.licence.replace("CC BY", ""), origin.name
        assert "research" not in origin.licence, origin.name
        assert not origin.name.lower().startswith(("kind", "conll", "wikineural", "harem")), origin.name


@pytest.mark.parametrize("kind", ["corpora", "packages", "repositories"])
def test_the_notice_names_every_corpus_and_list(kind: str) -> None:
    notice = (CHECKOUT / "NOTICE").read_text(encoding="utf-8")
    for origin in getattr(SHIPPED.inputs, kind):
        if origin.name != "numpy":
            assert origin.name in notice, origin.name

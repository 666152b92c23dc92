from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.model.article import Entity
from tui.text import aliases, entities, spacy_french, values
from tui.text.aliases import Aliases
from tui.text.spacy_french import FrenchModel

ROOT = Path(__file__).resolve().parents[3]
GOLD = ROOT / "tests" / "gold" / "sample.ner.jsonl"
LIST = ROOT / "seeds" / "entities.toml"

needs_model = pytest.mark.skipif(not spacy_french.available(), reason="no French model is installed")


def as_listed(tmp_path: Path, content: str) -> Aliases:
    path = tmp_path / "entities.toml"
    path.write_text(content, encoding="utf-8")
    return aliases.load([path])


def labels(text: str, found: list[Entity]) -> list[tuple[str, str, str]]:
    return [(text[e.start : e.end], e.label, e.origin) for e in found]


def sample_f1(model: FrenchModel | None, listed: Aliases) -> float:
    record = json.loads(GOLD.read_text(encoding="utf-8"))
    found = entities.recognise(record["text"], "fr", listed, model).entities
    names = {(e.start, e.end, e.label) for e in found if e.label in ("PER", "ORG", "LOC", "MISC")}
    gold = {tuple(e) for e in record["entities"]}
    return 200 * len(names & gold) / (len(names) + len(gold))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He reads The Sunday Times there.", [("The Sunday Times", "ORG", "model")]),
        ("He saw Monday, May 5, 2018 there.", [("Monday", "DATE", "rule"), ("May 5, 2018", "DATE", "rule")]),
        ("He saw NATO 2018 there.", [("NATO", "ORG", "model"), ("2018", "DATE", "rule")]),
        ("He gave $5 to Tim Cook.", [("$5", "MONEY", "rule"), ("Tim Cook", "PER", "model")]),
    ],
)
def test_the_longer_of_a_name_and_a_value_counts(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert labels(text, entities.recognise(text, "en", aliases.NONE, None).entities) == expected


def test_a_listed_name_counts_before_a_value(tmp_path: Path) -> None:
    text = "On lit lundi ce soir."
    listed = as_listed(tmp_path, '[[entity]]\nlabel = "MISC"\nname = "lundi"\n')
    assert labels(text, entities.recognise(text, "fr", listed, None).entities) == [("lundi", "MISC", "alias")]


def test_versions_and_recogniser_say_what_was_used(tmp_path: Path) -> None:
    listed = as_listed(tmp_path, '[[entity]]\nlabel = "MISC"\nname = "lundi"\n')
    plain = entities.recognise("Un.", "fr", aliases.NONE, None)
    assert re.fullmatch("names [0-9a-f]{8}", plain.recogniser)
    assert plain.version == f"{plain.recogniser} + repair 1"
    assert (
        entities.recognise("Un.", "fr", listed, None).version == f"{plain.version} + aliases {listed.digest}"
    )


def counted(text: str, *found: tuple[str, str], listed: Aliases = aliases.NONE) -> list[tuple[str, str, int]]:
    spans: list[Entity] = []
    position = 0
    for name, label in found:
        start = text.index(name, position)
        position = start + len(name)
        spans.append(Entity(start=start, end=position, label=label, origin="model"))
    spans = aliases.apply(text, spans, listed)
    return [(c.text, c.label, c.count) for c in entities.count(text, spans, listed)]


def test_a_surname_counts_under_the_only_full_name() -> None:
    text = "Costa. Ana Costa. Costa. Lyon. 2015."
    spans = [("Costa", "PER"), ("Ana Costa", "PER"), ("Costa", "PER"), ("Lyon", "LOC"), ("2015", "DATE")]
    assert counted(text, *spans) == [("Ana Costa", "PER", 3), ("Lyon", "LOC", 1)]


def test_a_surname_of_two_people_counts_alone() -> None:
    text = "Costa. Ana Costa. Eva Costa. Costa."
    spans = [("Costa", "PER"), ("Ana Costa", "PER"), ("Eva Costa", "PER"), ("Costa", "PER")]
    assert counted(text, *spans) == [("Costa", "PER", 2), ("Ana Costa", "PER", 1), ("Eva Costa", "PER", 1)]


def test_variants_of_a_listed_name_count_as_one(tmp_path: Path) -> None:
    listed = as_listed(tmp_path, '[[entity]]\nlabel = "ORG"\nname = "OpenAI"\nalso = ["Open AI"]\n')
    assert counted("Open AI. OpenAI. Open AI.", listed=listed) == [("OpenAI", "ORG", 3)]


def test_counts_are_at_most_forty() -> None:
    text = " ".join(f"Nom{chr(97 + i // 26)}{chr(97 + i % 26)}." for i in range(50))
    spans = [(name.rstrip("."), "ORG") for name in text.split()]
    assert len(counted(text, *spans)) == 40


@needs_model
def test_the_sample_reaches_its_goal_without_a_list() -> None:
    assert sample_f1(spacy_french.load(), aliases.NONE) >= 60


@needs_model
def test_the_sample_reaches_its_goal_with_the_list_that_ships_with_it() -> None:
    assert sample_f1(spacy_french.load(), aliases.load([LIST])) >= 80


def test_the_sample_without_a_model_is_readable_with_its_list() -> None:
    assert sample_f1(None, aliases.load([LIST])) >= 80


names = st.sampled_from(
    [
        "Musk",
        "Elon Musk",
        "d'Endeavor",
        "lundi",
        "2015Musk",
        "300 millions",
        "de dollars",
        "Le",
        "à Paris",
        "\n",
        ".",
        "«",
        "\u2028",
    ]
)


@settings(max_examples=200)
@given(st.lists(names, max_size=25).map(" ".join), st.sampled_from(["fr", "en", "de", "und"]), st.booleans())
def test_entities_are_sorted_apart_and_inside_lines(text: str, language: str, with_list: bool) -> None:
    listed = aliases.load([LIST]) if with_list else aliases.NONE
    end = 0
    for entity in entities.recognise(text, language, listed, None).entities:
        assert end <= entity.start < entity.end <= len(text)
        assert "\n" not in text[entity.start : entity.end]
        end = entity.end


@pytest.mark.parametrize("long", [0, 10**9])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_long_text_in_pieces_has_the_entities_of_its_whole(
    monkeypatch: pytest.MonkeyPatch, language: str, long: int
) -> None:
    text = json.loads(GOLD.read_text(encoding="utf-8"))["text"]
    whole = entities.recognise(text, language, aliases.load([]), None)
    assert {entity.label for entity in whole.entities} >= {"PER", "MISC", "DATE"}
    monkeypatch.setattr("tui.text.cores._PIECE", 1)
    monkeypatch.setattr("tui.text.cores.LONG", long)
    told: list[float] = []
    assert entities.recognise(text, language, aliases.load([]), None, told.append) == whole
    assert told == sorted(told)
    assert (len(told) > 10, told[-1]) == (True, 1)


@given(
    st.lists(
        st.sampled_from(
            ["Le 3 mai", "2015", "12:30", "$5", "Million", "Musk", ".", "\n", "\r", "\u2028", " ", "M."]
        )
    ).map(" ".join)
)
def test_no_entity_hangs_on_what_stands_in_another_line(text: str) -> None:
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    apart = [
        (start + one.start, start + one.end, one.label)
        for start, line in zip(starts, lines, strict=True)
        for one in values.find(line, "fr")
    ]
    assert [(one.start, one.end, one.label) for one in values.find(text, "fr")] == apart

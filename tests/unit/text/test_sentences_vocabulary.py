from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import tui.text.sentences.vocabulary as module
from tui.text.sentences.vocabulary import COMMON, vocabulary

DATA = Path(module.__file__).parent / "data"
FILES = sorted(path.stem for path in DATA.glob("*.toml"))


@pytest.mark.parametrize("name", FILES)
def test_a_file_has_a_source_and_words_as_they_are_looked_up(name: str) -> None:
    values = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    assert values.pop("source")
    for value in values.values():
        words = value.split() if isinstance(value, str) else []
        assert words == list(dict.fromkeys(words))
        assert all(word == word.lower() and not word.endswith(".") and "-" not in word for word in words)


@pytest.mark.parametrize("name", FILES)
def test_every_key_is_in_the_table_of_the_readme(name: str) -> None:
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    keys = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8")).keys() - {"source"}
    assert not [key for key in keys if f"| `{key}` |" not in readme]


def test_a_language_has_its_own_words_and_the_common_ones() -> None:
    french = vocabulary("fr")
    assert {"dr", "mme", "gén"} <= french.names
    assert "dr" in vocabulary("de").names
    assert "mme" in vocabulary("xx").names
    assert vocabulary("de").ordinals
    assert not french.ordinals
    assert vocabulary("no") is not vocabulary("nb")
    assert vocabulary("no") == vocabulary("nn") == vocabulary("nb")


@pytest.mark.parametrize("language", ["und", "", "common/../fr", "../fr", "FR", "x" * 99])
def test_other_languages_have_the_common_words_alone(language: str) -> None:
    words = vocabulary(language)
    assert not words.openers
    assert all(getattr(words, name) == getattr(vocabulary("und"), name) for name in COMMON)

"""The words of each language: they are what the script makes, each of them is found, and they are read when needed."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tui.text import values
from tui.text.values import words
from tui.text.values.lexicon import plain

CHECKOUT = Path(__file__).parents[3]
DATA = CHECKOUT / "tui" / "text" / "values" / "data"


def script() -> ModuleType:
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("values_data", CHECKOUT / "scripts" / "values_data.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_language_has_both_files_and_no_other_has_any() -> None:
    assert {path.stem for path in DATA.glob("*.json")} == {*words.LANGUAGES, "codes"}
    assert {path.stem for path in DATA.glob("*.toml")} == set(words.LANGUAGES)


def test_every_file_names_its_source_and_the_hash_of_its_input() -> None:
    for language in words.LANGUAGES:
        content = json.loads((DATA / f"{language}.json").read_text(encoding="utf-8"))
        assert content["source"].startswith("Unicode CLDR")
        assert "babel" in content["source"]
        assert content["licence"].startswith("Unicode")
        assert all(len(digest) == 64 for digest in content["inputs"].values())
        assert f"{language}.dat" in content["inputs"]


@pytest.mark.longer
def test_the_files_are_what_the_script_makes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = script()
    import babel

    if f"babel {babel.__version__}" not in (DATA / "fr.json").read_text(encoding="utf-8"):
        pytest.skip("another version of babel made the files")
    monkeypatch.setattr(module, "OUT", tmp_path)
    module.main()
    for path in DATA.glob("*.json"):
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_only_the_language_of_the_text_is_read() -> None:
    words.load.cache_clear()
    values.find("Il a payé 5 millions d'euros le 5 mai à 14 h 30.", "fr")
    assert words.load.cache_info().currsize == 1


def phrases(language: str) -> Iterator[tuple[str, str]]:
    """A label, and the shortest text that should be found as a whole, for each word of a language."""
    known = words.load(language)
    cldr, added = known.cldr, known.added
    blank = "" if language in ("zh", "ja", "th") else " "
    scale = (*cldr.scales, *cldr.short_scales, *added.scales)[-1].rstrip(".॰")
    joined = "".join(f"{word} " for word in cldr.after_day[:1] if word.isalpha() and word.isascii())
    for name in (*cldr.months, *added.months):
        if language not in ("zh", "ja", "ko") and not name.startswith(("de ", "d’")):
            yield "DATE", f"5 {joined}{name} 2024"
    for name in (*cldr.weekdays, *added.weekdays):
        if name not in added.unclear:
            yield "DATE", name
    scaled = set(map(plain, (*cldr.minor_currencies, *added.scaled_currencies)))
    for name in (*cldr.currencies, *cldr.minor_currencies, *added.currencies):
        if name not in added.not_currencies:
            yield "MONEY", f"5{blank}{scale}{blank}{name}" if plain(name) in scaled else f"5{blank}{name}"
    for symbol in (*cldr.symbols, *added.symbols):
        yield "MONEY", f"{symbol} 5"
        yield "MONEY", f"5 {symbol}"
    for word in (*cldr.percent, *added.percent):
        yield "PERCENT", f"5 {word}"
    for word in (*cldr.scales, *added.scales):
        yield "NUMBER", f"5{blank}{word}"


@pytest.mark.parametrize("language", words.LANGUAGES)
def test_every_word_is_found_whole(language: str) -> None:
    lost: list[str] = []
    for label, text in phrases(language):
        found = [(value.label, text[value.start : value.end]) for value in values.find(text, language)]
        if found != [(label, text)]:
            lost.append(f"{label} {text!r}: {found}")
    assert lost == [], "\n".join(lost)

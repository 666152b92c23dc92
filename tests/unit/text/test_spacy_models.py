"""Any spaCy model that is installed for a language is used, whatever its labels are."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.documents.document import ReadingOptions
from tui.prepare.pipeline import add_entities, read_articles
from tui.text import spacy_french, spacy_models
from tui.text.spacy_french import ModelError

PACKAGE = """
class Span:
    def __init__(self, start, end, label):
        self.start_char, self.end_char, self.label_ = start, end, label

class Doc:
    def __init__(self, text):
        at = text.find("Madrid")
        self.ents = [Span(at, at + 6, LABEL)] if at >= 0 else []

class Nlp:
    meta = {"version": "3.8.0"}
    def pipe(self, texts, *, as_tuples, batch_size):
        return [(Doc(text), offset) for text, offset in texts]

def load(exclude=()):
    return Nlp()
"""


def install(folder: Path, name: str, label: str = "GPE", source: str = PACKAGE) -> None:
    (folder / f"{name}.py").write_text(f"LABEL = {label!r}\n{source}", encoding="utf-8")
    spacy_models.load.cache_clear()
    sys.modules.pop(name, None)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    pytest.importorskip("spacy")
    monkeypatch.syspath_prepend(tmp_path)
    yield tmp_path
    spacy_models.load.cache_clear()
    for path in tmp_path.glob("*.py"):
        sys.modules.pop(path.stem, None)


def names(language: str) -> tuple[str, list[tuple[str, str]], list[str]]:
    text = "x y Madrid z."
    [article] = read_articles(text.encode(), options=ReadingOptions(language=language))
    prepared = add_entities(article, [])
    counts = [(count.text, count.label) for count in prepared.entity_counts]
    return prepared.prepared_by["entities"], counts, prepared.warnings


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("GPE", "LOC"),
        ("LOC", "LOC"),
        ("PERSON", "PER"),
        ("persName", "PER"),
        ("ORGANIZATION", "ORG"),
        ("NORP", "MISC"),
        ("FAC", "LOC"),
        ("WORK_OF_ART", "MISC"),
    ],
)
def test_its_labels_are_mapped(site: Path, label: str, expected: str) -> None:
    install(site, "es_core_news_sm", label)
    recogniser, counts, warnings = names("es")
    assert recogniser.startswith("es_core_news_sm 3.8.0")
    assert counts == [("Madrid", expected)]
    assert warnings == []


@pytest.mark.parametrize("label", ["DATE", "MONEY", "CARDINAL", "WHATEVER"])
def test_labels_of_no_name_are_dropped(site: Path, label: str) -> None:
    install(site, "es_core_news_sm", label)
    assert names("es")[1] == []


@pytest.mark.parametrize(
    ("package", "language"),
    [
        ("en_core_web_md", "en"),
        ("de_core_news_lg", "de"),
        ("nb_core_news_sm", "nn"),
        ("xx_ent_wiki_sm", "pl"),
    ],
)
def test_the_package_of_a_language(site: Path, package: str, language: str) -> None:
    install(site, package)
    assert spacy_models.installed(language) == package
    assert names(language)[0].startswith(f"{package} ")


def test_the_largest_is_used_and_no_transformer(site: Path) -> None:
    install(site, "it_core_news_trf")
    assert spacy_models.installed("it") is None
    install(site, "it_core_news_sm")
    install(site, "it_core_news_md")
    assert spacy_models.installed("it") == "it_core_news_md"


def test_one_that_does_not_load_is_a_warning(site: Path) -> None:
    install(site, "es_core_news_sm", source="raise ImportError('no weights')")
    recogniser, _, [warning] = names("es")
    assert recogniser.startswith("names ")
    assert "es_core_news_sm could not be loaded (no weights)" in warning


@pytest.mark.parametrize("language", ["", "../x", "a-b", "und"])
def test_a_strange_language_has_none(language: str) -> None:
    assert spacy_models.installed(language) is None


def test_french_stays_with_its_own_module() -> None:
    if not spacy_french.available():
        pytest.skip("no French model is installed")
    assert names("fr")[0].startswith("fr_core_news_")


def test_an_unknown_package_is_one_line() -> None:
    with pytest.raises(ModelError, match="zz_none could not be loaded"):
        spacy_models.load("zz_none")

from __future__ import annotations

import subprocess
import sys

import pytest

from tui.text import spacy_french
from tui.text.spacy_french import FrenchModel, ModelError

needs_model = pytest.mark.skipif(not spacy_french.available(), reason="no French model is installed")


@pytest.fixture(scope="module")
def model() -> FrenchModel:
    return spacy_french.load()


def found(model: FrenchModel, text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.label) for m in spacy_french.recognise(model.nlp, text)]


@needs_model
def test_names_are_found_line_by_line(model: FrenchModel) -> None:
    text = "Jacques Chirac habite\nParis.\n\nIl est né à Lyon."
    assert found(model, text) == [("Jacques Chirac", "PER"), ("Paris", "LOC"), ("Lyon", "LOC")]


@needs_model
def test_a_typographic_apostrophe_changes_nothing(model: FrenchModel) -> None:
    straight = "Il n'a pas vu l'Italie avec Jacques Chirac."
    curly = straight.replace("'", "’")
    assert spacy_french.recognise(model.nlp, straight) == spacy_french.recognise(model.nlp, curly)


@needs_model
def test_a_line_longer_than_spacy_allows_is_read_to_its_end(model: FrenchModel) -> None:
    filler = "il dort et il mange puis il dort encore. " * 30_000
    text = f"{filler}Jacques Chirac habite à Paris."
    assert len(text) > 1_000_000
    assert ("Jacques Chirac", "PER") in found(model, text)


@needs_model
def test_an_endless_word_hides_nothing_and_costs_nothing(model: FrenchModel) -> None:
    text = "(A" * 500_000 + " Jacques Chirac habite à Paris."
    assert ("Jacques Chirac", "PER") in found(model, text)


@needs_model
def test_spacy_s_own_slow_french_is_never_imported() -> None:
    code = (
        "import sys; from tui.text import spacy_french; spacy_french.load();"
        "sys.exit('spacy.lang.fr' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


@needs_model
def test_the_model_says_its_name_and_version(model: FrenchModel) -> None:
    assert str(model) == f"{model.name} {model.version}"
    assert model.name in spacy_french.MODELS


def test_asking_whether_it_is_there_imports_nothing() -> None:
    code = "import sys; from tui.text import spacy_french; spacy_french.available(); sys.exit('spacy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, capture_output=True).returncode == 0


def test_a_model_that_is_not_installed_is_named_with_the_fix() -> None:
    assert not spacy_french.available("fr_no_such_model")
    assert not spacy_french.available("no.such/model")
    with pytest.raises(ModelError, match="fr_no_such_model is not installed: pip install"):
        spacy_french.load("fr_no_such_model")


@needs_model
@pytest.mark.parametrize(
    "content",
    [
        "raise ImportError('a part is\\n missing')",
        "def load(**overrides):\n    raise ValueError('[E053] damaged')",
        "x = (",
    ],
)
def test_a_broken_model_is_one_line(
    content: str, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("models")
    name = f"fr_broken_{folder.name}"
    (folder / f"{name}.py").write_text(content, encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    with pytest.raises(ModelError, match="could not be loaded") as broken:
        spacy_french.load(name)
    assert "\n" not in str(broken.value)

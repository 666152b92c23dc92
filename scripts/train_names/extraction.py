"""From annotated texts to the arrays that the training reads."""

from __future__ import annotations

import random
from array import array
from collections.abc import Iterable
from pathlib import Path
from zlib import crc32

import numpy as np

from scripts.train_names.corpora import Corpus, Record, labels_of, read
from scripts.train_names.crf import Segments
from tui.text.names.features import segments
from tui.text.names.languages import TRAINED
from tui.text.names.line import Line
from tui.text.names.tokens import simplified
from tui.text.names.word_lists import WordLists


class Extraction:
    """Collects the segments of records."""

    def __init__(self, lists: WordLists, bits: dict[str, int], feature_bits: int) -> None:
        """`bits` are those of the languages in the lists of ordinary words."""
        self._lists, self._bits = lists, bits
        self._mask = (1 << feature_bits) - 1
        self._features = array("I")
        self._starts = array("Q", [0])
        self._first = array("Q", [0])
        self._labels = array("b")
        self._pairs = array("Q")

    def add(self, record: Record, marks: Iterable[str] = ()) -> None:
        """Add a record's segments, and each again with the language hidden."""
        own = [*marks, *(() if record.misc else ("nomisc",))]
        line = Line(
            simplified(record.text).replace("\n", " "),
            record.lang,
            self._bits.get(record.lang, 0),
            self._lists,
        )
        label = labels_of(line.tokens, record)
        hides = record.lang in TRAINED
        shown = segments(line, record.lang)
        hidden = segments(line, record.lang, is_hidden=True) if hides else None
        for first, tokens in shown:
            number = len(self._pairs)
            self._add(line, first, tokens, label, own, number + 1 if hides else number)
            if hidden is not None:
                self._add(line, first, next(hidden)[1], label, own, number)

    def _add(
        self, line: Line, first: int, tokens: list[list[str]], label: list[int], marks: list[str], pair: int
    ) -> None:
        for i, features in enumerate(tokens, first):
            for mark in marks:
                features.append(mark)
                if line.has_capital[i]:
                    features.append(f"{mark}^")
            self._features.extend(
                crc32(feature.encode("utf-8", "surrogatepass")) & self._mask for feature in features
            )
            self._starts.append(len(self._features))
            self._labels.append(label[i])
        self._first.append(len(self._labels))
        self._pairs.append(pair)

    def finished(self, least: int) -> tuple[Segments, np.ndarray]:
        """The segments with only the features that were seen at least `least` times, and the hash of each row."""
        hashes = np.frombuffer(self._features, np.uint32)
        starts = np.frombuffer(self._starts, np.uint64).astype(np.int64)
        counts = np.bincount(hashes, minlength=self._mask + 1)
        kept = counts >= least
        rows = np.flatnonzero(kept)
        row_of = np.cumsum(kept) - 1
        is_kept = kept[hashes]
        before = np.concatenate([[0], np.cumsum(is_kept)])
        return (
            Segments(
                row_of[hashes[is_kept]].astype(np.int32),
                before[starts],
                np.frombuffer(self._first, np.uint64).astype(np.int64),
                np.frombuffer(self._labels, np.int8).copy(),
                np.frombuffer(self._pairs, np.uint64).astype(np.int64),
            ),
            rows.astype(np.uint32),
        )


def of_corpus(folder: Path, corpus: Corpus, extraction: Extraction) -> None:
    """Add a corpus of the folder. Raises OSError, msgspec.DecodeError."""
    records = list(read(folder / f"{corpus.file}.jsonl"))
    random.Random(corpus.file).shuffle(records)
    for record in records:
        extraction.add(record, corpus.marks)
    print(f"{corpus.file}: {len(records):,} records", flush=True)

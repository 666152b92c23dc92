"""The table that the training prints: exact-span F1 over gold data, in the pipeline of the product."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from scripts.train_names.corpora import read
from tui.text import repair
from tui.text.names.recogniser import NameRecogniser


def measured(paths: Iterable[Path], recogniser: NameRecogniser) -> Iterator[tuple[str, list[float]]]:
    """The name of each file, and F1 in per cent, typed and untyped. Raises OSError, msgspec.DecodeError."""
    for path in _files(paths):
        right = bounded = total = 0
        for record in read(path):
            gold = {(start, end, label) for start, end, label in record.entities}
            found = {
                (m.start, m.end, m.label)
                for m in repair.repair_scored(
                    record.text, recogniser.find(record.text, record.lang), record.lang
                )
                if record.misc or m.label != "MISC"
            }
            right += len(gold & found)
            bounded += len({span[:2] for span in gold} & {span[:2] for span in found})
            total += len(gold) + len(found)
        scores = [round(200 * right / max(total, 1), 1), round(200 * bounded / max(total, 1), 1)]
        name = path.name.partition(".")[0]
        print(f"{name:24}{scores[0]:6.1f}{scores[1]:8.1f}", flush=True)
        yield name, scores


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        yield from sorted(path.glob("*.jsonl")) if path.is_dir() else [path]

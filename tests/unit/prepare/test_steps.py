"""One number tells of all steps of a file: it only grows, and ends at the file's size."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.documents.document import ReadingOptions
from tui.model.article import Article
from tui.prepare.pace import Pace
from tui.prepare.pipeline import read_articles
from tui.prepare.steps import Step, Steps

STEPS: tuple[Step, ...] = ("reading", "names", "hints")


def article(text: str, language: str) -> Article:
    [made] = read_articles(text.encode(), options=ReadingOptions(language=language))
    return made


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_file_goes_from_nothing_to_its_size(language: str) -> None:
    pace, told = Pace(), list[float]()
    steps = Steps(pace, Path("a.txt"), 1000, lambda: told.append(pace.bytes_so_far))
    for step in STEPS:
        if step == "names":
            steps.begin(article("Un texte.", language))
        for share in 0, 0.5, 1:
            steps.tell(step, share)
    steps.end()
    assert told == sorted(told)
    assert (told[0], told[-1]) == (0, 1000)


def test_each_article_of_a_file_counts_by_its_length() -> None:
    pace, told = Pace(), list[float]()
    steps = Steps(pace, Path("a.jsonl"), 1000, lambda: told.append(pace.bytes_so_far))
    for text in "é" * 100, "e" * 700, "e" * 700:
        steps.tell("reading", 0.9)
        steps.begin(article(text, "en"))
        for share in 0, 1:
            steps.tell("hints", share)
        steps.end()
    assert told == pytest.approx([110, 200, 585, 900, 955, 1000])

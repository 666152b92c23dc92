"""An article's file that was edited by hand is damaged in one line, and adding the article again mends it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.model.article import Article
from tui.prepare.pipeline import add_hints
from tui.store.article_structure import misfit
from tui.store.changes import add
from tui.store.library import Library
from tui.store.protocol import Damaged

Json = dict[str, Any]


@pytest.fixture(scope="module")
def prepared(sample_article: Article) -> Article:
    return add_hints(sample_article)


def edited(path: Path, edit: Callable[[Json], None]) -> None:
    """Change the file as a text editor would, and leave its checksum out."""
    stored: Json = json.loads(path.read_bytes())
    del stored["crc32"]
    edit(stored)
    path.write_text(json.dumps(stored), encoding="utf-8")


def swap(items: list[Any], first: int, second: int) -> None:
    items[first], items[second] = items[second], items[first]


EDITS: dict[str, Callable[[Json], None]] = {
    "a start beyond the text": lambda stored: stored["starts"].__setitem__(3, 10**9),
    "a start below zero": lambda stored: stored["starts"].__setitem__(0, -5),
    "starts out of order": lambda stored: swap(stored["starts"], 2, 3),
    "an end less": lambda stored: stored["ends"].pop(),
    "an end in the next sentence": lambda stored: stored["ends"].__setitem__(2, stored["ends"][3]),
    "an empty sentence": lambda stored: stored["ends"].__setitem__(2, stored["starts"][2]),
    "a paragraph too many": lambda stored: stored["paragraphs"].append(99_999),
    "no first paragraph": lambda stored: stored["paragraphs"].pop(0),
    "a heading below zero": lambda stored: stored["headings"].insert(0, -1),
    "entities that are none": lambda stored: stored["entity_blocks"].__setitem__(0, "none"),
    "an entity beyond the text": lambda stored: stored["entity_blocks"][0][-1].update(end=10**9),
    "an entity without a label": lambda stored: stored["entity_blocks"][0][0].pop("label"),
    "a hint before its detector": lambda stored: stored["hint_blocks"][0]["hints"][0].update(start=-1),
    "hints out of order": lambda stored: stored["hint_blocks"][0]["hints"].reverse(),
    "a quotation without an end": lambda stored: stored["quotation_blocks"][0]["quotations"][0].pop("end"),
    "a language that is a number": lambda stored: stored.update(language=3),
    "starts that are a text": lambda stored: stored.update(starts="abc"),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_what_does_not_fit_together_is_damage_and_adding_again_mends_it(
    tmp_path: Path, prepared: Article, edit: Callable[[Json], None]
) -> None:
    library = Library(tmp_path)
    stored = add(library, prepared, who="ana").article
    edited(library.path(stored.id), edit)
    with pytest.raises(Damaged, match="add the article again") as refused:
        library.load(stored.id)
    assert "\n" not in str(refused.value)
    added = add(library, prepared, who="ana")
    assert added.is_new
    assert "was damaged, and is kept as" in added.notice
    assert library.load(stored.id) == stored


def test_a_prepared_article_fits_together_with_and_without_its_checksum(
    tmp_path: Path, prepared: Article
) -> None:
    assert misfit(prepared) is None
    library = Library(tmp_path)
    stored = add(library, prepared, who="ana").article
    edited(library.path(stored.id), lambda _: None)
    assert library.load(stored.id).text == prepared.text

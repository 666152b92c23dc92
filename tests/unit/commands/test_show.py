"""The text form of `postil show` speaks of people, organisations and places, never of their ids."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.unit.commands.conftest import Postil
from tui.model.article import KIND_NAMES, kind_name
from tui.settings.theme import ENTITY_LABELS
from tui.text.aliases import LABELS

NAMES = {
    "Zorblax": ("PER", "Zorblax (person)"),
    "Vexmore": ("ORG", "Vexmore (organisation)"),
    "Qumaris": ("LOC", "Qumaris (place)"),
    "Plenodor": ("MISC", "Plenodor (other)"),
    "Dralmek": ("MONEY", "Dralmek (amount)"),
    "Vlitsday": ("DATE", "Vlitsday (date)"),
    "Snorkle": ("TIME", "Snorkle (time)"),
    "Fleventy": ("PERCENT", "Fleventy (percentage)"),
    "Umpteen": ("NUMBER", "Umpteen (number)"),
}


@pytest.fixture
def named(tmp_path: Path) -> str:
    """A text with a name of each kind, and the list that says so."""
    lines = [f'[[entity]]\nlabel = "{label}"\nname = "{name}"\n' for name, (label, _) in NAMES.items()]
    (tmp_path / "entities.toml").write_text("\n".join(lines), encoding="utf-8")
    path = tmp_path / "kinds.txt"
    path.write_text("".join(f"On voit bien que {name} existe.\n\n" for name in NAMES), encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("name", NAMES)
def test_each_kind_has_its_word(postil: Postil, named: str, name: str) -> None:
    code, out, _ = postil("show", named)
    assert code == 0
    [*_, line] = [line for line in out.splitlines() if f"que {name} existe" in line]
    assert line.endswith(f"  {{{NAMES[name][1]}}}")
    assert re.findall(rf"\b({'|'.join(KIND_NAMES)})\b", out) == []


def test_the_json_keeps_the_ids(postil: Postil, named: str) -> None:
    _, out, _ = postil("show", named, "--json")
    entities = json.loads(out)["entities"]
    assert {entity["text"]: entity["label"] for entity in entities} == {
        name: label for name, (label, _) in NAMES.items()
    }


def test_every_label_has_a_name_and_an_unknown_one_is_shown_as_it_is() -> None:
    assert (*KIND_NAMES,) == LABELS == ENTITY_LABELS
    assert kind_name("EVENT") == "event"

"""Schemes of one's own: checked, used by every command, and annotations carried over to them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.actions import actions
from tui.keymap import load as load_keymap
from tui.keymap import names
from tui.scheme import load

Postil = Callable[..., tuple[int, str, str]]

DEBATE = Path(__file__).parents[2] / "fixtures" / "schemes" / "debate.toml"


@pytest.fixture
def tagged(postil: Postil, article: str) -> str:
    for sentence, tags in (("1", ("fact", "quote")), ("2", ("opinion",)), ("3", ("none",))):
        assert postil("tag", article, sentence, *tags)[0] == 0
    return article


def said(postil: Postil) -> list[tuple[str, list[str], bool]]:
    records = map(json.loads, postil("export")[1].splitlines())
    return [(record["scheme"], record["tags"], record["decided"]) for record in records]


def test_check(postil: Postil, tmp_path: Path) -> None:
    code, out, _ = postil("scheme", "check", str(DEBATE))
    assert (code, "debate/2, 3 tags" in out) == (0, True)
    wrong = tmp_path / "wrong.toml"
    wrong.write_text(DEBATE.read_text().replace('fact = "claim"', 'fact = "clam"'), encoding="utf-8")
    code, _, error = postil("scheme", "check", str(wrong))
    assert code != 0
    assert "renamed.tags.fact is 'clam'" in error
    assert postil("scheme", "check")[0] == 2


def test_a_dry_run_tells_and_changes_nothing(postil: Postil, tagged: str) -> None:
    before = said(postil)
    code, out, error = postil("scheme", "migrate", "--scheme", str(DEBATE))
    assert code == 0
    assert f"{tagged}: news/1 → debate/2: 2 sentences renamed" in out
    assert "tag fact (1), tag opinion (1), tag quote (1)" in out
    assert "nothing was changed" in error
    assert said(postil) == before


def test_labels_are_renamed_and_the_scheme_with_them(postil: Postil, tagged: str, tmp_path: Path) -> None:
    assert postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")[0] == 0
    assert said(postil) == [
        ("debate/2", ["claim", "evidence"], True),
        ("debate/2", ["claim"], True),
        ("debate/2", [], True),
    ]
    assert postil("verify")[0] == 0
    code, _, error = postil("tag", tagged, "3", "fact")
    assert (code, "debate/2" in error) == (3, True)
    assert postil("tag", tagged, "3", "evidence", "--scheme", str(DEBATE))[0] == 0
    assert "nothing of ana's" in postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")[2]


def test_a_label_that_nobody_renamed_is_refused(postil: Postil, tagged: str, tmp_path: Path) -> None:
    lacking = tmp_path / "lacking.toml"
    lacking.write_text(DEBATE.read_text().replace('opinion = "claim"\n', ""), encoding="utf-8")
    code, out, _ = postil("scheme", "migrate", "--scheme", str(lacking), "--apply")
    assert (code, "the scheme has no tag opinion (1)" in out) == (1, True)
    assert said(postil)[0][0] == "news/1"
    given = ["--rename", "tag:opinion=evidence"]
    assert postil("scheme", "migrate", "--scheme", str(lacking), *given, "--apply")[0] == 0
    assert said(postil)[1] == ("debate/2", ["evidence"], True)
    assert postil("scheme", "migrate", "--rename", "tag:fact=nothing")[0] == 2


def test_others_migrate_their_own(postil: Postil, tagged: str) -> None:
    code, out, error = postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply", annotator="bob")
    assert (code, "ana's work is news/1: theirs to migrate" in out) == (0, True)
    assert "nothing of bob's" in error
    assert said(postil)[0][0] == "news/1"


@pytest.mark.parametrize("keymap", names())
def test_tags_that_no_keymap_knows_get_a_free_key(keymap: str) -> None:
    known = actions(load(DEBATE))
    found = load_keymap(keymap, known)
    assert found.problems == ()
    keys = [found.keys[f"tag.{tag}"] for tag in ("claim", "evidence", "flaw")]
    assert all(len(some) == 1 for some in keys)
    in_reader = [
        key for action in known if "reader" in action.places for key in found.keys.get(action.id, ())
    ]
    assert len(in_reader) == len(set(in_reader))

"""Schemes of one's own: checked, used by every command, and annotations carried over to them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.session.session import Session
from tui.settings.actions import actions
from tui.settings.keymap import load as load_keymap
from tui.settings.keymap import names
from tui.settings.scheme_file import load
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import NotSaved
from tui.store.writer import FolderWriter

Postil = Callable[..., tuple[int, str, str]]

DEBATE = Path(__file__).parents[2] / "fixtures" / "schemes" / "debate.toml"

MIGRATED = [
    ("debate/2", ["claim", "evidence"], True),
    ("debate/2", ["claim"], True),
    ("debate/2", [], True),
]


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
    code, out, _ = postil("scheme", "check", str(wrong), str(tmp_path / "none.toml"), str(DEBATE))
    assert code == 1
    first, second, third = out.splitlines()
    assert first.startswith(f"✗ {wrong}: renamed.tags.'fact' is 'clam'")
    assert second.startswith(f"✗ {tmp_path / 'none.toml'}: No such file")
    assert third.startswith("✓ ")
    assert postil("scheme", "check")[0] == 2
    assert postil("scheme", "check", str(DEBATE), "--apply")[0] == 2
    assert postil("scheme", "check", str(DEBATE), "--restricted")[0] == 3


def test_a_wrong_scheme_stops_every_command(postil: Postil, tagged: str, tmp_path: Path) -> None:
    for words in (("list",), ("tag", tagged, "1", "fact"), ("export",), ("show", tagged), ("keys",)):
        code, out, error = postil(*words, "--scheme", str(tmp_path / "none.toml"))
        assert (code, out) == (2, "")
        assert error.startswith(f"postil: {tmp_path / 'none.toml'}: No such file")


def test_a_dry_run_tells_and_changes_nothing(postil: Postil, tagged: str) -> None:
    before = said(postil)
    code, out, error = postil("scheme", "migrate", "--scheme", str(DEBATE))
    assert code == 0
    assert out == (
        f"{tagged}, ana: news/1 → debate/2: 2 sentences renamed: "
        "tag fact → claim (1), tag opinion → claim (1), tag quote → evidence (1)\n"
    )
    assert "nothing was changed" in error
    assert said(postil) == before


def test_labels_are_renamed_and_the_scheme_with_them(postil: Postil, tagged: str, tmp_path: Path) -> None:
    assert postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")[0] == 0
    assert said(postil) == MIGRATED
    assert postil("verify")[0] == 0
    code, _, error = postil("tag", tagged, "3", "fact")
    assert (code, "debate/2" in error, "--scheme" in error) == (3, True, True)
    assert postil("tag", tagged, "3", "evidence", "--scheme", str(DEBATE))[0] == 0
    assert (
        "ana has no annotations to move" in postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")[2]
    )
    told = [line for line in postil("history", tagged)[1].splitlines() if "moved to debate/2" in line]
    assert len(told) == 2
    assert "fact+quote → claim+evidence" in told[0]


@pytest.mark.parametrize("damaged", ["json", "history"])
def test_a_repair_keeps_labels_and_scheme_together(
    postil: Postil, tagged: str, tmp_path: Path, damaged: str
) -> None:
    assert postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")[0] == 0
    path = tmp_path / "annotations" / "people" / "ana" / f"{tagged}.{damaged}"
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    assert postil("verify")[0] == 1
    assert postil("verify", "--repair")[0] == 0
    assert said(postil) == MIGRATED


def test_undo_does_not_go_back_behind_it(postil: Postil, tagged: str, tmp_path: Path) -> None:
    assert postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")[0] == 0
    assert postil("tag", tagged, "3", "flaw", "--scheme", str(DEBATE))[0] == 0
    store = FolderStore(tmp_path / "annotations", scheme="debate/2")
    earlier = (event.step for event in store.history(tagged, "ana", newest_first=True))
    article = Library(tmp_path / "annotations").load(tagged)
    session = Session(article, load(DEBATE), store.load(tagged, "ana"), "ana", earlier=earlier)
    assert session.undo().message == "undone: tag flaw (sentence 3)"
    outcome = session.undo()
    assert (outcome.step, outcome.accepted) == (None, False)
    assert session.redo().message == "redone: tag flaw (sentence 3)"


def test_a_label_that_nobody_renamed_is_refused(postil: Postil, tagged: str, tmp_path: Path) -> None:
    lacking = tmp_path / "lacking.toml"
    lacking.write_text(DEBATE.read_text().replace('opinion = "claim"\n', ""), encoding="utf-8")
    for apply in ((), ("--apply",)):
        code, out, _ = postil("scheme", "migrate", "--scheme", str(lacking), *apply)
        assert (code, "not possible, debate/2 has no tag opinion (1)" in out) == (1, True)
    assert said(postil)[0][0] == "news/1"
    given = ["--rename", "tag:opinion=evidence"]
    assert postil("scheme", "migrate", "--scheme", str(lacking), *given, "--apply")[0] == 0
    assert said(postil)[1] == ("debate/2", ["evidence"], True)


@pytest.mark.parametrize("wrong", ["tag:fact=nothing", "tag:=fact", "fact=opinion", "label:fact=opinion", ""])
def test_a_renaming_that_cannot_be(postil: Postil, tagged: str, wrong: str) -> None:
    code, out, error = postil("scheme", "migrate", "--rename", wrong)
    assert (code, out) == (2, "")
    assert "write tag:OLD=NEW" in error


def test_labels_of_the_same_scheme_are_renamed_too(postil: Postil, tagged: str) -> None:
    """As after a tag's id was changed in a file without raising its version."""
    code, out, _ = postil("scheme", "migrate", "--rename", "tag:fact=opinion", "--apply")
    assert (code, out) == (0, f"{tagged}, ana: 1 sentence renamed: tag fact → opinion (1)\n")
    assert said(postil)[0] == ("news/1", ["opinion", "quote"], True)
    assert (
        "ana has no annotations to move"
        in postil("scheme", "migrate", "--rename", "tag:fact=opinion", "--apply")[2]
    )


def test_others_migrate_their_own(postil: Postil, tagged: str) -> None:
    code, out, error = postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply", annotator="bob")
    assert code == 0
    assert f"{tagged}, ana: news/1 → debate/2: 2 sentences renamed" in out
    assert "only ana can do this" in out
    assert "bob has no annotations to move" in error
    assert said(postil)[0][0] == "news/1"


def test_an_article_that_somebody_is_at_work_on_is_told_and_the_others_go_on(
    postil: Postil, tagged: str, tmp_path: Path
) -> None:
    (tmp_path / "other.txt").write_text("Autre titre\nIl pleut.\n", encoding="utf-8")
    other = postil("add", str(tmp_path / "other.txt"))[1].strip()
    assert postil("tag", other, "1", "fact")[0] == 0
    writer = FolderStore(tmp_path / "annotations", scheme="news/1").open(other, "ana")
    try:
        code, out, error = postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")
    finally:
        writer.close()
    assert code == 3
    assert f"postil: ana on {other}: " in error
    assert out.startswith(f"{tagged}, ana: news/1 → debate/2")
    assert [scheme for scheme, *_ in said(postil)].count("debate/2") == 3
    assert postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")[0] == 0
    assert {scheme for scheme, *_ in said(postil)} == {"debate/2"}


def test_a_full_disk_is_told_and_nothing_is_half_done(
    postil: Postil, tagged: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise NotSaved("not saved, no space left on device: free some space")

    with monkeypatch.context() as patched:
        patched.setattr(FolderWriter, "_save", full)
        patched.setattr(FolderWriter, "_fold", full)
        code, _, error = postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply")
    assert (code, "no space left" in error) == (4, True)
    assert said(postil)[0] == ("news/1", ["fact", "quote"], True)
    assert postil("verify")[0] == 0


def test_reading_only_forbids_it(postil: Postil, tagged: str) -> None:
    assert postil("scheme", "migrate", "--scheme", str(DEBATE), "--apply", "--read-only")[0] == 3
    assert postil("scheme", "migrate", "--scheme", str(DEBATE), "--read-only")[0] == 0


def test_in_a_process_of_its_own(postil: Postil, tagged: str, tmp_path: Path) -> None:
    where = ["--annotations", str(tmp_path / "annotations"), "--scheme", str(DEBATE)]
    root = str(Path(__file__).parents[3])
    environment = {**os.environ, "PYTHONPATH": root, "POSTIL_ANNOTATOR": "ana"}

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tui", *words, *where]
        return subprocess.run(
            command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    done = run("scheme", "migrate", "--apply")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{tagged}, ana: news/1 → debate/2: 2 sentences renamed")
    assert run("tag", tagged, "3", "claim").returncode == 0
    assert run("tag", tagged, "3", "fact").returncode == 2
    records = [json.loads(line) for line in run("export").stdout.splitlines()]
    assert [record["tags"] for record in records] == [["claim", "evidence"], ["claim"], ["claim"]]
    shown = run("show", tagged).stdout
    assert "CV·" in shown


@pytest.mark.parametrize("keymap", names())
def test_tags_that_no_keymap_knows_get_a_free_key(keymap: str) -> None:
    known = actions(load(DEBATE))
    found = load_keymap(keymap, known)
    assert found.problems == ()
    keys = [found.keys[f"tag.{tag}"] for tag in ("claim", "evidence", "flaw")]
    assert all(len(some) == 1 for some in keys)
    in_reader = [
        key for action in known if "reader" in action.scopes for key in found.keys.get(action.id, ())
    ]
    assert len(in_reader) == len(set(in_reader))

"""The real commands on second passes that earlier versions stored, and on people whose names look like one."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tui.commands.add.repreparation import _in_the_way
from tui.model.article import Article
from tui.review.reading import read_all
from tui.review.watching import Watch
from tui.settings.scheme_file import BUILT_IN
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.verify import verify
from tui.workspace import Workspace

Postil = Callable[..., tuple[int, str, str]]
Tree = dict[str, Any]

STORED = Path(__file__).parents[2] / "fixtures" / "stored" / "2-second-pass"
ARTICLE = "le-ministre-a-parle-hier-649368ec"
OLD_FIGURES = {
    # What the version that stored the fixture printed: raw agreement, Cohen's kappa, Fleiss' kappa, alpha.
    "fact": (1.0, None, None, None),
    "opinion": (0.0, 0.0, -1.0, 0.0),
    "quote": (1.0, None, None, None),
    "translation_error": (0.0, 0.0, -1.0, 0.0),
}


@pytest.fixture
def stored(tmp_path: Path) -> Path:
    """An annotations folder with a second pass as an earlier version left it."""
    return shutil.copytree(STORED, tmp_path / "annotations")


def figures(postil: Postil) -> Tree:
    code, out, error = postil("agreement", "--self", "--json", "--annotator", "ana")
    assert (code, error) == (0, "")
    return json.loads(out)


def records(postil: Postil, *words: str) -> list[Tree]:
    return [json.loads(line) for line in postil("export", *words)[1].splitlines()]


# -- what an earlier version stored ------------------------------------------


def test_the_figures_are_those_of_the_earlier_version(postil: Postil, stored: Path) -> None:
    found = figures(postil)
    assert found["annotators"] == ["ana", "ana (second pass)"]
    assert found["sentences"] == 1
    assert found["second_pass"] == {
        "annotator": "ana",
        "sampled": 1,
        "left": [],
        "days_between": 7.185669201388889,
    }
    names = ("raw", "cohen_kappa", "fleiss_kappa", "alpha")
    assert {tag["tag"]: tuple(tag[name]["value"] for name in names) for tag in found["tags"]} == OLD_FIGURES
    assert found["confusion"] == [{"one": ["translation_error"], "other": ["opinion"], "count": 1}]


def test_redo_carries_it_over_and_the_figures_stay(
    postil: Postil, stored: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, exported = figures(postil), records(postil, "--second-pass")
    old = {path.name: path.read_bytes() for path in (stored / "people" / "ana.again").iterdir()}
    code, out, error = postil("agreement", "--redo", "--annotator", "ana")
    assert (code, error) == (0, "")
    assert "tags:" not in out
    assert (stored / "people" / "ana" / f"{ARTICLE}.second.json").is_file()
    kept = (stored / "people" / "ana.again").glob("*.carried-1")
    assert {path.name.removesuffix(".carried-1"): path.read_bytes() for path in kept} == old
    assert figures(postil) == before
    assert records(postil, "--second-pass") == exported
    after = files_in(stored)
    assert postil("agreement", "--redo", "--annotator", "ana")[0] == 0
    assert files_in(stored) == after
    code, out, _ = postil("verify")
    assert (code, "no problems" in out, "is kept from" in out) == (0, True, True)
    assert json.loads(postil("list", "--json")[1])["annotators"] == ["ana"]
    assert {one["annotator"] for one in records(postil)} == {"ana"}
    events = [json.loads(line) for line in postil("history", ARTICLE, "--json")[1].splitlines()]
    assert [(event["label"], event["pass"]) for event in events if "pass" in event] == [
        ("carried over from ana.again", 2)
    ]


def test_reading_carries_nothing_over(postil: Postil, stored: Path) -> None:
    before = files_in(stored)
    for words in (
        ("export",), ("export", "--second-pass"), ("list",), ("history", ARTICLE), ("verify",),
        ("agreement", "--self", "--annotator", "ana"), ("report", ARTICLE),
    ):  # fmt: skip
        assert postil(*words)[0] == 0
    assert postil("agreement", "--redo", "--read-only", "--annotator", "ana")[0] == 3
    assert files_in(stored) == before


def test_what_cannot_be_carried_over_is_told_and_kept(postil: Postil, stored: Path) -> None:
    (stored / "articles" / f"{ARTICLE}.json").unlink()
    before = files_in(stored / "people" / "ana.again")
    code, _, error = postil("agreement", "--redo", "--annotator", "ana")
    assert code == 0
    assert "its annotations cannot be kept: add it there first" in error
    assert files_in(stored / "people" / "ana.again") == before


def test_a_scheme_is_changed_in_second_passes_too(postil: Postil, stored: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    words = BUILT_IN.read_text(encoding="utf-8").replace("version = 1", "version = 2")
    other.write_text(words, encoding="utf-8")
    code, out, _ = postil("scheme", "migrate", "--apply", "--scheme", str(other))
    assert code == 0
    assert out.count("ana: news/1 → news/2") == 2
    code, out, error = postil("agreement", "--self", "--annotator", "ana", "--scheme", str(other))
    assert (code, error) == (0, "")
    assert "ana decided 1 of 1 sampled sentence again" in out
    assert (stored / "people" / "ana" / f"{ARTICLE}.second.json").is_file()


def test_new_sentences_do_not_take_it_away_unseen(
    stored: Path, workspace_in: Callable[..., Workspace]
) -> None:
    place = workspace_in(stored)
    fresh = place.library.load(ARTICLE)
    fresh.starts, fresh.ends = fresh.starts[:3], fresh.ends[:3]
    told = _in_the_way(place, place.library.load(ARTICLE), fresh)
    assert told == "annotations (1 of ana, 1 of ana's second pass)"


# -- people with such names --------------------------------------------------


@pytest.fixture
def both(postil: Postil, article: str, tmp_path: Path) -> Article:
    """`ana` and `ana.again`, who was there before such names were refused, annotate the whole article."""
    old_name(tmp_path / "annotations", article)
    for annotator, tag in (("ana", "fact"), ("ana.again", "opinion")):
        for sentence in range(1, 5):
            assert postil("tag", article, str(sentence), tag, annotator=annotator)[0] == 0
    return Library(tmp_path / "annotations").load(article)


def old_name(folder: Path, article: str, name: str = "ana.again") -> None:
    """Work under a name that would be refused today."""
    store = FolderStore(folder, scheme="news/1")
    writer = store.open(article, name)
    writer.put_cursor(9)
    writer.close()
    assert store.articles_of(name) == [article]


def test_both_are_exported_listed_and_compared(postil: Postil, both: Article) -> None:
    exported = records(postil)
    assert [one["annotator"] for one in exported] == ["ana", "ana.again"] * 4
    assert [one["annotator"] for one in records(postil, "--annotator", "ana.again")] == ["ana.again"] * 4
    assert records(postil, "--second-pass") == []
    assert postil("export")[2] == ""
    assert json.loads(postil("list", "--json")[1])["annotators"] == ["ana", "ana.again"]
    assert json.loads(postil("list", "--json", annotator="ana.again")[1])["decided"] == 4
    found = json.loads(postil("agreement", "--json")[1])
    assert (found["annotators"], found["sentences"]) == (["ana", "ana.again"], 4)
    own = figures(postil)
    assert (own["sentences"], own["second_pass"]) == (
        0,
        {"annotator": "ana", "sampled": 1, "left": own["second_pass"]["left"], "days_between": None},
    )
    assert len(own["second_pass"]["left"]) == 1


def test_both_are_in_reports_reviews_and_the_history(postil: Postil, both: Article, tmp_path: Path) -> None:
    folder = tmp_path / "annotations"
    assert "ana.again" in postil("report", both.id)[1]
    store = FolderStore(folder, scheme="news/1")
    assert list(read_all(store, both, "news/1").by_annotator) == ["ana", "ana.again"]
    assert list(Watch(folder, store, both, "news/1").look()) == ["ana", "ana.again"]
    events = [json.loads(line) for line in postil("history", both.id, "--json")[1].splitlines()]
    assert [(event["annotator"], event.get("pass")) for event in events] == [
        *[("ana", None)] * 4,
        *[("ana.again", None)] * 4,
    ]
    assert [found.problems for found in verify(folder)] == [[]] * 3


def test_the_program_itself_says_so(both: Article, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        command = [sys.executable, "-m", "tui", *words, "--annotations", str(tmp_path / "annotations")]
        done = subprocess.run(command, capture_output=True, check=True, cwd=Path(__file__).parents[3])
        assert done.stderr == b""
        return done.stdout.decode()

    exported = [json.loads(line)["annotator"] for line in run("export").splitlines()]
    assert exported == ["ana", "ana.again"] * 4
    assert "  ana, ana.again\n" in run("list", "--annotator", "ana")
    assert run("agreement").startswith("2 annotators: ana, ana.again. 4 sentences in 1 article")


def test_ana_can_have_a_second_pass_too(
    postil: Postil, both: Article, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = files_in(tmp_path / "annotations" / "people" / "ana.again")
    monkeypatch.setattr("sys.stdin", io.StringIO("quote\n"))
    code, out, _ = postil("agreement", "--redo", "--annotator", "ana")
    assert (code, "1 of 1 sampled" in out) == (0, True)
    assert files_in(tmp_path / "annotations" / "people" / "ana.again") == other
    assert [one["annotator"] for one in records(postil)] == ["ana", "ana.again"] * 4
    assert [one["annotator"] for one in records(postil, "--second-pass")] == ["ana"]


@pytest.mark.parametrize("name", ["ana.again", "nobody.again", "Ana.AGAIN", "a.again.again"])
@pytest.mark.parametrize(
    "words", [("tag", "{}", "1", "fact"), ("list",), ("agreement", "--redo"), ("publish", "{}")]
)
def test_a_new_name_that_could_be_mistaken_is_refused(
    postil: Postil, article: str, tmp_path: Path, name: str, words: tuple[str, ...]
) -> None:
    assert postil("tag", article, "1", "fact")[0] == 0
    given = [word.format(article) for word in words]
    code, out, error = postil(
        *given, *(("--annotator", name) if words[0] == "agreement" else ()), annotator=name
    )
    assert (code, out, error.count("\n")) == (2, "", 1)
    first = name.lower().removesuffix(".again")
    assert f"postil: {name.lower()} could be mistaken for the second pass of {first}: " in error
    assert [path.name for path in (tmp_path / "annotations" / "people").iterdir()] == ["ana"]


@pytest.mark.parametrize(
    "name", ["again", "ana.review", "ana.second", "ana.again.b", "ana-again", "ana.json"]
)
def test_other_names_are_as_good_as_any(postil: Postil, article: str, name: str) -> None:
    for annotator in ("ana", name):
        assert postil("tag", article, "1", "fact", annotator=annotator)[0] == 0
    assert sorted(str(one["annotator"]) for one in records(postil)) == sorted(["ana", name])


def files_in(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix != ".lock" and path.name != ".index.jsonl"
    }

"""The command tells of everybody's readable work, in a table for 80 columns or as JSON, and asks again blindly."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from tui.cli import main
from tui.model.annotation import Annotation, Change, Span, Step
from tui.settings.scheme_file import BUILT_IN
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.second_pass import SecondPassStore

Postil = Callable[..., tuple[int, str, str]]

ANSWERS = {
    "ana": ("none", "fact", "opinion", "fact quote"),
    "bob": ("none", "fact", "fact", "quote"),
    "eve": ("none", "fact", "opinion", "quote"),
}


@pytest.fixture
def worked(postil: Postil, article: str) -> str:
    """The article, of whose four sentences ana and bob decided all and eve three."""
    for annotator in ("ana", "bob", "eve"):
        for number, tags in enumerate(ANSWERS[annotator], start=1):
            if (annotator, number) != ("eve", 1):
                assert postil("tag", article, str(number), *tags.split(), annotator=annotator)[0] == 0
    return article


def test_two_annotators_in_a_table(postil: Postil, worked: str) -> None:
    code, out, error = postil("agreement", worked, "--annotator", "ana", "--annotator", "bob")
    assert (code, error) == (0, "")
    assert out.startswith("2 annotators: ana, bob. 4 sentences in 1 article that both decided.")
    assert "fact (ana 2, bob 2)" in out
    assert "Cohen's kappa" in out
    assert "rows ana, columns bob" in out
    assert max(map(len, out.splitlines())) <= 80
    assert "error marks" not in out


def test_everybody_by_default(postil: Postil, worked: str) -> None:
    code, out, _ = postil("agreement")
    assert code == 0
    assert "3 annotators: ana, bob, eve. 4 sentences in 1 article that two or more decided, 3" in out.replace(
        "\n", " "
    )
    assert "Cohen's kappa of each tag" in out
    assert "ana × eve" in out


def test_as_json(postil: Postil, worked: str) -> None:
    code, out, _ = postil("agreement", "--json")
    found = json.loads(out)
    assert (code, out.count("\n")) == (0, 1)
    assert found["schema"] == "postil.agreement/1"
    assert found["articles"] == {worked: 4}
    assert found["annotators"] == ["ana", "bob", "eve"]
    assert [tag["tag"] for tag in found["tags"]] == ["fact", "opinion", "quote", "translation_error"]
    # Sentence 3: ana and eve against bob; sentence 4: ana alone; the others agree.
    assert found["tags"][0]["raw"]["value"] == pytest.approx((1 + 1 + 1 / 3 + 1 / 3) / 4)
    assert found["tags"][0]["alpha"]["n"] == 4
    assert found["tags"][0]["fleiss_kappa"]["n"] == 3
    assert len(found["pairs"]) == 3
    assert found["second_pass"] is None


def test_it_says_the_same_every_time(postil: Postil, worked: str) -> None:
    assert postil("agreement", "--json") == postil("agreement", "--json")


def test_marks_are_compared(postil: Postil, worked: str, tmp_path: Path) -> None:
    folder = tmp_path / "annotations"
    text = Library(folder).load(worked).text
    store = FolderStore(folder, scheme="news/1")
    for annotator, end in (("ana", 14), ("bob", 18)):
        writer = store.open(worked, annotator)
        before = store.load(worked, annotator).annotations[9]
        span = Span(id=annotator, start=9, end=end, text=text[9:end], category="style", severity="minor")
        change = Change(before=before, after=replace(before, spans=(span,)))
        writer.put(Step(action="x", label="x", at=before.updated_at, changes=(change,), cursor=0))
        writer.close()
    _, out, _ = postil("agreement", worked, "--annotator", "ana", "--annotator", "bob")
    assert "error marks (ana 1, bob 1)" in out
    assert "word: F1" in out
    assert "alpha for unitizing" in out


def test_nothing_to_compare_is_said(postil: Postil, article: str) -> None:
    assert postil("tag", article, "1", "fact")[0] == 0
    code, out, error = postil("agreement")
    assert (code, out) == (0, "")
    assert "nothing to compare yet" in error
    assert json.loads(postil("agreement", "--json")[1])["sentences"] == 0


def test_a_sentence_that_is_cut_otherwise_is_told(postil: Postil, worked: str, tmp_path: Path) -> None:
    """A later segmentation has no such sentence any more."""
    path = tmp_path / "annotations" / "articles" / f"{worked}.json"
    stored = json.loads(path.read_text(encoding="utf-8"))
    del stored["starts"][2], stored["ends"][1]
    stored["paragraphs"] = [0]
    path.write_text(json.dumps(stored), encoding="utf-8")
    code, out, error = postil("agreement", worked)
    assert code == 0
    assert "2 sentences in 1 article" in out
    assert f"postil: {worked}: ana cut 2 of the decided sentences differently: not compared\n" in error


def test_work_by_another_scheme_is_left_out(postil: Postil, worked: str, tmp_path: Path) -> None:
    other = tmp_path / "other.toml"
    other.write_text(
        BUILT_IN.read_text(encoding="utf-8").replace("version = 1", "version = 2"), encoding="utf-8"
    )
    assert postil("tag", worked, "1", "fact", "--scheme", str(other), annotator="joe")[0] == 0
    code, out, error = postil("agreement", "--json")
    assert code == 0
    assert json.loads(out)["annotators"] == ["ana", "bob", "eve"]
    assert "joe tagged" in error
    assert "news/2" in error


def test_a_damaged_file_is_one_line(postil: Postil, worked: str, tmp_path: Path) -> None:
    [checkpoint] = (tmp_path / "annotations" / "people" / "bob").glob("*.json")
    checkpoint.write_bytes(checkpoint.read_bytes()[:-40])
    code, out, error = postil("agreement")
    assert (code, out, error.count("\n")) == (1, "", 1)


def test_hostile_names_reach_no_terminal(postil: Postil, worked: str) -> None:
    assert postil("agreement", "no\x1b[31msuch")[0] == 2
    assert "\x1b" not in postil("agreement", "no\x1b[31msuch")[2]
    assert postil("agreement", "--annotator", "../x")[0] == 2


class TestSecondPass:
    def redo(
        self, postil: Postil, monkeypatch: pytest.MonkeyPatch, answers: str, *words: str
    ) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        return postil("agreement", "--redo", "--annotator", "ana", *words)

    def test_it_asks_without_telling_what_was_said(
        self, postil: Postil, worked: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        code, out, error = self.redo(postil, monkeypatch, "")
        asked = out.split("tags:")[0]
        assert (code, error) == (0, "")
        assert "1 of 1" in asked
        assert "> " in asked
        assert not any(word in asked.split("\n\n")[1] for word in ("fact", "quote", "opinion"))
        assert "ana decided 0 of 1 sampled sentence again; for the others: postil agreement --redo" in out

    def test_an_answer_is_kept_as_work_of_its_own(
        self, postil: Postil, worked: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        before = postil("export", "--annotator", "ana")[1]
        code, out, error = self.redo(postil, monkeypatch, "zz\nfq\n")
        assert code == 0
        assert "'zz' is not an answer" in error
        assert "ana decided 1 of 1 sampled sentence again, 0.0 days later (median)" in out
        assert "2 annotators: ana, ana (second pass). 1 sentence" in out
        [record] = map(json.loads, postil("export", "--second-pass")[1].splitlines())
        assert (record["annotator"], record["tags"], record["pass"]) == ("ana", ["fact", "quote"], 2)
        assert postil("export", "--annotator", "ana")[1] == before
        people = tmp_path / "annotations" / "people"
        assert not (people / "ana.again").exists()
        stored = json.loads((people / "ana" / f"{worked}.second.json").read_bytes())
        assert stored["_meta"]["1"]["pass"] == 2
        assert "pass" not in json.loads((people / "ana" / f"{worked}.json").read_bytes())["_meta"]["1"]

    def test_an_answer_takes_the_place_of_tags_that_were_left_undecided(
        self, postil: Postil, worked: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        [record] = map(json.loads, postil("export", worked, "--annotator", "bob")[1].splitlines()[1:2])
        said = Annotation(
            segmentation=1,
            start=record["start"],
            end=record["end"],
            text=record["text"],
            tags=("opinion",),
            created_at=record["created_at"],
            updated_at=record["updated_at"],
        )
        everything = [
            json.loads(line) for line in postil("export", worked, "--annotator", "ana")[1].splitlines()
        ]
        writer = SecondPassStore(tmp_path / "annotations", scheme="news/1").open(worked, "ana")
        for one in everything:
            left = replace(said, start=one["start"], end=one["end"], text=one["text"])
            change = Change(before=None, after=left)
            writer.put(Step(action="x", label="x", at=said.updated_at, changes=(change,), cursor=0))
        writer.close()
        self.redo(postil, monkeypatch, "f\n")
        again = [json.loads(line) for line in postil("export", "--second-pass")[1].splitlines()]
        assert sorted(one["tags"] for one in again) == [["fact"], ["opinion"], ["opinion"], ["opinion"]]

    def test_it_is_asked_once_and_told_by_self(
        self, postil: Postil, worked: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.redo(postil, monkeypatch, "none\n")
        code, out, _ = self.redo(postil, monkeypatch, "f\n")
        assert code == 0
        assert "tags:" not in out
        code, out, _ = postil("agreement", "--self", "--annotator", "ana", "--json")
        assert code == 0
        assert json.loads(out)["second_pass"] == {
            "annotator": "ana",
            "sampled": 1,
            "left": [],
            "days_between": pytest.approx(0, abs=0.01),
        }

    def test_it_is_no_annotator_among_others(
        self, postil: Postil, worked: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.redo(postil, monkeypatch, "f\n")
        assert json.loads(postil("agreement", "--json")[1])["annotators"] == ["ana", "bob", "eve"]

    def test_read_only_forbids_it_and_two_names_make_no_self(
        self, postil: Postil, worked: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        assert self.redo(postil, monkeypatch, "f\n", "--read-only")[0] == 3
        assert not list((tmp_path / "annotations" / "people").rglob("*.second.*"))
        assert self.redo(postil, monkeypatch, "f\n", "--annotator", "bob")[0] == 2

    def test_it_works_where_paths_are_closed(
        self, worked: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("POSTIL_ANNOTATIONS", str(tmp_path / "annotations"))
        monkeypatch.setenv("POSTIL_ANNOTATOR", "ana")
        monkeypatch.setattr("sys.stdin", io.StringIO("f\n"))
        assert main(["agreement", "--redo", "--restricted"]) == 0
        assert "decided 1 of 1" in capsys.readouterr().out

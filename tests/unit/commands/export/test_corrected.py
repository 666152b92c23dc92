"""The corrected text: one annotator's, whole, and nowhere that it should not be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.model.annotation import Step
from tui.session.marks import add_quote, add_span, correct_span
from tui.session.session import Session
from tui.settings.scheme_file import load
from tui.store.folder import FolderStore
from tui.store.library import Library

Postil = Callable[..., tuple[int, str, str]]
TEXT = "Un titre\nParis est une ville. Elle est belle.\nMusk a dit non.\n"


@pytest.fixture
def corrected_by(tmp_path: Path, article: str) -> Callable[..., None]:
    """Let somebody correct some words."""
    folder = tmp_path / "annotations"

    def correct(annotator: str, words: str, correction: str) -> None:
        found = Library(folder).load(article)
        store = FolderStore(folder, scheme="news/1")
        writer = store.open(article, annotator)
        session = Session(found, load(), store.load(article, annotator), annotator)
        start = found.text.index(words)
        index = found.sentence_at(start)
        steps: list[Step | None] = [
            add_span(session, index, start, start + len(words), "minor", "style").step,
            add_quote(session, index, start, start + len(words), speaker="").step,
        ]
        said = session.annotation(index)
        assert said is not None
        steps.append(correct_span(session, index, said.spans[-1].id, correction).step)
        for step in steps:
            assert step is not None
            writer.put(step)
        writer.close()

    return correct


def test_the_text_with_the_corrections(
    postil: Postil, article: str, corrected_by: Callable[..., None], tmp_path: Path
) -> None:
    corrected_by("ana", "une ville", "la ville")
    corrected_by("ana", " non", "")
    wanted = TEXT.replace("une ville", "la ville").replace(" non", "").strip()
    code, out, error = postil("export", article, "--format", "corrected")
    assert (code, out.strip(), error) == (0, wanted, "")
    path = tmp_path / "out.txt"
    assert postil("export", "--format", "corrected", "--out", str(path))[0] == 0
    assert path.read_text(encoding="utf-8").strip() == wanted


def test_of_two_annotators_one_must_be_chosen(
    postil: Postil, article: str, corrected_by: Callable[..., None]
) -> None:
    corrected_by("ana", "belle", "grande")
    corrected_by("bob", "belle", "vieille")
    code, out, error = postil("export", article, "--format", "corrected")
    assert (code, out) == (2, "")
    assert f"ana, bob annotated {article}: choose one with --annotator NAME" in error
    assert "vieille" in postil("export", article, "--format", "corrected", "--annotator", "bob")[1]


def test_several_articles_go_to_a_folder(
    postil: Postil, article: str, corrected_by: Callable[..., None], tmp_path: Path
) -> None:
    corrected_by("ana", "belle", "grande")
    other = tmp_path / "other.txt"
    other.write_text("Autre titre\nIl pleut.\n", encoding="utf-8")
    second = postil("add", str(other))[1].strip()
    assert postil("tag", second, "1", "fact")[0] == 0
    code, _, error = postil("export", "--format", "corrected")
    assert code == 2
    assert "with --out a folder for all" in error
    (tmp_path / "texts").mkdir()
    assert postil("export", "--format", "corrected", "--out", str(tmp_path / "texts"))[0] == 0
    assert sorted(path.name for path in (tmp_path / "texts").iterdir()) == sorted(
        [f"{article}.txt", f"{second}.txt"]
    )


def test_nothing_is_written_where_one_article_is_not_clear(
    postil: Postil, article: str, corrected_by: Callable[..., None], tmp_path: Path
) -> None:
    corrected_by("ana", "belle", "grande")
    corrected_by("bob", "belle", "vieille")
    (tmp_path / "first.txt").write_text("A. Autre titre\nIl pleut.\n", encoding="utf-8")
    first = postil("add", str(tmp_path / "first.txt"))[1].strip()
    assert first < article
    assert postil("tag", first, "1", "fact")[0] == 0
    texts = tmp_path / "texts"
    texts.mkdir()
    assert postil("export", "--format", "corrected", "--out", str(texts))[0] == 2
    assert list(texts.iterdir()) == []


def test_a_named_article_without_annotations_is_told(
    postil: Postil, article: str, corrected_by: Callable[..., None], tmp_path: Path
) -> None:
    corrected_by("ana", "belle", "grande")
    (tmp_path / "other.txt").write_text("Autre titre\nIl pleut.\n", encoding="utf-8")
    other = postil("add", str(tmp_path / "other.txt"))[1].strip()
    code, out, error = postil("export", article, other, "--format", "corrected")
    assert (code, "grande" in out) == (0, True)
    assert f"{other} has no matching annotations: it is left out" in error
    code, out, error = postil("export", other, "--format", "corrected")
    assert (code, out, "no annotations match" in error) == (0, "", True)


def test_options_for_records_and_paths_inside_are_refused(
    postil: Postil, article: str, corrected_by: Callable[..., None], tmp_path: Path
) -> None:
    corrected_by("ana", "belle", "grande")
    assert postil("export", "--format", "corrected", "--untagged")[0] == 2
    inside = tmp_path / "annotations" / "x.txt"
    assert postil("export", "--format", "corrected", "--out", str(inside))[0] == 2
    assert not inside.exists()


def test_in_records_a_speaker_that_is_nobody_is_null(
    postil: Postil, article: str, corrected_by: Callable[..., None]
) -> None:
    corrected_by("ana", "belle", "grande")
    assert '"speaker":null' in postil("export", article)[1].replace(" ", "")

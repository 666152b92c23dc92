"""`postil report`: one page, whole, where it was asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.settings.scheme_file import BUILT_IN

Postil = Callable[..., tuple[int, str, str]]


@pytest.fixture
def tagged(postil: Postil, article: str) -> str:
    for annotator, tag in (("ana", "fact"), ("ben", "opinion")):
        for sentence in ("2", "3"):
            code, _, said = postil("tag", article, sentence, tag, annotator=annotator)
            assert code == 0, said
    return article


def test_to_standard_output(postil: Postil, tagged: str) -> None:
    code, page, said = postil("report", tagged)
    assert (code, said) == (0, "")
    assert page.startswith("<!DOCTYPE html>")
    assert page.endswith("</html>\n")
    for part in ("Paris", "ana", "ben", "How much they agree", 'id="s4"'):
        assert part in page


def test_to_a_file_of_one_annotator(postil: Postil, tagged: str, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    code, page, said = postil("report", tagged, "--annotator", "ana", "--out", str(out))
    assert (code, page) == (0, "")
    assert str(out) in said
    written = out.read_text(encoding="utf-8")
    assert "How much they agree" not in written
    assert ">ben<" not in written
    assert list(tmp_path.glob(".*.part")) == []


def test_somebody_who_annotated_nothing_is_no_page(postil: Postil, tagged: str) -> None:
    code, page, said = postil("report", tagged, "--annotator", "chloe")
    assert (code, page) == (2, "")
    assert "ana, ben" in said


def test_what_is_said_by_another_scheme_is_shown_and_not_compared(
    postil: Postil, tagged: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.toml"
    other.write_text(
        BUILT_IN.read_text(encoding="utf-8").replace('id = "news"', 'id = "olds"'), encoding="utf-8"
    )
    assert postil("tag", tagged, "2", "fact", "--scheme", str(other), annotator="chloe")[0] == 0
    code, page, said = postil("report", tagged)
    assert code == 0
    assert "chloe tagged with another scheme than news/1: not scored, not compared" in said
    assert "ana, ben: 2 sentences that both decided" in page
    assert 'class="who">chloe<' in page


def test_work_that_does_not_fit_the_text_is_no_page(postil: Postil, tagged: str, tmp_path: Path) -> None:
    path = next((tmp_path / "annotations").glob("articles/**/*.json"))
    path.write_text(path.read_text(encoding="utf-8").replace("belle", "laide"), encoding="utf-8")
    code, page, said = postil("report", tagged)
    assert (code != 0, page) == (True, "")
    assert said.count("\n") == 1


def test_an_article_that_nobody_annotated(postil: Postil, article: str) -> None:
    code, page, _ = postil("report", article)
    assert code == 0
    assert "Totals by annotator" not in page
    assert "Elle est belle." in page


def test_where_it_cannot_go(postil: Postil, article: str, tmp_path: Path) -> None:
    assert postil("report", article, "--out", str(tmp_path))[0] == 2
    assert postil("report", article, "--out", str(tmp_path / "annotations" / "x.html"))[0] == 2
    assert postil("report", article, "--out", str(tmp_path / "no" / "x.html"))[0] == 4
    assert postil("report", article, "--restricted")[0] == 3
    code, _, said = postil("report", "nothing")
    assert code != 0
    assert said.count("\n") == 1

"""`--where` of `postil list` and `postil export`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.unit.commands.conftest import Postil
from tui.cli import main
from tui.query.compilation import compiled
from tui.query.fields import FIELDS
from tui.settings import scheme_file
from tui.store.library import Library

DOCS = (Path(__file__).parents[3] / "docs" / "where.md").read_text(encoding="utf-8")


@pytest.fixture
def articles(postil: Postil, article: str, tmp_path: Path) -> tuple[str, str]:
    """A French article that ana and ben tagged, and an English one that nobody did."""
    other = tmp_path / "other.txt"
    other.write_text("A title\nThis is a sentence about the town.\nAnd here is one more.\n", encoding="utf-8")
    second = postil("add", str(other), "--language", "en")[1].strip()
    assert postil("tag", article, "2", "opinion")[0] == 0
    assert postil("tag", article, "3", "fact")[0] == 0
    assert postil("tag", article, "3", "quote", annotator="ben")[0] == 0
    return article, second


def listed(postil: Postil, where: str) -> list[str]:
    code, out, _ = postil("list", "--json", "--where", where)
    assert code == 0
    return sorted(json.loads(line)["article"] for line in out.splitlines())


def exported(postil: Postil, where: str) -> list[tuple[str, int]]:
    code, out, _ = postil("export", "--where", where)
    assert code == 0
    return [(record["annotator"], record["sentence"]) for record in map(json.loads, out.splitlines())]


def test_a_list_shows_the_articles_that_match(postil: Postil, articles: tuple[str, str]) -> None:
    french, english = articles
    assert listed(postil, "language = fr") == [french]
    assert listed(postil, "tag = opinion and annotator = ana") == [french]
    assert listed(postil, "tag = opinion and annotator = ben") == []
    assert listed(postil, "not tag") == [english]
    assert listed(postil, "decided > 0%") == [french]
    assert listed(postil, "annotators = ben or language = en") == sorted(articles)
    assert listed(postil, "sentence = 3 and tag = quote") == [french]
    assert listed(postil, "added >= 2026 and not touched") == [english]
    code, out, error = postil("list", "--where", "language = it")
    assert (code, out, error) == (0, "", "postil: no articles match\n")


@pytest.mark.parametrize(
    ("where", "sources"),
    [
        ("encoding_guess", ["guessed.txt"]),
        ("not encoding_guess", ["lines.txt", "old.txt", "utf.txt"]),
        ("encoding = cp1252", ["guessed.txt"]),
        ("encoding = UTF-8", ["lines.txt", "utf.txt"]),
        ("not encoding", ["old.txt"]),
        ("layout = lines", ["lines.txt"]),
        ("layout != paragraphs", ["lines.txt"]),
        ("layout = paragraphs and not encoding", ["old.txt"]),
        ("encoding ~ cp and encoding_guess = yes", ["guessed.txt"]),
    ],
)
def test_how_a_file_was_read_can_be_asked(
    postil: Postil, article: str, tmp_path: Path, where: str, sources: list[str]
) -> None:
    library = Library(tmp_path / "annotations")
    read = library.load(article)
    library.path(article).unlink()
    variants = {
        "guessed.txt": {"encoding": "cp1252", "encoding_guess": True},
        "lines.txt": {"encoding": "utf-8", "layout": "lines"},
        "old.txt": {"encoding": ""},
        "utf.txt": {"encoding": "utf-8"},
    }
    for number, (source, fields) in enumerate(variants.items()):
        library.save(replace(read, id=f"a-{number:08}", source=source, version="", **fields))
    _, out, _ = postil("list", "--json", "--where", where)
    assert sorted(json.loads(line)["source"] for line in out.splitlines()) == sources


def test_an_export_writes_the_records_that_match(postil: Postil, articles: tuple[str, str]) -> None:
    assert exported(postil, "tag = opinion or tag = quote") == [("ana", 2), ("ben", 3)]
    assert exported(postil, "not tag = opinion") == [("ana", 3), ("ben", 3)]
    assert exported(postil, "decided = 50%") == [("ana", 2), ("ana", 3)]
    assert exported(postil, "entities and label = LOC and tag = fact") == []
    code, out, error = postil("export", "--where", "unsure")
    assert (code, out) == (0, "")
    assert error


def test_a_list_finds_what_an_export_does(postil: Postil, articles: tuple[str, str]) -> None:
    for where in (
        "tag = fact",
        "text ~ paris",
        "tag = quote and annotator = ben",
        "status = accepted",
        "quotes",
    ):
        assert bool(listed(postil, where)) is bool(exported(postil, where))


@pytest.mark.parametrize("command", ["list", "export"])
@pytest.mark.parametrize(
    ("where", "line"),
    [
        ("tagg = fact", "--where, column 1: “tagg” is not a field: did you mean tag? The fields are "),
        ("tag = fac", "--where, column 7: “fac” is not a tag: did you mean fact? There are fact, opinion, "),
        ("(" * 10_000, "--where, column 51: "),
        ("x" * 1_000_000, "--where, column 50001: "),
        ("", "--where, column 1: the expression is empty"),
        ("tag = \x1b[31m", "--where, column 7: "),
    ],
    ids=["field", "value", "brackets", "length", "empty", "escape"],
)
def test_a_wrong_expression_is_one_line_and_code_2(
    postil: Postil, command: str, where: str, line: str
) -> None:
    code, out, error = postil(command, "--where", where)
    assert (code, out) == (2, "")
    assert error.startswith(f"postil: {line}")
    assert error.count("\n") == 1
    assert "\x1b" not in error


def test_the_corrected_text_takes_no_expression(postil: Postil) -> None:
    code, _, error = postil("export", "--format", "corrected", "--where", "tag")
    assert code == 2
    assert "--where needs the format jsonl" in error


def test_an_index_condition_spares_reading_annotations(
    postil: Postil, articles: tuple[str, str], tmp_path: Path
) -> None:
    french, _ = articles
    stored = tmp_path / "annotations" / "people" / "ben" / f"{french}.json"
    stored.write_bytes(b"damaged")
    assert postil("list", "--where", "language = en and tag = fact")[0] == 0
    code, _, error = postil("list", "--where", "tag = quote")
    assert code == 1
    assert french in error


def test_the_examples_of_the_documentation_run(postil: Postil, articles: tuple[str, str]) -> None:
    examples = re.findall(r"^postil (list|export) --where '(.+)'$", DOCS, re.MULTILINE)
    assert len(examples) >= 10
    for command, where in examples:
        assert postil(command, "--where", where)[0] == 0, where


def test_the_documentation_has_every_field_and_every_expression_in_it_is_one() -> None:
    rows = DOCS.partition("## Fields")[2].partition("The names of the keys")[0]
    named = {
        name
        for row in rows.splitlines()[4:]
        for name in re.findall(r"`(\w+)`", row.partition("| ")[2].partition(" |")[0])
    }
    assert named == {field.name for field in FIELDS}
    for row in DOCS.partition("## Which sentence")[2].partition("## Examples")[0].splitlines():
        found = re.match(r"\| (in a list: )?`(.+)` \|", row)
        if found and found[2] != "expression":
            compiled(found[2], "articles" if found[1] else "records", scheme_file.load())


@pytest.mark.parametrize("command", ["list", "export"])
def test_help_has_an_example(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "--help"]) == 0
    assert "--where '" in capsys.readouterr().out

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui.cli import main
from tui.prepare import pipeline


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(
        "Il a a dit\x1bM non. C'est laacquisition de la ville. Il vend un société.\n", encoding="utf-8"
    )
    return path


def run(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main([*words]) == 0
    return capsys.readouterr().out


def test_one_line_a_hint(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = run(capsys, "hints", str(article), "--annotations", str(tmp_path / "lib"))
    assert [line.split()[:2] for line in out.splitlines()] == [
        ["1", "doubled"],
        ["2", "glued"],
        ["3", "agreement"],
    ]
    assert "laacquisition → l'acquisition" in out
    assert "\x1b" not in out


def test_json_is_the_list_of_the_prepared_article(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = str(tmp_path / "lib")
    hints = json.loads(run(capsys, "hints", str(article), "--json", "--annotations", folder))
    shown = json.loads(run(capsys, "show", str(article), "--json", "--annotations", folder))
    assert hints == shown["hints"]
    assert list(hints[0]) == [
        "id",
        "start",
        "end",
        "text",
        "detector",
        "category",
        "severity",
        "reason",
        "confidence",
        "correction",
    ]
    assert all(shown["text"][hint["start"] : hint["end"]] == hint["text"] for hint in hints)


def test_only_some(article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(tmp_path / "lib")
    words = ["hints", str(article), "--annotations", folder]
    assert len(run(capsys, *words, "--only", "glued", "--only", "doubled").splitlines()) == 2
    assert run(capsys, *words, "--min-confidence", "1") == ""
    assert main([*words, "--only", "nonsense"]) == 2
    assert "doubled" in capsys.readouterr().err
    assert main([*words, "--min-confidence", "2"]) == 2


def test_they_are_kept_until_the_detectors_change(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["hints", str(article), "--annotations", str(tmp_path / "lib")]
    found: list[str] = []
    add_hints = pipeline.add_hints

    def counting(prepared: pipeline.Article) -> pipeline.Article:
        found.append(prepared.id)
        return add_hints(prepared)

    monkeypatch.setattr(pipeline, "add_hints", counting)
    first = run(capsys, *words)
    assert run(capsys, *words) == first
    assert len(found) == 1
    monkeypatch.setattr("tui.hints.VERSION", "hints 0")
    assert run(capsys, *words) == first
    assert len(found) == 2

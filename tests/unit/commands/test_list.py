"""`postil list` shows titles in columns, on 80 cells, whatever script they are in."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from rich.cells import cell_len

from tests.unit.commands.conftest import Postil
from tui.store.library import Library

TITLES = {
    "en": "A cold winter",
    "fr": "L’été où tout a changé, et ce que les villes en ont appris depuis dix ans",
    "de": "Wörter " + "Donaudampfschifffahrtsgesellschaft" * 8,
    "ja": "ウクライナのゼレンスキー大統領は国連総会で演説し、支援を求めた",
    "zh": "北京",
    "ko": "한국의 대통령이 새로운 정책을 발표했다고 밝혔다 그리고 더 많은 말",
    "ar": "الرئيس يعلن عن خطة جديدة",
    "he": "ראש הממשלה אמר אתמול",
    "hi": "प्रधानमंत्री ने कहा कि यह योजना",
    "ru": "Новости дня",
    "xx": "a\x1b[31m\u202eb\nc\x00",
    "zz": "e" + "\u0301" * 200,
}


@pytest.fixture
def titled(article: str, tmp_path: Path) -> list[str]:
    """A library with an article of each title; returns the ids in the order of the list."""
    library = Library(tmp_path / "annotations")
    read = library.load(article)
    library.path(article).unlink()
    ids: list[str] = []
    for number, (language, title) in enumerate(TITLES.items()):
        added = f"2026-11-{30 - number:02}T10:00:00.000Z"
        name = f"{'long-name-' * 4}{number:08}"[-49:]
        ids.append(name)
        saved = replace(read, id=name, title=title, language=language, added_at=added, version="")
        library.save(saved)
    return ids


def test_titles_are_in_columns_of_80_cells(postil: Postil, titled: list[str]) -> None:
    code, out, error = postil("list")
    assert (code, error) == (0, "")
    lines = out.splitlines()
    assert all(line.isprintable() for line in lines)
    assert lines[0].split() == ["title", "language", "decided", "last", "touched"]
    assert [line.strip() for line in lines[2::2]] == titled
    assert all(line.startswith("  ") for line in lines[2::2])
    assert all(cell_len(line) <= 80 for line in lines)
    column = lines[0].index("language")
    for line, (language, title) in zip(lines[1::2], TITLES.items(), strict=True):
        before, _, after = line.rpartition(f"  {language} ")
        assert cell_len(before) + 2 == column
        assert after.split() == ["0/4", "–"]
        shown = before.rstrip()
        if title.isprintable():
            assert title.startswith(shown.removesuffix("…"))
            assert shown.endswith("…") == (shown != title)


def test_long_titles_get_what_the_terminal_has(
    postil: Postil, titled: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    widths: dict[int, int] = {}
    for columns in (0, 40, 80, 100, 120, 400):
        monkeypatch.setattr("tui.commands.list._columns", lambda _, columns=columns: columns)
        out = postil("list")[1]
        widths[columns] = out.splitlines()[0].index("language") - 2
        assert max(map(cell_len, out.splitlines()[1::2])) <= max(columns, 56)
    assert widths == {0: 20, 40: 20, 80: 47, 100: 67, 120: 80, 400: 80}
    assert len(titled) == len(TITLES)


def test_who_annotated_is_next_to_the_id(postil: Postil, article: str) -> None:
    for name in ("ana", "ben"):
        assert postil("tag", article, "2", "fact", annotator=name)[0] == 0
    _, out, _ = postil("list")
    header, title, who = out.splitlines()
    assert header.startswith("title     language")
    assert title.startswith("Un titre  fr            1/4  20")
    assert who == f"  {article}  ana, ben"

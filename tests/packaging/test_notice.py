"""What is not under the MIT licence is named in NOTICE."""

from __future__ import annotations

import re
from fnmatch import fnmatch
from pathlib import Path

CHECKOUT = Path(__file__).parent.parent.parent


def test_every_gold_file_seed_and_table_is_named() -> None:
    named = re.findall(
        r"\b(?:tests|seeds|tui)/[\w./*-]+\w", (CHECKOUT / "NOTICE").read_text(encoding="utf-8")
    )
    data = [
        path.relative_to(CHECKOUT).as_posix()
        for folder in ("tests/gold", "seeds", "tui/hints/data", "tui/text/names/data")
        for path in sorted((CHECKOUT / folder).iterdir())
        if path.name != "README.md"
    ]
    assert data
    assert [path for path in data if not any(fnmatch(path, pattern) for pattern in named)] == []


def test_the_treebanks_have_their_commits_and_licence() -> None:
    notice = (CHECKOUT / "NOTICE").read_text(encoding="utf-8")
    table = (CHECKOUT / "tests" / "gold" / "README.md").read_text(encoding="utf-8")
    treebanks = re.findall(r"\[(UD_\w+-PUD)\]\(\S+\) `([0-9a-f]{8})", table)
    assert len(treebanks) == 5
    for name, commit in treebanks:
        assert f"{name} {commit}" in notice
    assert "Attribution-ShareAlike 3.0" in notice

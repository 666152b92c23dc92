"""A count and its noun agree, in every message: one function says both."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.text.plurals import counted

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("number", "words", "shown"),
    [
        (0, ("sentence",), "0 sentences"),
        (1, ("sentence",), "1 sentence"),
        (2, ("sentence",), "2 sentences"),
        (999, ("file",), "999 files"),
        (1000, ("file",), "1,000 files"),
        (1_234_567, ("character",), "1,234,567 characters"),
        (1, ("category", "categories"), "1 category"),
        (12, ("category", "categories"), "12 categories"),
        (1, ("step is", "steps are"), "1 step is"),
        (0, ("step is", "steps are"), "0 steps are"),
        (1.0, ("MQM penalty point",), "1 MQM penalty point"),
        (5.0, ("MQM penalty point",), "5 MQM penalty points"),
        (0.5, ("MQM penalty point",), "0.5 MQM penalty points"),
    ],
)
def test_the_noun_follows_the_number(number: float, words: tuple[str, ...], shown: str) -> None:
    assert counted(number, *words) == shown


NOUNS = (
    "annotations|annotators|articles|bytes|categories|characters|days|files|hints|hours|lines|marks|minutes|names|"
    "occurrences|people|places|points|problems|quotations|records|seconds|sentences|settings|severities|steps|tags|"
    "things|times|words"
)
COUNTED = re.compile(rf"\s(?:(?:error|other|penalty|sampled|undecided|unknown) )*(?:{NOUNS})\b(?! an?\b)")

ALWAYS_SEVERAL = {
    "tui/commands/add/unused_options.py": "only where there are several files",
    "tui/commands/agreement/command.py": "days with a decimal",
    "tui/commands/export/corrected.py": "only where there are several articles",
    "tui/commands/find_article.py": "only where there are several articles",
    "tui/documents/layout.py": "a width of at least 20",
    "tui/hints/detectors/names.py": "a name that occurs many times",
    "tui/painting/relative_time.py": "two days to six",
    "tui/prepare/limits.py": "seconds, or minutes from two on",
    "tui/query/tokens.py": "a text over the limit",
    "tui/screens/copying.py": "bytes over the limit",
    "tui/session/prompts/entity_questions.py": "only where the words occur again",
    "tui/settings/scheme_file.py": "tags over the limit",
    "tui/store/detectors_off.py": "a file over the limit",
}
"""Files that write a noun after a number themselves, and why that number is never 1."""


def _plain_counts(path: Path) -> Iterator[str]:
    """The texts in which a value that is no constant is followed by a noun in the plural."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.JoinedStr):
            continue
        for value, after in zip(node.values, node.values[1:], strict=False):
            is_value = isinstance(value, ast.FormattedValue) and not ast.unparse(value.value).isupper()
            if is_value and isinstance(after, ast.Constant) and COUNTED.match(str(after.value)):
                yield ast.unparse(node)


def test_no_message_writes_the_plural_by_itself() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): texts
        for path in sorted((ROOT / "tui").rglob("*.py"))
        if (texts := [*_plain_counts(path)])
    }
    assert {name: texts for name, texts in found.items() if name not in ALWAYS_SEVERAL} == {}, (
        "say it with tui.text.plurals.counted"
    )


def test_no_message_adds_the_s_by_itself() -> None:
    by_hand = re.compile(
        r"""["' ]1 [a-z]+[a-z ]*" if |\{'s' if |\{'s(?: [a-z]+)?' if |\{'' if \w+ == 1 else 's'"""
    )
    found = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "tui").rglob("*.py")
        if by_hand.search(path.read_text(encoding="utf-8"))
    }
    assert found - {"tui/prepare/limits.py"} == set()

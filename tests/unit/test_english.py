"""Sentences that Postil must not say again: each has a plain one."""

from __future__ import annotations

import contextlib
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.cli import main
from tui.commands.registry import COMMANDS

ROOT = Path(__file__).parents[2]

BETTER = {
    "where annotators differ a reviewer settles it, and everything leaves as JSONL": (
        "a reviewer resolves disagreements, and everything can be exported as JSONL"
    ),
    "`active_ms` is how long you were at work on the sentence, as far as a change to it followed; of a pause a minute counts": (
        "`active_ms` is the time spent on the sentence before you changed it; a pause counts for at most one minute"
    ),
    "of a pause a minute counts": "a pause counts for at most one minute",
    "`speaker` is null when it names none, and when nobody said yet": (
        "`speaker` is null if the quotation names no one or nobody has filled it in yet"
    ),
    "when nobody said yet": "if nobody has filled it in yet",
    "Nobody ever writes another annotator's file": "Postil never writes to another annotator's file",
    "it is none: never asked again": "not an error; it is not shown again",
    "From a sentence that is decided, the next sentence with a hint is gone to": (
        "In a decided sentence, answering the last hint takes you to the next sentence with hints"
    ),
    "in one that is not, the cursor stays, so that the tag key that follows means the sentence you look at": (
        "In an undecided one the cursor stays, so your next tag applies to what you are reading"
    ),
    "a detector that was right in less than half of 20 decisions offers to be switched off": (
        "If fewer than half of a detector's first 20 hints were right, Postil offers to switch it off"
    ),
    "What a text does throughout, such as a space before every comma, is pointed at once": (
        "A habit of the whole text, such as a space before every comma, is flagged only once"
    ),
    "Who has a say, first come first heard": "Settings are read in this order; the first one wins",
    "first come first heard": "the first one wins",
    "nothing starts where work could land under another name": (
        "Postil refuses to start if your work could end up under the wrong name"
    ),
    "A second pass for agreement with oneself is nobody's version": (
        "Second passes (self-agreement) are not shown as versions"
    ),
    "is nobody's version": "is not shown as a version",
    "Of one annotator's work every decided sentence is to be settled": (
        "With a single annotator, every decided sentence needs settling"
    ),
    "at most the key under way is missing": "at most the last keystroke is lost",
    "every other key must be there, and none that is not in this table may": (
        "all other keys are required; unknown keys are rejected"
    ),
    "what ids that there are no more have become": "maps removed ids to their replacements",
    "undecided down, up": "next, previous undecided",
    "have a error mark": "The error marks differ, so there is no majority: choose one version",
    "that the others lack: choose one version": "The … differ, so there is no majority: choose one version",
    "undid made": "undone: “ChatGPT” as organisation (2 places)",
    "> goes on to the next, < to the one before": "> next, < previous",
    "goes on to the next,": "next,",
    "nothing fits: take a letter back": "no match",
    "nothing is annotated yet that fits": "no annotations match",
    "stands twice": "is repeated",
    "is no word": "is not a word",
    "cannot stand so": "is not valid punctuation",
    "and is not of this text's language": "looks Italian",
    "also the sentences nothing is said about": "include sentences without annotations",
    "of your second pass over a blind 5 % sample with your first": "compare your blind second pass (5 %) with your first",
    "by fr_core_news_sm 3.8.0": "names: spaCy French",
}
"""A sentence, or the part of it that never changes, to what to say instead."""


def texts() -> Iterator[tuple[str, str]]:
    """Every text that somebody can read: its file or command, and its words on one line."""
    files = [
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        *(ROOT / "docs").glob("*.md"),
        *(ROOT / "keymaps").glob("*.toml"),
        *(file for kind in ("py", "toml", "css") for file in (ROOT / "tui").rglob(f"*.{kind}")),
    ]
    for file in sorted(files):
        yield file.relative_to(ROOT).as_posix(), one_line(file.read_text(encoding="utf-8"))
    for command in ("", *COMMANDS):
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
            main([*command.split(), "--help"])
        yield f"postil {command} --help", one_line(out.getvalue())


def one_line(text: str) -> str:
    """The text without line breaks, and without what joins strings over several lines of source."""
    joined = re.sub(r"([\"'])\s*\n\s*f?\1", "", text)
    return re.sub(r"[\s#]+", " ", joined)


def faults(where: str, text: str) -> list[str]:
    """A line for each sentence that the text must not have."""
    return [
        f"{where}: “{bad}” → “{good}”" for bad, good in BETTER.items() if bad.casefold() in text.casefold()
    ]


def test_no_text_speaks_as_it_used_to() -> None:
    found = [fault for where, text in texts() for fault in faults(where, text)]
    assert not found, "Write these in plain English:\n" + "\n".join(found)


@pytest.mark.parametrize("bad", BETTER)
def test_each_is_noticed_also_over_several_lines(bad: str) -> None:
    first, _, rest = bad.partition(" ")
    for written in (
        bad,
        f"A line.\n    {first}\n  {rest}.",
        f'say("{first} "\n    f"{rest}")',
        f"# {first}\n# {rest}",
    ):
        assert faults("a.py", one_line(written))


def test_the_help_of_every_command_is_read() -> None:
    help_texts = {where: text for where, text in texts() if where.startswith("postil ")}
    assert len(help_texts) > 20
    assert all("usage" in text.casefold() for text in help_texts.values())

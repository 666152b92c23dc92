"""kill -9 at every call of the commands that change more than one annotator's tags, and in a review."""

from __future__ import annotations

import contextlib
import io
import itertools
import random
import re
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from tests.terminal import PATIENCE, Terminal
from tests.torture.killed_at import Killer
from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish, replayed, store_in, workspace_in
from tests.torture.screen import COLUMNS, ROWS, headers
from tui.cli import main
from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.resources import sample
from tui.session.boundary_repairs import places_to_split, split
from tui.settings import scheme_file as scheme
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.protocol import Damaged, StoreError
from tui.store.trash import Trash

DEBATE = Path(__file__).parents[1] / "fixtures" / "schemes" / "debate.toml"

ANNOTATOR = "ana"
TAGS = ("fact", "opinion", "quote", "fact", "opinion")
"""Of the first sentences; each is a step that was acknowledged."""

QUICK_EVERY = 9
"""Each so-many-th call."""
QUICK_CALLS = (7,)
"""Of what is slow."""

REVIEWS = 25
QUICK_REVIEWS = 1
QUICK_REVIEW_CALLS = (20,)
DECISIONS = 8
REVIEWED_FOR = 1.2
"""Seconds, at most, from the first key to the kill."""
LEAVE = "\x11"
_SETTLED = re.compile(r"\b(\d+)/\d+ settled\s+saved\b")


class Actor(NamedTuple):
    """A command that is killed."""

    name: str
    furnish: Callable[[Path], Article]
    words: Callable[[Path, Article], list[str]]
    """Its arguments."""
    again: Callable[[Path, Article], list[str]]
    """What ends or takes back what was begun."""
    is_done: Callable[[Path, Article], str]
    """What is not as it must be once it has come to an end; empty for nothing."""
    codes: frozenset[int] = frozenset({0})
    """The exit codes with which `again` may end."""
    renames: bool = False
    """True if annotations are said in other labels afterwards."""
    moves: bool = False
    """True if it moves work between its place and the trash."""
    is_slow: bool = False
    """True if it prepares an article, which takes a second or two."""


def run(quick: bool) -> Report:
    """Nothing acknowledged is lost, everything can be read, and the command run again ends what was begun."""
    seed = 20261122 if quick else random.SystemRandom().randrange(1 << 32)
    found = Findings()
    for actor in ACTORS:
        numbers = itertools.count(1, QUICK_EVERY if quick else 1)
        if quick and actor.is_slow:
            numbers = QUICK_CALLS
        with tempfile.TemporaryDirectory() as name, Killer() as killer:
            _kill_everywhere(killer, actor, Path(name), numbers, found)
    choice = random.Random(seed)
    with tempfile.TemporaryDirectory() as name:
        calls = QUICK_REVIEW_CALLS if quick else itertools.count(1)
        _kill_reviews(Path(name), calls, QUICK_REVIEWS if quick else REVIEWS, choice, found)
    return found.report(f"commands and reviews that are killed (seed {seed})")


def _kill_everywhere(
    killer: Killer, actor: Actor, place: Path, numbers: Iterable[int], found: Findings
) -> None:
    template = place / "template"
    article = actor.furnish(template)
    before = _found(template, article, is_whole=True)
    for number in numbers:
        folder = place / "work"
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder, symlinks=True)
        where = f"{actor.name}, killed at call {number}"
        code = killer.run(number, actor.words(folder, article))
        if code != -signal.SIGKILL:
            if code:
                found.fault("unwritable", where, f"it ended with {code}")
            return
        found.counts[f"kills of {actor.name}"] += 1
        found.counts["acknowledged"] += len(before)
        _check(actor, folder, article, before, found, where)
        code = killer.run(0, actor.again(folder, article))
        wrong = actor.is_done(folder, article)
        if code not in actor.codes or wrong:
            found.fault("unwritable", f"{where}, run again", wrong or f"it ends with {code}")
        _check(actor, folder, article, before, found, f"{where}, run again", is_back=True)


def _found(folder: Path, article: Article, *, is_whole: bool) -> dict[int, Annotation]:
    """What is stored of the work, in its place or in the trash.

    `is_whole` is False where the work can be halfway between the two. Raises StoreError.
    """
    places = [folder, *sorted((folder / ".trash").glob("*/"))]
    found: list[dict[int, Annotation]] = [{}]
    for place in places:
        try:
            found.append(store_in(place).load(article.id, ANNOTATOR).annotations)
        except Damaged as error:
            # Only halfway to the trash or back is the checkpoint in one place and the history in the other.
            if is_whole or "is missing" not in str(error):
                raise
    return max(found, key=len)


def _check(
    actor: Actor,
    folder: Path,
    article: Article,
    before: dict[int, Annotation],
    found: Findings,
    where: str,
    *,
    is_back: bool = False,
) -> None:
    """All that was acknowledged is there, and `verify` finds nothing wrong."""
    try:
        stored = (
            store_in(folder).load(article.id, ANNOTATOR).annotations
            if is_back
            else _found(folder, article, is_whole=not actor.moves)
        )
        Library(folder).entries()
    except StoreError as error:
        found.fault("unreadable", where, str(error))
        return
    same = stored.keys() == before.keys() if actor.renames else stored == before
    if not same:
        found.fault("missing", where, f"{len(before)} annotations were there, now {stored}")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        main(["verify", "--annotations", str(folder)])
    wrong = [line for line in said.getvalue().split("\n")[:-2] if line.startswith("✗")]
    # Halfway to the trash the article is not in the library: that is said, and more of the same work.
    if wrong and (is_back or not any("not in the library" in line for line in wrong)):
        found.fault("unreadable", f"{where}, verify", "; ".join(wrong))


# -- reviews -----------------------------------------------------------------


def _kill_reviews(
    folder: Path, calls: Iterable[int], reviews: int, choice: random.Random, found: Findings
) -> None:
    """At a call that changes a file, and at any moment."""
    article = furnish(folder)
    for annotator, tag in (("bob", "fact"), ("eve", "opinion")):
        for number in range(1, DECISIONS + 1):
            _postil(folder, "tag", article.id, str(number), tag, annotator=annotator)
    for number in calls:
        if not _kill_review(folder, article, f"r{number}", choice, found, at=number):
            break
    for number in range(reviews):
        _kill_review(folder, article, f"m{number}", choice, found)


def _kill_review(
    folder: Path, article: Article, reviewer: str, choice: random.Random, found: Findings, at: int = 0
) -> bool:
    """False if it was not killed."""
    program = ["tests.torture.killed_at", str(at)] if at else ["tui"]
    command = [sys.executable, "-m", *program, "review", article.id, "--annotations", str(folder)]
    reader = Terminal([*command, "--annotator", reviewer], columns=COLUMNS, rows=ROWS, folder=CHECKOUT)
    keys = [choice.choice("12") for _ in range(DECISIONS)]
    with contextlib.closing(reader):
        was_killed = _review(reader, keys, choice, by_itself=at > 0)
    called = [_SETTLED.search(header) for header in headers(bytes(reader.raw))]
    saved = max((int(one[1]) for one in called if one is not None), default=0)
    where = f"review by {reviewer}"
    found.counts["kills of review"] += was_killed
    found.counts["acknowledged"] += saved
    found.counts["decisions called saved"] += saved
    _check_review(folder, article, reviewer, keys, saved, found, where)
    return was_killed


def _review(reader: Terminal, keys: list[str], choice: random.Random, *, by_itself: bool) -> bool:
    """Type the keys and leave, or be killed; True if it was killed."""
    ends = time.monotonic() + (PATIENCE if by_itself else choice.uniform(0, REVIEWED_FOR))
    shown = f"0/{len(keys)} settled"
    while shown not in reader.screen and reader.read(0.1):
        pass
    if not by_itself:
        ends = time.monotonic() + choice.uniform(0, REVIEWED_FOR)
    for number, key in enumerate([*keys, LEAVE]):
        with contextlib.suppress(OSError):
            reader.send(key)
        wanted = f"{min(number + 1, len(keys))}/{len(keys)} settled"
        while time.monotonic() < ends and reader.read(0.02):
            if number < len(keys) and wanted in reader.screen and "saved ✓" in reader.screen:
                break
    if not by_itself:
        reader.signal(signal.SIGKILL)
    # It prints what a test that fails should show.
    with contextlib.redirect_stdout(io.StringIO()):
        return reader.wait_for_end() == -signal.SIGKILL


def _check_review(
    folder: Path, article: Article, reviewer: str, keys: list[str], saved: int, found: Findings, where: str
) -> None:
    reviews = workspace_in(folder, reviewer).reviews
    try:
        events = list(reviews.history(article.id, reviewer))
        settled = reviews.load(article.id, reviewer).annotations
        writer = reviews.open(article.id, reviewer)
        writer.close()
    except StoreError as error:
        found.fault("unreadable", where, str(error))
        return
    if settled != replayed(events):
        found.fault("missing", where, "what is loaded is not what the history says")
    if len(settled) < saved:
        found.fault("missing", where, f"{saved} were called saved, {len(settled)} are there")
    tags = [settled[start].tags[0] for start in article.starts if start in settled]
    wanted = [{"1": "fact", "2": "opinion"}[key] for key in keys]
    if tags != wanted[: len(tags)]:
        found.fault("phantom", where, f"{keys} were typed, {tags} are there")


# -- what is killed ----------------------------------------------------------


def _tagged(folder: Path) -> Article:
    article = furnish(folder)
    for number, tag in enumerate(TAGS, 1):
        _postil(folder, "tag", article.id, str(number), tag)
    return article


def _divided(folder: Path) -> Article:
    """One sentence is split, which is to be published."""
    article = _tagged(folder)
    place = workspace_in(folder, ANNOTATOR)
    opened = place.open(article)
    assert opened.writer is not None
    offset = places_to_split(opened.session, 7)[2][0]
    step = split(opened.session, 7, offset).step
    assert step is not None
    opened.writer.put(step)
    opened.writer.close()
    return article


def _removed(folder: Path) -> Article:
    article = _tagged(folder)
    Trash(folder, store_in(folder)).remove(article.id, ANNOTATOR)
    return article


def _empty(folder: Path) -> Article:
    """Nothing is there yet but another's article; the sample is to be added."""
    article = _tagged(folder)
    other = folder.parent / "other.txt"
    other.write_text("Un autre titre\n\nParis est une ville. Elle est belle.\n", encoding="utf-8")
    return article


def _postil(folder: Path, *words: str, annotator: str = ANNOTATOR) -> None:
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        code = main([*words, *_where(folder, annotator)])
    assert code == 0, words


def _where(folder: Path, annotator: str = ANNOTATOR) -> list[str]:
    return ["--annotations", str(folder), "--annotator", annotator]


def _trash(what: str, folder: Path, *article: str) -> list[str]:
    return ["trash", what, str(folder), ANNOTATOR, scheme.load().label, *article]


def _is_added(folder: Path, article: Article) -> str:
    entries = {entry.source: entry for entry in Library(folder).entries()}
    if set(entries) != {"musk-altman.fr.txt", "other.txt"} or Library(folder).problems:
        return f"the library has {sorted(entries)}, {Library(folder).problems}"
    return "" if entries["other.txt"].has_entities else "the article is not prepared"


def _is_prepared(folder: Path, article: Article) -> str:
    known = Library(folder).load(article.id)
    return "" if known.prepared_by.get("entities", "none") != "none" else "the article is not prepared"


def _is_published(folder: Path, article: Article) -> str:
    known = Library(folder).load(article.id)
    if (known.segmentation, len(known)) != (2, len(article) + 1):
        return f"segmentation {known.segmentation}, {len(known)} sentences"
    return ""


def _is_migrated(folder: Path, article: Article) -> str:
    debate = scheme.load(DEBATE)
    store = FolderStore(folder, scheme=debate.label)
    steps = [event.step.scheme for event in store.history(article.id, ANNOTATOR) if event.step.scheme]
    if steps != [debate.label]:
        return f"carried over by the steps {steps}"
    database = store.read(article.id, ANNOTATOR)
    assert database is not None
    return "" if database.meta.scheme == debate.label else f"the scheme is {database.meta.scheme}"


def _is_back(folder: Path, article: Article) -> str:
    return "" if Library(folder).holds(article.id) else "the article is not in the library"


def _add(folder: Path, article: Article) -> list[str]:
    return ["add", str(folder.parent / "other.txt"), *_where(folder)]


def _add_again(folder: Path, article: Article) -> list[str]:
    return ["add", "--again", str(sample()), *_where(folder)]


def _publish(folder: Path, article: Article) -> list[str]:
    return ["publish", article.id, *_where(folder)]


def _migrate(folder: Path, article: Article) -> list[str]:
    return ["scheme", "migrate", "--apply", "--scheme", str(DEBATE), *_where(folder)]


def _remove(folder: Path, article: Article) -> list[str]:
    return _trash("remove", folder, article.id)


def _restore(folder: Path, article: Article) -> list[str]:
    return _trash("restore", folder)


ACTORS = (
    Actor("add", _empty, _add, _add, _is_added, is_slow=True),
    Actor("add --again", _tagged, _add_again, _add_again, _is_prepared, is_slow=True),
    # What is published already is nothing to publish.
    Actor("publish", _divided, _publish, _publish, _is_published, frozenset({0, 1})),
    Actor("scheme migrate", _tagged, _migrate, _migrate, _is_migrated, renames=True),
    Actor("removing", _tagged, _remove, _restore, _is_back, moves=True),
    Actor("restoring", _removed, _restore, _restore, _is_back, moves=True),
)

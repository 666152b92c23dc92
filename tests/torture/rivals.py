"""Everybody who changes an annotations folder, held or killed before each call, while everybody else goes on.

Held: one actor stands still before its so-many-th call to the system, another does all its work, and the first
goes on. Killed: the first does nothing more, and all others work in turn. In the end everything that any of them was
promised must be there, once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import random
import re
import tempfile
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from unittest import mock

from tests.torture.report import Report
from tests.torture.rival_actors import Actor
from tests.torture.rival_scenes import Scene, furnish_all
from tests.torture.rival_world import Outcome, World, listening
from tests.torture.scene import Findings
from tests.torture.threads import HeldThread, descriptors_closed, streams_of_threads, watched_calls
from tui.commands.add import command as add
from tui.prepare import pipeline
from tui.store import short_lock
from tui.text.cores import cores

QUICK_HELD = 140
"""How many of the meetings the short form tries."""
QUICK_KILLED = 21

_WHO_AND_WHAT = re.compile(
    r"(\w+ is (adding|publishing|preparing|removing|bringing|changing)|\w+ has this article open|\w+ is at work|"
    r"(\w+|you) (has|have) it open|who may have it open)"
)
_NAMED = re.compile(r"\bsince \d\d:\d\d from .*\(pid \d+\)")

_ALTERING = frozenset({"open", "write", "replace", "link", "unlink", "os.unlink", "flock"})
_SIGNING = frozenset({"os.ftruncate", "os.pwrite"})
"""Between taking a lock and writing into it who has it."""

_PARTS = 12
"""Of the long form, each for a process of its own."""

_SHARED_MEMORY = Path("/dev/shm")


def run(quick: bool) -> Report:
    """Each actor of each scene against each other one."""
    found = Findings()
    if not quick:
        with ProcessPoolExecutor(cores(), multiprocessing.get_context("spawn")) as processes:
            for part in processes.map(_try_all, range(_PARTS)):
                found.counts += part.counts
                found.failures += part.failures
        return found.report("rivals")
    with furnished() as scenes:
        for scene in scenes.values():
            _try_some(scene, found, len(scenes))
    return found.report("rivals")


def _try_all(part: int) -> Findings:
    """Every so-many-th actor: held at each call, and killed there.

    Where the call may make a difference to others, each of them works alone while it is held, else all in turn.
    """
    found = Findings()
    with furnished() as scenes:
        everybody = [(name, first) for name, scene in scenes.items() for first in scene.actors]
        for name, first in everybody[part::_PARTS]:
            _try_everywhere(scenes[name], first, found)
    return found


def _try_everywhere(scene: Scene, first: str, found: Findings) -> None:
    others = list(scene.actors)
    choice = random.Random(f"{scene.name} {first}")
    calls = calls_of(scene, first)
    found.counts["actors"] += 1
    found.counts["calls"] += len(calls)
    for at, call in enumerate(calls, 1):
        if call in _ALTERING:
            for second in others:
                hold(scene, first, at, [second], found)
        else:
            hold(scene, first, at, choice.sample(others, len(others)), found)
        kill(scene, first, at, found)


def _try_some(scene: Scene, found: Findings, parts: int) -> None:
    choice = random.Random(scene.name)
    points = [(first, at) for first in scene.actors for at in range(1, len(calls_of(scene, first)) + 1)]
    for first, at in choice.choices(points, k=QUICK_HELD // parts):
        hold(scene, first, at, [choice.choice(list(scene.actors))], found)
    for first, at in choice.choices(points, k=QUICK_KILLED // parts):
        kill(scene, first, at, found)


@contextlib.contextmanager
def furnished() -> Generator[dict[str, Scene]]:
    """The scenes, ready: threads can be held, and every promise is written down."""
    in_memory = _SHARED_MEMORY if os.access(_SHARED_MEMORY, os.W_OK) else None
    with (
        tempfile.TemporaryDirectory(dir=in_memory) as folder,
        watched_calls(),
        listening(),
        streams_of_threads(),
        mock.patch.object(short_lock, "PATIENCE", 0),
        _prepared_here(),
    ):
        yield furnish_all(Path(folder))


@contextlib.contextmanager
def _prepared_here() -> Generator[None]:
    """`add` prepares without a process of its own: that takes no lock and writes nothing, and costs 0.2 s a trial."""
    with (
        mock.patch.object(add, "read_articles", pipeline.read_articles),
        mock.patch.object(add, "add_entities", pipeline.add_entities),
        mock.patch.object(add, "add_hints", pipeline.add_hints),
    ):
        yield


def calls_of(scene: Scene, first: str) -> list[str]:
    """The calls that an actor makes when it is alone, in order."""
    calls: list[str] = []
    # Once before, so that what is loaded only once is loaded.
    for _ in range(2):
        with scene.world() as world:
            thread = HeldThread(partial(scene.actors[first], world))
            thread.start()
            if thread.error is not None:
                raise thread.error
            calls = thread.calls
    return calls


def hold(scene: Scene, first: str, at: int, others: Sequence[str], found: Findings) -> None:
    """The others do their work, in turn, while the first is held."""
    with scene.world() as world:
        outcomes: list[Outcome] = []
        thread = HeldThread(lambda: outcomes.append(scene.actors[first](world)), at)
        call = thread.start()
        where = f"{scene.name}: {first} held at call {at} ({call}), {', '.join(others)} meanwhile"
        for other in others:
            outcome = _go(scene.actors[other], world, where, found)
            _hear(outcome, f"{where}: {other}", found, is_signed=call not in _SIGNING)
        thread.finish()
        if thread.error is not None:
            found.fault("unwritable", where, f"the first ended with {thread.error!r}")
        found.counts["meetings"] += len(others) if call else 0
        for outcome in outcomes:
            _hear(outcome, f"{where}: {first}", found, is_signed=True)
        for fault in scene.judge(world, was_killed=False):
            found.fault("missing", where, fault)


def hold_twice(
    scene: Scene, first: str, at: tuple[int, int], others: tuple[str, str], found: Findings
) -> None:
    """One does its work while the first is held at its first place, the other at its second."""
    with scene.world() as world:
        thread = HeldThread(partial(scene.actors[first], world), *at)
        where = f"{scene.name}: {first} held at call {at[0]}, {others[0]} meanwhile, at {at[1]}, {others[1]} meanwhile"
        thread.start()
        _go(scene.actors[others[0]], world, where, found)
        thread.go_on()
        _go(scene.actors[others[1]], world, where, found)
        thread.finish()
        for fault in scene.judge(world, was_killed=False):
            found.fault("missing", where, fault)


def kill(scene: Scene, first: str, at: int, found: Findings) -> None:
    """The first is killed, and all others work in turn, the first among them."""
    with scene.world() as world:
        thread = HeldThread(partial(scene.actors[first], world), at, dies=True)
        with descriptors_closed():
            thread.start()
            thread.finish()
        where = f"{scene.name}: {first} killed at call {at} ({thread.calls[-1]})"
        found.counts["kills"] += thread.was_killed
        for name in scene.actors:
            outcome = _go(scene.actors[name], world, f"{where}, then {name}", found)
            if _NAMED.search(outcome.err) or "try again later" in outcome.err:
                found.fault("unwritable", where, f"{name} is told: {outcome.err.strip()}")
        for fault in scene.judge(world, was_killed=True):
            found.fault("missing", where, fault)


def _go(actor: Actor, world: World, where: str, found: Findings) -> Outcome:
    try:
        return actor(world)
    except Exception as error:  # noqa: BLE001 - no actor may end so
        found.fault("unwritable", where, repr(error))
        return Outcome(1)


def _hear(outcome: Outcome, where: str, found: Findings, *, is_signed: bool) -> None:
    """Who is refused because of another must read who that is, and what they do."""
    text = outcome.err + outcome.out
    if "unexpected" in text:
        found.fault("unwritable", where, text.strip())
    if not outcome.code:
        return
    found.counts["refused"] += 1
    if "try again later" in text or "has this article open" in text:
        found.counts["refused because of another"] += 1
        if is_signed and not (_WHO_AND_WHAT.search(text) and _NAMED.search(text)):
            found.fault("holder not named", where, text.strip())

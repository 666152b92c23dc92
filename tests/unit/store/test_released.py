"""What every released version stored is read, gone on with, and kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tui.model.annotation import Annotation
from tui.settings import scheme_file as scheme
from tui.store.folder import FolderStore
from tui.store.verify import verify
from tui.workspace import Workspace

STORED = Path(__file__).parents[2] / "fixtures" / "stored"
ARTICLE = "le-ministre-a-parle-hier-649368ec"


@pytest.fixture(params=sorted(path.name for path in STORED.iterdir()))
def released(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An annotations folder as the version with that database schema left it."""
    folder = tmp_path / "annotations"
    shutil.copytree(STORED / request.param, folder)
    return folder


def said(folder: Path) -> list[tuple[int, tuple[str, ...], bool, str]]:
    work = FolderStore(folder, scheme=scheme.load().label).load(ARTICLE, "ana")
    by_start: list[Annotation] = [work.annotations[start] for start in sorted(work.annotations)]
    return [(one.start, one.tags, one.unsure, one.note) for one in by_start]


EXPECTED = [
    (0, ("fact",), False, ""),
    (27, ("quote",), False, ""),
    (74, (), False, ""),
    (93, ("translation_error",), True, "« laadopté » ?"),
]


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_reading_changes_nothing(released: Path) -> None:
    before = files(released)
    assert said(released) == EXPECTED
    assert [problem for found in verify(released) for problem in found.problems] == []
    assert files(released) == before


def test_looking_at_it_changes_nothing_that_was_stored(released: Path) -> None:
    before = files(released / "people")
    store = FolderStore(released, scheme=scheme.load().label)
    writer = store.open(ARTICLE, "ana")
    after = files(released / "people")
    assert {path: after[path] for path in before} == before
    writer.close()
    assert said(released) == EXPECTED


def test_work_goes_on_and_the_old_file_is_kept(released: Path, workspace_in) -> None:
    checkpoint = released / "people" / "ana" / f"{ARTICLE}.json"
    old = checkpoint.read_bytes()
    place: Workspace = workspace_in(released)
    opened = place.open(place.library.load(ARTICLE))
    assert opened.writer is not None
    assert opened.notice == ""
    for outcome in (opened.session.tag(0, "opinion"), opened.session.undo(), opened.session.tag(1, "fact")):
        assert outcome.step is not None
        opened.writer.put(outcome.step)
    opened.writer.close()
    assert said(released) == [EXPECTED[0], (27, ("fact", "quote"), False, ""), *EXPECTED[2:]]
    if b'"postil.database/1"' in old:
        assert checkpoint.with_name(f"{checkpoint.name}.schema-1").read_bytes() == old
    assert [problem for found in verify(released) for problem in found.problems] == []
    events = list(place.store.history(ARTICLE, "ana"))
    assert [event.seq for event in events] == list(range(1, len(events) + 1))


def test_everything_stored_can_be_rebuilt_after_going_on(released: Path, workspace_in) -> None:
    place: Workspace = workspace_in(released)
    opened = place.open(place.library.load(ARTICLE))
    assert opened.writer is not None
    outcome = opened.session.unsure(0)
    assert outcome.step is not None
    opened.writer.put(outcome.step)
    opened.writer.close()
    before = said(released)
    (released / "people" / "ana" / f"{ARTICLE}.json").write_bytes(b"")
    place.store.open(ARTICLE, "ana").close()
    assert said(released) == before

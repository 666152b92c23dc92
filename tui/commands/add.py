"""`postil add`: bring articles into the library, and prepare them wholly."""

from __future__ import annotations

import asyncio
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import aclosing
from functools import partial
from pathlib import Path

import msgspec

from tui.cli import discard_output
from tui.commands.adding import stored_twin
from tui.commands.failures import FOUND_A_PROBLEM, NOT_PERMITTED, exit_code
from tui.commands.progress_line import show_progress
from tui.commands.setting_up import is_restricted, say, workspace
from tui.commands.side_by_side import prepared
from tui.model.article import Article
from tui.model.clock import now
from tui.model.repaired import repaired
from tui.paths import SUFFIXES, as_path, files_of
from tui.prepare import PreparationError
from tui.prepare.apart import add_entities, add_hints, read_articles
from tui.prepare.pace import Pace
from tui.prepare.pipeline import alias_files_for
from tui.prepare.steps import Steps
from tui.store.protocol import NotPermitted, StoreError
from tui.text.clean import visible
from tui.text.cores import cores
from tui.text.decode import MAX_BYTES
from tui.workspace import Workspace

ALREADY = "already in the library"

_MANY = 16
"""Files from which on it pays to start processes that each load a model."""


def run(options: Namespace) -> int:
    if is_restricted(options):
        raise NotPermitted("paths are not read under --restricted: ask the library's owner to add articles")
    place = workspace(options)
    if place.read_only:
        raise NotPermitted("adding changes the library, which --read-only forbids: leave the option out")
    sources, unreadable = _sources(options.paths)
    worst = 0
    for error in unreadable:
        _tell(
            f"{error.filename} cannot be looked into ({error.strerror}): ask its owner for the right to read"
        )
        worst = max(worst, NOT_PERMITTED if isinstance(error, PermissionError) else FOUND_A_PROBLEM)
    files = [source for source in sources if isinstance(source, Path)]
    if len(files) == len(sources) >= _MANY and cores() > 1 and not options.again:
        return max(worst, asyncio.run(_add_side_by_side(place, files, options)))
    watched = _Watched(files, len(sources))
    for source in sources:
        watched.begin(source)
        try:
            for article, what in _add(place, source, options, watched):
                _announce(article, what)
        except (PreparationError, StoreError) as error:
            # The other files are not this one's fault.
            _tell(str(error))
            worst = max(worst, exit_code(error) or FOUND_A_PROBLEM)
        finally:
            watched.finish(source)
    return worst


async def _add_side_by_side(place: Workspace, files: list[Path], options: Namespace) -> int:
    """The worst exit code. Stopped, it leaves whole articles."""
    worst = 0
    watched = _Watched(files, len(files))
    watched.begin(files[0])
    async with aclosing(prepared(place, files, options, cores(), watched.steps)) as results:
        async for result in results:
            for article, is_known in result.articles:
                # Another of these files may have held the same text.
                twin = article if is_known else stored_twin(place, article)
                if twin is not None and twin.has_entities:
                    _announce(twin, ALREADY)
                    continue
                try:
                    _save(place, article, article.source)
                    _announce(article, "added")
                except StoreError as error:
                    _tell(str(error))
                    worst = max(worst, exit_code(error) or FOUND_A_PROBLEM)
            if result.error is not None:
                _tell(str(result.error))
                worst = max(worst, exit_code(result.error) or FOUND_A_PROBLEM)
            watched.finish(result.path)
            watched.begin(result.path)
    show_progress()
    return worst


class _Watched:
    """The line that tells how far it is."""

    def __init__(self, files: list[Path], number: int) -> None:
        """`number` counts those that are no files too."""
        self._pace = Pace()
        self._sizes = {file: _size(file) for file in files} if sys.stderr.isatty() else {}
        self._all = sum(self._sizes.values())
        self._number = number
        self._name = ""

    def begin(self, source: Path | str) -> None:
        self._name = source if isinstance(source, str) else source.name
        self._show()

    def steps(self, source: Path | str) -> Steps:
        """What tells how far one of them is."""
        size = self._sizes.get(source, 0) if isinstance(source, Path) else 0
        return Steps(self._pace, Path(source), size, self._show)

    def finish(self, source: Path | str) -> None:
        self._pace.finish(str(source), self._sizes.get(source, 0) if isinstance(source, Path) else 0)
        show_progress()

    def _show(self) -> None:
        at = min(self._pace.files + 1, self._number)
        show_progress(f"{at}/{self._number} {self._name}", *self._pace.told(self._all))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _sources(names: list[str]) -> tuple[list[Path | str], list[OSError]]:
    """The files that the names stand for, with `-` for standard input, and the folders that stay closed.

    In the order given; a folder's and a pattern's in the order of their names.
    """
    found: list[Path | str] = []
    unreadable: list[OSError] = []
    for name in names:
        if name == "-":
            found.append(name)
            continue
        closed_before = len(unreadable)
        files = files_of(name, unreadable.append)
        if not files and len(unreadable) == closed_before:
            _tell(f"{as_path(name)} holds no {' '.join(SUFFIXES)} file: name the files themselves")
        found += files
    return found, unreadable


def _add(
    place: Workspace, source: Path | str, options: Namespace, watched: _Watched
) -> Iterator[tuple[Article, str]]:
    """What is in the library now, of one source, and what was done for it."""
    content = source if isinstance(source, Path) else sys.stdin.buffer.read(MAX_BYTES + 1)
    path = source if isinstance(source, Path) else None
    steps = watched.steps(source)
    for article in read_articles(
        content,
        language=options.language,
        source_language=options.source_language,
        progress=partial(steps.tell, "reading"),
    ):
        steps.begin(article)
        known = stored_twin(place, article)
        if known is not None and known.has_entities and not options.again:
            steps.end()
            yield known, ALREADY
            continue
        if known is not None and options.again:
            wanted, what = _prepared_again(place, known, article, options), "prepared anew"
        else:
            wanted, what = known or article, "added"
        aliases = alias_files_for(path, place.folder)
        whole = add_entities(wanted, aliases, progress=partial(steps.tell, "names"))
        whole = add_hints(whole, partial(steps.tell, "hints"))
        _save(place, whole, article.source)
        steps.end()
        yield whole, what


def _save(place: Workspace, article: Article, source: str) -> None:
    for warning in article.warnings:
        _tell(f"{source}: {warning}")
    place.library.save(article)


def _prepared_again(place: Workspace, known: Article, fresh: Article, options: Namespace) -> Article:
    """The known article as today's preparation makes it, but for the entities.

    Its id, source, segmentation number and published repairs stay. Where its sentences would change
    under annotations they stay too, unless `--force` was given, and either is said.
    """
    for publication in known.publications:
        own = repaired(fresh, publication.repairs)
        fresh = msgspec.structs.replace(own, entity_block_starts=[])
    kept = msgspec.structs.replace(
        fresh,
        id=known.id,
        title=known.title,
        source=known.source,
        source_language=fresh.source_language or known.source_language,
        added_at=known.added_at,
        segmentation=known.segmentation,
        publications=known.publications,
    )
    if (known.starts, known.ends) == (fresh.starts, fresh.ends):
        return kept
    moved = _annotated_and_moved(place, known, fresh)
    if moved and not options.force:
        _tell(
            f"{known.id}: {moved} would lose their sentence, so the sentences stay as they are: "
            "--force moves them, and keeps these annotations aside"
        )
        kept.starts, kept.ends, kept.paragraphs = known.starts, known.ends, known.paragraphs
        kept.headings = known.headings
        kept.prepared_by = {**kept.prepared_by, "sentences": known.prepared_by.get("sentences", "unknown")}
        return kept
    kept.segmentation = known.segmentation + 1
    _tell(
        f"{known.id}: the sentences have changed, this is segmentation {kept.segmentation} ({now()[:10]})"
        + (f"; {moved} no longer fit one and are kept aside" if moved else "")
    )
    return kept


def _annotated_and_moved(place: Workspace, known: Article, fresh: Article) -> str:
    """Whose annotations lie on sentences that the fresh article lacks: `2 of ana, 1 of ben`, or nothing."""
    remaining = set(zip(fresh.starts, fresh.ends, strict=True))
    counts: list[str] = []
    for annotator in place.store.annotators(known.id):
        lost = [
            said for said in place.store.scan(known.id, annotator) if (said.start, said.end) not in remaining
        ]
        if lost:
            counts.append(f"{len(lost)} of {annotator}")
    return f"annotations ({', '.join(counts)})" if counts else ""


def _announce(article: Article, what: str) -> None:
    # On a terminal the progress line has said the rest.
    if what == ALREADY or not sys.stderr.isatty():
        _tell(f"{article.source}: {what} as {article.id} ({article.language}, {len(article)} sentences)")
    show_progress()
    try:
        print(visible(article.id), flush=True)
    except BrokenPipeError:
        # Whoever read the ids has had enough; the files that follow are still wanted.
        discard_output()


def _tell(message: str) -> None:
    show_progress()
    say(message)

"""`postil add`: bring articles into the library, and prepare them wholly."""

from __future__ import annotations

import glob
import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tui.commands.adding import stored_twin
from tui.commands.failures import exit_code
from tui.commands.setting_up import as_path, is_restricted, say, workspace
from tui.model.article import Article
from tui.model.clock import now
from tui.prepare import PreparationError
from tui.prepare.pipeline import add_entities, alias_files_for, read_articles
from tui.store.protocol import NotPermitted, StoreError
from tui.text.clean import visible
from tui.text.decode import MAX_BYTES
from tui.workspace import Workspace

SUFFIXES = (".txt", ".md", ".markdown", ".html", ".htm", ".jsonl")
"""What is picked out of a folder."""


def run(options: Namespace) -> int:
    if is_restricted(options):
        raise NotPermitted("paths are not read under --restricted: ask the library's owner to add articles")
    place = workspace(options)
    if place.read_only:
        raise NotPermitted("adding changes the library, which --read-only forbids: leave the option out")
    worst = 0
    sources = list(_sources(options.paths))
    for number, source in enumerate(sources, 1):
        _progress(f"{number}/{len(sources)} {source.name if isinstance(source, Path) else source}")
        try:
            for article_id in _add(place, source, options):
                _progress("")
                print(article_id, flush=True)
        except (PreparationError, StoreError) as error:
            # The other files are not this one's fault.
            _progress("")
            say(str(error))
            worst = max(worst, exit_code(error) or 1)
    _progress("")
    return worst


def _sources(names: list[str]) -> Iterator[Path | str]:
    """Files in the order given; a folder's in the order of their names; `-` for standard input."""
    for name in names:
        path = as_path(name)
        if name == "-":
            yield name
        elif path.is_dir():
            yield from _in_folder(path)
        elif not path.exists() and glob.has_magic(name):
            matches = sorted(Path(found) for found in glob.glob(str(path), recursive=True))  # noqa: PTH207
            yield from (found for found in matches if found.is_file()) if matches else (path,)
        else:
            yield path


def _in_folder(folder: Path) -> list[Path]:
    """Its text files, also those in its subfolders; links to folders are not followed."""
    files = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and path.is_file() and path.name != "README.md"
    )
    if not files:
        say(f"{folder} holds no {' '.join(SUFFIXES)} file: name the files themselves")
    return files


def _add(place: Workspace, source: Path | str, options: Namespace) -> Iterator[str]:
    """The ids of what is in the library now, of one source."""
    content = source if isinstance(source, Path) else sys.stdin.buffer.read(MAX_BYTES + 1)
    path = source if isinstance(source, Path) else None
    for article in read_articles(content, language=options.language, source_language=options.source_language):
        known = stored_twin(place, article)
        if known is None:
            for warning in article.warnings:
                say(f"{article.source}: {warning}")
            place.library.save(add_entities(article, alias_files_for(path, place.folder)))
        elif options.again:
            place.library.save(_prepared_again(place, known, article, path, options))
        elif not known.has_entities:
            place.library.save(add_entities(known, alias_files_for(path, place.folder)))
        else:
            say(f"{article.source}: already in the library as {known.id}")
        yield (known or article).id


def _prepared_again(
    place: Workspace, known: Article, fresh: Article, path: Path | None, options: Namespace
) -> Article:
    """The known article as today's preparation makes it.

    Its id, source and segmentation number stay. Where its sentences would change under
    annotations they stay too, unless `--force` was given, and either is said.
    """
    kept = msgspec.structs.replace(
        fresh,
        id=known.id,
        title=known.title,
        source=known.source,
        source_language=fresh.source_language or known.source_language,
        added_at=known.added_at,
        segmentation=known.segmentation,
    )
    if (known.starts, known.ends) != (fresh.starts, fresh.ends):
        moved = _annotated_and_moved(place, known, fresh)
        if moved and not options.force:
            say(
                f"{known.id}: {moved} would lose their sentence, so the sentences stay as they are: "
                "--force moves them, and keeps these annotations aside"
            )
            kept.starts, kept.ends, kept.paragraphs = known.starts, known.ends, known.paragraphs
            kept.headings = known.headings
            kept.prepared_by = {
                **kept.prepared_by,
                "sentences": known.prepared_by.get("sentences", "unknown"),
            }
        else:
            kept.segmentation = known.segmentation + 1
            say(
                f"{known.id}: the sentences have changed, this is segmentation {kept.segmentation} ({now()[:10]})"
                + (f"; {moved} no longer fit one and are kept aside" if moved else "")
            )
    return add_entities(kept, alias_files_for(path, place.folder))


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


def _progress(line: str) -> None:
    """One line that is written over, where standard error is a terminal."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\x1b[K{visible(line)[:100]}")
        sys.stderr.flush()

"""`postil export --format corrected`: articles as they read with one annotator's corrections made."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui.cli import UsageError
from tui.commands.context import say
from tui.commands.export.command import Place
from tui.commands.output import out_path, whole_file
from tui.input_paths import is_folder
from tui.session.corrected_text import corrected
from tui.store.checks import misplaced
from tui.store.protocol import Damaged
from tui.text.clean import visible


def run(options: Namespace) -> int:
    """One article to standard output or a file; several into a folder, a file each."""
    if options.status is not None or options.untagged:
        raise UsageError("--status and --untagged choose records: leave them out with --format corrected")
    place = Place.of(options)
    chosen = _chosen(place, options)
    out = out_path(options, place.folder)
    into_folder = out is not None and is_folder(out)
    if len(chosen) > 1 and not into_folder:
        raise UsageError(
            f"{len(chosen)} articles have annotations: name one of them, or with --out a folder for all"
        )
    for article_id, annotator in chosen.items():
        text = _corrected(place, article_id, annotator)
        if out is None:
            _print(text)
            continue
        with whole_file(out / f"{article_id}.txt" if into_folder else out) as file:
            file.write(text.encode("utf-8"))
    if not chosen:
        say("nothing is annotated yet that fits: postil opens the library")
    return 0


def _chosen(place: Place, options: Namespace) -> dict[str, str]:
    """Whose corrections of which article are wanted, before anything is written. Raises UsageError."""
    named = {place.library.find(name) for name in options.articles}
    chosen: dict[str, str] = {}
    for article_id in sorted(named or place.library.ids()):
        names = place.annotators(article_id, options)
        if len(names) > 1:
            raise UsageError(f"{', '.join(names)} annotated {article_id}: choose one with --annotator NAME")
        if names:
            chosen[article_id] = names[0]
        elif len(named) > 1:
            say(f"{article_id} has no annotations that fit: it is left out")
    return chosen


def _corrected(place: Place, article_id: str, name: str) -> str:
    article = place.library.load(article_id)
    said = place.store.load(article_id, name, article.text_sha256).annotations.values()
    for annotation in said:
        wrong = misplaced(annotation, article.text)
        if wrong is not None:
            raise Damaged(f"{name} on {article_id}: {wrong}: restore that file or the article from a backup")
    return corrected(article.text, said)


def _print(text: str) -> None:
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    for line in text.split("\n"):
        print(visible(line))

"""`postil export --format corrected`: articles as they read with one annotator's corrections made."""

from __future__ import annotations

import sys
from argparse import Namespace

from tui.cli import UsageError
from tui.commands.export import Place
from tui.commands.setting_up import say
from tui.commands.writing import out_path, whole_file
from tui.session.corrected import corrected
from tui.store.checks import misplaced
from tui.store.protocol import Damaged
from tui.text.clean import visible


def run(options: Namespace) -> int:
    """One article to standard output or a file; several into a folder, a file each."""
    if options.status is not None or options.untagged:
        raise UsageError("--status and --untagged choose records: leave them out with --format corrected")
    place = Place.of(options)
    ids = sorted({place.library.find(name) for name in options.articles} or place.library.ids())
    found = [(article_id, names) for article_id in ids if (names := place.annotators(article_id, options))]
    if not found:
        say("nothing is annotated yet that fits: postil opens the library")
        return 0
    out = out_path(options, place.folder)
    if len(found) > 1 and (out is None or not out.is_dir()):
        raise UsageError(
            f"{len(found)} articles have annotations: name one of them, or with --out a folder for all"
        )
    for article_id, names in found:
        if len(names) > 1:
            raise UsageError(f"{', '.join(names)} annotated {article_id}: choose one with --annotator NAME")
        text = _corrected(place, article_id, names[0])
        if out is None:
            _print(text)
        else:
            with whole_file(out / f"{article_id}.txt" if out.is_dir() else out) as file:
                file.write(text.encode("utf-8"))
    return 0


def _corrected(place: Place, article_id: str, name: str) -> str:
    article = place.library.load(article_id)
    said = place.store.load(article_id, name).annotations.values()
    for annotation in said:
        wrong = misplaced(annotation, article.text)
        if wrong is not None:
            raise Damaged(f"{name} on {article_id}: {wrong}: postil verify tells more")
    return corrected(article.text, said)


def _print(text: str) -> None:
    if not sys.stdout.isatty():
        sys.stdout.buffer.write(text.encode("utf-8"))
        return
    for line in text.splitlines():
        print(visible(line))

"""`postil report`: an annotated article as one page of HTML."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from tui.agreement.figures import agreement
from tui.agreement.second_pass import is_second_pass
from tui.agreement.sentences import compared
from tui.cli import UsageError
from tui.commands.export import Place
from tui.commands.setting_up import check_given, is_restricted, say, scheme_in_force
from tui.commands.writing import out_path, whole_file
from tui.model.annotation import Annotation
from tui.paths import is_folder
from tui.report.page import page
from tui.store.checks import misplaced
from tui.store.protocol import Damaged, NotPermitted


def run(options: Namespace) -> int:
    """To a file, or to standard output; to a file named after the article where that is a terminal."""
    check_given(options)
    place = Place.of(options)
    article = place.library.load(place.library.find(options.article))
    scheme = scheme_in_force(options)
    works = {
        name: dict(_work(place, article.id, article.text, name))
        for name in _names(place, article.id, options)
    }
    tags = tuple(tag.id for tag in scheme.tags)
    figures = agreement(compared(article, works), tags) if len(works) > 1 else None
    parts = page(article, works, scheme, figures)
    path = out_path(options, place.folder)
    if path is None and sys.stdout.isatty() and options.out != "-":
        if is_restricted(options):
            raise NotPermitted(
                "--restricted writes no file: let standard output go to one, report ID > page.html"
            )
        path = Path(f"{article.id}.html")
    if path is None:
        for part in parts:
            sys.stdout.buffer.write(part.encode("utf-8"))
        return 0
    if is_folder(path):
        raise UsageError(f"{path} is a folder: name a file in it")
    with whole_file(path) as file:
        for part in parts:
            file.write(part.encode("utf-8"))
    say(f"wrote {path}")
    return 0


def _names(place: Place, article_id: str, options: Namespace) -> list[str]:
    names = place.annotators(article_id, options)
    wanted = set(getattr(options, "annotators", None) or ())
    return [name for name in names if wanted or not is_second_pass(name, names)]


def _work(place: Place, article_id: str, text: str, name: str) -> dict[int, Annotation]:
    stored = place.store.read(article_id, name)
    found = {} if stored is None else dict(stored.annotations)
    for said in found.values():
        wrong = misplaced(said, text)
        if wrong is not None:
            raise Damaged(f"{name} on {article_id}: {wrong}: restore that file or the article from a backup")
    return found

"""`postil report`: an annotated article as one page of HTML."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.agreement.disagreements import disagreements
from tui.agreement.figures import agreement
from tui.agreement.sentences import compared
from tui.cli import UsageError
from tui.commands.context import check_given, is_restricted, say, scheme_in_force
from tui.commands.export.command import Place
from tui.commands.output import out_path, whole_file
from tui.input_paths import is_folder
from tui.model.article import Article
from tui.report.markup import Html
from tui.report.page import page
from tui.report.people import Person
from tui.store.checks import misplaced_in_work
from tui.store.protocol import Damaged, NotPermitted


def run(options: Namespace) -> int:
    """To a file, or to standard output; to a file named after the article where that is a terminal."""
    check_given(options)
    place = Place.of(options)
    article = place.library.load(place.library.find(options.article))
    path = _path(options, place, article)
    people = _people(place, article, options)
    parts = _parts(article, people, options)
    if path is None:
        for part in parts:
            sys.stdout.buffer.write(part.encode("utf-8"))
        return 0
    with whole_file(path) as file:
        for part in parts:
            file.write(part.encode("utf-8"))
    say(f"wrote {path}")
    return 0


def _path(options: Namespace, place: Place, article: Article) -> Path | None:
    """None for standard output. Raises UsageError, NotPermitted."""
    path = out_path(options, place.folder)
    if path is None and sys.stdout.isatty() and options.out != "-":
        if is_restricted(options):
            raise NotPermitted(
                "--restricted writes no file: let standard output go to one, report ID > page.html"
            )
        path = Path(f"{article.id}.html")
    if path is not None and is_folder(path):
        raise UsageError(f"{path} is a folder: name a file in it")
    return path


def _parts(article: Article, people: Sequence[Person], options: Namespace) -> Iterator[Html]:
    """Only those who tagged by the scheme in force are compared."""
    scheme = scheme_in_force(options)
    others = [person.name for person in people if person.scheme != scheme.label]
    if others:
        say(f"{', '.join(others)} tagged by another scheme than {scheme.label}: not scored, not compared")
    said = {person.name: person.annotations for person in people if person.scheme == scheme.label}
    if len(said) < 2:
        return page(article, people, scheme)
    seen = {tag for of_one in said.values() for one in of_one.values() for tag in one.tags}
    tags = scheme.in_order((*(tag.id for tag in scheme.tags), *sorted(seen)))
    return page(
        article, people, scheme, agreement(compared(article, said), tags), disagreements(article, said)
    )


def _people(place: Place, article: Article, options: Namespace) -> list[Person]:
    """Whose work is wanted. Raises UsageError for somebody who has done none, StoreError."""
    names = place.annotators(article.id, options)
    if not names and (getattr(options, "annotators", None) or getattr(options, "annotator", None)):
        there = ", ".join(place.store.annotators(article.id)) or "nobody"
        raise UsageError(f"they have no annotations of {article.id} that you may read: {there} has")
    return [person for name in names if (person := _person(place, article, name)) is not None]


def _person(place: Place, article: Article, name: str) -> Person | None:
    stored = place.store.read(article.id, name, article.text_sha256)
    if stored is None:
        return None
    for wrong in misplaced_in_work(stored.work, article.text):
        raise Damaged(f"{name} on {article.id}: {wrong}: restore that file or the article from a backup")
    return Person(
        name=name,
        scheme=stored.meta.scheme,
        annotations=stored.annotations,
        entities=stored.entities,
        repairs=tuple(stored.sentences.values()),
    )

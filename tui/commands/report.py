"""`postil report`: an annotated article as one page of HTML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from tui.agreement.disagreements import disagreements
from tui.agreement.figures import agreement
from tui.agreement.sentences import compared
from tui.commands.context import Context
from tui.commands.corpus import Corpus, checked_names
from tui.commands.output import out_path, whole_file
from tui.commands.usage import UsageError
from tui.input_paths import is_folder
from tui.model.article import Article
from tui.report.markup import Html
from tui.report.page import page
from tui.report.people import Person
from tui.store.checks import misplaced_in_work
from tui.store.protocol import Damaged, NotPermitted


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str
    annotators: tuple[str, ...] = ()
    out: str | None = None


def run(context: Context, options: Options) -> int:
    """Write to a file or to standard output; to a file named after the article if that is a terminal."""
    context.check_unused()
    corpus = Corpus.of(context)
    article = corpus.library.load(corpus.library.find(options.article))
    path = _path(context, article, options.out)
    people = _people(corpus, article, checked_names(options.annotators))
    parts = _parts(context, article, people)
    if path is None:
        for part in parts:
            context.streams.binary_output.write(part.encode("utf-8"))
        return 0
    with whole_file(path) as file:
        for part in parts:
            file.write(part.encode("utf-8"))
    context.say(f"wrote {path}")
    return 0


def _path(context: Context, article: Article, out: str | None) -> Path | None:
    """None for standard output. Raises UsageError, NotPermitted."""
    path = out_path(context, out)
    if path is None and context.streams.is_terminal and out != "-":
        if context.restricted:
            raise NotPermitted("--restricted writes no file: redirect standard output to one")
        path = Path(f"{article.id}.html")
    if path is not None and is_folder(path):
        raise UsageError(f"{path} is a folder: name a file in it")
    return path


def _parts(context: Context, article: Article, people: Sequence[Person]) -> Iterator[Html]:
    """The page. It compares only those who tagged with the scheme in force."""
    scheme = context.scheme
    others = [person.name for person in people if person.scheme != scheme.label]
    if others:
        context.say(
            f"{', '.join(others)} tagged with another scheme than {scheme.label}: not scored, not compared"
        )
    works = {person.name: person.annotations for person in people if person.scheme == scheme.label}
    if len(works) < 2:
        return page(article, people, scheme)
    given = {tag for work in works.values() for annotation in work.values() for tag in annotation.tags}
    tags = scheme.in_order((*(tag.id for tag in scheme.tags), *sorted(given)))
    return page(
        article, people, scheme, agreement(compared(article, works), tags), disagreements(article, works)
    )


def _people(corpus: Corpus, article: Article, chosen: frozenset[str]) -> list[Person]:
    """The annotators to show. Raises UsageError if the chosen ones have no annotations, StoreError."""
    names = corpus.annotators(article.id, chosen)
    if chosen and not names:
        readable = ", ".join(corpus.store.annotators(article.id)) or "no one"
        raise UsageError(
            f"no annotations of {article.id} by {', '.join(sorted(chosen))} that you may read: {readable} has some"
        )
    return [person for name in names if (person := _person(corpus, article, name)) is not None]


def _person(corpus: Corpus, article: Article, name: str) -> Person | None:
    stored = corpus.store.read(article.id, name, article.text_sha256)
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

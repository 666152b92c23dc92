"""`postil show`: an article with its entities and tags, for the eye or for a pipe."""

from __future__ import annotations

import io
import sys
from argparse import Namespace
from collections.abc import Mapping

from tui.commands.context import say, workspace
from tui.commands.find_article import find_article
from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.repaired import repaired
from tui.model.scheme import Scheme
from tui.settings.theme import Palette
from tui.text.clean import escape_json, visible
from tui.workspace import Workspace


def run(options: Namespace) -> int:
    place = workspace(options)
    article, source = find_article(place, options.article, options)
    article = _with_entities(place, article, source)
    if options.json:
        article = with_hints(place, article)
        _print_json(article)
        return 0
    work = place.store.load(article.id, place.annotator, article.text_sha256)
    article = repaired(article, work.repairs.values())
    entities = CorrectedEntities(article, Corrections(work.entities))
    if sys.stdout.isatty():
        _print_coloured(article, entities, work.annotations, place.scheme, place.palette)
    else:
        _print_plain(article, entities, work.annotations, place.scheme)
    return 0


def _with_entities(place: Workspace, article: Article, source: object) -> Article:
    """What was added on the fly gets its entities now, and keeps them."""
    if article.has_entities:
        return article
    from pathlib import Path

    from tui.prepare.pipeline import add_entities, alias_files_for

    path = source if isinstance(source, Path) else None
    prepared = add_entities(article, alias_files_for(path, place.folder))
    for warning in prepared.warnings:
        if warning not in article.warnings:
            say(f"{article.source}: {warning}")
    if not place.read_only:
        place.keep(prepared)
    return prepared


def with_hints(place: Workspace, article: Article) -> Article:
    """What was prepared before today's detectors gets its hints now, and keeps them."""
    from tui.prepare.results import has_current_hints

    if has_current_hints(article):
        return article
    from tui.prepare.pipeline import add_hints

    found = add_hints(article)
    if not place.read_only:
        place.keep(found)
    return found


def _print_json(article: Article) -> None:
    from tui.formats import prepared

    if not sys.stdout.isatty():
        prepared.write(article, sys.stdout.buffer)
        return
    held = io.BytesIO()
    prepared.write(article, held)
    sys.stdout.write(escape_json(held.getvalue().decode("utf-8")))


def _print_plain(
    article: Article, entities: CorrectedEntities, said: Mapping[int, Annotation], scheme: Scheme
) -> None:
    """A line a sentence: number, ledger, text, and its entities in braces at the end."""
    digits = len(str(len(article)))
    first_of_paragraph = set(article.paragraphs)
    print(visible(article.title))
    print(f"{visible(article.language)}, {len(article)} sentences, from {visible(article.source)}")
    for sentence in range(len(article)):
        if sentence in first_of_paragraph:
            print()
        names = ", ".join(
            f"{visible(article.text[entity.start : entity.end])} {visible(entity.label)}"
            for entity in entities.of_sentence(sentence)
        )
        ledger = ledger_of(said.get(article.starts[sentence]), scheme)
        text = visible(article.sentence_text(sentence))
        print(f"{sentence + 1:>{digits}} {ledger} {text}{f'  {{{names}}}' if names else ''}")


def ledger_of(said: Annotation | None, scheme: Scheme) -> str:
    """A cell a tag: its letter, or `·`; `–` for none; then `?` for unsure."""
    if said is None:
        return "·" * len(scheme.tags) + " "
    unsure = "?" if said.unsure else " "
    if said.decided and not said.tags:
        return "–" * len(scheme.tags) + unsure
    return "".join(tag.letter if tag.id in said.tags else "·" for tag in scheme.tags) + unsure


def _print_coloured(
    article: Article,
    entities: CorrectedEntities,
    said: Mapping[int, Annotation],
    scheme: Scheme,
    palette: Palette,
) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    headings = frozenset(article.headings)
    colors = {
        tag.letter: palette.tags.get(tag.id, tag.color if palette.dark else tag.color_light)
        for tag in scheme.tags
    }
    console.print(Text(visible(article.title), style="bold"))
    for paragraph in range(len(article.paragraphs)):
        console.print()
        rows = Table.grid(padding=(0, 1))
        rows.add_column(justify="right", style=palette.dim)
        rows.add_column(no_wrap=True)
        rows.add_column(overflow="fold", max_width=80)
        for sentence in article.paragraph_sentences(paragraph):
            text = Text(
                visible(article.sentence_text(sentence)), style="bold" if sentence in headings else ""
            )
            start = article.starts[sentence]
            for entity in entities.of_sentence(sentence):
                style = palette.entities.get(entity.label, "")
                text.stylize(style, entity.start - start, entity.end - start)
            ledger = Text()
            for letter in ledger_of(said.get(start), scheme):
                ledger.append(letter, style=f"bold {colors[letter]}" if letter in colors else palette.dim)
            rows.add_row(str(sentence + 1), ledger, text)
        console.print(rows)

"""`postil show`: an article with its entities and tags, for a terminal or a pipe."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tui.commands.context import Context
from tui.commands.find_article import find_article
from tui.commands.streams import Streams
from tui.model.annotation import Annotation
from tui.model.article import Article, kind_name
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.repaired import repaired
from tui.model.scheme import Scheme
from tui.settings.theme import Palette
from tui.text.clean import visible
from tui.text.plurals import counted

_LAYOUTS = {"lines": "a sentence on each line", "wrapped": "hard-wrapped lines"}


class Options(msgspec.Struct, frozen=True, kw_only=True):
    article: str
    json: bool = False


def run(context: Context, options: Options) -> int:
    workspace = context.workspace
    article, source = find_article(context, options.article)
    article = _with_entities(context, article, source)
    if options.json:
        _print_json(context.streams, with_hints(context, article))
        return 0
    work = workspace.store.load(article.id, workspace.annotator, article.text_sha256)
    article = repaired(article, work.repairs.values())
    entities = CorrectedEntities(article, Corrections(work.entities))
    if context.streams.is_terminal:
        _print_coloured(article, entities, work.annotations, workspace.scheme, workspace.palette)
    else:
        _print_plain(context.streams, article, entities, work.annotations, workspace.scheme)
    return 0


def _with_entities(context: Context, article: Article, source: Path | None) -> Article:
    """The article with its entities. If it had none, they are found and stored."""
    if article.has_entities:
        return article
    from tui.prepare.pipeline import add_entities, alias_files_for

    workspace = context.workspace
    prepared = add_entities(article, alias_files_for(source, workspace.folder))
    for warning in prepared.warnings:
        if warning not in article.warnings:
            context.say(f"{article.source}: {warning}")
    if not workspace.read_only:
        workspace.keep(prepared)
    return prepared


def with_hints(context: Context, article: Article) -> Article:
    """The article with the hints of today's detectors. If it had older ones, new ones are found and stored."""
    from tui.prepare.results import has_current_hints

    if has_current_hints(article):
        return article
    from tui.prepare.pipeline import add_hints

    prepared = add_hints(article)
    if not context.read_only:
        context.workspace.keep(prepared)
    return prepared


def _print_json(streams: Streams, article: Article) -> None:
    from tui.formats import prepared

    if not streams.is_terminal:
        prepared.write(article, streams.binary_output)
        return
    buffer = io.BytesIO()
    prepared.write(article, buffer)
    streams.print_json_text(buffer.getvalue().decode("utf-8").removesuffix("\n"))


def _print_plain(
    streams: Streams,
    article: Article,
    entities: CorrectedEntities,
    annotations: Mapping[int, Annotation],
    scheme: Scheme,
) -> None:
    """One line for each sentence: number, ledger, text, and its entities in braces at the end."""
    digits = len(str(len(article)))
    first_of_paragraph = set(article.paragraphs)
    streams.print(article.title)
    size = counted(len(article), "sentence")
    streams.print(f"{article.language}, {size}, from {article.source}{_reading(article)}")
    for sentence in range(len(article)):
        if sentence in first_of_paragraph:
            streams.print()
        names = ", ".join(
            f"{article.text[entity.start : entity.end]} ({kind_name(entity.label)})"
            for entity in entities.of_sentence(sentence)
        )
        ledger = ledger_of(annotations.get(article.starts[sentence]), scheme)
        text = article.sentence_text(sentence)
        streams.print(f"{sentence + 1:>{digits}} {ledger} {text}{f'  {{{names}}}' if names else ''}")


def _reading(article: Article) -> str:
    """What is unusual about how the file was read: a guessed encoding, another layout than paragraphs."""
    guess = f", read as {article.encoding}, which is a guess" if article.encoding_guess else ""
    layout = "" if article.layout == "paragraphs" else f", {_LAYOUTS.get(article.layout, article.layout)}"
    return guess + layout


def ledger_of(annotation: Annotation | None, scheme: Scheme) -> str:
    """One cell for each tag: its letter, or `·`; `–` if no tag applies; then `?` for unsure."""
    if annotation is None:
        return "·" * len(scheme.tags) + " "
    unsure = "?" if annotation.unsure else " "
    if annotation.decided and not annotation.tags:
        return "–" * len(scheme.tags) + unsure
    return "".join(tag.letter if tag.id in annotation.tags else "·" for tag in scheme.tags) + unsure


def _print_coloured(
    article: Article,
    entities: CorrectedEntities,
    annotations: Mapping[int, Annotation],
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
    if reading := _reading(article):
        console.print(Text(visible(f"{article.source}{reading}"), style=palette.dim))
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
            for letter in ledger_of(annotations.get(start), scheme):
                ledger.append(letter, style=f"bold {colors[letter]}" if letter in colors else palette.dim)
            rows.add_row(str(sentence + 1), ledger, text)
        console.print(rows)

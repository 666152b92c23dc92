"""The steps of preparation, run in the calling process.

For a news article, reading a file and finding its sentences takes milliseconds. Finding entities takes seconds
the first time, since the model has to be loaded.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import tui
from tui import hints
from tui.documents import decoding
from tui.documents.document import DEFAULTS, Document, ExtraMissingError, ReadingOptions
from tui.documents.reading import documents
from tui.model.article import Article, Entity, entity_blocks, longest_part
from tui.model.clock import now
from tui.model.hint import hint_blocks
from tui.model.identity import article_id, text_sha256
from tui.model.quotation import quotation_blocks
from tui.prepare import PreparationError
from tui.prepare.results import AUTO, MODEL_WARNING, RecognitionResult, with_entities, with_hints
from tui.prepare.shown_path import shown_name, shown_path
from tui.text import aliases, entities, headings, language, sentences, spacy_french, spacy_models, title
from tui.text.aliases import AliasFileError
from tui.text.cores import ProcessKilled
from tui.text.flowing import flowing_text
from tui.text.plurals import counted
from tui.text.spacy_french import FrenchModel, ModelError

STANDARD_INPUT = "-"

_MOST_PROBLEMS = 20
"""Articles of one file whose problems are reported one by one."""


def read_articles(
    source: Path | bytes,
    *,
    name: str | None = None,
    shown: str | None = None,
    suffix: str | None = None,
    options: ReadingOptions = DEFAULTS,
    report: Callable[[str], None] = lambda _: None,
    progress: Callable[[float], None] = lambda _: None,
) -> Iterator[Article]:
    """The articles of a file, or of bytes from standard input, without entities.

    `name`, which the articles have as their source, and `suffix` default to those of the file (`.txt` for bytes).
    Messages call the file `shown`, by default its path. `report` receives what is wrong with one of several articles,
    one line each, for the first 20. `progress` receives the share of an article that has been read, 0 to 1. Raises
    PreparationError for anything but a readable file.
    """
    if isinstance(source, bytes):
        data, name, kind = source, name or STANDARD_INPUT, suffix or ".txt"
        shown = shown or name
    else:
        name = shown_name(name or source.name or str(source))
        shown, kind = shown or shown_path(source), suffix or source.suffix
        data = _read(source, shown)
    problems = _Problems(shown, report)
    try:
        for document in documents(data, kind.lower(), options, problems.add):
            yield prepare_text(document, source=name, options=options, progress=progress)
        problems.end()
    except decoding.UnreadableFileError as error:
        problems.end()
        raise PreparationError(f"{shown} {error}") from error
    except (ExtraMissingError, ProcessKilled) as error:
        raise PreparationError(f"{shown}: {error}") from error


def prepare_text(
    document: Document,
    *,
    source: str,
    options: ReadingOptions = DEFAULTS,
    progress: Callable[[float], None] = lambda _: None,
) -> Article:
    """The article with sentences, headings and title, but without entities.

    `options` override what the document declares and what is detected. `progress` receives the share that has been
    read, 0 to 1. Raises ProcessKilled.
    """
    text = document.text
    text_language = options.language or language.language_of(text, document.language)
    layout = options.layout or document.layout or "paragraphs"
    split = sentences.split(text, text_language, progress, layout)
    article_title = title.title_of(text, document.title, split, layout)
    return Article(
        id=article_id(article_title, text),
        title=article_title,
        source=document.source or source,
        language=text_language,
        source_language=options.source_language,
        text_sha256=text_sha256(text),
        added_at=now(),
        prepared_by={
            "text": f"postil {tui.__version__}",
            "sentences": sentences.splitter_name(text_language),
        },
        layout=layout,
        encoding=document.encoding,
        encoding_guess=document.encoding_guess,
        warnings=list(document.warnings),
        text=text,
        starts=split.starts,
        ends=split.ends,
        paragraphs=split.paragraphs,
        headings=headings.find(text, split, document.heading_starts, layout),
    )


def add_entities(
    article: Article,
    alias_files: Sequence[Path],
    model: str | None = AUTO,
    progress: Callable[[float], None] = lambda _: None,
    shown: str = "",
) -> Article:
    """The article with its entities. Messages call its file `shown`, by default the article's id.

    `model` is the name of a model, or None to use none. A French model is loaded once per process. If it is
    installed but cannot be loaded, names are found without it and the article gets a warning. Raises
    PreparationError if an alias file is invalid.
    """
    return with_entities(article, find_entities(article, alias_files, model, progress, shown))


def find_entities(
    article: Article,
    alias_files: Sequence[Path],
    model: str | None = AUTO,
    progress: Callable[[float], None] = lambda _: None,
    shown: str = "",
) -> RecognitionResult:
    """The entities that `add_entities` adds. `progress` receives the share of the text that has been searched, 0 to 1."""
    try:
        listed = aliases.load(alias_files)
    except AliasFileError as error:
        raise PreparationError(str(error)) from error
    french, warnings = _model_for(article.language, model)
    try:
        recognised = entities.recognise(flowing_text(article), article.language, listed, french, progress)
    except ProcessKilled as error:
        raise PreparationError(f"no names for {shown or article.id}: {error}") from error
    inside = list(_within_sentences(recognised.entities, article))
    blocks = entity_blocks(article, inside)
    if recognised.problem:
        warnings.append(MODEL_WARNING + recognised.problem)
    return RecognitionResult(blocks, recognised.counts, recognised.version, recognised.recogniser, warnings)


def add_hints(
    article: Article, progress: Callable[[float], None] = lambda _: None, shown: str = ""
) -> Article:
    """The article with new hints and quotations, which replace any older ones. `shown` as in `add_entities`.

    `progress` receives the share that is done, 0 to 1. Raises PreparationError.
    """
    from tui.hints.find import find_all

    try:
        found_hints, quotations = find_all(article, progress)
    except ProcessKilled as error:
        raise PreparationError(f"no hints for {shown or article.id}: {error}") from error
    return with_hints(article, hint_blocks(found_hints), quotation_blocks(quotations), hints.VERSION)


def alias_files_for(source_path: Path | None, annotations: Path | None) -> list[Path]:
    """The existing alias files: first the one next to the article, then the one in the annotations folder."""
    folders = ([source_path.parent] if source_path else []) + ([annotations] if annotations else [])
    files = (folder / aliases.FILE_NAME for folder in folders)
    return [file for file in dict.fromkeys(files) if file.is_file()]


def _model_for(code: str, model: str | None) -> tuple[FrenchModel | None, list[str]]:
    """The model of a language, or None if there is none to use, with a warning if it cannot be loaded."""
    if model is None:
        return None, []
    name = None if model == AUTO else model
    try:
        if code == "fr":
            uses_model = name is not None or spacy_french.available()
            return (spacy_french.load(name) if uses_model else None), []
        installed = spacy_models.installed(code) if name is None else None
        return (spacy_models.load(installed) if installed else None), []
    except ModelError as error:
        return None, [MODEL_WARNING + str(error)]


def _within_sentences(recognised: Iterable[Entity], article: Article) -> Iterator[Entity]:
    """The entities; one that crosses the end of a sentence is reduced to its longest part."""
    for entity in recognised:
        part = longest_part(article, entity)
        if article.text[part.start : part.end].strip():
            yield part


class _Problems:
    """What is wrong with single articles of a file: the first are reported, then how many more there are."""

    def __init__(self, shown: str, report: Callable[[str], None]) -> None:
        self._shown = shown
        self._report = report
        self._count = 0

    def add(self, problem: str) -> None:
        self._count += 1
        if self._count <= _MOST_PROBLEMS:
            self._report(f"{self._shown} {problem}")

    def end(self) -> None:
        more = self._count - _MOST_PROBLEMS
        if more > 0:
            self._report(f"{self._shown}: {counted(more, 'more article')} could not be read")


def _read(path: Path, shown: str) -> bytes:
    """The bytes of a regular file within the size limit. Never waits for a pipe or a device."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        if path.is_dir():
            raise PreparationError(f"{shown} is a folder: add the files in it, e.g. {shown}/*.txt")
        descriptor = os.open(path, flags)
        with os.fdopen(descriptor, "rb") as file:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise PreparationError(
                    f"{shown} is not a regular file: copy its contents to one, or pipe it to -"
                )
            decoding.check_size(status.st_size)
            return file.read(decoding.MAX_BYTES + 1)
    except decoding.UnreadableFileError as error:
        raise PreparationError(f"{shown} {error}") from error
    except (OSError, ValueError) as error:
        raise PreparationError(_cannot_open(shown, error)) from error


def _cannot_open(shown: str, error: OSError | ValueError) -> str:
    match getattr(error, "errno", None):
        case errno.ENOENT | errno.ENOTDIR:
            return f"{shown} does not exist: check the path"
        case errno.EACCES | errno.EPERM:
            return f"{shown}: you have no permission to read it: ask its owner, or use chmod +r"
        case errno.ENXIO | errno.ENODEV:
            return f"{shown} is not a regular file: copy its contents to one, or pipe it to -"
        case _:
            reason = getattr(error, "strerror", None) or str(error)
            return f"{shown} cannot be read ({reason}): check the path and the disk"

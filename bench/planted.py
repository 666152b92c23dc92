"""Errors planted by chance in clean text, so that no hand picks those that the rules know.

A family's error is made at one place of a record, drawn at random from all places where the words allow it:
two words joined, a word doubled, an elision undone, a letter made small or large. Many such errors cannot be seen
by any rule (`une voile` for `un voile`); what is measured is how far the rules reach, by family and language.
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
    """What stands at a place of a text (code points), and what is put there instead."""

    start: int
    end: int
    wrong: str


class Planted(NamedTuple):
    """A record with one error, and where that is."""

    record: Gold
    start: int
    end: int


def planted(records: Sequence[Gold], family: str, most: int) -> Iterator[Planted]:
    """Up to `most` records with one error of the family each; always the same ones for the same records."""
    draw = random.Random(f"{family} {records[0].lang}")
    for record in draw.sample(records, len(records)):
        changes = list(FAMILIES[family](record))
        if changes and most:
            most -= 1
            yield _with(record, draw.choice(changes))


def _with(record: Gold, change: Change) -> Planted:
    text = record.text[: change.start] + change.wrong + record.text[change.end :]
    longer = len(change.wrong) - (change.end - change.start)

    def moved(place: int) -> int:
        return place if place <= change.start else max(change.start, place + longer)

    sentences = [(moved(start), moved(end)) for start, end in record.sentences]
    return Planted(
        Gold(lang=record.lang, text=text, sentences=sentences),
        change.start,
        change.start + len(change.wrong),
    )


def _matches(pattern: str, record: Gold, wrong: Callable[[re.Match[str]], str]) -> Iterator[Change]:
    for found in re.finditer(pattern, record.text):
        if not any(found.start() < end < found.end() for _, end in record.sentences):
            yield Change(found.start(), found.end(), wrong(found))


def _glued(record: Gold) -> Iterator[Change]:
    yield from _matches(rf"{_SMALL} {_SMALL}", record, lambda found: found.group().replace(" ", ""))


def _doubled(record: Gold) -> Iterator[Change]:
    yield from _matches(_SMALL, record, lambda found: f"{found.group()} {found.group()}")


def _determiners(record: Gold) -> Iterator[Change]:
    """Another article before one."""
    articles = _ARTICLES[record.lang].split()
    for found in re.finditer(rf"(?<![\w'’-])(?:{'|'.join(articles)}) (?={_SMALL})", record.text):
        for other in articles:
            if other != found.group().strip():
                yield Change(found.start(), found.end(), f"{other} {found.group()}")


def _elision(record: Gold) -> Iterator[Change]:
    if record.lang == "fr":
        yield from _matches(rf"(?<!\w)(?:[lL]|[dDnsmj]|[qQ]u)['’](?={_W}{{3}})", record, _in_full)
    elif record.lang == "it":
        yield from _matches(r"(?<!\w)(?:de|ne|a|da|su)(?:ll['’]|llo )(?=[a-z]{3})", record, _without_ll)
    elif record.lang == "en":
        swap = {"a": "an", "an": "a"}
        yield from _matches(r"(?<!\w)an?(?= [a-z]{3})", record, lambda found: swap[found.group()])
    elif record.lang == "es":
        swap = {"del": "de el", "al": "a el"}
        yield from _matches(r"(?<!\w)(?:del|al)(?= [a-z]{3})", record, lambda found: swap[found.group()])


def _in_full(found: re.Match[str]) -> str:
    return f"{found.group()[:-1]}e "


def _without_ll(found: re.Match[str]) -> str:
    return f"{found.group().rstrip(' o').rstrip(chr(39) + '’')[:-1]} "


def _agreement(record: Gold) -> Iterator[Change]:
    if record.lang != "fr":
        return
    swap = {"un": "une", "une": "un", "le": "la", "la": "le", "ce": "cette", "cette": "ce", "du": "de la"}
    articles = "|".join(swap)
    yield from _matches(
        rf"(?<![\w'’-])(?:{articles})(?= {_SMALL})", record, lambda found: swap[found.group()]
    )
    yield from _matches(
        rf"(?<![\w'’-])(?:les|des|ces|ses|plusieurs) {_SMALL[:-13]}s(?![\w'’-])",
        record,
        lambda found: found.group()[:-1],
    )


def _verbs(record: Gold) -> Iterator[Change]:
    if record.lang != "fr":
        return
    yield from _matches(
        rf"(?<![\w'’-])(?:a|ont|avait|avaient|été|est|sont) {_W}+é(?!\w)",
        record,
        lambda found: f"{found.group()[:-1]}er",
    )
    yield from _matches(
        rf"(?<![\w'’-])(?:de|pour|à|sans|peut|doit|peuvent|doivent|va|vont|faut) {_W}+er(?!\w)",
        record,
        lambda found: f"{found.group()[:-2]}é",
    )
    yield from _matches(
        rf"(?<![\w'’-])(?:a|ont|avait|avaient) {_W}+é(?!\w)", record, lambda found: f"{found.group()}s"
    )


def _lower_case(record: Gold) -> Iterator[Change]:
    for start, _ in record.sentences[1:]:
        word = re.compile(rf"{_W}{{2,}}(?!\w)").match(record.text, start)
        if word is not None and word[0].istitle() and record.text[:start].rstrip().endswith("."):
            yield Change(start, start + 1, record.text[start].lower())


def _capital(record: Gold) -> Iterator[Change]:
    yield from _matches(rf"(?<={_W} ){_SMALL}(?= {_W})", record, lambda found: found.group().capitalize())


def _punctuation(record: Gold) -> Iterator[Change]:
    yield from _matches(rf"(?<={_W}{{3}})\.(?= |\Z)", record, lambda found: ".,")
    yield from _matches(rf"(?<={_W}{{3}})\.(?= )", record, lambda found: "..")
    yield from _matches(rf"(?<={_W}{{3}})\. (?={_W}{{3}})", record, lambda found: ".")
    yield from _matches(rf"(?<={_W}{{3}}), (?={_W}{{3}})", record, lambda found: ",")
    yield from _matches(rf"(?<={_W}{{3}}),(?= )", record, lambda found: " ,")
    yield from _matches(rf"(?<={_W}{{3}}),(?= )", record, lambda found: ",,")


def _unbalanced(record: Gold) -> Iterator[Change]:
    """One mark gone: the place is its whole sentence, as the other half may be far away."""
    for found in re.finditer(r"[«»“”„()\[\]\"]", record.text):
        if not record.text[found.start() - 1 : found.start()].isdigit():
            yield Change(found.start(), found.end(), "")


def _numbers(record: Gold) -> Iterator[Change]:
    swap = str.maketrans(".,", ",.")
    yield from _matches(
        r"(?<![\w.,:])\d{1,3}[.,]\d{1,3}(?![\w.,:])", record, lambda found: found.group().translate(swap)
    )


def _names(record: Gold) -> Iterator[Change]:
    """A letter of a name that the record has more than once."""
    for found in re.finditer(rf"(?<=[^\W\d_] )[A-Z]{_W}{{4,}}(?!\w)", record.text):
        name = found.group()
        if len(re.findall(rf"(?<!\w){name}(?!\w)", record.text)) > 1 and name[1:].islower():
            middle = len(name) // 2
            yield Change(found.start(), found.end(), f"{name[:middle]}{name[middle]}{name[middle:]}")


def reach(records: Sequence[Gold], family: str, most: int) -> tuple[int, int]:
    """How many of up to `most` planted errors a hint touches, and how many there are."""
    hinted = total = 0
    for one in planted(records, family, most):
        hints = find_hints(article_of(one.record))
        hinted += any(_touches(hint, one, family) for hint in hints)
        total += 1
    return hinted, total


def _touches(hint: Hint, error: Planted, family: str) -> bool:
    """A mark that is gone and a name's other spelling may be seen elsewhere, by their own detector only."""
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

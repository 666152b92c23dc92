"""`postil agreement`: how far annotators agree with each other, or one of them with themselves."""

from __future__ import annotations

import gc
import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from statistics import median

import msgspec

from tui.agreement.disagreements import versions
from tui.agreement.figures import Agreement, agreement
from tui.agreement.sentences import Compared, compared, cut_otherwise
from tui.cli import UsageError
from tui.commands.context import annotator, check_given, say, scheme_in_force
from tui.commands.export.command import Place, pass_name
from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.model.second_pass import Sampled, sample
from tui.store.checks import misplaced
from tui.store.folder import FolderStore
from tui.store.protocol import Damaged
from tui.text.clean import escape_json

SCHEMA = "postil.agreement/1"

Works = Mapping[str, Mapping[int, Annotation]]
"""What each annotator said about one article, by the start of the sentence."""


class SecondPass(msgspec.Struct, frozen=True, kw_only=True):
    """How far an annotator's second pass has come."""

    annotator: str
    sampled: int
    """Sentences of the sample."""
    left: tuple[Sampled, ...]
    """Those that are to be decided again yet."""
    days_between: float | None
    """The median, from the first pass's last change of a sentence to the second's; None for none decided again."""


def run(options: Namespace) -> int:
    collecting = gc.isenabled()
    # Nothing of what is read here goes before the end, and looking for it takes a sixth of the time.
    gc.disable()
    try:
        return _run(options)
    finally:
        if collecting:
            gc.enable()


def _run(options: Namespace) -> int:
    own = _own_name(options) if options.self or options.redo else None
    check_given(options)
    if own is not None and options.redo:
        from tui.commands.agreement.redo import run as decide_again

        decide_again(options, own)
    place = Place.of(options)
    scheme = scheme_in_force(options)
    read = articles_and_works(place, options, own)
    second = None
    if own is not None:
        read = list(read)
        second = second_pass(read, own)
    sentences: list[Compared] = []
    articles: dict[str, int] = {}
    for article, works in read:
        found = compared(article, works)
        sentences += found
        if found:
            articles[article.id] = len(found)
            _tell_what_is_left_out(article, works)
    seen = {tag for sentence in sentences for said in sentence.by_annotator.values() for tag in said.tags}
    figures = agreement(sentences, scheme.in_order((*(tag.id for tag in scheme.tags), *sorted(seen))))
    if options.json:
        line = json.dumps(_as_object(place, articles, figures, second), ensure_ascii=False)
        print(escape_json(line) if sys.stdout.isatty() else line)
        return 0
    if second is not None:
        print(_told(second))
    if sentences:
        from tui.commands.agreement.table import lines

        for line in lines(figures, scheme, len(articles), second is None or _has_marks_twice(figures)):
            print(line)
    elif second is None:
        say("nothing to compare yet: at least two annotators must have decided the same sentences")
    return 0


def articles_and_works(place: Place, options: Namespace, own: str | None) -> Iterator[tuple[Article, Works]]:
    """The named articles, or all, that somebody worked on, with whoever's work is wanted.

    That is both passes of `own` where it is given. Raises StoreError, also for what is not the article's text.
    """
    named = {place.library.find(name) for name in options.articles}
    for article_id in sorted(named or place.library.ids()):
        passes = _passes(place, article_id, options, own)
        if own is None and len(passes) < 2:
            continue
        works: dict[str, Mapping[int, Annotation]] = {}
        article = place.library.load(article_id) if passes else None
        for name, whose, store in passes:
            if article is None:
                continue
            stored = store.read(article_id, whose, article.text_sha256)
            if stored is None:
                continue
            if stored.meta.scheme != place.scheme:
                say(
                    f"{name} tagged {article_id} by scheme {stored.meta.scheme}, not {place.scheme}: left out"
                )
                continue
            for said in stored.annotations.values():
                wrong = misplaced(said, article.text)
                if wrong is not None:
                    raise Damaged(f"{name} on {article_id}: {wrong}: repair it with postil verify --repair")
            works[name] = stored.annotations
        if article is not None and works:
            yield article, works


def second_pass(read: Iterable[tuple[Article, Works]], own: str) -> SecondPass:
    """What of the articles is sampled, and what of that is decided again."""
    again = pass_name(own, is_second=True)
    firsts: list[tuple[str, Annotation]] = []
    seconds: dict[tuple[str, int, int], Annotation] = {}
    for article, works in read:
        for start, end in zip(article.starts, article.ends, strict=True):
            decided = versions(works, start, end)
            if own in decided:
                firsts.append((article.id, decided[own]))
            if again in decided:
                seconds[article.id, start, end] = decided[again]
    sampled = sample(own, firsts)
    days = [
        _days(said, second)
        for article_id, said in firsts
        if (second := seconds.get((article_id, said.start, said.end))) is not None
    ]
    return SecondPass(
        annotator=own,
        sampled=len(sampled),
        left=tuple(one for one in sampled if (one.article, one.start, one.end) not in seconds),
        days_between=median(days) if days else None,
    )


def _passes(
    place: Place, article_id: str, options: Namespace, own: str | None
) -> list[tuple[str, str, FolderStore]]:
    """What each is called, whose it is and where it is stored."""
    if own is None:
        return [(name, name, place.store) for name in place.annotators(article_id, options)]
    return [
        (pass_name(own, is_second), own, store)
        for is_second, store in ((False, place.store), (True, place.seconds))
        if store.has_work(article_id, own)
    ]


def _own_name(options: Namespace) -> str:
    """Whose self-agreement is wanted. Raises UsageError, ConfigError."""
    given: list[str] = getattr(options, "annotators", [])
    if len(given) > 1:
        raise UsageError("--self is about one annotator: give --annotator once, or not at all for yourself")
    if given:
        options.annotator = given[0]
        options.annotators = []
    return annotator(options)


def _tell_what_is_left_out(article: Article, works: Works) -> None:
    for name, said_by_start in works.items():
        count = cut_otherwise(article, said_by_start)
        if count:
            say(f"{name} cut {count} of the sentences decided in {article.id} otherwise: not compared")


def _has_marks_twice(figures: Agreement) -> bool:
    """A second pass that was made a line a sentence has tags only."""
    return all(all(pair.marks.counts) for pair in figures.pairs)


def _days(first: Annotation, second: Annotation) -> float:
    since = datetime.fromisoformat(second.updated_at) - datetime.fromisoformat(first.updated_at)
    return since.total_seconds() / 86400


def _told(second: SecondPass) -> str:
    done = second.sampled - len(second.left)
    told = f"{second.annotator} decided {done} of {second.sampled} sampled sentences again"
    if second.days_between is not None:
        told += f", {second.days_between:.1f} days later (median)"
    return f"{told}; the others: postil agreement --redo" if second.left else told


def _as_object(
    place: Place, articles: Mapping[str, int], figures: Agreement, second: SecondPass | None
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "scheme": place.scheme,
        "articles": articles,
        **msgspec.to_builtins(figures),
        "second_pass": msgspec.to_builtins(second),
    }

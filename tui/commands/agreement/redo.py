"""`postil agreement --redo`: decide a blind sample of one's own sentences again, a line each."""

from __future__ import annotations

import contextlib
import sys
from argparse import Namespace
from functools import lru_cache

from tui.commands.agreement.command import articles_and_works, second_pass
from tui.commands.context import say, workspace
from tui.commands.export.command import Place
from tui.model.article import Article
from tui.model.scheme import Scheme
from tui.model.second_pass import Sampled
from tui.session.resegmentation import migrate_to_segmentation
from tui.session.session import Session
from tui.store.protocol import NoSuchArticle, NotPermitted
from tui.store.second_pass import SecondPassStore
from tui.text.clean import visible
from tui.workspace import Workspace

NONE = "none"
_CONTEXT = 300
"""Characters of the sentences before and after that are shown."""


def run(options: Namespace, own: str) -> None:
    """Ask for the tags of each sentence that is left, until the input ends. Raises StoreError, NotPermitted."""
    place = workspace(options)
    if place.read_only:
        raise NotPermitted("deciding again changes something, which --read-only forbids: leave it out")
    seconds = place.seconds
    _carry_over(seconds, own)
    left = second_pass(articles_and_works(Place.of(options), options, own), own).left
    if left:
        print(_choices(place.scheme))
    load = lru_cache(maxsize=4)(place.library.load)
    for number, sampled in enumerate(left, start=1):
        article = load(sampled.article)
        _show(article, sampled, f"{number} of {len(left)}")
        tags = _asked(place.scheme)
        if tags is None:
            return
        _decide(place, seconds, article, sampled, tags)


def _carry_over(seconds: SecondPassStore, own: str) -> None:
    """Bring everything that an earlier version stored as the work of `NAME.again` into the second pass."""
    for article_id in seconds.not_carried_over(own):
        try:
            seconds.open(article_id, own).close()
        except (NoSuchArticle, NotPermitted) as error:
            # An article that is gone, or another scheme: what was decided there stays readable.
            say(str(error))


def _choices(scheme: Scheme) -> str:
    tags = "  ".join(
        f"{letter} {tag.name}" for letter, tag in zip(_letters(scheme), scheme.tags, strict=True)
    )
    return visible(f"{tags}  {NONE}: no tag applies  (several: fq; end the input to stop, the rest stays)")


def _letters(scheme: Scheme) -> list[str]:
    return [tag.letter.lower() for tag in scheme.tags]


def _show(article: Article, sampled: Sampled, place: str) -> None:
    """The sentence between its neighbours, and nothing of what anybody said about it."""
    index = article.sentence_at(sampled.start)
    print(f"\n{place}  {visible(article.title)}, sentence {index + 1}")
    if index:
        print(f"    {visible(article.sentence_text(index - 1)[-_CONTEXT:])}")
    print(f"  > {visible(article.sentence_text(index))}")
    if index + 1 < len(article):
        print(f"    {visible(article.sentence_text(index + 1)[:_CONTEXT])}")


def _asked(scheme: Scheme) -> list[str] | None:
    """The tags of one answer; None when the input has ended."""
    while True:
        print("tags: ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            print()
            return None
        tags = _understood(line, scheme)
        if tags is not None:
            return tags
        say(f"{line.strip()[:40]!r} is no answer: give letters such as {_letters(scheme)[0]}, or {NONE}")


def _understood(line: str, scheme: Scheme) -> list[str] | None:
    """Tag ids, or letters of tags; nothing for none. None for anything else."""
    words = line.replace(",", " ").lower().split()
    if words == [NONE]:
        return []
    ids = [tag.id for tag in scheme.tags]
    by_letter = dict(zip(_letters(scheme), ids, strict=True))
    found: list[str] = []
    for word in words:
        if word in ids:
            found.append(word)
        elif all(letter in by_letter for letter in word):
            found += (by_letter[letter] for letter in word)
        else:
            return None
    return found or None


def _decide(
    place: Workspace, seconds: SecondPassStore, article: Article, sampled: Sampled, tags: list[str]
) -> None:
    """By the same durable path as the keys."""
    writer = seconds.open(article.id, place.annotator)
    with contextlib.closing(writer):
        work = seconds.load(article.id, place.annotator, article.text_sha256)
        session = Session(article, place.scheme, work, place.annotator)
        carried = migrate_to_segmentation(session)
        index = session.article.sentence_at(sampled.start)
        if session.article.ends[index] != sampled.end:
            say(f"sentence {index + 1} is cut otherwise in {place.annotator}: left as it is")
            return
        outcomes = [session.clear(index)]
        outcomes += [session.tag(index, tag) for tag in tags] or [session.none(index)]
        for outcome in outcomes:
            if not outcome.accepted:
                say(f"sentence {index + 1} {outcome.message}")
        steps = [outcome.step for outcome in (carried, *outcomes) if outcome.step is not None]
        if steps:
            writer.put(*steps)

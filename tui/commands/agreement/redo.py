"""`postil agreement --redo`: decide a blind sample of your own sentences again, one line for each."""

from __future__ import annotations

import contextlib
from functools import lru_cache

from tui.commands.agreement.works import Selection, articles_and_works, second_pass
from tui.commands.context import Context
from tui.commands.corpus import Corpus
from tui.commands.streams import Streams
from tui.model.article import Article
from tui.model.scheme import Scheme
from tui.model.second_pass import Sampled
from tui.session.resegmentation import migrate_to_segmentation
from tui.session.session import Session
from tui.store.protocol import NoSuchArticle, NotPermitted
from tui.store.second_pass import SecondPassStore

NONE = "none"
_CONTEXT = 300
"""Characters of the neighbouring sentences that are shown."""


def decide_again(context: Context, selection: Selection, own: str) -> None:
    """Ask for the tags of each remaining sentence, until the input ends. Raises StoreError, NotPermitted."""
    workspace = context.workspace
    if workspace.read_only:
        raise NotPermitted("--redo changes annotations, which --read-only forbids: leave one of them out")
    second_passes = workspace.second_passes
    _migrate_earlier(context, second_passes, own)
    left = second_pass(articles_and_works(context, Corpus.of(context), selection), own).left
    if left:
        context.streams.print(_choices(workspace.scheme))
    load = lru_cache(maxsize=4)(workspace.library.load)
    for number, sampled in enumerate(left, start=1):
        article = load(sampled.article)
        _print_sentence(context.streams, article, sampled, f"{number} of {len(left)}")
        tags = _answer(context.streams, workspace.scheme)
        if tags is None:
            return
        _decide(context, second_passes, article, sampled, tags)


def _migrate_earlier(context: Context, second_passes: SecondPassStore, own: str) -> None:
    """Move the second passes that an earlier version stored as the work of `NAME.again`."""
    for article_id in second_passes.not_carried_over(own):
        try:
            second_passes.open(article_id, own).close()
        except (NoSuchArticle, NotPermitted) as error:
            # An article that is gone, or another scheme: the decisions stay readable.
            context.say(str(error))


def _choices(scheme: Scheme) -> str:
    tags = "  ".join(
        f"{letter} {tag.name}" for letter, tag in zip(_letters(scheme), scheme.tags, strict=True)
    )
    return f"{tags}  {NONE}: no tag applies  (several: fq; end the input to stop and go on later)"


def _letters(scheme: Scheme) -> list[str]:
    return [tag.letter.lower() for tag in scheme.tags]


def _print_sentence(streams: Streams, article: Article, sampled: Sampled, progress: str) -> None:
    """The sentence between its neighbours, without any annotation."""
    index = article.sentence_at(sampled.start)
    streams.print()
    streams.print(f"{progress}  {article.title}, sentence {index + 1}")
    if index:
        streams.print(f"    {article.sentence_text(index - 1)[-_CONTEXT:]}")
    streams.print(f"  > {article.sentence_text(index)}")
    if index + 1 < len(article):
        streams.print(f"    {article.sentence_text(index + 1)[:_CONTEXT]}")


def _answer(streams: Streams, scheme: Scheme) -> list[str] | None:
    """The tags of one answer; None at the end of the input."""
    while True:
        print("tags: ", end="", flush=True, file=streams.output)
        line = streams.input.readline()
        if not line:
            streams.print()
            return None
        tags = _tags_in(line, scheme)
        if tags is not None:
            return tags
        streams.say(
            f"{line.strip()[:40]!r} is not an answer: give letters such as {_letters(scheme)[0]}, or {NONE}"
        )


def _tags_in(line: str, scheme: Scheme) -> list[str] | None:
    """The tags that an answer names by id or letter; empty for `none`, None for anything else."""
    words = line.replace(",", " ").lower().split()
    if words == [NONE]:
        return []
    ids = [tag.id for tag in scheme.tags]
    by_letter = dict(zip(_letters(scheme), ids, strict=True))
    tags: list[str] = []
    for word in words:
        if word in ids:
            tags.append(word)
        elif all(letter in by_letter for letter in word):
            tags += (by_letter[letter] for letter in word)
        else:
            return None
    return tags or None


def _decide(
    context: Context, second_passes: SecondPassStore, article: Article, sampled: Sampled, tags: list[str]
) -> None:
    """Store an answer by the same durable path as the keys."""
    annotator = context.annotator
    writer = second_passes.open(article.id, annotator)
    with contextlib.closing(writer):
        work = second_passes.load(article.id, annotator, article.text_sha256)
        session = Session(article, context.scheme, work, annotator)
        carried = migrate_to_segmentation(session)
        index = session.article.sentence_at(sampled.start)
        if session.article.ends[index] != sampled.end:
            context.say(f"sentence {index + 1}: {annotator} cut it differently, it is left as it is")
            return
        outcomes = [session.clear(index)]
        outcomes += [session.tag(index, tag) for tag in tags] or [session.none(index)]
        for outcome in outcomes:
            if not outcome.accepted:
                context.say(f"sentence {index + 1} {outcome.message}")
        steps = [outcome.step for outcome in (carried, *outcomes) if outcome.step is not None]
        if steps:
            writer.put(*steps)

"""`postil agreement`: how far annotators agree with each other, or one annotator with their second pass."""

from __future__ import annotations

import gc
from collections.abc import Mapping

import msgspec

from tui.agreement.figures import Agreement, agreement
from tui.agreement.sentences import Compared, compared, cut_otherwise
from tui.commands.agreement.works import SecondPass, Selection, Works, articles_and_works, second_pass
from tui.commands.context import Context
from tui.commands.corpus import Corpus, checked_names
from tui.commands.usage import UsageError
from tui.model.article import Article
from tui.text.plurals import counted

SCHEMA = "postil.agreement/1"


class Options(msgspec.Struct, frozen=True, kw_only=True):
    articles: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    json: bool = False
    compares_passes: bool = False
    """`--self`."""
    redo: bool = False


def run(context: Context, options: Options) -> int:
    is_collecting = gc.isenabled()
    # All that is read here stays until the end, and looking for garbage takes a sixth of the time.
    gc.disable()
    try:
        return _run(context, options)
    finally:
        if is_collecting:
            gc.enable()


def _run(context: Context, options: Options) -> int:
    own = None
    if options.compares_passes or options.redo:
        context = _own_context(context, options)
        own = context.annotator
    context.check_unused()
    annotators = checked_names(options.annotators) if own is None else ()
    selection = Selection(articles=options.articles, annotators=annotators, own=own)
    if own is not None and options.redo:
        from tui.commands.agreement.redo import decide_again

        decide_again(context, selection, own)
    corpus = Corpus.of(context)
    articles = articles_and_works(context, corpus, selection)
    second = None
    if own is not None:
        articles = list(articles)
        second = second_pass(articles, own)
    sentences: list[Compared] = []
    counts: dict[str, int] = {}
    for article, works in articles:
        shared = compared(article, works)
        sentences += shared
        if shared:
            counts[article.id] = len(shared)
            _say_cut_differently(context, article, works)
    figures = _figures(context, sentences)
    if options.json:
        context.streams.print_json(_as_object(corpus, counts, figures, second))
    else:
        _print(context, figures, len(counts), second)
    return 0


def _figures(context: Context, sentences: list[Compared]) -> Agreement:
    scheme = context.scheme
    given = {
        tag
        for sentence in sentences
        for annotation in sentence.by_annotator.values()
        for tag in annotation.tags
    }
    return agreement(sentences, scheme.in_order((*(tag.id for tag in scheme.tags), *sorted(given))))


def _print(context: Context, figures: Agreement, articles: int, second: SecondPass | None) -> None:
    if second is not None:
        context.streams.print(_progress(second))
    if articles:
        from tui.commands.agreement.table import lines

        for line in lines(figures, context.scheme, articles, second is None or _has_marks_twice(figures)):
            context.streams.print(line)
    elif second is None:
        context.say("nothing to compare yet: at least two annotators must have decided the same sentences")


def _own_context(context: Context, options: Options) -> Context:
    """The context of the annotator whose passes are compared. Raises UsageError."""
    if len(options.annotators) > 1:
        raise UsageError(
            "--self compares one annotator's passes: give --annotator once, or omit it for yourself"
        )
    return context.named(options.annotators[0]) if options.annotators else context


def _say_cut_differently(context: Context, article: Article, works: Works) -> None:
    for name, work in works.items():
        count = cut_otherwise(article, work)
        if count:
            context.say(
                f"{article.id}: {name} cut {count} of the decided sentences differently: not compared"
            )


def _has_marks_twice(figures: Agreement) -> bool:
    """True if both passes have marks: one made with `--redo` has tags only."""
    return all(all(pair.marks.counts) for pair in figures.pairs)


def _progress(second: SecondPass) -> str:
    done = second.sampled - len(second.left)
    line = f"{second.annotator} decided {done} of {counted(second.sampled, 'sampled sentence')} again"
    if second.days_between is not None:
        line += f", {second.days_between:.1f} days later (median)"
    return f"{line}; for the others: postil agreement --redo" if second.left else line


def _as_object(
    corpus: Corpus, articles: Mapping[str, int], figures: Agreement, second: SecondPass | None
) -> dict[str, object]:
    return {
        "schema": SCHEMA,
        "scheme": corpus.scheme,
        "articles": articles,
        **msgspec.to_builtins(figures),
        "second_pass": msgspec.to_builtins(second),
    }

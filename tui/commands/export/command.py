"""`postil export`: annotations as JSONL, streamed in the order of article, start and annotator."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, cast

import msgspec

from tui.commands.arguments import FORMATS
from tui.commands.context import Context
from tui.commands.corpus import Corpus, checked_name, checked_names
from tui.commands.errors import FOUND_A_PROBLEM
from tui.commands.output import out_path, whole_file
from tui.commands.streams import Streams
from tui.commands.usage import UsageError
from tui.formats import jsonl
from tui.formats.records import STATUSES, Record, in_order, records
from tui.input_paths import is_folder
from tui.model.annotation import Annotation, Work
from tui.model.article import Article, EntityIndex
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.identity import EARLIER_SECOND_PASS
from tui.model.repaired import repaired

if TYPE_CHECKING:
    from tui.query.compilation import Condition

_MOST_SHOWN = 5
"""Articles that a message names."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    articles: tuple[str, ...] = ()
    annotators: tuple[str, ...] = ()
    format: str = "jsonl"
    out: str | None = None
    status: str | None = None
    adjudicated: bool = False
    reviewer: str | None = None
    untagged: bool = False
    second_pass: bool = False
    where: str | None = None


def run(context: Context, options: Options) -> int:
    if options.format not in FORMATS:
        raise UsageError(f"there is no format {options.format!r}: use one of {', '.join(FORMATS)}")
    if options.status is not None and options.status not in STATUSES:
        raise UsageError(f"there is no status {options.status!r}: use one of {', '.join(STATUSES)}")
    if options.second_pass and options.adjudicated:
        raise UsageError("--adjudicated exports first passes: leave out --adjudicated or --second-pass")
    if options.adjudicated and (options.format != "jsonl" or options.untagged):
        raise UsageError("--adjudicated needs the format jsonl and no --untagged: leave one of them out")
    if options.where is not None and options.format != "jsonl":
        raise UsageError("--where needs the format jsonl: leave out --where or --format")
    context.check_unused()
    if options.format == "corrected":
        from tui.commands.export.corrected import run as export_corrected

        return export_corrected(context, options)
    corpus = Corpus.of(context, second_pass=options.second_pass)
    unread: list[str] = []
    condition = _condition(context, options)
    if options.adjudicated:
        from tui.commands.export.adjudicated import adjudicated_records, refuse_two_reviewers

        if refuse_two_reviewers(context, corpus, options):
            return FOUND_A_PROBLEM
        selected = adjudicated_records(context, corpus, options, unread)
    else:
        selected = _records(context, corpus, options)
    if condition is not None:
        from tui.query.documents import matching
        from tui.query.reading import Shares

        selected = matching(selected, condition, Shares(corpus.library, corpus.store).of)
    path = out_path(context, options.out)
    if path is None:
        count = jsonl.write(selected, _standard_output(context.streams)).records
    elif is_folder(path):
        raise UsageError(f"{path} is a folder: name a file in it")
    else:
        with whole_file(path) as out:
            count = jsonl.write(selected, out).records
    if not count:
        context.say("no annotations match")
    if not (options.second_pass or options.adjudicated) and _has_second_passes(corpus, options):
        context.say(
            "second passes are left out: --second-pass exports them, postil agreement --self compares them"
        )
    has_strays = not options.articles and _say_missing_articles(context, corpus)
    return FOUND_A_PROBLEM if has_strays or unread else 0


def _condition(context: Context, options: Options) -> Condition | None:
    """What `--where` asks for. Raises ExpressionError."""
    if options.where is None:
        return None
    from tui.query.compilation import compiled

    return compiled(options.where, "records", context.scheme)


def _say_missing_articles(context: Context, corpus: Corpus) -> bool:
    """True if there are annotations of articles that are not in the library. They cannot be exported."""
    missing = sorted(corpus.store.annotated().keys() - set(corpus.library.ids()))
    if not missing:
        return False
    shown = ", ".join(missing[:_MOST_SHOWN])
    more = f" and {len(missing) - _MOST_SHOWN} more" if len(missing) > _MOST_SHOWN else ""
    context.say(
        f"annotations are left out, their articles are not in the library: add these again ({shown}{more})"
    )
    return True


def _has_second_passes(corpus: Corpus, options: Options) -> bool:
    """True if the chosen annotators have second passes on the chosen articles."""
    names = {name.removesuffix(EARLIER_SECOND_PASS) for name in checked_names(options.annotators)}
    articles = set(corpus.article_ids(options.articles))
    return any(
        article in articles and (not names or not names.isdisjoint(annotators))
        for article, annotators in corpus.second_passes.annotated().items()
    )


def _records(context: Context, corpus: Corpus, options: Options) -> Iterator[Record]:
    names = checked_names(options.annotators)
    for article_id in corpus.article_ids(options.articles):
        annotators = corpus.annotators(article_id, names)
        if options.untagged and not annotators:
            annotators = sorted(names) or [context.annotator]
        if not annotators:
            continue
        article = corpus.library.load(article_id)
        entities = EntityIndex(article)
        settled = _settled(corpus, article_id, options)
        streams = [_records_of(corpus, article, entities, name, settled, options) for name in annotators]
        for record in in_order(streams):
            if options.status is None or record.status == options.status:
                yield record


def _settled(corpus: Corpus, article_id: str, options: Options) -> Mapping[int, Annotation]:
    decisions = {} if options.second_pass else corpus.decisions(article_id, chosen_reviewer(options))
    if not decisions:
        return {}
    from tui.review.adjudicated import in_force

    return in_force(decisions)


def chosen_reviewer(options: Options) -> str | None:
    """The reviewer whose decisions count; None for all. Raises UsageError."""
    return None if options.reviewer is None else checked_name(options.reviewer, "--reviewer")


def _records_of(
    corpus: Corpus,
    article: Article,
    entities: EntityIndex,
    name: str,
    settled: Mapping[int, Annotation],
    options: Options,
) -> Iterator[Record]:
    stored = corpus.store.read(article.id, name, article.text_sha256)
    work = stored.work if stored else Work()
    own = repaired(article, work.repairs.values())
    index = entities if own is article else EntityIndex(own)
    annotations = (work.annotations[start] for start in sorted(work.annotations))
    if settled:
        from tui.review.settled import reviewed

        annotations = (
            reviewed(annotation, name, settled.get(annotation.start)) for annotation in annotations
        )
    return records(
        own,
        annotations,
        annotator=name,
        scheme=stored.meta.scheme if stored else corpus.scheme,
        entities=CorrectedEntities(own, Corrections(work.entities), index),
        untagged=options.untagged,
        is_second_pass=options.second_pass,
    )


class _ForTerminal:
    """Escapes what a terminal would act on or cannot show. The JSON stays equal."""

    def __init__(self, out: BinaryIO, encoding: str) -> None:
        self._out = out
        self._encoding = encoding

    def write(self, data: bytes) -> int:
        from tui.terminal.streams import json_bytes
        from tui.text.clean import escape_json

        self._out.write(json_bytes(escape_json(bytes(data).decode("utf-8")), self._encoding))
        return len(data)


def _standard_output(streams: Streams) -> BinaryIO:
    out = streams.binary_output
    return cast(BinaryIO, _ForTerminal(out, streams.output.encoding)) if streams.is_terminal else out

"""`postil export`: annotations as JSONL, streamed in the order of article, start and annotator."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple, cast

from tui.cli import UsageError
from tui.commands.arguments import FORMATS
from tui.commands.context import (
    annotations_folder,
    annotator,
    check_given,
    say,
    scheme_in_force,
    watch_owners,
)
from tui.commands.errors import FOUND_A_PROBLEM
from tui.commands.output import out_path, whole_file
from tui.formats import jsonl
from tui.formats.records import STATUSES, Record, in_order, records
from tui.input_paths import is_folder
from tui.model.annotation import Annotation, Work
from tui.model.article import Article, EntityIndex
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.identity import EARLIER_SECOND_PASS, annotator_name
from tui.model.repaired import repaired
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.second_pass import SecondPassStore

if TYPE_CHECKING:
    from tui.query.compilation import Condition

_MOST_SHOWN = 5
"""Articles that a message names."""


def run(options: Namespace) -> int:
    if options.format not in FORMATS:
        raise UsageError(f"there is no format {options.format!r}: use one of {', '.join(FORMATS)}")
    if options.status is not None and options.status not in STATUSES:
        raise UsageError(f"there is no status {options.status!r}: use one of {', '.join(STATUSES)}")
    if options.second_pass and options.adjudicated:
        raise UsageError("--adjudicated is about first passes: leave it or --second-pass out")
    if options.adjudicated and (options.format != "jsonl" or options.untagged):
        raise UsageError("--adjudicated is for the format jsonl, without --untagged: leave one of them out")
    if options.where is not None and options.format != "jsonl":
        raise UsageError("--where is for the format jsonl: leave it or --format out")
    check_given(options)
    if options.format == "corrected":
        from tui.commands.export.corrected import run as export_corrected

        return export_corrected(options)
    place = Place.of(options)
    unread: list[str] = []
    condition = _condition(options)
    if options.adjudicated:
        from tui.commands.export.adjudicated import adjudicated_records, refuse_two_reviewers

        if refuse_two_reviewers(place, options):
            return FOUND_A_PROBLEM
        found = adjudicated_records(place, options, unread)
    else:
        found = _records(place, options)
    if condition is not None:
        from tui.query.documents import matching
        from tui.query.reading import Shares

        found = matching(found, condition, Shares(place.library, place.store).of)
    path = out_path(options, place.folder)
    if path is None:
        count = jsonl.write(found, _standard_output()).records
    elif is_folder(path):
        raise UsageError(f"{path} is a folder: name a file in it")
    else:
        with whole_file(path) as out:
            count = jsonl.write(found, out).records
    if not count:
        say("nothing is annotated yet that fits: postil opens the library")
    if not (options.second_pass or options.adjudicated) and _has_second_passes(place, options):
        say("second passes are left out: postil agreement --self compares them, --second-pass exports them")
    has_strays = not options.articles and _say_what_has_no_article(place)
    return FOUND_A_PROBLEM if has_strays or unread else 0


def _condition(options: Namespace) -> Condition | None:
    """What `--where` asks. Raises ExpressionError."""
    if options.where is None:
        return None
    from tui.query.compilation import compiled

    return compiled(options.where, "records", scheme_in_force(options))


def _say_what_has_no_article(place: Place) -> bool:
    """A line if there are annotations of articles that are not in the library, which cannot be exported."""
    missing = sorted(place.store.annotated().keys() - set(place.library.ids()))
    if not missing:
        return False
    shown = ", ".join(missing[:_MOST_SHOWN])
    more = f" and {len(missing) - _MOST_SHOWN} more" if len(missing) > _MOST_SHOWN else ""
    say(f"annotations are left out, their articles are not in the library: add these again ({shown}{more})")
    return True


def _has_second_passes(place: Place, options: Namespace) -> bool:
    """True if the wanted annotators have second passes on the wanted articles."""
    names = {_name(name).removesuffix(EARLIER_SECOND_PASS) for name in _wanted(options)}
    articles = set(place.articles(options))
    return any(
        article in articles and (not names or not names.isdisjoint(annotators))
        for article, annotators in place.seconds.annotated().items()
    )


class Place(NamedTuple):
    """What a workspace has of it: one who only reads need be no annotator, and has no keys."""

    folder: Path
    library: Library
    store: FolderStore
    reviews: FolderStore
    seconds: SecondPassStore
    scheme: str
    """The label of the scheme in force."""

    @classmethod
    def of(cls, options: Namespace) -> Place:
        folder = annotations_folder(options)
        label = scheme_in_force(options).label
        store = FolderStore(folder, scheme=label)
        reviews = FolderStore(folder, scheme=label, kind="review")
        seconds = SecondPassStore(folder, scheme=label)
        watch_owners(options, store, reviews, seconds)
        chosen = seconds if getattr(options, "second_pass", False) else store
        return cls(folder, Library(folder), chosen, reviews, seconds, label)

    def articles(self, options: Namespace) -> list[str]:
        """The ids of the named articles, or of all, in order. Raises NoSuchArticle."""
        return sorted({self.library.find(name) for name in options.articles} or self.library.ids())

    def annotators(self, article_id: str, options: Namespace, store: FolderStore | None = None) -> list[str]:
        """Whose readable work on the article is wanted, in `store` if that is not this place's.

        Raises UsageError for what is no name.
        """
        names = {_name(name) for name in _wanted(options)}
        everybody = (store or self.store).annotators(article_id)
        return [name for name in everybody if name in names] if names else everybody


def pass_name(annotator: str, is_second: bool) -> str:
    """What an annotator's pass is called: no annotator can have the name of a second one."""
    return f"{annotator} (second pass)" if is_second else annotator


def decisions_on(place: Place, article_id: str, options: Namespace) -> dict[str, dict[int, Annotation]]:
    """What each reviewer, or the one who is wanted, settled of an article, by the start of the sentence."""
    wanted = _name(options.reviewer, "--reviewer") if options.reviewer is not None else None
    found: dict[str, dict[int, Annotation]] = {}
    reviewers = [name for name in place.reviews.annotators(article_id) if wanted in {None, name}]
    text_sha256 = place.library.text_sha256(article_id) if reviewers else None
    for reviewer in reviewers:
        stored = place.reviews.read(article_id, reviewer, text_sha256)
        if stored is not None and stored.meta.scheme == place.scheme:
            found[reviewer] = stored.annotations
    return found


def _records(place: Place, options: Namespace) -> Iterator[Record]:
    names = {_name(name) for name in _wanted(options)}
    for article_id in place.articles(options):
        annotators = place.annotators(article_id, options)
        if options.untagged and not annotators:
            annotators = sorted(names) or [annotator(options)]
        if not annotators:
            continue
        article = place.library.load(article_id)
        entities = EntityIndex(article)
        settled = _settled(place, article_id, options)
        streams = [_of(place, article, entities, name, settled, options) for name in annotators]
        for record in in_order(streams):
            if options.status is None or record.status == options.status:
                yield record


def _settled(place: Place, article_id: str, options: Namespace) -> Mapping[int, Annotation]:
    decisions = {} if options.second_pass else decisions_on(place, article_id, options)
    if not decisions:
        return {}
    from tui.review.adjudicated import in_force

    return in_force(decisions)


def _of(
    place: Place,
    article: Article,
    entities: EntityIndex,
    name: str,
    settled: Mapping[int, Annotation],
    options: Namespace,
) -> Iterator[Record]:
    stored = place.store.read(article.id, name, article.text_sha256)
    work = stored.work if stored else Work()
    own = repaired(article, work.repairs.values())
    found = entities if own is article else EntityIndex(own)
    annotations = (work.annotations[start] for start in sorted(work.annotations))
    if settled:
        from tui.review.settled import reviewed

        annotations = (reviewed(said, name, settled.get(said.start)) for said in annotations)
    return records(
        own,
        annotations,
        annotator=name,
        scheme=stored.meta.scheme if stored else place.scheme,
        entities=CorrectedEntities(own, Corrections(work.entities), found),
        untagged=options.untagged,
        is_second_pass=options.second_pass,
    )


def _wanted(options: Namespace) -> list[str]:
    """Names given after the command, and one given before it."""
    before = getattr(options, "annotator", None)
    return [*getattr(options, "annotators", []), *([before] if before else [])]


def _name(raw: str, option: str = "--annotator") -> str:
    try:
        return annotator_name(raw)
    except ValueError as error:
        raise UsageError(f"{option}: {error}") from error


class _ForTerminal:
    """Escapes what a terminal would act on or cannot show, in JSON that stays equal."""

    def __init__(self, out: BinaryIO, encoding: str) -> None:
        self._out = out
        self._encoding = encoding

    def write(self, data: bytes) -> int:
        from tui.terminal.streams import json_bytes
        from tui.text.clean import escape_json

        self._out.write(json_bytes(escape_json(bytes(data).decode("utf-8")), self._encoding))
        return len(data)


def _standard_output() -> BinaryIO:
    out = sys.stdout.buffer
    return cast(BinaryIO, _ForTerminal(out, sys.stdout.encoding)) if sys.stdout.isatty() else out

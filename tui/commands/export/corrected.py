"""`postil export --format corrected`: the text of articles with one annotator's corrections."""

from __future__ import annotations

from tui.commands.context import Context
from tui.commands.corpus import Corpus, checked_names
from tui.commands.export.command import Options
from tui.commands.output import out_path, whole_file
from tui.commands.streams import Streams
from tui.commands.usage import UsageError
from tui.input_paths import is_folder
from tui.session.corrected_text import corrected
from tui.store.checks import misplaced
from tui.store.protocol import Damaged


def run(context: Context, options: Options) -> int:
    """One article goes to standard output or a file; several go into a folder, a file each."""
    if options.status is not None or options.untagged:
        raise UsageError("--status and --untagged select records: leave them out with --format corrected")
    corpus = Corpus.of(context, second_pass=options.second_pass)
    chosen = _chosen(context, corpus, options)
    out = out_path(context, options.out)
    into_folder = out is not None and is_folder(out)
    if len(chosen) > 1 and not into_folder:
        raise UsageError(
            f"{len(chosen)} articles have annotations: name one of them, or with --out a folder for all"
        )
    for article_id, annotator in chosen.items():
        text = _corrected(corpus, article_id, annotator)
        if out is None:
            _print(context.streams, text)
            continue
        with whole_file(out / f"{article_id}.txt" if into_folder else out) as file:
            file.write(text.encode("utf-8"))
    if not chosen:
        context.say("no annotations match")
    return 0


def _chosen(context: Context, corpus: Corpus, options: Options) -> dict[str, str]:
    """The annotator of each article to export, before anything is written. Raises UsageError."""
    annotators = checked_names(options.annotators)
    named = {corpus.library.find(name) for name in options.articles}
    chosen: dict[str, str] = {}
    for article_id in sorted(named or corpus.library.ids()):
        names = corpus.annotators(article_id, annotators)
        if len(names) > 1:
            raise UsageError(f"{', '.join(names)} annotated {article_id}: choose one with --annotator NAME")
        if names:
            chosen[article_id] = names[0]
        elif len(named) > 1:
            context.say(f"{article_id} has no matching annotations: it is left out")
    return chosen


def _corrected(corpus: Corpus, article_id: str, name: str) -> str:
    article = corpus.library.load(article_id)
    annotations = corpus.store.load(article_id, name, article.text_sha256).annotations.values()
    for annotation in annotations:
        wrong = misplaced(annotation, article.text)
        if wrong is not None:
            raise Damaged(f"{name} on {article_id}: {wrong}: restore that file or the article from a backup")
    return corrected(article.text, annotations, article.language)


def _print(streams: Streams, text: str) -> None:
    if not streams.is_terminal:
        streams.binary_output.write(text.encode("utf-8"))
        return
    for line in text.split("\n"):
        streams.print(line)

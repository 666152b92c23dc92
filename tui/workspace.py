"""One annotator's workspace: the folder, the library, the stores and the settings in force."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from tui.model.annotation import Step, Work
from tui.model.article import Article
from tui.model.clock import now
from tui.model.identity import is_mistakable
from tui.model.scheme import Scheme
from tui.session.open_hints import Tallies
from tui.session.session import Session
from tui.settings.config import Settings
from tui.settings.keymap import Keymap
from tui.settings.theme import Palette
from tui.store.detectors_off import read_detectors_off
from tui.store.folder import FolderStore
from tui.store.library import Library
from tui.store.network import network_file_system
from tui.store.protocol import Changed, Locked, NotPermitted, NotSaved, StoreError, Writer

if TYPE_CHECKING:
    from tui.review.reviewing import Reviewing
    from tui.store.index import Entry
    from tui.store.second_pass import SecondPassStore


_TRIES = 5
"""How often an article is read again if it changes while it is opened."""


class Opened(msgspec.Struct, kw_only=True):
    """An article open for one annotator."""

    session: Session
    writer: Writer | None
    """None if it is open for reading only."""
    alias_files: list[Path] = []
    """Files of names that the user listed, for an article whose entities are not found yet."""
    reviewing: Reviewing | None = None
    """In a review, whose session is on the reviewer's decisions."""
    notice: str = ""
    """One line for the annotator, such as why the article is read-only; often empty."""


class Progress(msgspec.Struct, kw_only=True):
    """An article, and one annotator's progress on it."""

    entry: Entry
    decided: int
    annotators: list[str]
    touched: str
    """The time of this annotator's last change; empty if there is none."""


class Workspace:
    """Opens, prepares and saves articles, for commands and screens."""

    def __init__(
        self,
        folder: Path,
        *,
        annotator: str,
        scheme: Scheme,
        keymap: Keymap,
        palette: Palette,
        settings: Settings | None = None,
        read_only: bool = False,
        restricted: bool = False,
        log: Path | None = None,
    ) -> None:
        self.folder = folder
        self.annotator = annotator
        self.scheme = scheme
        self.keymap = keymap
        self.palette = palette
        self.settings = settings or Settings()
        self.read_only = read_only
        self.restricted = restricted
        self.log = log
        self.unreadable: tuple[str, ...] = ()
        """One line for each file that the last `progress()` could not read."""
        self.library = Library(folder)
        self.store = FolderStore(folder, scheme=scheme.label)
        self.reviews = FolderStore(folder, scheme=scheme.label, kind="review")
        """The reviewers' decisions. Each reviewer has files of their own."""

    @property
    def problems(self) -> list[str]:
        """One line for each file that could not be read, and for each annotator who was refused."""
        return list(dict.fromkeys((*self.unreadable, *self.store.owners.refused)))

    @property
    def second_passes(self) -> SecondPassStore:
        """The annotators' second passes over their own sentences."""
        from tui.store.second_pass import SecondPassStore

        return SecondPassStore(self.folder, scheme=self.scheme.label)

    def open(self, article: Article, source: Path | None = None) -> Opened:
        """Open an article to work on it, or to read it if it cannot be locked or written.

        `source` is the file it was just read from: a list of aliases may be next to it. Raises
        StoreError if the annotations cannot be read.
        """
        opened = self._open(self.store, article, source)
        asked = opened.session.asked
        asked.mode = self.settings.hints
        try:
            asked.detectors_off = read_detectors_off(self.folder, self.annotator)
        except StoreError as error:
            opened.notice = opened.notice or str(error)
        return opened

    def open_review(self, article: Article, *, blind: bool = False) -> Opened:
        """Open everybody's annotations of an article to review them. Raises as `open`."""
        from tui.review.reading import read_all
        from tui.review.reviewing import Reviewing

        opened = self._open(self.reviews, article, None)
        opened.session.kind = "review"
        opened.session.asked.mode = "off"
        read = read_all(self.store, article, self.scheme.label)
        opened.reviewing = Reviewing(opened.session, read.by_annotator, blind=blind)
        opened.notice = opened.notice or next(iter(read.skipped), "")
        return opened

    def _open(self, store: FolderStore, article: Article, source: Path | None) -> Opened:
        writer: Writer | None = None
        notices: list[str] = []
        if self.read_only:
            notices.append("opened for reading only")
        else:
            try:
                article, writer = self._writer(store, article)
            except (Locked, NotPermitted, NotSaved) as error:
                notices.append(f"reading only: {error}")
            else:
                notices += [*writer.notices, *self._network_notice()]
        work = store.load(article.id, self.annotator, article.text_sha256)
        earlier = self._steps_before(store, article, writer) if writer is not None else ()
        session = Session(article, self.scheme, work, self.annotator, earlier=earlier)
        if writer is not None:
            notices += _migrate(session, writer)
        if session.orphans:
            from tui.text.plurals import counted

            count = len(session.orphans)
            belong = counted(count, "annotation belongs to a sentence", "annotations belong to sentences")
            has, kept = ("has", "it is") if count == 1 else ("have", "they are")
            notices.append(f"{belong} that {has} changed: {kept} kept")
        notice = notices[0] if notices else ""
        return Opened(
            session=session, writer=writer, notice=notice, alias_files=self._alias_files(article, source)
        )

    def _writer(self, store: FolderStore, article: Article) -> tuple[Article, Writer]:
        """The writer, and the article as it is stored now: it may have changed since it was read."""
        for _ in range(_TRIES):
            try:
                return article, store.open(article.id, self.annotator, article)
            except Changed:
                article = self.library.load(article.id)
        raise Locked(f"{article.id} keeps changing: open it again later")

    def _network_notice(self) -> list[str]:
        kind = network_file_system(self.folder)
        if kind is None:
            return []
        return [f"{self.folder} is on a network file system ({kind}): saved work may be less safe there"]

    def _steps_before(self, store: FolderStore, article: Article, writer: Writer) -> Iterator[Step]:
        """The earlier steps that this session can undo, newest first; read when they are needed."""
        events = store.history(article.id, self.annotator, newest_first=True, upto=writer.revision)
        return (event.step for event in events)

    def _alias_files(self, article: Article, source: Path | None) -> list[Path]:
        if article.has_entities:
            return []
        from tui.prepare.pipeline import alias_files_for

        return alias_files_for(source, self.folder)

    def hint_tallies(self, *, besides: str) -> Tallies:
        """This annotator's decisions on hints in all articles but one. Unreadable articles do not count."""
        tallies = Tallies()
        for article in self.store.articles_of(self.annotator):
            if article != besides:
                for annotation in self._work_or_nothing(article).annotations.values():
                    tallies.add(annotation.hint_decisions)
        return tallies

    def ingest(self, article: Article) -> Article:
        """The article as it is in the library now. It is added unless that is not permitted."""
        from tui.store.changes import add

        if self.read_only:
            return article
        try:
            return add(self.library, article, who=self.annotator).article
        except NotPermitted:
            return article

    def keep(self, article: Article) -> None:
        """Store the names and hints that were found in an article, unless that is not permitted."""
        from tui.store.changes import add_findings

        try:
            add_findings(self.library, article.id, article, who=self.annotator)
        except NotPermitted:
            return

    def rescue(self, session: Session, folder: Path) -> Path:
        """Store the article and all annotations of `session`, saved or not, in another annotations folder.

        Annotations that are stored there already are replaced. Returns the folder as an absolute path.
        Raises StoreError if the copy is not durable.
        """
        try:
            target = folder.expanduser().absolute()
            if target.resolve() == self.folder.resolve():
                raise NotSaved(f"your work could not be saved in {folder}: name another folder")
            if target.exists() and not target.is_dir():
                raise NotSaved(f"{folder} is not a folder: name another")
        except (OSError, ValueError, RuntimeError) as error:
            raise NotSaved(f"{folder} cannot be used ({error}): name another folder") from error
        from tui.store.changes import add

        article = add(Library(target), session.published, who=self.annotator).article
        store = FolderStore(target, scheme=self.scheme.label, kind=session.kind)
        writer = store.open(article.id, self.annotator)
        try:
            stored = store.load(article.id, self.annotator, article.text_sha256)
            label = f"rescued from {self.folder.absolute()}"
            step = stored.step_to(session.work, action="rescue", label=label, at=now())
            if not step.changes_nothing:
                writer.put(step)
        finally:
            writer.close()
        return target

    def progress(self, may_fit: Callable[[Entry, Sequence[str]], bool] | None = None) -> list[Progress]:
        """All articles with this annotator's progress, last changed first.

        `may_fit` leaves articles out by their entry and annotators, before any work on them is read. Sets
        `unreadable`.
        """
        articles: list[Progress] = []
        problems: list[str] = []
        annotated = self.store.annotated()
        # A person whose name looks like a second pass still sees their own work.
        own = set(self.store.articles_of(self.annotator)) if is_mistakable(self.annotator) else set[str]()
        for entry in self.library.entries():
            everybody = annotated.get(entry.id, [])
            if may_fit is not None and not may_fit(entry, everybody):
                continue
            work = Work()
            if self.annotator in everybody or entry.id in own:
                try:
                    work = self.store.load(entry.id, self.annotator, entry.text_sha256)
                except StoreError as error:
                    problems.append(str(error))
            touched = max((annotation.updated_at for annotation in work.annotations.values()), default="")
            articles.append(
                Progress(
                    entry=msgspec.structs.replace(entry, sentences=_sentences(entry, work)),
                    decided=sum(annotation.decided for annotation in work.annotations.values()),
                    annotators=everybody,
                    touched=touched,
                )
            )
        self.unreadable = (*self.library.problems, *problems)
        return sorted(
            articles, key=lambda progress: progress.touched or progress.entry.added_at, reverse=True
        )

    def next_unfinished(self, article_id: str) -> Article | None:
        """The first article of the library, other than this one, that has an undecided sentence."""
        for progress in self.progress():
            if progress.entry.id != article_id and progress.decided < progress.entry.sentences:
                return self.library.load(progress.entry.id)
        return None

    def _work_or_nothing(self, article_id: str) -> Work:
        """The work, or none if it cannot be read: opening the article shows the error."""
        try:
            return self.store.load(article_id, self.annotator)
        except StoreError:
            return Work()


def _migrate(session: Session, writer: Writer) -> Iterator[str]:
    """Move annotations of an earlier segmentation to this one; yields messages for the annotator."""
    if not (session.orphans or session.repairs):
        return
    from tui.session.resegmentation import migrate_to_segmentation

    outcome = migrate_to_segmentation(session)
    if outcome.step is None:
        return
    if outcome.message:
        yield outcome.message
    try:
        writer.put(outcome.step)
    except StoreError as error:
        # The step stays pending, and is written with the next one.
        yield str(error)


def _sentences(entry: Entry, work: Work) -> int:
    """The number of sentences as this annotator split or merged them."""
    return entry.sentences + sum(1 if repair.kind == "split" else -1 for repair in work.repairs.values())

"""Looking at every stored file: is it as it was written, does it fit the others, whose is it."""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.model.repaired import repaired
from tui.store import history
from tui.store.accounts import FILE_NAME
from tui.store.checks import misplaced_in_work
from tui.store.database import REMEDY, Database, decode
from tui.store.disk import DISK
from tui.store.errors import cannot_read
from tui.store.library import Library
from tui.store.log import read_log
from tui.store.names import is_safe
from tui.store.owners import Owners
from tui.store.paths import ArticleFiles, article_files, split_stem
from tui.store.protocol import NoSuchArticle, StoreError
from tui.store.stored import apply, check_owner, read_history_tail, read_if_there, read_stored

_SUFFIX = re.compile(r"\.(?:json(?:\.prev)?|journal|history)$")
_KEPT = re.compile(r"\.(?:damaged-\d+|carried-\d+|json\.schema-\d+)$")


class Checked(NamedTuple):
    """An article's file, or one annotator's files on it, and what is wrong there."""

    path: Path
    problems: list[str]
    """One line each."""
    notes: list[str]
    """What is worth knowing and no fault."""
    work: ArticleFiles | None = None
    """Where mending may help."""


def verify(folder: Path) -> Iterator[Checked]:
    """Everything under an annotations folder, as it is looked at. Reads only, and needs no lock.

    Raises NotPermitted, Damaged when a folder itself cannot be read.
    """
    library = Library(folder)
    owns: dict[str, list[ArticleFiles]] = {article_id: [] for article_id in library.ids()}
    owners = Owners(folder, DISK)
    for problem in owners.problems_with_accounts():
        yield Checked(folder / FILE_NAME, [problem], [])
    others = owners.others()
    for own in _folders(folder / "people", everything=owners.accounts is not None):
        problem = owners.folder_problem(own, DISK.state(own))
        if problem is not None:
            yield Checked(own, [problem], [])
            continue
        if not is_safe(own.name) or own.is_symlink():
            yield Checked(own, [f"{own} is no annotator's folder: move it elsewhere"], [])
            continue
        for files in _works_in(own):
            problem = owners.files_problem(files)
            if problem is not None:
                yield Checked(files.checkpoint, [problem], [])
            else:
                owns.setdefault(files.article, []).append(files)
        kept = [f"{path} is kept from a repair or an older Postil" for path in _kept_in(own)]
        if own.name in others:
            kept.append(f"{own} holds files of {others[own.name]}")
        if kept:
            yield Checked(own, [], kept)
    if owners.warnings:
        yield Checked(folder / FILE_NAME, [], owners.warnings)
    for article_id, works in owns.items():
        path = library.articles / f"{article_id}.json"
        article, problem = None, None
        try:
            article = library.load(article_id)
        except NoSuchArticle:
            problem = "is about an article that is not in the library: add it again"
        except StoreError as error:
            yield Checked(path, [str(error)], [])
        else:
            yield Checked(path, list(_article_problems(article, path)), [])
        for files in works:
            checked = _work(files, article)
            if problem is not None:
                checked.problems.append(f"{files.checkpoint} {problem}")
            yield checked


def _folders(people: Path, *, everything: bool) -> list[Path]:
    """With `everything` also what is not a folder: where accounts are registered it is not only passed over."""
    try:
        return sorted(path for path in people.iterdir() if everything or path.is_dir())
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise cannot_read(people, error) from error


def _names_in(own: Path) -> list[str]:
    try:
        return sorted(path.name for path in own.iterdir())
    except OSError as error:
        raise cannot_read(own, error) from error


def _works_in(own: Path) -> list[ArticleFiles]:
    found = {_SUFFIX.sub("", name) for name in _names_in(own) if _SUFFIX.search(name)}
    stems = (split_stem(name) for name in sorted(found))
    return [article_files(own.parent, article, own.name, kind) for article, kind in stems if is_safe(article)]


def _kept_in(own: Path) -> list[Path]:
    return [own / name for name in _names_in(own) if _KEPT.search(name)]


def _article_problems(article: Article, path: Path) -> Iterator[str]:
    if text_sha256(article.text) != article.text_sha256:
        yield f"{path} holds another text than the one that was added: add the article again"
    last = 0
    for start, end in zip(article.starts, article.ends, strict=True):
        if not last <= start < end:
            yield f"{path} has sentences that are not in order: add the article again"
            return
        last = end


def _work(files: ArticleFiles, article: Article | None) -> Checked:
    problems = list(_owner_problems(files))
    notes: list[str] = []
    try:
        stored = read_stored(files, DISK)
        read_history_tail(files, stored, DISK)
        problems += _end_problems(files)
        if stored.database is not None:
            problems += _replay_problems(files, stored.database)
            if article is not None:
                problems += _text_problems(files, stored.database, article)
                notes += _stray_notes(files, stored.database, article)
    except StoreError as error:
        problems.append(str(error))
    try:
        _check_previous(files)
    except StoreError as error:
        problems.append(str(error))
    return Checked(files.checkpoint, problems, notes, files)


def _owner_problems(files: ArticleFiles) -> Iterator[str]:
    owner = files.folder.stat().st_uid
    for path in files.data():
        try:
            state = DISK.state(path)
        except OSError:
            continue
        if not stat.S_ISREG(state.mode):
            yield f"{path} is no file but a link or a folder: put the file itself there"
        elif state.owner != owner:
            yield f"{path} belongs to another user than its folder: move it to where it belongs"


def _end_problems(files: ArticleFiles) -> Iterator[str]:
    """A wrong byte at the very end loses nothing, and is not as it was written."""
    for path in (files.journal, files.history):
        data = read_if_there(path, DISK) or b""
        if read_log(data, path).has_damaged_end(len(data)):
            yield f"{path} is damaged in its last line, though nothing is lost: {REMEDY}"


def _replay_problems(files: ArticleFiles, database: Database) -> Iterator[str]:
    """Whether the steps lead to what is stored."""
    replayed = Database(meta=database.meta)
    count = last = 0
    for event in history.forwards(files, None, DISK):
        count, last = count + 1, event.seq
        apply(replayed, event.step)
    # Where a repair left gaps, or an older Postil kept no steps, there is nothing to compare.
    known = (database.annotations, database.entities, database.sentences)
    if count and count == last and (replayed.annotations, replayed.entities, replayed.sentences) != known:
        yield f"{files.history} does not lead to what {files.checkpoint.name} holds: restore a backup of both"


def _text_problems(files: ArticleFiles, database: Database, article: Article) -> Iterator[str]:
    if database.meta.text_sha256 != article.text_sha256:
        yield f"{files.checkpoint} is about another text of this article: move it aside to begin anew"
        return
    for wrong in misplaced_in_work(database.work, article.text):
        yield f"{files.checkpoint}: {wrong}: {REMEDY}"


def _stray_notes(files: ArticleFiles, database: Database, article: Article) -> Iterator[str]:
    own = repaired(article, database.sentences.values())
    bounds = set(zip(own.starts, own.ends, strict=True))
    stray = sum((said.start, said.end) not in bounds for said in database.annotations.values())
    if stray:
        yield f"{files.checkpoint} has {stray} annotations of sentences that have changed: they are kept"


def _check_previous(files: ArticleFiles) -> None:
    data = read_if_there(files.previous, DISK)
    if data is not None:
        check_owner(decode(data, files.previous).meta, files, files.previous)

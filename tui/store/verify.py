"""Looking at every stored file: is it as it was written, does it fit the others, whose is it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui.model.article import Article
from tui.model.identity import text_sha256
from tui.store.article_structure import misfit
from tui.store.disk import DISK, Disk
from tui.store.errors import cannot_read
from tui.store.inspection import Current, inspect
from tui.store.library import Library
from tui.store.owners import Owners
from tui.store.protocol import NoSuchArticle, StoreError
from tui.store.safe_names import is_safe
from tui.store.work_files import ACCOUNTS_FILE, ArticleFiles, article_files, split_stem

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


def verify(folder: Path, disk: Disk = DISK) -> Iterator[Checked]:
    """Everything under an annotations folder, as it is looked at. Reads only, and needs no lock.

    Others may work meanwhile: each annotator's files on an article are read as they were at one moment.
    Raises NotPermitted, Damaged when a folder itself cannot be read.
    """
    library = Library(folder)
    owns: dict[str, list[ArticleFiles]] = {article_id: [] for article_id in library.ids()}
    owners = Owners(folder, disk)
    for problem in owners.problems_with_accounts():
        yield Checked(folder / ACCOUNTS_FILE, [problem], [])
    people = folder / "people"
    if people.is_symlink():
        yield Checked(people, [f"{people} is no folder but a link: put a real folder there"], [])
        return
    others = owners.others()
    for own in _folders(people, everything=owners.accounts is not None):
        try:
            problem = owners.folder_problem(own, disk.state(own))
        except FileNotFoundError:
            continue
        except OSError as error:
            problem = str(cannot_read(own, error))
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
        notes = [f"{path} is kept from a repair or an older Postil" for path in _kept_in(own)]
        notes += [f"{path} has a name that no article has: it is not read" for path in _unread_in(own)]
        if own.name in others:
            notes.append(f"{own} contains files of {others[own.name]}")
        if notes:
            yield Checked(own, [], notes)
    if owners.warnings:
        yield Checked(folder / ACCOUNTS_FILE, [], owners.warnings)
    for article_id, works in owns.items():
        article = Current(library, article_id)
        try:
            yield Checked(article.path, list(_article_problems(article.read(), article.path)), [])
        except NoSuchArticle:
            pass
        except StoreError as error:
            yield Checked(article.path, [str(error)], [])
        for files in works:
            yield Checked(files.checkpoint, *inspect(files, article, disk), files)


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
    except FileNotFoundError:
        return []
    except OSError as error:
        raise cannot_read(own, error) from error


def _works_in(own: Path) -> list[ArticleFiles]:
    file_stems = {_SUFFIX.sub("", name) for name in _names_in(own) if _SUFFIX.search(name)}
    stems = (split_stem(name) for name in sorted(file_stems))
    return [article_files(own.parent, article, own.name, kind) for article, kind in stems if is_safe(article)]


def _unread_in(own: Path) -> list[Path]:
    names = (name for name in _names_in(own) if _SUFFIX.search(name))
    return [own / name for name in names if not is_safe(split_stem(_SUFFIX.sub("", name))[0])]


def _kept_in(own: Path) -> list[Path]:
    return [own / name for name in _names_in(own) if _KEPT.search(name)]


def _article_problems(article: Article, path: Path) -> Iterator[str]:
    if text_sha256(article.text) != article.text_sha256:
        yield f"{path} contains another text than the one that was added: add the article again"
    wrong = misfit(article)
    if wrong is not None:
        yield f"{path}: {wrong}: add the article again"

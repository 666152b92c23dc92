"""`articles/` is changed by hand while an article is open, and between two commands."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tests.terminal import Terminal
from tests.torture.report import Report
from tests.torture.scene import CHECKOUT, Findings, furnish, recovered
from tui.model.article import Article

ANNOTATOR = "ana"
BEFORE, AFTER = "fo", "qs"
"""Keys, each of which decides a sentence."""
LEAVE = "\x11"

_WITHOUT_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")
"""Root reads what nobody may; without these capabilities it does not."""

COMMANDS = (
    ("list",),
    ("show", "ARTICLE"),
    ("tag", "ARTICLE", "9", "fact"),
    ("export",),
    ("agreement",),
    ("report", "ARTICLE"),
    ("history", "ARTICLE"),
    ("publish", "ARTICLE"),
    ("verify",),
)
QUICK_COMMANDS = (("tag", "ARTICLE", "9", "fact"), ("export",), ("verify",))


class Edit(NamedTuple):
    """What is done to the article's file."""

    name: str
    do: Callable[[Path], None]
    is_harmless: bool = False
    """True if it still holds the article."""
    needs_rights: bool = False
    """True if it is noticed by those only who are not root."""


def run(quick: bool) -> Report:
    """No traceback, every tag that was called saved is on disk, each message is a line, `verify` tells what is wrong."""
    found = Findings()
    for edit in QUICK_EDITS if quick else EDITS:
        if edit.needs_rights and shutil.which(_WITHOUT_RIGHTS[0]) is None:
            found.counts[f"{edit.name}: skipped, setpriv is not installed"] += 1
            continue
        with tempfile.TemporaryDirectory() as name:
            _edit(Path(name).resolve() / "annotations", edit, QUICK_COMMANDS if quick else COMMANDS, found)
    return found.report("articles edited by hand")


def _edit(folder: Path, edit: Edit, commands: tuple[tuple[str, ...], ...], found: Findings) -> None:
    article = furnish(folder)
    path = folder / "articles" / f"{article.id}.json"
    kept = folder.parent / "kept.json"
    shutil.copy2(path, kept)
    saved = _with_a_reader(folder, article, path, edit, found)
    _check(folder, article, saved, found, f"{edit.name}, while it was open")
    for words in commands:
        _command(folder, article, edit, words, found)
    _check(folder, article, saved, found, f"{edit.name}, after the commands")
    _put_back(path, kept)
    code, said = _postil(folder, edit, ["verify"])
    if code:
        found.fault("unreadable", f"{edit.name}, put back", f"verify ends with {code}: {said}")
    code, said = _postil(folder, edit, ["export", article.id])
    if code or said.count('"schema"') < saved:
        found.fault("missing", f"{edit.name}, put back", f"export ends with {code}: {said[-300:]}")
    found.counts["runs"] += 1


def _with_a_reader(folder: Path, article: Article, path: Path, edit: Edit, found: Findings) -> int:
    """How many tags were called saved, of which some came after the edit."""
    where = f"{edit.name}, on the screen"
    prefix = _WITHOUT_RIGHTS if edit.needs_rights else ()
    command = [*prefix, sys.executable, "-m", "tui", "open", article.id, "--annotations", str(folder)]
    reader = Terminal([*command, "--annotator", ANNOTATOR], folder=CHECKOUT)
    saved = 0
    printed = io.StringIO()
    with contextlib.closing(reader), contextlib.redirect_stdout(printed):
        try:
            reader.wait_for(f"0/{len(article)} decided")
            reader.send(BEFORE)
            reader.wait_for(_says_saved(2, article))
            saved = 2
            edit.do(path)
            reader.send(AFTER)
            reader.wait_for(_says_saved(4, article))
            saved = 4
            reader.send(LEAVE)
            code = reader.wait_for_end()
        except AssertionError as error:
            found.fault("unwritable", where, str(error)[:1500])
            return saved
    found.counts["acknowledged"] += saved
    shown = bytes(reader.raw).rpartition(b"\x1b[?1049l")[2].decode(errors="replace")
    if code or _is_unexpected(shown):
        found.fault("unreadable", where, f"the reader ends with {code}: {shown[-600:]}")
    return saved


def _says_saved(decided: int, article: Article) -> Callable[[str], bool]:
    return lambda screen: f"{decided}/{len(article)} decided" in screen and "saved ✓" in screen


def _command(folder: Path, article: Article, edit: Edit, words: tuple[str, ...], found: Findings) -> None:
    command = [article.id if word == "ARTICLE" else word for word in words]
    where = f"{edit.name}, postil {words[0]}"
    code, said = _postil(folder, edit, command)
    found.counts["commands"] += 1
    found.counts[f"commands that ended with {code}"] += 1
    if (
        _is_unexpected(said)
        or code not in range(5)
        or (words == ("verify",) and bool(code) == edit.is_harmless)
    ):
        found.fault("unreadable", where, f"ends with {code}: {said[-600:]}")


def _postil(folder: Path, edit: Edit, words: list[str]) -> tuple[int, str]:
    """The exit code, and all that it printed."""
    prefix = _WITHOUT_RIGHTS if edit.needs_rights else ()
    command = [*prefix, sys.executable, "-m", "tui", *words, "--annotations", str(folder)]
    if words[0] in {"tag", "publish"}:
        command += ["--annotator", ANNOTATOR]
    try:
        done = subprocess.run(
            command,
            cwd=CHECKOUT,
            capture_output=True,
            text=True,
            check=False,
            timeout=30,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return -9, "it never ends"
    return done.returncode, done.stdout + done.stderr


def _is_unexpected(said: str) -> bool:
    return "Traceback" in said or "postil: unexpected " in said


def _check(folder: Path, article: Article, saved: int, found: Findings, where: str) -> None:
    events = recovered(folder, article.id, ANNOTATOR, found, where)
    if events is None:
        return
    tags = sum(event.step.action.startswith("tag.") for event in events)
    if tags < saved:
        found.fault("missing", where, f"{saved} tags were called saved, {tags} are there")


# -- what is done by hand ----------------------------------------------------


def _replaced(path: Path, data: bytes) -> None:
    """As an editor saves."""
    other = path.with_name(f"{path.name}.new")
    other.write_bytes(data)
    other.replace(path)


def _sed(path: Path) -> None:
    subprocess.run(["sed", "-i", "s/Musk/Tusk/g", str(path)], check=True)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        path.rmdir()
    else:
        path.unlink(missing_ok=True)


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _pipe_instead(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _link_instead(path: Path) -> None:
    kept = path.parent.parent / "elsewhere"
    path.rename(kept)
    path.symlink_to(kept)


def _all_away(path: Path) -> None:
    path.parent.rename(path.parent.with_name("articles away"))


def _other_article(path: Path) -> None:
    """One whose text is as long, with the file's seal left out, as by hand."""
    data = path.read_bytes().replace(b"Musk", b"Tusk")
    head, _, _ = data.rpartition(b',"crc32":')
    _replaced(path, head + b"}")


def _put_back(path: Path, kept: Path) -> None:
    away = path.parent.with_name("articles away")
    if away.exists():
        shutil.rmtree(path.parent, ignore_errors=True)
        away.rename(path.parent)
    _remove(path)
    shutil.copy2(kept, path)


EDITS = (
    Edit("sed -i", _sed),
    Edit("saved by an editor, unchanged", lambda path: _replaced(path, path.read_bytes()), is_harmless=True),
    Edit("another text without a checksum", _other_article),
    Edit("emptied", lambda path: os.truncate(path, 0)),
    Edit("cut in half", lambda path: os.truncate(path, path.stat().st_size // 2)),
    Edit("removed", _remove),
    Edit("mode 000", lambda path: path.chmod(0), needs_rights=True),
    Edit("a folder in its place", _folder_instead),
    Edit("a pipe in its place", _pipe_instead),
    Edit("a link in its place", _link_instead),
    Edit("all articles away", _all_away),
)
QUICK_EDITS = (EDITS[0], EDITS[5], EDITS[7])

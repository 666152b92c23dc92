"""An annotator's own folder: made where it is missing, held, and checked before anything is written to it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from tui.store.disk import Disk
from tui.store.errors import cannot_read, cannot_write
from tui.store.files import OWN_FOLDER_MODE, mode_within
from tui.store.held import HeldFolder
from tui.store.owners import Owners, has_name_elsewhere
from tui.store.protocol import NotPermitted
from tui.store.work_files import ArticleFiles


def hold_to_write(disk: Disk, base: Path, files: ArticleFiles, owners: Owners) -> HeldFolder:
    """The folder of the files, in the annotations folder `root`.

    Raises NotPermitted where it or a file in it is not this user's alone, NotSaved where it cannot be made.
    """
    try:
        base.mkdir(parents=True, exist_ok=True)
        held = HeldFolder(disk, base)
    except OSError as error:
        raise cannot_write(files.folder, error) from error
    try:
        held.enter(files.folder.parent, mode_within(base))
        owners.check_new(files.folder, held)
        held.enter(files.folder, OWN_FOLDER_MODE)
        owners.check(files.folder, held.folder)
        _check_ours(files, held)
    except OSError as error:
        held.release()
        raise cannot_write(files.folder, error) from error
    except BaseException:
        held.release()
        raise
    return held


def _check_ours(files: ArticleFiles, disk: HeldFolder) -> None:
    """Another user's files are not written, nor is a file that has a name elsewhere."""
    if not hasattr(os, "geteuid"):
        return
    if disk.folder.owner != os.geteuid():
        raise NotPermitted(f"{files.folder} belongs to another user: annotate under your own name")
    for path in (files.checkpoint, files.journal, files.history, files.lock):
        try:
            state = disk.state(path)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise cannot_read(path, error) from error
        if state.owner != os.geteuid():
            raise NotPermitted(f"{path} belongs to another user: annotate under your own name")
        # The checkpoint is only ever replaced: what else it is known by is not touched.
        linked = path != files.checkpoint and has_name_elsewhere(path, state, disk)
        if not stat.S_ISREG(state.mode) or linked:
            raise NotPermitted(f"{path} is no file of its own, another name leads to it: move it aside")

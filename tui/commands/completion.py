"""`postil completion`: what a shell needs to complete commands, options and article ids."""

from __future__ import annotations

import os
from argparse import Namespace


def run(options: Namespace) -> int:
    from argcomplete.shell_integration import shellcode

    print(shellcode(["postil"], shell=options.shell))
    return 0


def article_ids(prefix: str, options: Namespace) -> list[str]:
    """The ids of the library's articles that begin with `prefix`."""
    from tui.config import annotations_folder
    from tui.store.library import Library
    from tui.store.protocol import StoreError

    folder = annotations_folder(getattr(options, "annotations", None), os.environ)
    try:
        return [article_id for article_id in Library(folder).ids() if article_id.startswith(prefix)]
    except StoreError:
        return []

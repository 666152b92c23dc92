"""What the library needs of the app beyond what every screen does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.app_base import AppBase

if TYPE_CHECKING:
    from tui.library.import_job import Adding


class LibraryApp(AppBase):
    """An app that adds articles while other screens are shown."""

    adding: Adding | None
    """What is being added to the library, or was, until its outcome has been seen."""

    def add_to_library(self, name: str) -> None:
        """Add a file, a folder's texts or what fits a pattern, after what is being added already."""
        raise NotImplementedError

    def stop_adding(self) -> None:
        """Stop what is being added. What is stored by then stays."""
        raise NotImplementedError

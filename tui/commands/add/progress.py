"""The line that shows how much of the files is added."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tui.commands.add.sources import Source
from tui.commands.progress_line import show_progress
from tui.commands.streams import Streams
from tui.prepare.pace import Pace
from tui.prepare.steps import Steps


class AddProgress:
    """Shown on standard error, if that is a terminal."""

    def __init__(self, streams: Streams, files: Sequence[Path], number: int) -> None:
        """`number` is that of all sources, standard input too."""
        self._pace = Pace()
        self._sizes = {file: _size(file) for file in files} if streams.errors.isatty() else {}
        self._all = sum(self._sizes.values())
        self._number = number
        self._name = ""

    def begin(self, source: Source) -> None:
        self._name = source if isinstance(source, str) else source.name
        self._show()

    def steps(self, source: Source) -> Steps:
        """The steps of one source, for those who prepare it to report."""
        size = self._sizes.get(source, 0) if isinstance(source, Path) else 0
        return Steps(self._pace, Path(source), size, self._show)

    def finish(self, source: Source) -> None:
        self._pace.finish(str(source), self._sizes.get(source, 0) if isinstance(source, Path) else 0)
        show_progress()

    def _show(self) -> None:
        at = min(self._pace.files + 1, self._number)
        show_progress(f"{at}/{self._number} {self._name}", *self._pace.summary(self._all))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0

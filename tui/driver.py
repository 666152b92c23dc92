"""How Postil writes to a terminal: Textual's way, in fewer bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.text.sgr import Thrift

if TYPE_CHECKING:
    from textual.driver import Driver


def thrifty_driver() -> type[Driver]:
    """A driver that sends of each change of colours only what changes. Linux and macOS."""
    from textual.drivers.linux_driver import LinuxDriver

    class ThriftyDriver(LinuxDriver):
        _thrift: Thrift | None = None

        def write(self, data: str) -> None:
            if self._thrift is None:
                self._thrift = Thrift()
            super().write(self._thrift.through(data))

        def start_application_mode(self) -> None:
            # At the start, and when a shell had the terminal meanwhile.
            if self._thrift is not None:
                self._thrift.forget()
            super().start_application_mode()

    return ThriftyDriver

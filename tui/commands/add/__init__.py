"""`postil add`: articles into the library."""

from tui.commands.add.command import Options, run

__all__ = ["Options", "run"]

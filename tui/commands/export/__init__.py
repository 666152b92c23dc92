"""`postil export`: annotations as JSONL, settled records, or the corrected text."""

from tui.commands.export.command import run

__all__ = ["run"]

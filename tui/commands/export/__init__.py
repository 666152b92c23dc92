"""`postil export`: annotations as JSONL, adjudicated records, or the corrected text."""

from tui.commands.export.command import Options, run

__all__ = ["Options", "run"]

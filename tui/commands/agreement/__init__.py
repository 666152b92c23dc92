"""`postil agreement`: how far annotators agree with each other, or one annotator with their second pass."""

from tui.commands.agreement.command import Options, run

__all__ = ["Options", "run"]

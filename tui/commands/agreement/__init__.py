"""`postil agreement`: how far annotators agree with each other, or one of them with themselves."""

from tui.commands.agreement.command import run

__all__ = ["run"]

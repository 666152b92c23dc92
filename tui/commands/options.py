"""From what argparse read to typed options. Below this module no command knows argparse."""

from __future__ import annotations

import argparse
from typing import Protocol, TypeVar

import msgspec

from tui.commands.context import CommonOptions, Context
from tui.commands.streams import Streams

Options = TypeVar("Options", bound=msgspec.Struct)


class Command(Protocol[Options]):
    """The module of a command."""

    Options: type[Options]
    """The command's own options and arguments, by the names they have in its parser."""

    def run(self, context: Context, options: Options) -> int:
        """Returns the exit code."""
        ...


def options_of(given: argparse.Namespace, kind: type[Options]) -> Options:
    """The part of the command line that `kind` has fields for. An option that was not given has its default."""
    values = {name: value for name, value in vars(given).items() if name in kind.__struct_fields__}
    if "annotators" in kind.__struct_fields__:
        # `postil --annotator ana export` means what `postil export --annotator ana` does.
        before: str | None = getattr(given, "annotator", None)
        values["annotators"] = [*values.get("annotators", ()), *([before] if before else ())]
    return msgspec.convert(values, kind)


def context_of(given: argparse.Namespace, encoding: str = "") -> Context:
    """The context in which a command runs."""
    return Context(options_of(given, CommonOptions), Streams.standard(encoding))

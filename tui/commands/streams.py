"""The standard streams of one command, and the ways to write to them that are safe on a terminal."""

from __future__ import annotations

import json
import sys
from typing import BinaryIO, NamedTuple, TextIO

from tui.text.clean import escape_json, visible


class Streams(NamedTuple):
    """Standard input, output and error."""

    input: TextIO
    output: TextIO
    errors: TextIO
    encoding: str
    """The encoding of standard output as the user set it, before a command that prints JSON changes it."""

    @classmethod
    def standard(cls, encoding: str = "") -> Streams:
        """The streams of this process."""
        return cls(sys.stdin, sys.stdout, sys.stderr, encoding or sys.stdout.encoding)

    @property
    def binary_output(self) -> BinaryIO:
        return self.output.buffer

    @property
    def is_terminal(self) -> bool:
        """True if standard output is a terminal."""
        return self.output.isatty()

    def print(self, line: str = "") -> None:
        """Print one line. What a terminal would act on is made visible."""
        print(visible(line), file=self.output)

    def print_json(self, value: object) -> None:
        """Print a value as one line of JSON."""
        self.print_json_text(json.dumps(value, ensure_ascii=False))

    def print_json_text(self, text: str) -> None:
        """Print JSON text. On a terminal, escapes replace what it would act on; the JSON stays equal."""
        print(escape_json(text) if self.is_terminal else text, file=self.output)

    def say(self, message: str) -> None:
        """Print one line on standard error."""
        print(f"postil: {visible(message)}", file=self.errors)

"""Remains of a translation engine or a web page: `XNUMX`, `&quot;`, `<unk>`, `Ã©`, `{{name}}`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.hints.detector import Detector, Finding
from tui.hints.passage import Passage

_KINDS = (
    ("a number lost by the translation engine", "major", r"XNUMX*\d*|(?<![^\W\d_])NUMX+\d*"),
    ("a lost character", "major", r"\ufffd+"),
    ("a control token of the translation engine", "major", r"<unk>|\[UNK\]|</?s>|▁+|⁇|@-@|(?<=\w)@@(?=\s)"),
    (
        "a placeholder that was not filled in",
        "major",
        r"\{\{\s*\w+\s*\}\}|\{\d+\}|%\(\w+\)[sd]|%\d\$[sd]|\$\{\w+\}|__[A-Z]{2,}_?\d*__|⟦\w+⟧|\[\[?PH\d*\]?\]"
        r"|(?<![^\W_])[XZ]{2,}\d+[XZ]*(?![^\W_])",
    ),
    (
        "a piece of a web page's code",
        "minor",
        r"&(?:amp|quot|apos|nbsp|lt|gt|laquo|raquo|rsquo|#x?[0-9a-fA-F]{2,5});"
        r"|</?(?:p|br|b|i|em|strong|span|div|a|li|ul|h[1-6])(?:\s[^<>\n]{0,200})?/?>",
    ),
    (
        "wrongly decoded characters",
        "minor",
        r"(?:Ã[\x80-\xbf©¨ªƒ§´»¢®¯¹]|â€[™œ\x9d“”¦˜]|Â(?=[«»°\xa0])|ï»¿)+",
    ),
)
_ANY = [(reason, severity, re.compile(pattern)) for reason, severity, pattern in _KINDS]


def _find(passage: Passage) -> Iterator[Finding]:
    for reason, severity, pattern in _ANY:
        for match in pattern.finditer(passage.text):
            yield Finding(match.start(), match.end(), reason, severity=severity)


DETECTOR = Detector(
    name="placeholder",
    what="remains of the translation engine or a web page",
    category="markup",
    severity="major",
    confidence=0.95,
    languages=None,
    find=_find,
)

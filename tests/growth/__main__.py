"""Look for text whose reading takes more than linear time: python -m tests.growth [SUBJECT ...]

It repeats pieces of text, feeds them to each subject in each language, and prints those for which four times the
text takes much more than four times the processor time, or which are slow. What is found belongs in `units.json`.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator

from tests.growth.subjects import LANGUAGES, SUBJECTS, Feed, feed, seconds
from tui.hints.find import find_hints

_MARKS = [
    *"«»“”„‟‹›‚‘’\"'`()[]{}<>.,;:!?…-–—/\\|_*#&@%$€=+~^¿¡·0195",
    *" \t\n\u00a0\u202f\u0301\u200d\ufe0f",
    *(
        "«\u00a0",
        "\u00a0»",
        "(1)",
        "...",
        "--",
        "http://",
        "www.",
        "a@",
        "a.a.",
        "A.",
        "M.",
        "1,",
        "1.",
        "1 000",
        "12h",
    ),
]
_WORDS = [
    *"aAéEyY",
    *(
        "aa",
        "Aa",
        "AA",
        "aA",
        "Le",
        "la",
        "l'",
        "L'",
        "d'",
        "qu'",
        "de",
        "et",
        "le le",
        "a été",
        "est",
        "ne",
        "se",
    ),
    *(
        "dit",
        "dit-il",
        "a déclaré",
        "selon",
        "que",
        "said",
        "he said",
        "that",
        "according to",
        "the",
        "of",
        "and",
    ),
    *(
        "sagte",
        "der",
        "dass",
        "Er",
        "hat",
        "gesagt",
        "nach Angaben",
        "ha detto",
        "che",
        "secondo",
        "dijo",
        "según",
    ),
    *(
        "il",
        "ils",
        "Mr",
        "Smith",
        "Jean-Marie",
        "Musk Musc",
        "iPhone",
        "2015Musk",
        "laL'influence",
        "été",
        "avoir",
    ),
    *(
        "le ministre",
        "the minister",
        "le président de la",
        "porte-parole",
        "lunedì",
        "mai",
        "dollars",
        "millions",
    ),
    *(
        "&amp;",
        "&#39;",
        "<br>",
        "<b>",
        "</b>",
        "<p>",
        "<div>",
        "<!--",
        "<script>",
        "<a href=x>",
        "<td>",
        "<li>",
    ),
    *(
        "[a](b)",
        "![",
        "](",
        "**",
        "*a",
        "_a_",
        "`a",
        "> ",
        "- ",
        "1. ",
        "# a\n",
        "|a",
        "|-",
        "    a\n",
        "[a]:b\n",
    ),
]
_JOINED = ("", " ", "\n", ". ", ", ")


def _units(number: random.Random) -> Iterator[str]:
    pool = [*_MARKS, *_WORDS]
    for piece, joint in itertools.product(pool, _JOINED):
        yield piece + joint
    while True:
        pieces = number.choices(pool, k=number.choice((2, 2, 3, 4)))
        yield number.choice(_JOINED).join(pieces) + number.choice(_JOINED)


def _feed(unit: str, size: int, language: str) -> Feed:
    return feed("Ab. " + unit * (size // len(unit)) + " z.", language)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.growth", description=__doc__)
    parser.add_argument("subjects", nargs="*", help="default: all")
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--size", type=int, default=1200, help="code points of the shorter text")
    parser.add_argument("--slow", type=float, default=30, help="microseconds a code point that are slow")
    parser.add_argument("--skip", type=int, default=0)
    options = parser.parse_args()
    wanted = options.subjects or list(SUBJECTS)
    end = time.monotonic() + options.seconds
    units = itertools.islice(_units(random.Random(options.seed)), options.skip, None)
    worst: dict[str, float] = {}
    for count, unit in enumerate(units):
        if time.monotonic() > end:
            print(f"{count} units")
            return
        for language in ("fr", LANGUAGES[1 + count % (len(LANGUAGES) - 1)]):
            short, long = (_feed(unit, size, language) for size in (options.size, 4 * options.size))
            if _is_plain(short, long):
                continue
            for name in wanted:
                after = min(seconds(SUBJECTS[name], long) for _ in range(2))
                before = max(1e-6, *(seconds(SUBJECTS[name], short) for _ in range(2)))
                rate = 1e6 * after / len(long.text)
                grows = after / before > 6 and rate > 2
                if (grows or rate > options.slow) and rate > 1.3 * worst.get(name, 0):
                    worst[name] = rate
                    print(
                        f"{name:16} {language} {after / before:5.1f} x {rate:7.1f} us  {unit!r}", flush=True
                    )


def _is_plain(short: Feed, long: Feed) -> bool:
    """Whether all subjects together take linear time, and little of it."""
    after = sum(seconds(subject, long) for name, subject in _TOGETHER)
    if after / len(long.text) > 25e-6:
        return False
    return after < 0.03 or after / sum(seconds(subject, short) for name, subject in _TOGETHER) < 5


_TOGETHER = [
    *((name, subject) for name, subject in SUBJECTS.items() if not name.startswith("hint:")),
    ("hints", lambda given: find_hints(given.article)),
]


if __name__ == "__main__":
    main()

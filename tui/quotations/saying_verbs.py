"""How a language says who spoke: its verbs of saying, and the words around them, from `speech/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

LANGUAGES = ("de", "en", "es", "fr", "it")
"""Of any other only the marks are read."""

_FOLDER = Path(__file__).resolve().parent / "speech"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_INVERTED = re.compile(r"(?:-t)?-(?:il|elle|ils|elles|on|je|nous)\Z")
"""A subject that French joins to its verb: `dit-il`, `a-t-elle`."""


class Word(NamedTuple):
    """A word and where it stands in the text, in code points."""

    start: int
    end: int
    lower: str
    joined: bool = False
    """Whether it is a subject that hangs on the verb before it."""


def words(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`; a subject joined to its verb is a word of its own."""
    found: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        first, last, lower = match.start(), match.end(), match[0].lower()
        inverted = _INVERTED.search(lower) if "-" in lower else None
        if inverted is None or len(lower) != last - first:
            found.append(Word(first, last, lower))
            continue
        pronoun = lower.rpartition("-")[2]
        found.append(Word(first, first + inverted.start(), lower[: inverted.start()]))
        found.append(Word(last - len(pronoun), last, pronoun, joined=True))
    return found


class SpeechVerbs:
    """The words of one language, in lower case."""

    def __init__(self, language: str) -> None:
        """Raises OSError for a language that has no table."""
        table = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
        other = cast("dict[str, str]", table["words"])
        participles = cast("dict[str, str]", table["participles"])
        finite = _set(cast(str, table["finite"]))
        ending = participles.get("ending", "")
        past = _set(participles["words"])
        for group in cast("list[dict[str, str]]", table.get("stems", [])):
            finite |= {stem + end for stem in _set(group["words"]) for end in group["endings"].split()}
            past |= {stem + ending for stem in _set(group["words"]) if ending}

        def listed(name: str) -> frozenset[str]:
            return frozenset(_set(other.get(name, "")))

        self.language = language
        self.finite = frozenset(finite)
        self.participles = frozenset(past)
        self.auxiliaries = frozenset(_set(participles["auxiliaries"]))
        self.present = frozenset(_set(participles["present"]))
        """Participles such as `expliquant`, whose subject stands elsewhere."""
        self.that = listed("that")
        self.bare = listed("bare")
        """What a reported clause without `that` begins with."""
        self.bare_after = listed("bare_after") or self.finite
        self.addressed = listed("addressed")
        """Verbs that name whom they are said to before the clause: `told reporters that`."""
        self.infinitives = listed("infinitives")
        self.before_infinitive = listed("before_infinitive")
        self.infinitive_ends = tuple(other.get("infinitive_ends", "").split())
        self.according = _phrases(other["according"])
        self.pronouns = listed("pronouns")
        self.clitics = listed("clitics")
        """Small words between a subject and its verb."""
        self.relative = listed("relative")
        self.conjunctions = listed("and")
        self.weak = listed("weak")
        """Verbs that report only where somebody is their subject: `believes`, `suggests`."""
        self.not_reporting = listed("not_reporting")
        """With these subjects nobody else is reported: `I think that`, `it is believed`."""
        self.determiners = listed("determiners")
        self.of = listed("of")
        self.prepositions = listed("prepositions")
        self.only_determiners = self.determiners - self.prepositions
        self.adverbs = listed("adverbs")
        self._adverb_ends = other["adverb_ends"]
        self.particles = listed("particles")
        self.titles = listed("titles")
        self.nouns = listed("nouns")
        """What people and bodies that speak are called."""
        self._longest_noun = max(map(len, self.nouns))
        self.naming = listed("naming")
        """Before these marks words are named, not spoken: `the film`, `so-called`."""
        self.not_names = (
            listed("not_names") | self.pronouns | self.determiners | self.prepositions | self.conjunctions
        )
        self._reach = 10 if language == "de" else 4
        """Words from an auxiliary to its participle; in German anything stands between."""
        self.has_incises = other["incise"] == "yes"
        """Whether marks stay open around `dit-il`."""

    def is_adverb(self, word: Word) -> bool:
        ends = self._adverb_ends
        return word.lower in self.adverbs or bool(ends and word.lower.endswith(ends) and len(word.lower) > 5)

    def is_speaker_noun(self, word: Word) -> bool:
        """Whether the word is one for somebody who speaks; German joins more words before it."""
        lower = word.lower
        if lower in self.nouns or ("-" in lower and lower.rpartition("-")[2] in self.nouns):
            return True
        first = max(3, len(lower) - self._longest_noun)
        return self.language == "de" and any(
            lower[cut:] in self.nouns for cut in range(first, len(lower) - 3)
        )

    def verb_at(self, found: Sequence[Word], place: int) -> int | None:
        """Where the verb of saying that begins at a word ends, as the index of the word behind it.

        An auxiliary may be apart from its participle: by a joined subject, which counts to the verb, and adverbs.
        """
        word = found[place]
        if word.lower in self.auxiliaries:
            after = place + 1
            while after < len(found) and after - place < self._reach:
                if found[after].lower in self.participles:
                    return after + 1
                if not (self.language == "de" or self._may_stand_between(found[after])):
                    break
                after += 1
        if word.lower in self.finite:
            return place + 1
        return None

    def _may_stand_between(self, word: Word) -> bool:
        return word.joined or self.is_adverb(word) or word.lower in self.clitics


@cache
def sayings(language: str) -> SpeechVerbs | None:
    """The tables of a language; None where there are none."""
    return SpeechVerbs(language) if language in LANGUAGES else None


def _set(listed: str) -> set[str]:
    return set(listed.replace("'", " ").split())


def _phrases(listed: str) -> tuple[tuple[str, ...], ...]:
    """Sequences of words, the longest first."""
    phrases = (tuple(phrase.split()) for phrase in listed.split("|"))
    return tuple(sorted(phrases, key=len, reverse=True))

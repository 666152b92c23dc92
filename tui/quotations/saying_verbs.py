"""A language's verbs of saying and the words around them, read from `speech/*.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple, cast

LANGUAGES = ("de", "en", "es", "fr", "it")
"""Languages with tables. In other languages only quotation marks are used."""

_FOLDER = Path(__file__).resolve().parent / "speech"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_INVERTED = re.compile(r"(?:-t)?-(?:il|elle|ils|elles|on|je|nous)\Z")
"""A subject pronoun joined to its French verb: `dit-il`, `a-t-elle`."""


class Word(NamedTuple):
    """A word and its bounds in the text, in code points."""

    start: int
    end: int
    lower: str
    joined: bool = False
    """True if it is a subject pronoun joined to the verb before it."""


def words_in(text: str, start: int, end: int) -> list[Word]:
    """The words of `text[start:end]`; a subject joined to its verb is a separate word."""
    words: list[Word] = []
    for match in _WORD.finditer(text, start, end):
        first, last, lower = match.start(), match.end(), match[0].lower()
        inverted = _INVERTED.search(lower) if "-" in lower else None
        if inverted is None or len(lower) != last - first:
            words.append(Word(first, last, lower))
            continue
        pronoun = lower.rpartition("-")[2]
        words.append(Word(first, first + inverted.start(), lower[: inverted.start()]))
        words.append(Word(last - len(pronoun), last, pronoun, joined=True))
    return words


class SpeechVerbs:
    """The words of one language, in lower case."""

    def __init__(self, language: str) -> None:
        """Raises OSError for a language without a table."""
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
        """Participles such as `expliquant`, whose subject is elsewhere."""
        self.that = listed("that")
        self.bare = listed("bare")
        """Words with which a reported clause without `that` begins."""
        self.bare_after = listed("bare_after") or self.finite
        self.addressed = listed("addressed")
        """Verbs followed by the person addressed: `told reporters that`."""
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
        """Verbs that report speech only if they have a speaker as subject: `believes`, `suggests`."""
        self.not_reporting = listed("not_reporting")
        """Subjects with which no one else is reported: `I think that`, `it is believed`."""
        self.determiners = listed("determiners")
        self.of = listed("of")
        self.prepositions = listed("prepositions")
        self.only_determiners = self.determiners - self.prepositions
        self.adverbs = listed("adverbs")
        self._adverb_ends = other["adverb_ends"]
        self.particles = listed("particles")
        self.titles = listed("titles")
        self.nouns = listed("nouns")
        """Nouns for people and organisations that speak."""
        self._longest_noun = max(map(len, self.nouns))
        self.naming = listed("naming")
        """After these words, marks set off a name or a term, not speech: `the film`, `so-called`."""
        self.not_names = (
            listed("not_names") | self.pronouns | self.determiners | self.prepositions | self.conjunctions
        )
        self._reach = 10 if language == "de" else 4
        """Maximum distance in words from an auxiliary to its participle; in German any words may come between."""
        self.has_parentheticals = other["parenthetical"] == "yes"
        """True if the marks stay open around a parenthetical such as `dit-il`."""

    def is_adverb(self, word: Word) -> bool:
        ends = self._adverb_ends
        return word.lower in self.adverbs or bool(ends and word.lower.endswith(ends) and len(word.lower) > 5)

    def is_speaker_noun(self, word: Word) -> bool:
        """True if the word is a noun for a speaker; in German it may be the last part of a compound."""
        lower = word.lower
        if lower in self.nouns or ("-" in lower and lower.rpartition("-")[2] in self.nouns):
            return True
        first = max(3, len(lower) - self._longest_noun)
        return self.language == "de" and any(
            lower[cut:] in self.nouns for cut in range(first, len(lower) - 3)
        )

    def verb_at(self, words: Sequence[Word], index: int) -> int | None:
        """The index after the verb of saying that begins at a word; None if none begins there.

        A joined subject, which counts as part of the verb, and adverbs may separate an auxiliary from its participle.
        """
        word = words[index]
        if word.lower in self.auxiliaries:
            after = index + 1
            while after < len(words) and after - index < self._reach:
                if words[after].lower in self.participles:
                    return after + 1
                if not (self.language == "de" or self._may_stand_between(words[after])):
                    break
                after += 1
        if word.lower in self.finite:
            return index + 1
        return None

    def _may_stand_between(self, word: Word) -> bool:
        return word.joined or self.is_adverb(word) or word.lower in self.clitics


@cache
def speech_verbs(language: str) -> SpeechVerbs | None:
    """The words of a language; None if it has no table."""
    return SpeechVerbs(language) if language in LANGUAGES else None


def _set(listed: str) -> set[str]:
    return set(listed.replace("'", " ").split())


def _phrases(listed: str) -> tuple[tuple[str, ...], ...]:
    """Sequences of words, longest first."""
    phrases = (tuple(phrase.split()) for phrase in listed.split("|"))
    return tuple(sorted(phrases, key=len, reverse=True))

"""The words around a quotation, and the names and nouns among them that may be its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.quotations.saying_verbs import SpeechVerbs, words_in

_LINKED = re.compile(r"[ \u00a0\u202f]|-|[’'] ?|\. ?")
"""What may separate the words of one name; a full stop only after an initial or a title."""
_LONGEST_MODIFIERS = 3
_MOST_PARTICLES = 2
"""Maximum number of consecutive particles in a name: `Ludwig van der Berg`."""
_MOST_COMPLEMENTS = 20
"""Maximum number of consecutive complements: `à la sortie du tribunal de ...`."""
FARTHEST = 60
"""Maximum distance in words from a subject to its verb."""
AND = frozenset({"et", "and", "e", "ed", "y", "und"})


class Phrase(NamedTuple):
    """Words that may be a subject, as indexes into the words of a clause, end-exclusive."""

    first: int
    last: int
    is_name: bool
    is_governed: bool = False
    """True if a preposition comes before it."""


class Clause:
    """A part of the text that is searched for a verb of saying and its subject."""

    def __init__(self, text: str, start: int, end: int, known: SpeechVerbs) -> None:
        self.text, self.start, self.end, self.known = text, start, end, known
        self.words = words_in(text, start, end)
        self._name_ends: dict[int, int] = {}
        """For each capitalised word of a name, the index after the name's last word."""

    def span(self, phrase: Phrase) -> tuple[int, int]:
        return self.words[phrase.first].start, self.words[phrase.last - 1].end

    def pause_before(self, index: int) -> str:
        """The punctuation between a word and the one before it, except the full stop of an initial or a title."""
        if not 0 < index < len(self.words):
            return ""
        gap = self.text[self.words[index - 1].end : self.words[index].start].strip(" \u00a0\u202f'’-")
        return "" if gap == "." and self._is_title(index - 1) else gap

    def _are_linked(self, index: int) -> bool:
        """True if a word can be part of the same name as the word before it."""
        gap = self.text[self.words[index - 1].end : self.words[index].start]
        if not _LINKED.fullmatch(gap):
            return False
        if "." in gap:
            return self._is_title(index - 1)
        return not (gap[:1] in "'’" and self.words[index].lower == "s")

    def _is_title(self, index: int) -> bool:
        """True if a word is an initial or a title such as `Mr`."""
        word = self.words[index]
        return word.lower in self.known.titles or (word.end - word.start == 1 and self.is_capital(index))

    def _is_abbreviated(self, index: int) -> bool:
        """True if a word is an abbreviated title, which may be in lower case: `sr.`"""
        word = self.words[index]
        return word.lower in self.known.titles and self.text[word.end : word.end + 1] == "."

    def is_capital(self, index: int) -> bool:
        return self.text[self.words[index].start].isupper()

    def is_small(self, index: int) -> bool:
        word = self.words[index]
        return word.lower in self.known.clitics or self.known.is_adverb(word)

    # -- subjects ----------------------------------------------------------

    def phrases(self, last: int) -> Iterator[Phrase]:
        """Names and nouns for people in the words up to `last`, from left to right, without those far before it."""
        index = max(0, last - FARTHEST)
        while index < last:
            phrase = self.phrase_at(index)
            if phrase is None or phrase.last > last:
                index += 1
                continue
            yield phrase._replace(is_governed=self.is_governed(phrase.first))
            index = phrase.last

    def is_governed(self, index: int) -> bool:
        while index > 0 and self.words[index - 1].lower in self.known.only_determiners:
            index -= 1
        # `Zum ersten Mal`: German capitalises every noun, like a name.
        if self.known.language == "de" and index > 1 and not self.is_capital(index - 1):
            index -= self.words[index - 1].lower.endswith(("en", "er", "em", "es"))
        return index > 0 and self.words[index - 1].lower in self.known.prepositions

    def phrase_at(self, index: int) -> Phrase | None:
        """A name, or a determiner and a noun for a person, that begins at a word."""
        if index >= len(self.words):
            return None
        phrase = self.noun_at(index) or self.name_at(index)
        if (
            phrase is None
            and self.words[index].lower in self.known.determiners
            and self.known.language != "de"
        ):
            phrase = self.name_at(index + 1) if not self.pause_before(index + 1) else None
        return phrase

    def is_name_at(self, index: int) -> bool:
        return self.name_at(index) is not None

    def name_at(self, index: int) -> Phrase | None:
        words, known = self.words, self.known
        if index >= len(words) or not (self.is_capital(index) or self._is_abbreviated(index)):
            return None
        is_other = words[index].lower in known.not_names or known.is_adverb(words[index])
        if is_other and not self._is_title(index):
            return None
        last = self._name_end(index)
        if last == index + 1 and self._is_title(index):
            return None
        is_body = known.language == "de" and known.is_speaker_noun(words[last - 1])
        return Phrase(index, last, not is_body)

    def _name_end(self, index: int) -> int:
        """The index after the last word of the name that begins at `index`: capitalised words, with particles between."""
        known_end = self._name_ends.get(index)
        if known_end is not None:
            return known_end
        words, capitals, last = self.words, [index], index + 1
        while last < len(words):
            skip = last
            while (
                skip < len(words)
                and skip - last < _MOST_PARTICLES
                and words[skip].lower in self.known.particles
                and not self.is_capital(skip)
            ):
                skip += 1
            if skip >= len(words) or not self.is_capital(skip):
                break
            if not all(self._are_linked(at) for at in range(last, skip + 1)):
                break
            capitals.append(skip)
            last = skip + 1
        self._name_ends.update(dict.fromkeys(capitals, last))
        return last

    def noun_at(self, index: int) -> Phrase | None:
        """`le porte-parole du groupe`, `the group's spokesman`, `experts`."""
        words, known = self.words, self.known
        at = index
        while at < len(words) and at - index < 3 and words[at].lower in known.determiners:
            at += 1
        has_determiner = at > index
        most = _LONGEST_MODIFIERS if has_determiner else 0
        head: int | None = None
        for candidate in range(at, min(at + most + 3, len(words))):
            if candidate > index and self.pause_before(candidate):
                break
            if known.is_speaker_noun(words[candidate]):
                head = candidate
                if known.language != "en":
                    break
            elif (
                (head is not None and words[candidate].lower not in ("s",))
                or not has_determiner
                or candidate - at >= most
                or self._ends_a_phrase(candidate)
            ):
                break
        if head is None:
            return self._possessive_at(index)
        return Phrase(index, self._with_complement(self._with_adjective(head + 1)), False)

    def _possessive_at(self, index: int) -> Phrase | None:
        """`Morin's lawyer`."""
        if self.known.language != "en":
            return None
        name = self.name_at(index)
        if name is None or name.last + 1 >= len(self.words) or self.words[name.last].lower != "s":
            return None
        head = name.last + 1
        if self.known.is_speaker_noun(self.words[head]) and not self.pause_before(head):
            return Phrase(index, head + 1, False)
        return None

    def _ends_a_phrase(self, index: int) -> bool:
        word, known = self.words[index], self.known
        return (
            word.lower in known.prepositions
            or word.lower in known.pronouns
            or word.lower in known.that
            or known.verb_at(self.words, index) is not None
        )

    def _with_adjective(self, index: int) -> int:
        """The index after an adjective such as `municipale`, in languages in which adjectives follow their noun."""
        words, known = self.words, self.known
        if known.language not in ("fr", "it", "es") or index >= len(words) or self.pause_before(index):
            return index
        lower = words[index].lower
        is_other = (
            self.is_capital(index)
            or self._ends_a_phrase(index)
            or known.is_adverb(words[index])
            or lower
            in known.clitics | known.determiners | known.relative | known.conjunctions | known.auxiliaries
        )
        return index if is_other else index + 1

    def end_of_complement(self, index: int) -> int:
        """The index after the complement of a preposition: `à la presse`, `all'uscita dal tribunale`."""
        words, known = self.words, self.known
        after = index
        for _ in range(_MOST_COMPLEMENTS):
            while index < len(words) and words[index].lower in known.determiners:
                index += 1
            if index >= len(words):
                return index
            name = self.name_at(index)
            after = index + 1 if name is None or self._is_acronym(index) else name.last
            if (
                after >= len(words)
                or words[after].lower not in known.prepositions
                or self.pause_before(after)
            ):
                break
            index = after + 1
        return after

    def _is_acronym(self, index: int) -> bool:
        word = self.words[index]
        return word.end - word.start > 1 and self.text[word.start : word.end].isupper()

    def joined(self, phrase: Phrase) -> Phrase:
        """`Smith and Jones` as one phrase, if both are names."""
        if phrase.last + 1 < len(self.words) and self.words[phrase.last].lower in AND:
            other = self.name_at(phrase.last + 1)
            if other is not None and not any(map(self.pause_before, (phrase.last, other.first))):
                return phrase._replace(last=other.last)
        return phrase

    def _with_complement(self, index: int) -> int:
        """The index after a noun's complement: `du groupe`, `of the Bank of England`."""
        words, known = self.words, self.known
        if index >= len(words) or words[index].lower not in known.of or self.pause_before(index):
            return index
        at = index + 1
        while at < len(words) and words[at].lower in known.determiners and not self.pause_before(at):
            at += 1
        if at >= len(words) or self.pause_before(at):
            return index
        name = self.name_at(at)
        if name is not None:
            return name.last
        if self._ends_a_phrase(at) or known.is_adverb(words[at]):
            return index
        return at + 1

    def named(self, phrase: Phrase) -> Phrase:
        """The name that follows a noun directly or after a comma, as in `le ministre, Jean Dupont`; else the noun."""
        if phrase.is_name or phrase.last >= len(self.words):
            return phrase
        name = self.name_at(phrase.last)
        if name is None or self.pause_before(phrase.last) not in ("", ","):
            return phrase
        return name

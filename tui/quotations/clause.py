"""The words around a quotation, and the names and nouns among them that may be who speaks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from tui.quotations.saying_verbs import SpeechVerbs, words

_LINKED = re.compile(r"[ \u00a0\u202f]|-|[’'] ?|\. ?")
"""What stands between the words of one name; a full stop only behind an initial or a title."""
_LONGEST_MODIFIERS = 3
_MOST_PARTICLES = 2
"""Of a name, in a row: `Ludwig van der Berg`."""
_MOST_COMPLEMENTS = 20
"""In a row: `à la sortie du tribunal de ...`."""
FARTHEST = 60
"""Words from a subject to its verb."""
AND = frozenset({"et", "and", "e", "ed", "y", "und"})


class Phrase(NamedTuple):
    """Words that may be a subject, as indexes into the words of a frame, end-exclusive."""

    first: int
    last: int
    is_name: bool
    is_governed: bool = False
    """Whether a preposition stands before it."""


class Frame:
    """A stretch of the text in which a verb of saying and its subject are looked for."""

    def __init__(self, text: str, start: int, end: int, known: SpeechVerbs) -> None:
        self.text, self.start, self.end, self.known = text, start, end, known
        self.words = words(text, start, end)
        self._name_ends: dict[int, int] = {}
        """From each word of a name to the word after it."""

    def place(self, phrase: Phrase) -> tuple[int, int]:
        return self.words[phrase.first].start, self.words[phrase.last - 1].end

    def pause_before(self, place: int) -> str:
        """The punctuation between a word and the one before it; a full stop of an initial or a title is none."""
        if not 0 < place < len(self.words):
            return ""
        gap = self.text[self.words[place - 1].end : self.words[place].start].strip(" \u00a0\u202f'’-")
        return "" if gap == "." and self._is_title(place - 1) else gap

    def _are_linked(self, place: int) -> bool:
        """Whether a word belongs to the name of the one before it."""
        gap = self.text[self.words[place - 1].end : self.words[place].start]
        if not _LINKED.fullmatch(gap):
            return False
        if "." in gap:
            return self._is_title(place - 1)
        return not (gap[:1] in "'’" and self.words[place].lower == "s")

    def _is_title(self, place: int) -> bool:
        """Whether a word is an initial or a title such as `Mr`."""
        word = self.words[place]
        return word.lower in self.known.titles or (word.end - word.start == 1 and self.is_capital(place))

    def _is_abbreviated(self, place: int) -> bool:
        """Whether a word is a title in lower case: `sr.`"""
        word = self.words[place]
        return word.lower in self.known.titles and self.text[word.end : word.end + 1] == "."

    def is_capital(self, place: int) -> bool:
        return self.text[self.words[place].start].isupper()

    def is_small(self, place: int) -> bool:
        word = self.words[place]
        return word.lower in self.known.clitics or self.known.is_adverb(word)

    # -- subjects ----------------------------------------------------------

    def phrases(self, last: int) -> Iterator[Phrase]:
        """Names and nouns of people in the words up to `last`, from left to right; those far before it are left."""
        place = max(0, last - FARTHEST)
        while place < last:
            phrase = self.phrase_at(place)
            if phrase is None or phrase.last > last:
                place += 1
                continue
            yield phrase._replace(is_governed=self.is_governed(phrase.first))
            place = phrase.last

    def is_governed(self, place: int) -> bool:
        while place > 0 and self.words[place - 1].lower in self.known.only_determiners:
            place -= 1
        # `Zum ersten Mal`: German writes every noun as a name.
        if self.known.language == "de" and place > 1 and not self.is_capital(place - 1):
            place -= self.words[place - 1].lower.endswith(("en", "er", "em", "es"))
        return place > 0 and self.words[place - 1].lower in self.known.prepositions

    def phrase_at(self, place: int) -> Phrase | None:
        """A name, or a determiner and a noun for somebody, that begins at a word."""
        if place >= len(self.words):
            return None
        found = self.noun_at(place) or self.name_at(place)
        if (
            found is None
            and self.words[place].lower in self.known.determiners
            and self.known.language != "de"
        ):
            found = self.name_at(place + 1) if not self.pause_before(place + 1) else None
        return found

    def is_name_at(self, place: int) -> bool:
        return self.name_at(place) is not None

    def name_at(self, place: int) -> Phrase | None:
        found, known = self.words, self.known
        if place >= len(found) or not (self.is_capital(place) or self._is_abbreviated(place)):
            return None
        is_other = found[place].lower in known.not_names or known.is_adverb(found[place])
        if is_other and not self._is_title(place):
            return None
        last = self._name_end(place)
        if last == place + 1 and self._is_title(place):
            return None
        is_body = known.language == "de" and known.is_speaker_noun(found[last - 1])
        return Phrase(place, last, not is_body)

    def _name_end(self, place: int) -> int:
        """The word after the name whose first word is at a place, as its capitals and particles go on."""
        known_end = self._name_ends.get(place)
        if known_end is not None:
            return known_end
        found, capitals, last = self.words, [place], place + 1
        while last < len(found):
            skip = last
            while (
                skip < len(found)
                and skip - last < _MOST_PARTICLES
                and found[skip].lower in self.known.particles
                and not self.is_capital(skip)
            ):
                skip += 1
            if skip >= len(found) or not self.is_capital(skip):
                break
            if not all(self._are_linked(at) for at in range(last, skip + 1)):
                break
            capitals.append(skip)
            last = skip + 1
        self._name_ends.update(dict.fromkeys(capitals, last))
        return last

    def noun_at(self, place: int) -> Phrase | None:
        """`le porte-parole du groupe`, `the group's spokesman`, `experts`."""
        found, known = self.words, self.known
        at = place
        while at < len(found) and at - place < 3 and found[at].lower in known.determiners:
            at += 1
        has_determiner = at > place
        most = _LONGEST_MODIFIERS if has_determiner else 0
        head: int | None = None
        for place_of in range(at, min(at + most + 3, len(found))):
            if place_of > place and self.pause_before(place_of):
                break
            if known.is_speaker_noun(found[place_of]):
                head = place_of
                if known.language != "en":
                    break
            elif (
                (head is not None and found[place_of].lower not in ("s",))
                or not has_determiner
                or place_of - at >= most
                or self._ends_a_phrase(place_of)
            ):
                break
        if head is None:
            return self._possessive_at(place)
        return Phrase(place, self._with_complement(self._with_adjective(head + 1)), False)

    def _possessive_at(self, place: int) -> Phrase | None:
        """`Morin's lawyer`."""
        if self.known.language != "en":
            return None
        name = self.name_at(place)
        if name is None or name.last + 1 >= len(self.words) or self.words[name.last].lower != "s":
            return None
        head = name.last + 1
        if self.known.is_speaker_noun(self.words[head]) and not self.pause_before(head):
            return Phrase(place, head + 1, False)
        return None

    def _ends_a_phrase(self, place: int) -> bool:
        word, known = self.words[place], self.known
        return (
            word.lower in known.prepositions
            or word.lower in known.pronouns
            or word.lower in known.that
            or known.verb_at(self.words, place) is not None
        )

    def _with_adjective(self, place: int) -> int:
        """Where `la police municipale` ends, in languages that put adjectives behind their noun."""
        found, known = self.words, self.known
        if known.language not in ("fr", "it", "es") or place >= len(found) or self.pause_before(place):
            return place
        lower = found[place].lower
        is_other = (
            self.is_capital(place)
            or self._ends_a_phrase(place)
            or known.is_adverb(found[place])
            or lower
            in known.clitics | known.determiners | known.relative | known.conjunctions | known.auxiliaries
        )
        return place if is_other else place + 1

    def behind_complement(self, place: int) -> int:
        """Where what a preposition before a word governs ends: `à la presse`, `all'uscita dal tribunale`."""
        found, known = self.words, self.known
        after = place
        for _ in range(_MOST_COMPLEMENTS):
            while place < len(found) and found[place].lower in known.determiners:
                place += 1
            if place >= len(found):
                return place
            name = self.name_at(place)
            after = place + 1 if name is None or self._is_acronym(place) else name.last
            if (
                after >= len(found)
                or found[after].lower not in known.prepositions
                or self.pause_before(after)
            ):
                break
            place = after + 1
        return after

    def _is_acronym(self, place: int) -> bool:
        word = self.words[place]
        return word.end - word.start > 1 and self.text[word.start : word.end].isupper()

    def joined(self, phrase: Phrase) -> Phrase:
        """Both of `Smith and Jones`, where the words are names."""
        if phrase.last + 1 < len(self.words) and self.words[phrase.last].lower in AND:
            other = self.name_at(phrase.last + 1)
            if other is not None and not any(map(self.pause_before, (phrase.last, other.first))):
                return phrase._replace(last=other.last)
        return phrase

    def _with_complement(self, place: int) -> int:
        """Where a noun's `du groupe`, `of the Bank of England` ends."""
        found, known = self.words, self.known
        if place >= len(found) or found[place].lower not in known.of or self.pause_before(place):
            return place
        at = place + 1
        while at < len(found) and found[at].lower in known.determiners and not self.pause_before(at):
            at += 1
        if at >= len(found) or self.pause_before(at):
            return place
        name = self.name_at(at)
        if name is not None:
            return name.last
        if self._ends_a_phrase(at) or known.is_adverb(found[at]):
            return place
        return at + 1

    def named(self, phrase: Phrase) -> Phrase:
        """The name that follows a noun at once or behind a comma: `le ministre, Jean Dupont`; else the noun."""
        if phrase.is_name or phrase.last >= len(self.words):
            return phrase
        name = self.name_at(phrase.last)
        if name is None or self.pause_before(phrase.last) not in ("", ","):
            return phrase
        return name

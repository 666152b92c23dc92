"""Finding names by their capitals, for languages without a model.

The type of a name is MISC unless a title, a given name or the legal form of a company shows otherwise.
Languages that capitalise every noun are skipped.
"""

from __future__ import annotations

import re
from functools import partial

from tui.text.cores import map_pieces
from tui.text.mentions import Mention, plain

VERSION = "1"
_CAPITAL_NOUNS = frozenset({"de", "lb"})

_LINK = r"(?:de|du|des|d'|della|del|di|da|dei|von|van|der|den|of|the|and|y|la|le|&)"
_CAPITALISED = (
    r"(?:[A-ZÀ-ÖØ-ÞŁŚŻČŠŽ][\w'\-]{0,60}\w|[A-ZÀ-ÖØ-Þ]\b|[a-z]?[A-Z]{2,60}\w{0,60}|\d{1,4}[A-Z]{2,60})"
)
_SEQUENCE = re.compile(rf"{_CAPITALISED}(?:\s(?:{_LINK}\s)?{_CAPITALISED}){{0,9}}")
_ELISION = re.compile(r"(?:[dlnsmtcj]|qu|aujourd|dell|nell|all|sull|un)'", re.IGNORECASE)
_SENTENCE_START = re.compile(r"(?:^|[.!?…:»«\"“”(•*#–—-]\s{0,3}|\n)\s{0,3}\Z")
_TITLE_BEFORE = re.compile(r"(?<!\w)(\w{1,16})\.?\s\Z")
_LOWER_WORD = re.compile(r"(?<!\w)[a-zà-öø-ÿ]{2,}(?!\w)")


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TITLES = _words(
    """m mm mme mlle dr me mr mrs ms sir lord lady president senator minister judge professor prof king queen
    président présidente ministre sénateur maire docteur professeur roi reine pape presidente ministro ministra
    senatore sindaco giudice professore dottor dottore signor signora papa re regina señor señora don doña
    alcalde senador juez rey reina"""
)
_LEGAL_FORMS = _words(
    """inc ltd llc plc corp corporation company co group groupe gmbh ag sa sas sarl spa srl nv bv holding
    holdings partners capital bank banque banca banco university université università universidad"""
)
_INSTITUTIONS = _words("banque université università universidad university bank banca banco groupe")
_GIVEN_NAMES = _words(
    """adam alain alan albert alberto alessandro alex alexander alexandre alice amy ana andré andrea andrew angela
    ann anna anne annie anthony antoine antonio arthur barbara ben benjamin bernard bill bob brian bruno camille
    carla carlo carlos caroline catherine céline charles charlotte chris christian christine christophe claire
    claude claudia daniel daniela david denis diana didier diego donald dominique édouard edward elena elisabeth
    elizabeth élise emily emma emmanuel enrico éric eric ernest eva fabrice federico fernando florence francesca
    francesco francis francisco françois françoise frank frédéric gabriel george georges gérard giorgio giovanni
    giulia giuseppe grace guillaume guy hélène henri henry hugo ignacio isabelle jack jacques james jane javier jean
    jeanne jeff jennifer jérôme jessica jim joe john jorge josé joseph juan jules julia julie julien karen kate
    kevin laura laurence laurent léa léon leonardo linda lisa louis louise luc luca lucas lucie luigi luis marc
    marcel marco margaret maria maría marie marina mario mark martin martine mary matteo matthew matthieu maurice
    max michael michel michele michelle miguel mike monica monique nancy nathalie nicola nicolas olivier pablo paola
    paolo pascal patrick paul paula pedro peter philip philippe pierre rachel raphaël raymond rené ricardo richard
    robert roberto roger roland rosa sam samuel sandra sara sarah sébastien sergio silvia simon sofia sophie
    stefano stéphane stephen steve steven susan sylvie teresa théo thérèse thierry thomas tim tom tony valérie
    victor victoria vincent virginie walter william xavier yann yves"""
)


def recogniser(language: str) -> str:
    """Description of what finds the names in this language."""
    return "values only" if language in _CAPITAL_NOUNS else f"capitalisation rules {VERSION}"


def recognise(text: str, language: str) -> list[Mention]:
    """Capitalised sequences, in order, without those capitalised only because they start a sentence.

    Empty for languages that capitalise all nouns.
    """
    if language in _CAPITAL_NOUNS:
        return []
    simple = plain(text)
    ordinary = set(_LOWER_WORD.findall(simple))
    pieces = map_pieces(partial(_candidates, simple), simple)
    candidates = [candidate for piece in pieces for candidate in piece]
    inside = {simple[start:end] for start, end, opens in candidates if not opens}
    mentions: list[Mention] = []
    for start, end, opens in candidates:
        if opens:
            start = _after_common_word(simple, start, end, ordinary, inside)
        if end - start >= 2:
            mentions.append(Mention(start, end, _label(simple, start, end)))
    return mentions


def _candidates(text: str, piece: tuple[int, int]) -> list[tuple[int, int, bool]]:
    """Start and end of each capitalised sequence of a piece, and True if it opens a sentence."""
    candidates: list[tuple[int, int, bool]] = []
    offset, end_of_piece = piece
    for line in text[offset:end_of_piece].split("\n"):
        for match in _SEQUENCE.finditer(line):
            start, end = match.span()
            if line[start:end].lower() in _TITLES and line.startswith(".", end):
                continue
            opens = bool(_SENTENCE_START.search(line, max(0, start - 6), start)) and not _has_title(
                line, start
            )
            elision = _ELISION.match(line, start, end) if opens else None
            if elision:
                start = elision.end()
            if not elision or (start < end and line[start].isupper()):
                candidates.append((offset + start, offset + end, opens and not elision))
        offset += len(line) + 1
    return candidates


def _after_common_word(text: str, start: int, end: int, ordinary: set[str], inside: set[str]) -> int:
    """Start of the name at the start of a sentence; `end` if it is a single word that may not be a name."""
    name = text[start:end]
    first, _, rest = name.partition(" ")
    if first.lower() in ordinary:
        return start + len(first) + 1 if rest else end
    return start if rest or name in inside or name.isupper() else end


def _label(text: str, start: int, end: int) -> str:
    words = text[start:end].lower().split()
    if words[0] in _INSTITUTIONS or (len(words) > 1 and words[-1].strip(".") in _LEGAL_FORMS):
        return "ORG"
    named = len(words) > 1 and words[0].split("-")[0] in _GIVEN_NAMES
    return "PER" if named or _has_title(text, start) or (len(words) > 1 and words[0] in _TITLES) else "MISC"


def _has_title(text: str, start: int) -> bool:
    """True if a title such as `Mr. ` comes right before."""
    title = _TITLE_BEFORE.search(text, max(0, start - 20), start)
    return bool(title) and title[1].lower() in _TITLES

"""The grammatical readings of French word forms, as stored in `fr.forms.gz`.

A reading is a letter, and for nouns, adjectives, past participles and names a gender and a number:

    N noun, A adjective, P past participle, Q name    m masculine, f feminine, e both; s singular, p plural, i both
    V finite verb, with its person: V3s, V1p          I infinitive     G present participle
    U numeral, R adverb, X any other closed class
"""

from __future__ import annotations

from collections.abc import Iterable

VOWELS = frozenset("aàâäæeéèêëiîïoôöœuùûü")

_MUTE_H = (
    "habil habit hagiogr haleine hallucin haltér hameçon harmoni hebdomad héberg hébr hélic hélas hémi hémo herb "
    "hérédit hérési hérit héroïn héroïq héroïs hésit heure heures heureu hexag hier hilar hippo hirond hispan "
    "histo hiver homéo homi homme hommes homo honnêt honneur honor hôpita horizon horlog hormon horosc horreur "
    "horrib horticult hospi hostil hôte hôtel hôtes huile huissi huître humain humani humbl humeur humid humil "
    "humour hydr hygièn hymne hyper hypno hypo hystéri"
)
MUTE_H = tuple(_MUTE_H.split())
"""Beginnings of words with a mute h, before which elision takes place."""

_ASPIRATED_H = (
    "hache haches haie haies haine haines hall halle halles halte hamac hameau hameaux hanche hanches handicap "
    "handicapé handicapés hangar hangars harcèlement hardi haricot haricots harnais harpe hasard hasards hâte "
    "hausse hausses haut haute hautes hauts hauteur hauteurs havre hérisson hernie héron héros hêtre heurt "
    "heurts hibou hiérarchie hiérarchies hobby hockey homard homards honte hors houle housse hublot huit "
    "huitième hurlement hurlements hutte huttes"
)
ASPIRATED_H = frozenset(_ASPIRATED_H.split())
"""Words with an aspirated h, before which there is no elision."""

_NO_ELISION = (
    "onze onzième onzièmes oui ouistiti ouistitis un une uns unes huit huitième énième ouate ululer yacht yachts "
    "yaourt yaourts yen yens yoga yougoslave yankee yéti yeti uhlan ok"
)
NO_ELISION = frozenset(_NO_ELISION.split())
"""Words that begin with a vowel but do not require elision."""


def elides_before(word: str) -> bool:
    """True if `le`, `de` or `que` elides its vowel before the word, which must be in lower case."""
    if word in NO_ELISION:
        return False
    if word[0] == "h":
        return word.startswith(MUTE_H) and word not in ASPIRATED_H
    return word[0] in VOWELS or word == "y"


def kinds(readings: Iterable[str]) -> set[str]:
    """The letters of the readings."""
    return {reading[0] for reading in readings}


def genders(readings: Iterable[str]) -> set[str]:
    """`m`, `f` and `e` of the nouns, adjectives and participles among the readings."""
    return {reading[1] for reading in readings if reading[0] in "NAP"}


def numbers(readings: Iterable[str]) -> set[str]:
    """`s`, `p` and `i` of the nouns, adjectives and participles among the readings."""
    return {reading[2] for reading in readings if reading[0] in "NAP"}


def persons(readings: Iterable[str]) -> set[str]:
    """`1s` to `3p` of the finite verbs among the readings."""
    return {reading[1:] for reading in readings if reading[0] == "V" and len(reading) == 3}

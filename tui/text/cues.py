"""The type of a name as the French words around it suggest it.

In `le PDG d'X` and `X, la société qui`, X is an organisation; in `l'avocat X`, a person.
"""

from __future__ import annotations

import re

_CONTEXT = 60
"""Code points examined on either side of a name."""


def _table(**words: str) -> dict[str, str]:
    return {word: label for label, listed in words.items() for word in listed.split()}


_APPOSED = _table(
    PER="""m mm mme mmes mlle dr me monsieur madame docteur professeur professeure président présidente
    ministre sénateur sénatrice député députée maire avocat avocate juge procureur procureure général
    colonel capitaine lieutenant amiral maréchal roi reine prince princesse empereur impératrice duc duchesse
    comte comtesse pape cardinal évêque abbé chancelier chancelière ambassadeur ambassadrice gouverneur
    milliardaire entrepreneur pdg écrivain écrivaine romancier romancière auteur auteure poète journaliste
    chanteur chanteuse rappeur rappeuse acteur actrice comédien comédienne réalisateur réalisatrice cinéaste
    footballeur footballeuse attaquant gardien défenseur entraîneur sélectionneur coureur cycliste boxeur
    catcheur peintre sculpteur compositeur compositrice philosophe historien historienne économiste
    sociologue chercheur chercheuse physicien physicienne mathématicien mathématicienne biologiste architecte
    photographe frère sœur père mère fils fille oncle tante épouse époux mari compatriote empereur""",
    ORG="""groupe société entreprise compagnie start-up startup firme multinationale chaîne club équipe parti
    syndicat association fondation ong banque studio studios label éditeur éditeurs constructeur fabricant
    cabinet consortium université agence opérateur""",
    LOC="""ville village commune municipalité région province comté canton lac fleuve rivière
    mont île aéroport""",
    MISC="""film films roman livre album albums single chanson chansons morceau série revue magazine émission
    jeu logiciel opéra ouvrage téléfilm documentaire manga comédie site""",
)
"""Nouns that come right before the name."""

_GOVERNING = _table(
    ORG="""pdg dg cofondateur cofondatrice co-fondateur co-fondatrice cofondateurs co-fondateurs actionnaire
    actionnaires filiale filiales salariés employés""",
    LOC="""ville village commune municipalité région département province comté district canton quartier
    banlieue vallée péninsule habitants""",
)
"""Nouns linked to the name by `de`."""

_FOLLOWING = _table(
    ORG="société entreprise compagnie firme start-up startup groupe banque association ong multinationale",
    PER="""entrepreneur avocat avocate pdg président présidente directeur directrice ministre fondateur
    fondatrice cofondateur cofondatrice co-fondateur co-fondatrice journaliste écrivain économiste
    chercheur chercheuse porte-parole acteur actrice chanteur chanteuse""",
    LOC="ville village commune capitale",
)
"""Nouns that follow the name after a comma, with or without an article."""

_LINKS = frozenset({"de", "du", "des", "d"})
_ARTICLES = frozenset({"la", "l", "le", "les"})
_ORIGIN = re.compile(
    r"\w{2,}(?:ain|aine|ais|aise|ois|oise|ien|ienne|and|ande|ol|ole|on|onne|que|rque|rse|sse)s?\Z"
)
"""An adjective such as `américaine`, which may come between the noun and the name."""

_TOKEN = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
_OPENING = frozenset("«\"“‘'.")
_AFTER = re.compile(r", (?:(?:le|la|un|une) |l')?((?:\w+-)?\w+)")


def label_of(text: str, start: int, end: int) -> str | None:
    """The label suggested by the words around `text[start:end]` in its line; None if they suggest none."""
    return _before(text, start) or _after(text, end)


def _before(text: str, start: int) -> str | None:
    line_start = max(start - _CONTEXT, text.rfind("\n", max(0, start - _CONTEXT), start) + 1, 0)
    words = _TOKEN.findall(text[line_start:start].lower())
    linked = False
    while words and (words[-1] in _OPENING or words[-1] in _LINKS or words[-1] in _ARTICLES):
        linked = linked or words[-1] in _LINKS
        words.pop()
    if not words:
        return None
    table = _GOVERNING if linked else _APPOSED
    if words[-1] not in table and len(words) > 1 and _ORIGIN.match(words[-1]):
        words.pop()
    return table.get(words[-1])


def _after(text: str, end: int) -> str | None:
    match = _AFTER.match(text, end, end + _CONTEXT)
    return _FOLLOWING.get(match[1].lower()) if match else None

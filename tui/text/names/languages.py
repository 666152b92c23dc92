"""What the recogniser knows of a language: whether it was trained on it, its relatives, and small words."""

from __future__ import annotations

TRAINED = frozenset({"pt", "ro", "de", "en", "sv", "hr", "sk", "fr"})
"""Languages of the annotated texts it was trained on."""

_GROUPS = {
    "R": "pt es it ca gl",
    "F": "fr",
    "O": "ro",
    "D": "de lb",
    "E": "en nl",
    "G": "sv da nb nn no af is",
    "S": "sk cs pl hr sr sl bs uk ru bg mk be",
}
"""Related languages, which share what is learnt of word endings and capitals."""

_GROUP_OF = {code: group for group, codes in _GROUPS.items() for code in codes.split()}

_FUNCTION_WORDS = {
    "I": """in en im à na no nel nella nell' nello nei negli nelle nos nas w we v vo u la în ins på i om at bij nabij
        near inside ve sur dans в у на во""",
    "T": """to nach hacia vers verso para aus from desde dal dalla dall' dai naar uit till från z ze do din al alla
        all' aux au ao aos fra til k ke ka из к до от з від""",
    "F": "of de di von van des du del della dell' dei degli delle do da dos das d' av al ale ai a af",
    "A": """the el la le les los las il lo gli l' o os as der die das den dem het un una une ein eine uno um uma een
        en ett et""",
    "C": "and et y e und och og en i a și oraz & or ou o oder of eller и і та или або",
    "B": "by par por von door av przez od de da with con com mit avec met med cu z s sa with с со із",
    "S": """said says told sagte sagt erklärte dijo dice declaró afirmó señaló disse diz afirmou ha detto dichiarato
        afferma spiega dit déclaré affirmé selon según secondo laut according zei zegt volgens sade enligt powiedział
        řekl rekao kazao spus declarat a povedal pravi kaže sagde uvedl сказал заявил сообщил сказав заявив""",
    "H": """he she who his her il elle qui él ella quien su lui lei che suo ele ela que seu er sie der wer hij zij die
        han hon on ona który el ea care který он она кто він вона""",
    "V": """is was are has had will would est a été sont es fue era ha è era sono sarà é foi tem ist war hat wird wurde
        werd heeft was zal är var har je bol bola jest był a fost este va byl byla był был была""",
}
"""Classes of small words that come before and after names: prepositions, articles, verbs of saying and so on."""

CLASS_OF: dict[str, str] = {}
for _class, _words in _FUNCTION_WORDS.items():
    for _word in _words.split():
        CLASS_OF[_word] = CLASS_OF.get(_word, "") + _class

SENTENCE_START = frozenset('.!?…:«»"“”„(•*#–—¿¡-')
"""After one of these, a capital says nothing."""

SENTENCE_END = frozenset("!?;…")
"""No name contains one of these."""


def group(language: str) -> str:
    """The group of related languages, or `?`."""
    return _GROUP_OF.get(language, "?")

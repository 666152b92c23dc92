"""Words run together: `laL'influence`, `2015Musk`, `laacquisition`, `theplan`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tui.hints.detector import Detector, Finding
from tui.hints.french import VOWELS, elides_before, numbers
from tui.hints.function_words import FUNCTION_WORDS, NEVER_NAMES, OPENERS
from tui.hints.lexicon import Lexicon
from tui.hints.passage import Passage

_SMALL = r"[^\W\d_A-ZÀ-ÖØ-Þ]"
_CAMEL = re.compile(
    rf"(?<![\w.@/#-])([^\W\d_]?{_SMALL}{{1,40}}|à)([A-ZÀ-ÖØ-Þ](?:['’]{_SMALL}{{0,40}}|{_SMALL}{{1,40}}))(?![\w@])"
)
_YEAR_AND_WORD = re.compile(r"(?<![\w.,/-])((?:1[0-9]|20)\d\d)([A-ZÀ-ÖØ-Þ]?[^\W\d_A-ZÀ-ÖØ-Þ]{2,})(?![\w@])")
_WORD_AND_YEAR = re.compile(r"(?<![\w.@/#-])([^\W\d_][^\W\d_A-ZÀ-ÖØ-Þ]+)((?:1[0-9]|20)\d\d)(?![\w@/])")

_HEADS = {
    language: frozenset(words.split())
    for language, words in {
        "fr": "la le les une dans avec pour qui cette leur leurs elle elles nous vous ils mais sous selon",
        "it": "la le lo gli della delle degli dello nella nelle alla alle dalla dalle sulla sulle che una uno",
        "en": "the and with from that this his their which",
        "es": "la los las una que esta este con",
        "de": "der die das und eine einen",
    }.items()
}
"""Words that may be glued to the next word and are not prefixes of other words."""

_ELIDED = {"fr": ("qu", "l", "d", "n", "s", "j"), "it": ("dell", "nell", "all", "dall", "sull", "quell")}
"""What remains of an elided word that has lost its apostrophe."""

_LONGEST_WORD = 100
"""Letters; longer words are not examined."""
_DECADE = re.compile(r"ern?s?|ies?|s", re.IGNORECASE)


def _find(passage: Passage) -> Iterator[Finding]:
    yield from _capital_inside(passage)
    yield from _at_a_year(passage)
    lexicon = passage.lexicon
    if lexicon is not None:
        yield from _non_words(passage, lexicon)


def _capital_inside(passage: Passage) -> Iterator[Finding]:
    """`laL'influence`, `entrepriseLe`: a capital in the middle, with a function word on one side."""
    lexicon, function = passage.lexicon, FUNCTION_WORDS.get(passage.language, frozenset[str]())
    if lexicon is None:
        return
    openers = OPENERS[passage.language]
    for match in _CAMEL.finditer(passage.text):
        head, tail = match.group(1), match.group(2)
        plain = tail.lower().replace("’", "'")
        is_elided = plain[1:2] == "'"
        second = plain.partition("'")[2] or plain
        joined = match.group().lower().replace("’", "'")
        if lexicon.zipf(joined) > 1.5:
            continue
        is_opener = plain in openers or is_elided
        if head[0].isupper():  # Not OnStar and LaPorte, but LaL'influence and TheThe.
            is_glued = head.lower() in function and is_opener
        elif is_opener and len(head) > 3:
            is_glued = head in function or lexicon.zipf(head) >= 3.0
        else:
            is_glued = head in function and (is_elided or lexicon.zipf(second) >= 3.0)
        if is_glued:
            reason = f"“{head}” and “{tail}” run together"
            yield Finding(match.start(), match.end(), reason, None if is_elided else f"{head} {tail}")


def _at_a_year(passage: Passage) -> Iterator[Finding]:
    for match in _YEAR_AND_WORD.finditer(passage.text):
        year, word = match.groups()
        lexicon = passage.lexicon
        if _DECADE.fullmatch(word) or (word.islower() and (lexicon is None or lexicon.zipf(word) < 3.5)):
            continue
        if word.islower() and len(word) < 3:
            continue
        reason = f"“{year}” and “{word}” run together"
        yield Finding(
            match.start(), match.end(), reason, f"{year} {word}", category="punctuation", severity="minor"
        )
    function = FUNCTION_WORDS.get(passage.language, frozenset[str]())
    for match in _WORD_AND_YEAR.finditer(passage.text):
        word, year = match.groups()
        if word.lower() in function:
            yield Finding(match.start(), match.end(), f"“{word}” and “{year}” run together", f"{word} {year}")


def _non_words(passage: Passage, lexicon: Lexicon) -> Iterator[Finding]:
    """`laacquisition`, `lentreprise`: not a word, but two of them."""
    heads, elided = _HEADS[passage.language], _ELIDED.get(passage.language, ())
    for sentence in passage.tokens:
        for token in sentence:
            word = token.text
            if (
                not 6 <= len(word) <= _LONGEST_WORD
                or not word.islower()
                or not word.isalpha()
                or _is_known(lexicon, word)
            ):
                continue
            if passage.counts[word] > 2:
                continue  # A term of this text.
            parts = _split(lexicon, word, heads, elided, passage.language)
            if parts is not None:
                reason = f"“{word}” is not a word: “{parts}” run together"
                yield Finding(token.start, token.end, reason, parts)


def _is_known(lexicon: Lexicon, word: str) -> bool:
    """True for a known word. Word lists from the web contain errors, so a rare word must be in a dictionary."""
    return bool(lexicon.readings(word)) or lexicon.zipf(word) >= 2.0


def _split(
    lexicon: Lexicon, word: str, heads: frozenset[str], elided: tuple[str, ...], language: str
) -> str | None:
    best: tuple[float, str] | None = None
    rare = lexicon.zipf(word)
    least = 3.2 if not rare or lexicon.has_dictionary else max(4.5, rare + 3.0)
    for length in range(2, min(8, len(word) - 3)):
        head, tail = word[:length], word[length:]
        if head in heads and len(tail) >= 4 and lexicon.zipf(tail) >= least:
            parts = f"{head} {tail}"
            if language in {"fr", "it"} and head in {"la", "le", "lo"} and tail[0] in VOWELS:
                parts = f"l'{tail}"
            best = max(best or (0.0, ""), (lexicon.zipf(tail), parts))
    for head in elided:
        tail = word.removeprefix(head)
        if len(tail) >= 5 and tail != word and lexicon.zipf(tail) >= 4.0 and elides_before(tail):
            best = max(best or (0.0, ""), (lexicon.zipf(tail), f"{head}'{tail}"))
    if best is None and (not rare or lexicon.has_dictionary):
        best = _two_words(lexicon, word, language)
    return best[1] if best is not None else None


def _two_words(lexicon: Lexicon, word: str, language: str) -> tuple[float, str] | None:
    """A frequent word with a function word that is no prefix or suffix; in French also two frequent words."""
    best: tuple[float, str] | None = None
    function, heads, tails = _closed_classes(language)
    for length in range(2, len(word) - 1):
        head, tail = word[:length], word[length:]
        first, second = lexicon.zipf(head), lexicon.zipf(tail)
        is_split = (
            (head in heads and second >= 4.0 and len(tail) > 3)
            or (tail in tails and first >= 4.0 and len(head) > 3)
            or (head in heads and tail in function and len(tail) > 2)
            or (language == "fr" and _are_two_in_french(lexicon, head, tail))
        )
        if is_split:
            best = max(best or (0.0, ""), (min(first, second), f"{head} {tail}"))
    return best


@cache
def _closed_classes(language: str) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The function words, those with which no other word begins, and those with which none ends."""
    function = FUNCTION_WORDS[language] | OPENERS[language]
    closed = function | {word for word in NEVER_NAMES[language] if len(word) > 3}
    return function, closed - _PREFIXES[language], closed - _SUFFIXES[language]


def _are_two_in_french(lexicon: Lexicon, head: str, tail: str) -> bool:
    """True for two frequent words, a plural after `des`, or a noun before `de`: cases that need a dictionary."""
    first, second = lexicon.zipf(head), lexicon.zipf(tail)
    if min(len(head), len(tail)) > 3:
        return min(first, second) >= 4.5 and not tail.endswith("elles") and head not in _PREFIXES["fr"]
    if head in {"des", "les", "ces", "ses", "aux", "mes", "nos"}:
        return second >= 3.5 and len(tail) > 4 and "p" in numbers(lexicon.readings(tail))
    if head in {"et", "est", "un", "une"}:
        return second >= 4.0 and len(tail) > 3
    if tail in {"de", "et", "des", "les", "est"}:
        return first >= 4.0 and len(head) > 4 and head[-1] not in "aioyu" and bool(lexicon.readings(head))
    return False


_PREFIXES = {
    language: frozenset(listed.split())
    for language, listed in {
        "fr": """de des d' en sur par se ne s' n' l' j' c' qu' et il on ou où à au y ma son sa si est aux ses plus moins
            mais vers chez depuis trop très leur afin puis sont malgré grand grande petit haut bien mal porte contre
            entre sous sans anti micro super mont garde long mini auto post tele""",
        "it": """in con su di a e ed al da non si per la le li i un' l' d' o come più ma lo gli è anche senza sopra sotto
            verso oltre fino tutto dopo prima molto poco meno fatto viene vanno sempre suoi sue sono era entro""",
        "en": """in on to of as at or an a by be but for not with he it its we us was is had his her after and have ever
            over under through before above below between against during within toward towards since less more most
            much very just even still only where when what there here them then than thus also into onto onto made
            makes said goes gone come came took take gave give does done like each self well""",
        "es": """en con a o u e y se su de no es por lo al sus para la un que pero según sobre bajo contra entre sin tras
            ante menos muy hace hacen tiene está están ella ellas esta estas esa esas esos hizo tuvo""",
        "de": """ein in an auf aus mit von zu und er es im als des den dem für nach aber auch nicht um ist sich sie über
            unter durch gegen zwischen ohne seit vor bei mehr weniger hier dort wieder immer noch schon sein seine sehr
            kann muss soll will selbst selber dann wenn denn dass macht geht kommt kam gibt fand steht stand
            zurück dies eure euer unser unsere mich dich""",
    }.items()
}
"""Function words with which other words begin."""

_SUFFIXES = {
    language: frozenset(listed.split())
    for language, listed in {
        "fr": """de en et il on ou se ne est les le la un à y ce sa si au aux ses son elle elles des où s' n' l' j' c' qu' d' sont ont
            fait font leur leurs trop plus très""",
        "it": """a e i o lo la li le gli si ma al ed in di su da è una un uno come l' d' un' ai con nel mente ente
            sono era erano loro suoi sue stai anno""",
        "en": """a an as at in is on or to he be by us we it of but not for had her his its have are was like less more
            most over under self after before above below through ever even just only made makes said gone goes come
            came take took give gave does done well into onto where when what then than them here there thus man""",
        "es": """a e o u y al el la lo los las les se su es no en de un una con sus como que más ella ellas ello
            menos sino mente esta este aros eran""",
        "de": """ein in an auf aus mit von zu er es im als des den dem der die das eine einen einem einer und um ist sie auch
            sich nach aber nicht für sein seine seiner unter über durch gegen weise ende enden sind wird wurde kann
            muss soll macht geht kommt gibt stand steht fand sagt werden haben hatten hatte""",
    }.items()
}
"""Function words with which other words end."""


DETECTOR = Detector(
    name="glued",
    what="words run together",
    category="spelling",
    severity="major",
    confidence=0.85,
    languages=None,
    find=_find,
)

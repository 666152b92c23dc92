"""Lower-case words of another language: `une guerra aperta`, `Capitale e 8VC`. Capitalised ones are mostly names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.hints.detector import Detector, Finding
from tui.hints.function_words import FUNCTION_WORDS, OPENERS
from tui.hints.lexicon import LANGUAGES, Lexicon
from tui.hints.passage import Passage, Token

_NAMES = {
    "fr": "French", "it": "Italian", "en": "English", "es": "Spanish", "de": "German", "pt": "Portuguese",
    "nl": "Dutch", "ro": "Romanian", "ca": "Catalan",
}  # fmt: skip

_AND = {
    "e": frozenset({"it", "pt"}),
    "y": frozenset({"es"}),
    "i": frozenset({"ca", "it"}),
    "o": frozenset({"it", "es"}),
}
"""One-letter words that often remain untranslated between two names, with their languages."""


class _Foreign(NamedTuple):
    language: str
    strength: int
    """0: a short function word; 1: may belong to both languages; 2: certainly not in the text's language."""


def _find(passage: Passage) -> Iterator[Finding]:
    lexicon = passage.lexicon
    if lexicon is None:
        return
    known: dict[str, _Foreign | None] = {}
    for sentence in passage.tokens:
        marked: list[_Foreign | None] = []
        for token in sentence:
            if token.lower not in known:
                known[token.lower] = _foreign(passage, lexicon, token.lower)
            marked.append(known[token.lower] if token.text.islower() else None)
        yield from _runs(passage, sentence, marked)


def _foreign(passage: Passage, lexicon: Lexicon, word: str) -> _Foreign | None:
    """The other language of the word; None if the word belongs to the text's language or is unclear."""
    own, source = passage.language, passage.source_language
    if not word[0].isalpha() or word.endswith("'") or word in FUNCTION_WORDS[own]:
        return None
    if not word.replace("'", "").replace("-", "").isalpha() or "º" in word or "ª" in word:
        return None
    zipf = lexicon.zipf(word)
    if len(word) > 1 and lexicon.readings(word):
        return _rare_homograph(passage, lexicon, word)
    if len(word) == 1:
        languages = _AND.get(word, frozenset[str]())
        is_right = own in languages or own in {"ca", "pt", "gl"}
        if is_right or (source is not None and source not in languages):
            return None
        return _Foreign(source or min(languages), 0) if languages else None
    other_languages = {
        language: frequency
        for language, frequency in lexicon.other_languages(word).items()
        if language != own
    }
    if not other_languages:
        return None
    language, most = max(
        other_languages.items(), key=lambda item: item[1] + (0.4 if item[0] == source else 0.0)
    )
    sure = most + (0.4 if language == source else 0.0)
    if sure - zipf >= 2.2 and zipf < 2.9 and sure >= 3.8:
        return _Foreign(language, 2)
    if sure - zipf >= 2.5 and zipf < 3.5 and sure >= 5.5:
        return _Foreign(language, 2)
    if len(word) >= 3 and sure - zipf >= 2.2 and zipf < 4.3 and word in FUNCTION_WORDS.get(language, ()):
        return _Foreign(language, 2)
    if source in other_languages and lexicon.has_dictionary and len(word) >= 3:
        in_source = other_languages[source]
        if zipf < 4.5 and in_source >= 3.3 and in_source - zipf >= 0.5:
            return _Foreign(source, 2)
    # Word lists from the web contain English words in every language, a hundred times rarer than in English.
    if (sure - zipf >= 1.6 and zipf < 3.2) or (sure - zipf >= 2.0 and zipf < 5.7):
        return _Foreign(language, 1)
    if len(word) <= 4 and zipf < 5.2:
        languages = [other for other in sorted(LANGUAGES - {own}) if word in FUNCTION_WORDS[other]]
        if languages:
            return _Foreign(source if source in languages else languages[0], 0)
    return None


def _rare_homograph(passage: Passage, lexicon: Lexicon, word: str) -> _Foreign | None:
    """A function word of another language that is also a rare word of this one: `aber`."""
    if lexicon.zipf(word) >= 3.0 or len(word) < 3:
        return None
    for language in sorted(LANGUAGES - {passage.language}):
        if (
            word in FUNCTION_WORDS[language] | OPENERS[language]
            and lexicon.other_languages(word).get(language, 0.0) >= 6.0
        ):
            return _Foreign(language, 2)
    return None


def _runs(
    passage: Passage, sentence: Sequence[Token], marked: Sequence[_Foreign | None]
) -> Iterator[Finding]:
    """Findings for runs of foreign words, each rated as a whole."""
    first = 0
    while first < len(sentence):
        if marked[first] is None or (first and not sentence[first].before):
            first += 1
            continue
        last = first
        while last + 1 < len(sentence) and marked[last + 1] is not None and sentence[last + 1].is_spaced:
            last += 1
        run = [foreign for foreign in marked[first : last + 1] if foreign is not None]
        sure = _confidence(passage, sentence, first, last, run)
        if sure:
            language = Counter(foreign.language for foreign in run).most_common(1)[0][0]
            reason = f"looks {_NAMES.get(language, language)}"
            severity = "major" if len(run) > 1 else "minor"
            yield Finding(sentence[first].start, sentence[last].end, reason, None, sure, severity)
        first = last + 1


def _confidence(
    passage: Passage, sentence: Sequence[Token], first: int, last: int, run: Sequence[_Foreign]
) -> float:
    """The confidence of a hint for this run; 0 for no hint."""
    before = sentence[first - 1].text if first else ""
    after = sentence[last + 1].text if last + 1 < len(sentence) else ""
    if passage.is_quoted(sentence[first].start) or before in {"«", "“", '"', "(", "'", "‘"}:
        return 0.0
    by_name = (before[:1].isupper() and first > 1) or after[:1].isupper()
    strengths = [foreign.strength for foreign in run]
    if (
        after[:1].isupper()
        and all(len(token.text) <= 3 for token in sentence[first : last + 1])
        and len(run) > 1
    ):
        return 0.0  # Particles of a name: Pieter van den Hoogenband
    if len(run) > 1:
        if max(strengths) == 2:
            return 0.85
        return 0.6 if sum(strength > 0 for strength in strengths) >= 2 and not by_name else 0.0
    if strengths == [2]:
        is_noun = before.lower() in FUNCTION_WORDS[passage.language] and bool(
            passage.lexicon and passage.lexicon.readings(sentence[first].lower)
        )
        return 0.0 if by_name or is_noun else 0.55
    if strengths == [0]:
        return _lone_function_word(passage, sentence, first, before, after, run[0])
    return 0.0


def _lone_function_word(
    passage: Passage, sentence: Sequence[Token], number: int, before: str, after: str, foreign: _Foreign
) -> float:
    word = sentence[number].lower
    is_between = bool(before) and bool(after) and before[0].isalnum() and after[0].isalnum()
    if not is_between:
        return 0.0
    if len(word) == 1:
        joins = before[0].isupper() and (after[0].isupper() or after[0].isdigit())
        if passage.source_language is None and not (joins and word == "e"):
            return 0.0  # Names of people contain y and i.
        return 0.5
    by_name = before[:1].isupper() or after[:1].isupper()
    return 0.5 if foreign.language == passage.source_language and not by_name else 0.0


DETECTOR = Detector(
    name="untranslated",
    what="words in another language",
    category="untranslated",
    severity="minor",
    confidence=0.55,
    languages=LANGUAGES,
    find=_find,
)

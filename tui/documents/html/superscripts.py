"""Superscripts and subscripts as plain text.

`10<sup>6</sup>` becomes `10⁶`, `H<sub>2</sub>O` becomes `H₂O` and `x<sup>k</sup>` becomes `x^k`; ordinals such as
`1<sup>er</sup>` stay one word, and the number of a note, as in `word<sup>1</sup>`, becomes `word[1]`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.documents.html.page import NOT_SHOWN, Element, is_inline, walk

_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
_HAS_RAISED = re.compile(r"[0-9+\-−=()ni]+")
_HAS_LOWERED = re.compile(r"[0-9+\-−=()]+|[aehijklmnoprstuvx][0-9]?")

_NUMBERS = re.compile(r"[\[(]?\s{0,3}[0-9]{1,3}(?:[\s,;–-]{1,3}[0-9]{1,3})*+\s{0,3}[\])]?")
"""Numbers of notes."""
_BRACKETS = re.compile(r"\[[^\[\]]{1,60}\]")
_AFTER_NOTE = re.compile(r"\[[0-9,;–\- ]{1,20}\]$")
_TRADE_MARKS = {"tm": "™", "sm": "℠", "(r)": "®", "(c)": "©", "r": "®"}
_INDICATORS = {"o": "º", "a": "ª"}
"""Ordinal indicators of Spanish, Italian and Portuguese."""
_LONGEST_SUFFIX = 5
"""Letters of what belongs to the word before, as in `1<sup>ière</sup>`."""
_SUFFIXES_OF_A_LETTER = frozenset(
    [
        "o",
        "os",
        "a",
        "as",
        "e",
        "es",
        "er",
        "r",
        "re",
        "me",
        "mes",
        "lle",
        "lles",
        "ce",
        "ve",
        "gr",
        "te",
        "t",
        "le",
        "nd",
        "st",
        "d",
    ]
)
"""After a single small letter, as in `n<sup>os</sup>`; other letters are a power."""

_NOTE_WORDS = re.compile(
    r"(?<![a-z])(?:notes?|fn|ftn|nota|noot|appel|fussnote)(?![a-z])|footnote|endnote|noteref|fnref|cite_ref|reference",
    re.IGNORECASE,
)
"""In the class, id, role or target of what refers to a note."""
_RAISED_STYLE = re.compile(r"vertical-align\s*+:\s*+(super|sub)", re.IGNORECASE)

_NEVER_A_NOTE = frozenset(
    [
        "km",
        "cm",
        "mm",
        "dm",
        "nm",
        "µm",
        "μm",
        "hm",
        "ft",
        "in",
        "yd",
        "mi",
        "sq",
        "ms",
        "kg",
        "mg",
        "ml",
        "hl",
        "dl",
        "kw",
        "км",
        "см",
        "мм",
        "дм",
        "кг",
        "мс",
        "px",
        "sin",
        "cos",
        "tan",
        "cot",
        "sec",
        "log",
        "ln",
        "exp",
    ]
)
"""Units and functions, which are raised to a power."""
_CONSONANTS = re.compile("[b-df-hj-np-tv-xz]+")
"""A product such as mc²."""
_ABBREVIATED = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]{0,2}|[A-Z][^\W\d_]{1,4})\.$")
_LONG_WORD = re.compile(r"[^\W\d_]{3}")
_WORD = re.compile(r"[^\W\d_]+$")
_CLOSING = frozenset(".,;:!?…»”’\"')]}«“›。，、！？؟।」』")

JOINER = "\ufdd0"
"""Is put before a note's number in the tree, which belongs to the word before; not a character of any text."""


def rewrite(tree: Element) -> None:
    """Writes every superscript and subscript of a tree as plain text."""
    for element, text in list(_replacements(tree)):
        del element[:]
        element.text = text


def _replacements(tree: Element) -> Iterator[tuple[Element, str]]:
    before = ""
    """The end of the block's text so far."""
    raised: Element | None = None
    events = walk(tree)
    for event, element in events:
        added: str | None = None
        if event == "start":
            if element.tag in NOT_SHOWN:
                events.skip_subtree()
            elif raised is None:
                before = "" if _parts_words(element) else before
                level = _level(element, before)
                added = element.text
                if level is not None:
                    raised = element
                    added = _replacement(element, level, before)
                    yield element, added
        elif raised is None or raised is element:
            raised = None
            before = "" if _parts_words(element) else before
            added = element.tail
        if added:
            before = (before + added)[-_KEPT:]


_KEPT = 60
"""Code points of the text before that are looked at."""


def _parts_words(element: Element) -> bool:
    return element.tag == "br" or not is_inline(element)


def _level(element: Element, before: str) -> str | None:
    """`sup` or `sub`, or None for another element."""
    if element.tag not in ("sup", "sub", "span", "a") or not _is_short(element):
        return None
    if element.tag in ("sup", "sub"):
        return element.tag
    if element.tag == "span" and (style := _RAISED_STYLE.search(element.get("style") or "")):
        return "sup" if style.group(1).lower() == "super" else "sub"
    if element.tag not in ("a", "span") or len(element) > 2 or not before or before[-1].isspace():
        return None
    if not _names_a_note(element):
        return None
    return "sup" if _NUMBERS.fullmatch("".join(element.itertext()).strip()) else None


def _is_short(element: Element) -> bool:
    """True if the element is a few signs on one line, not a passage that is set higher or lower."""
    length = 0
    for number, inner in enumerate(element.iter()):
        if number > _MOST_INNER or (inner is not element and _parts_words(inner)):
            return False
        length += len(inner.text or "") + (len(inner.tail or "") if inner is not element else 0)
        if length > _LONGEST:
            return False
    return True


_MOST_INNER = 8
_LONGEST = 80
"""Code points of a superscript."""


def _replacement(element: Element, level: str, before: str) -> str:
    content = " ".join("".join(element.itertext()).split())
    if not content:
        return ""
    if level == "sub":
        return _lowered(content, before)
    if _is_note(element, content, before):
        return _note(content, before)
    return _raised(content, before)


def _note(content: str, before: str) -> str:
    """A reference to a note. At the start of a paragraph it is the number of the note itself, which is left out."""
    numbers = content.strip("[]() ")
    if not before.strip():
        return ""
    if before[-1] in "[(":
        return numbers
    return JOINER + (content if _BRACKETS.fullmatch(content) else f"[{numbers}]")


def _is_note(element: Element, content: str, before: str) -> bool:
    is_letter = len(content) == 1 and content in "abcdfghijk"
    if not is_letter and _NUMBERS.fullmatch(content) is None:
        return False
    following = (element.tail or "")[:1]
    if following in ("/", "⁄"):
        return False
    if following.isalnum() and (not before or before[-1].isspace()):
        # Of an isotope such as ¹⁴C, or of the note itself.
        return not before.strip() and _LONG_WORD.match(element.tail or "") is not None
    if _BRACKETS.fullmatch(content) or _refers_to_note(element):
        return True
    base = _WORD.search(before.rstrip(".") if is_letter else before)
    word = base.group() if base else ""
    if is_letter:
        if content == "a" and word[:1].isupper():
            return False
        return before.rstrip()[-1:] in _CLOSING and len(word) > 2
    if not before or before[-1].isspace() or before[-1] in _CLOSING:
        return not _is_formula(before)
    if word.lower() in _NEVER_A_NOTE:
        return False
    return len(word) > 2 or (len(word) == 2 and word.islower() and _CONSONANTS.fullmatch(word) is None)


def _is_formula(before: str) -> bool:
    """True if the text ends in a bracket without words, as in (a+b)²."""
    if not before or before[-1] not in ")]}" or _AFTER_NOTE.search(before):
        return False
    opening = max(before.rfind(bracket) for bracket in "([{")
    return opening >= 0 and re.search(r"[^\W\d_]{3}", before[opening:]) is None


def _refers_to_note(element: Element) -> bool:
    """True if the element is or has a link to a note, or is named as one."""
    inner = list(element.iter("a", "span"))
    if any(child.tag == "a" for child in inner) or any(map(_names_a_note, (element, *inner))):
        return True
    parent = element.getparent()
    if parent is None or parent.tag not in ("a", "span", "sup"):
        return False
    alone = parent.tag == "a" and len(parent) == 1 and not (parent.text or element.tail or "").strip()
    return alone or _names_a_note(parent)


def _names_a_note(element: Element) -> bool:
    values = [element.get(name) or "" for name in ("class", "id", "role", "rel", "epub:type", "data-type")]
    if element.tag == "a":
        values.append((element.get("href") or "").partition("#")[2])
    return any(_NOTE_WORDS.search(value[:200]) for value in values if value)


def _raised(content: str, before: str) -> str:
    trade_mark = _TRADE_MARKS.get(content.lower())
    if trade_mark and not (content == "r" and len(before) < 3):
        return trade_mark
    if content.isalpha():
        return _raised_letters(content, before)
    if _HAS_RAISED.fullmatch(content):
        return content.translate(_RAISED)
    if not before or before[-1].isspace() or not content[0].isalnum():
        return content
    return f" {content}" if " " in content else f"^{content}"


def _raised_letters(content: str, before: str) -> str:
    """Letters above the line: part of a word, a variable, or a word of its own."""
    last, earlier = before[-1:], before[-2:-1]
    if not last or last.isspace():
        return content
    if content in _INDICATORS and (last.isdigit() or _ABBREVIATED.search(before)):
        return _INDICATORS[content]
    if content == "o" and last in "nN" and not earlier.isalnum():
        return "º"
    is_variable = last.isalpha() and last.islower() and not earlier.isalnum()
    if is_variable and content not in _SUFFIXES_OF_A_LETTER:
        return _power(content)
    if len(content) == 1 and content in "nkxyzm" and (last.isdigit() or last in ")]"):
        return _power(content)
    return content if len(content) <= _LONGEST_SUFFIX else f" {content}"


def _power(content: str) -> str:
    return content.translate(_RAISED) if _HAS_RAISED.fullmatch(content) else f"^{content}"


def _lowered(content: str, before: str) -> str:
    if not before or before[-1].isspace():
        return content
    if _HAS_LOWERED.fullmatch(content):
        return content.translate(_LOWERED)
    # PM2.5 is how it is written; a number after a number would be another number.
    if not before[-1].isalnum() or (before[-1].isalpha() and content[0].isdigit()):
        return content
    return f"_{content}"

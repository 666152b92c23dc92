"""Superscript and subscript in plain text: `10⁶`, never `106`."""

from __future__ import annotations

_PLAIN = "0123456789+-−=()ni"
_RAISED = str.maketrans(_PLAIN, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_LOWERED = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")


def raised(text: str, before: str) -> str:
    """Superscript text after `before`: Unicode's superscripts, else `^` in front of digits; letters stay as they are.

    French and Spanish write 1er, Mme and nº with raised letters, which are letters of the word.
    """
    core = text.strip()
    if not core or not any(character.isdigit() or character in "+-−" for character in core):
        return text
    if all(character in _PLAIN for character in core):
        return text.translate(_RAISED)
    return f"^{text}" if before and not before[-1].isspace() else text


def lowered(text: str) -> str:
    """Subscript text: Unicode's subscripts where it has them all, as in CO₂."""
    core = text.strip()
    is_known = core and all(character in "0123456789+-−=()" for character in core)
    return text.translate(_LOWERED) if is_known else text

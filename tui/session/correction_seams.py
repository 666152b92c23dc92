"""The blanks where a correction meets the text: one that is missing is inserted, one too many is deleted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.session.correction_pieces import Part, Piece
from tui.text.spacing import Blank, blank_between, is_unspaced, tight_blank

_BEFORE, _AFTER = 2000, 24
"""Code points that are looked at before and after a seam."""
_NARROW = frozenset({"\u202f", "\u2009"})
"""Blanks that belong to a mark, not between words."""
_GUILLEMETS = "«‹"
_SEPARATES = frozenset(',;:!?…()[]{}«»“”„"—–')
"""Marks between two words that would run together without them."""


class _Seam(NamedTuple):
    """What is between two stretches of the corrected text."""

    before: Part | None
    """None at the start of the sentence, and below, at its end."""
    between: Sequence[Part]
    after: Part | None
    ahead: str
    """The corrected text from the seam on."""
    beyond: str
    """The corrected text after `after`."""


class Seams:
    """Closes the seams in the corrected text of one sentence."""

    def __init__(self, text: str, start: int, end: int, language: str) -> None:
        self._text, self._start, self._end, self._language = text, start, end, language
        before = text[max(0, start - _BEFORE) : start]
        self._done = before[before.rfind("\n") + 1 :]
        """The corrected text so far."""

    def closed(self, parts: Sequence[Part]) -> Iterator[Piece]:
        """The pieces, with the right blanks."""
        carried: list[Part] = []
        for seam in self._seams(parts):
            if carried:
                seam = seam._replace(between=[*carried, *seam.between])
            pieces, carried = self._close(seam)
            if seam.after is not None:
                pieces.append(seam.after.piece)
            for piece in pieces:
                if piece.kind != "deleted":
                    self._done = (self._done + piece.text)[-_BEFORE:]
            yield from pieces

    def _seams(self, parts: Sequence[Part]) -> Iterator[_Seam]:
        cores = [n for n, part in enumerate(parts) if part.piece.kind != "deleted" and not part.is_blank]
        for first, last in zip([-1, *cores], [*cores, len(parts)], strict=True):
            after = parts[last] if last < len(parts) else None
            yield _Seam(
                parts[first] if first >= 0 else None,
                parts[first + 1 : last],
                after,
                self._ahead(parts, last),
                self._ahead(parts, last + 1) if after is not None else "",
            )

    def _ahead(self, parts: Sequence[Part], number: int) -> str:
        ahead = ""
        for index in range(number, len(parts)):
            part = parts[index]
            if part.piece.kind != "deleted":
                ahead += part.piece.text[:_AFTER]
                if part.old is None and part.piece.kind == "inserted" and part.piece.text[-1] not in "-‐":
                    ahead += " "  # Its own seam is not closed yet.
            if len(ahead) >= _AFTER:
                return ahead
        return ahead + self._text[self._end : self._end + _AFTER].split("\n")[0]

    # -- one seam ----------------------------------------------------------

    def _close(self, seam: _Seam) -> tuple[list[Piece], list[Part]]:
        """The pieces between two stretches, and the blanks that belong after the second one instead."""
        if not seam.between and not self._is_edited(seam):
            return [], []
        blank = self._blank_at(seam)
        if blank is None:
            return [part.piece for part in seam.between], []
        carried = self._carried(seam, blank)
        between = [part for part in seam.between if part not in carried]
        characters = self._characters(seam, blank, between)
        chosen = _chosen(between, characters, exactly=blank == "tight" and self._is_edited(seam))
        pieces: list[Piece] = []
        for part in between:
            piece = part.piece
            if not part.is_blank:
                pieces.append(piece)
            elif part is chosen:
                pieces.append(piece._replace(text=piece.text[:1]))
                if len(piece.text) > 1 and piece.kind == "kept":
                    pieces.append(Piece("deleted", piece.text[1:], piece.start + 1, _mark(seam)))
            elif piece.kind == "kept":
                pieces.append(Piece("deleted", piece.text, piece.start, _mark(seam)))
        if characters and chosen is None:
            _insert(pieces, seam, characters)
        return pieces, carried

    def _is_edited(self, seam: _Seam) -> bool:
        return any(part is not None and part.piece.kind == "inserted" for part in (seam.before, seam.after))

    def _blank_at(self, seam: _Seam) -> Blank | None:
        """The kind of blank that belongs here; None if what is there stays as it is."""
        before, after, between = seam.before, seam.after, seam.between
        text, language = self._text, self._language
        blank = blank_between(self._done, seam.ahead, language)
        first = before.old if before is not None else (self._start, self._start)
        last = after.old if after is not None else (self._end, self._end)
        blanks = "".join(part.piece.text for part in between if part.is_blank)
        if first is None or last is None:  # An omission.
            is_inside = not blanks and self._is_inside_a_word(seam)
            return None if is_inside else blank
        gap = text[first[1] : last[0]]
        if gap == blanks:  # Both stretches are still there, or have been replaced.
            old = blank_between(
                text[max(0, first[1] - _BEFORE) : first[1]], text[last[0] : last[0] + _AFTER], language
            )
            return None if old == blank else blank
        if not blanks and gap.strip() == gap and not _SEPARATES.issuperset(gap):
            return None  # Letters of a word were deleted.
        return blank

    def _is_inside_a_word(self, seam: _Seam) -> bool:
        """True if an omission is between two letters or digits of one word."""
        omission = seam.after if seam.after is not None and seam.after.old is None else seam.before
        if omission is None:
            return False
        offset = omission.piece.start
        if not self._start < offset < self._end:
            return False
        before, after = self._text[offset - 1], self._text[offset]
        if is_unspaced(before) or is_unspaced(after):
            return False
        return (
            (before.isalnum() or before in "-‐’'")
            and (after.isalnum() or after in "-‐’'")
            and not (
                before in "’'"
                and blank_between(self._text[max(0, offset - _AFTER) : offset], "x", self._language) == "none"
            )
        )

    def _carried(self, seam: _Seam, blank: Blank) -> list[Part]:
        """The blanks before an omission that belong after it: in `mot !`, a word goes before the blank."""
        after = seam.after
        if after is None or after.old is not None or after.piece.kind != "inserted" or not seam.beyond:
            return []
        carried: list[Part] = []
        for part in reversed(seam.between):
            if not part.is_blank or part.piece.kind != "kept":
                break
            carried.insert(0, part)
        if not carried or blank == "none":
            return carried
        if blank == "tight":
            return [] if carried[0].piece.text in _NARROW else carried
        following = blank_between(f"{self._done} {after.piece.text}", seam.beyond, self._language)
        return carried if following == "tight" and after.piece.text[-1] not in _GUILLEMETS else []

    def _characters(self, seam: _Seam, blank: Blank, between: Sequence[Part]) -> str:
        """The blank itself, empty if none belongs here."""
        if (seam.before is None and self._is_blank(self._start - 1)) or (
            seam.after is None and self._is_blank(self._end)
        ):
            return ""  # The one outside the sentence is enough.
        if blank == "any":
            blanks = [part.piece.text for part in between if part.is_blank]
            if blanks:
                return blanks[0][:1]
            return " " if self._is_dash_in_a_gap(seam) else ""
        if blank == "tight":
            before, after = self._done.rstrip()[-1:], seam.ahead.lstrip()[:1]
            return tight_blank(self._text, before if before in _GUILLEMETS else after, self._language)
        return " " if blank == "space" else ""

    def _is_dash_in_a_gap(self, seam: _Seam) -> bool:
        """True after a dash that was missing between two words with a blank between them."""
        before = seam.before
        return (
            before is not None
            and before.old is None
            and before.piece.text in "—–"
            and (self._is_blank(before.piece.start - 1) or self._is_blank(before.piece.start))
        )

    def _is_blank(self, offset: int) -> bool:
        return not 0 <= offset < len(self._text) or self._text[offset].isspace()


def _chosen(between: Sequence[Part], characters: str, *, exactly: bool) -> Part | None:
    """The blank that is kept: the right one, or unless it must be `exactly` that, another that is not narrow."""
    blanks = [part for part in between if part.is_blank]
    if not characters:
        return None
    for part in blanks:
        if part.piece.text[:1] in {characters, "\n"}:
            return part
    others = [part for part in blanks if characters != " " or part.piece.text not in _NARROW]
    return others[-1] if others and not exactly else None


def _mark(seam: _Seam) -> str | None:
    """The mark that deletes a blank here."""
    parts = [*seam.between, seam.before, seam.after]
    return next((part.piece.mark for part in parts if part is not None and part.piece.mark is not None), None)


def _insert(pieces: list[Piece], seam: _Seam, blank: str) -> None:
    """Put a new blank next to the insertion that needs it."""
    before, after = seam.before, seam.after
    if after is not None and after.piece.kind == "inserted":
        pieces.append(Piece("inserted", blank, after.piece.start, after.piece.mark))
    elif before is not None and before.piece.kind == "inserted":
        pieces.insert(0, Piece("inserted", blank, before.piece.start, before.piece.mark))
    else:
        offset = after.piece.start if after is not None else 0
        pieces.append(Piece("inserted", blank, offset, _mark(seam)))

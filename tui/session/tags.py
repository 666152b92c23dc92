"""What each key makes of a sentence's annotation. Pure: an annotation in, an annotation out.

Only a tag or "none" decides a sentence. Taking the last tag away leaves it undecided. The tag that
stands for marked errors stays as long as there are any.
"""

from __future__ import annotations

from msgspec.structs import replace

from tui.model.annotation import Annotation
from tui.model.scheme import Scheme


class Refused(Exception):
    """The key does not apply here; `str()` says why, in one line."""


def with_tag(said: Annotation, tag_id: str, scheme: Scheme) -> Annotation:
    """The tag beside the others, and decided. What a mark had added is now the annotator's own word."""
    by_span = said.tagged_by_span and tag_id != scheme.error_tag
    tags = scheme.in_order((*said.tags, tag_id))
    return replace(said, tags=tags, decided=True, tagged_by_span=by_span)


def without_tag(said: Annotation, tag_id: str, scheme: Scheme) -> Annotation:
    """The other tags; undecided when there are none. Raises Refused for the error tag of marked errors."""
    if tag_id == scheme.error_tag and said.spans:
        raise Refused(f"has {_error_marks(said)}: delete them first")
    tags = tuple(tag for tag in said.tags if tag != tag_id)
    return replace(said, tags=tags, decided=said.decided and bool(tags))


def with_none(said: Annotation, scheme: Scheme) -> Annotation:
    """Decided that no tag applies. Raises Refused when there are marked errors."""
    if said.spans:
        key = scheme.tag(scheme.error_tag).letter.lower()
        raise Refused(f"has {_error_marks(said)}: delete them or press {key}")
    return replace(said, tags=(), decided=True)


def cleared(said: Annotation) -> Annotation:
    """No tags and no decision; spans, quotes, the note and the flag stay."""
    return replace(said, tags=(), decided=False)


def with_unsure_turned(said: Annotation) -> Annotation:
    return replace(said, unsure=not said.unsure)


def with_note(said: Annotation, note: str) -> Annotation:
    """The note without outer white space; half a surrogate pair, which no file can hold, becomes U+FFFD."""
    storable = note.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return replace(said, note=storable.strip())


def _error_marks(said: Annotation) -> str:
    count = len(said.spans)
    return f"{count} error mark{'s' if count > 1 else ''}"

"""How each tag key changes an annotation. Pure: an annotation in, an annotation out.

Only a tag or "none" decides a sentence. Removing the last tag leaves it undecided. The error tag stays as long as
there are error marks.
"""

from __future__ import annotations

from msgspec.structs import replace

from tui.model.annotation import Annotation
from tui.model.scheme import Scheme


class Refused(Exception):
    """The key does not apply here; `str()` says why, in one line."""


def with_tag(annotation: Annotation, tag_id: str, scheme: Scheme) -> Annotation:
    """With one more tag, and decided. An error tag that a mark had added is now the annotator's own."""
    by_span = annotation.tagged_by_span and tag_id != scheme.error_tag
    tags = scheme.in_order((*annotation.tags, tag_id))
    return replace(annotation, tags=tags, decided=True, tagged_by_span=by_span)


def without_tag(annotation: Annotation, tag_id: str, scheme: Scheme) -> Annotation:
    """Without the tag; undecided if it was the last. Raises Refused for the error tag if there are error marks."""
    if tag_id == scheme.error_tag and annotation.spans:
        raise Refused(f"has {_error_marks(annotation)}: delete them first")
    tags = tuple(tag for tag in annotation.tags if tag != tag_id)
    return replace(annotation, tags=tags, decided=annotation.decided and bool(tags))


def with_none(annotation: Annotation, scheme: Scheme) -> Annotation:
    """Decided that no tag applies. Raises Refused if there are error marks."""
    if annotation.spans:
        key = scheme.tag(scheme.error_tag).letter.lower()
        raise Refused(f"has {_error_marks(annotation)}: delete them or press {key}")
    return replace(annotation, tags=(), decided=True)


def cleared(annotation: Annotation) -> Annotation:
    """No tags and no decision; spans, quotes, the note and the flag stay."""
    return replace(annotation, tags=(), decided=False)


def with_unsure_turned(annotation: Annotation) -> Annotation:
    return replace(annotation, unsure=not annotation.unsure)


def with_note(annotation: Annotation, note: str) -> Annotation:
    """With the note, stripped; half a surrogate pair, which no file can store, becomes U+FFFD."""
    storable = note.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return replace(annotation, note=storable.strip())


def _error_marks(annotation: Annotation) -> str:
    from tui.text.plurals import counted

    return counted(len(annotation.spans), "error mark")

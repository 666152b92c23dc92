"""Annotations carried over to another scheme: labels that were renamed are renamed in them. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from tui.model.annotation import Annotation, Change
from tui.model.scheme import Renamed, Scheme


def renamed(said: Annotation, names: Renamed, scheme: Scheme) -> Annotation:
    """What an annotation says in the words of `scheme`; two tags that became one are one."""
    spans = tuple(
        replace(
            span,
            severity=names.severities.get(span.severity, span.severity),
            category=names.categories.get(span.category, span.category) if span.category else span.category,
        )
        for span in said.spans
    )
    tags = scheme.in_order(names.tags.get(tag, tag) for tag in said.tags)
    return replace(said, tags=tags, spans=spans)


def changes(annotations: Iterable[Annotation], names: Renamed, scheme: Scheme) -> list[Change]:
    """Before and after, of each annotation that says something else then."""
    pairs = ((said, renamed(said, names, scheme)) for said in annotations)
    return [Change(before=said, after=after) for said, after in pairs if after != said]


def unknown_labels(annotations: Iterable[Annotation], scheme: Scheme) -> Counter[str]:
    """Labels that the scheme does not have, such as `tag fact`, and how often each is used."""
    tags = {tag.id for tag in scheme.tags}
    categories = {category.id for category in scheme.categories}
    severities = {severity.id for severity in scheme.severities}
    found: Counter[str] = Counter()
    for said in annotations:
        found.update(f"tag {tag}" for tag in said.tags if tag not in tags)
        found.update(f"severity {span.severity}" for span in said.spans if span.severity not in severities)
        found.update(
            f"category {span.category}"
            for span in said.spans
            if span.category is not None and span.category not in categories
        )
    return found

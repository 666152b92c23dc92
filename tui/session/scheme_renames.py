"""Renaming the labels of annotations after a scheme has renamed its own. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from tui.model.annotation import Annotation, Change
from tui.model.scheme import Renamed, Scheme


def renamed(annotation: Annotation, names: Renamed, scheme: Scheme) -> Annotation:
    """The annotation with the labels of `scheme`; two tags that became one are one.

    `updated_at` stays, because the annotator has not changed anything.
    """
    spans = tuple(
        replace(
            span,
            severity=names.severities.get(span.severity, span.severity),
            category=names.categories.get(span.category, span.category) if span.category else span.category,
        )
        for span in annotation.spans
    )
    tags = scheme.in_order(names.tags.get(tag, tag) for tag in annotation.tags)
    return replace(
        annotation,
        tags=tags,
        spans=spans,
        tagged_by_span=annotation.tagged_by_span and scheme.error_tag in tags,
    )


def changes(annotations: Iterable[Annotation], names: Renamed, scheme: Scheme) -> list[Change]:
    """Before and after, for each annotation that changes."""
    pairs = ((annotation, renamed(annotation, names, scheme)) for annotation in annotations)
    return [Change(before=annotation, after=after) for annotation, after in pairs if after != annotation]


def renamings(annotations: Iterable[Annotation], names: Renamed) -> Counter[str]:
    """The labels that are renamed, such as `tag fact → claim`, and how often."""
    by_kind = {"tag": names.tags, "category": names.categories, "severity": names.severities}
    counts: Counter[str] = Counter()
    for kind, label in _labels(annotations):
        new = by_kind[kind].get(label, label)
        if new != label:
            counts[f"{kind} {label} → {new}"] += 1
    return counts


def unknown_labels(annotations: Iterable[Annotation], scheme: Scheme) -> Counter[str]:
    """Labels that the scheme does not have, such as `tag fact`, and how often each is used."""
    known = {
        "tag": {tag.id for tag in scheme.tags},
        "category": {category.id for category in scheme.categories},
        "severity": {severity.id for severity in scheme.severities},
    }
    return Counter(f"{kind} {label}" for kind, label in _labels(annotations) if label not in known[kind])


def _labels(annotations: Iterable[Annotation]) -> Iterator[tuple[str, str]]:
    """Every label in use, with its kind."""
    for annotation in annotations:
        for tag in annotation.tags:
            yield "tag", tag
        for span in annotation.spans:
            yield "severity", span.severity
            if span.category is not None:
                yield "category", span.category

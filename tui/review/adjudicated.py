"""One version of each sentence: what a reviewer settled, or what its annotators agree on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import msgspec
from msgspec.structs import replace

from tui.agreement.disagreements import differences, majority, versions
from tui.model.annotation import Annotation
from tui.model.article import Article
from tui.review.settled import has_moved, same_content
from tui.review.versions import Work

How = Literal["version", "majority", "anew", "none", "agreed", "single"]
"""How a reviewer settled it; without a decision, `agreed` if all who decided it agree, `single` if only one did."""


class Provenance(msgspec.Struct, frozen=True, kw_only=True):
    """Where a version comes from."""

    how: How
    annotators: tuple[str, ...]
    """The annotators with the same version."""
    seen: tuple[str, ...]
    """The annotators whose versions existed when it was settled; without a decision, those who have one now."""
    decided_at: str | None
    """When the reviewer settled it; None without a decision."""
    blind: bool


class Adjudicated(NamedTuple):
    """The one version of a sentence."""

    annotation: Annotation
    annotator: str
    """The annotator with this version, or else the reviewer."""
    provenance: Provenance
    has_moved: bool
    """True if an annotator has changed their version since it was settled."""


class Unsettled(NamedTuple):
    """A sentence on which annotators differ, and that is not settled yet."""

    start: int


def conflicts(decisions: Mapping[str, Work]) -> dict[int, list[str]]:
    """The sentences that more than one reviewer settled, by start, with the reviewers."""
    by_start: dict[int, list[str]] = {}
    for reviewer in sorted(decisions):
        for start, settled in decisions[reviewer].items():
            if settled.is_settled:
                by_start.setdefault(start, []).append(reviewer)
    return {start: by_start[start] for start in sorted(by_start) if len(by_start[start]) > 1}


def in_force(decisions: Mapping[str, Work]) -> dict[int, Annotation]:
    """The decision that counts for each sentence, by its start: the last one if several reviewers settled it."""
    latest: dict[int, Annotation] = {}
    for reviewer in sorted(decisions):
        for start, settled in decisions[reviewer].items():
            if settled.is_settled and (start not in latest or latest[start].updated_at <= settled.updated_at):
                latest[start] = settled
    return latest


def adjudicated(
    article: Article, by_annotator: Mapping[str, Work], decisions: Mapping[int, Annotation]
) -> Iterator[Adjudicated | Unsettled]:
    """In the order of the published sentences; without those that no one decided."""
    for start, end in zip(article.starts, article.ends, strict=True):
        there = versions(by_annotator, start, end)
        settled = decisions.get(start)
        if settled is not None and settled.end == end and settled.review is not msgspec.UNSET:
            yield _settled(settled, settled.review.seen, there)
        elif differences(there):
            yield Unsettled(start)
        elif there:
            yield _agreed(there)


def _settled(settled: Annotation, seen: Mapping[str, str], there: Mapping[str, Annotation]) -> Adjudicated:
    review = settled.review
    assert review is not msgspec.UNSET
    same = tuple(
        name
        for name, annotation in there.items()
        if settled.status != "rejected" and same_content(annotation, settled)
    )
    return Adjudicated(
        annotation=settled,
        annotator=review.whose or settled.reviewer or "",
        provenance=Provenance(
            how=review.how,
            annotators=same,
            seen=tuple(sorted(seen)),
            decided_at=settled.updated_at,
            blind=review.blind,
        ),
        has_moved=has_moved(settled, there),
    )


def _agreed(there: Mapping[str, Annotation]) -> Adjudicated:
    """Corrections do not count as disagreement: a correction that not all give is left out."""
    annotator, first = next(iter(there.items()))
    annotation = first
    if len(there) > 1:
        agreed = majority(there)
        annotation = replace(first, spans=agreed.spans, quotes=agreed.quotes)
    return Adjudicated(
        annotation=annotation,
        annotator=annotator,
        provenance=Provenance(
            how="agreed" if len(there) > 1 else "single",
            annotators=tuple(there),
            seen=tuple(there),
            decided_at=None,
            blind=False,
        ),
        has_moved=False,
    )

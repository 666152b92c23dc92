"""A sentence's words, divided wherever something begins or ends, since marks may overlap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import msgspec

from tui.model.article import Entity
from tui.report.people import Remark


class Piece(msgspec.Struct, frozen=True, kw_only=True):
    """Words that are covered by the same marks; no words for an omission."""

    start: int
    end: int
    covering: tuple[Remark, ...]
    """By their start."""
    ending: tuple[Remark, ...]
    """Those of `covering` that end after this piece, or at the end of the sentence."""
    entity: Entity | None


def pieces(start: int, end: int, remarks: Sequence[Remark], entities: Sequence[Entity]) -> Iterator[Piece]:
    """The whole text from `start` to `end`, in order. `remarks` may reach beyond it."""
    beginning: dict[int, list[Remark]] = {}
    ending: dict[int, list[Remark]] = {}
    between: dict[int, list[Remark]] = {}
    cuts = {start, end}
    for remark in remarks:
        first, last = max(start, remark.start), min(end, remark.end)
        if first > last or (first == last and remark.start < remark.end):
            continue
        cuts |= {first, last}
        if first == last:
            between.setdefault(first, []).append(remark)
        else:
            beginning.setdefault(first, []).append(remark)
            ending.setdefault(last, []).append(remark)
    entity_from = {max(start, entity.start): entity for entity in entities}
    for entity in entities:
        cuts |= {max(start, entity.start), min(end, entity.end)}
    active: dict[int, Remark] = {}
    entity = None
    offsets = sorted(cuts)
    for offset, following in pairwise([*offsets, end]):
        for remark in between.get(offset, ()):
            yield Piece(start=offset, end=offset, covering=(remark,), ending=(remark,), entity=None)
        if offset == following:
            continue
        active |= {id(remark): remark for remark in beginning.get(offset, ())}
        entity = entity_from.get(offset, entity)
        over = tuple(ending.get(following, ()))
        yield Piece(
            start=offset,
            end=following,
            covering=tuple(active.values()),
            ending=over,
            entity=entity if entity is not None and entity.end >= following else None,
        )
        for remark in over:
            del active[id(remark)]

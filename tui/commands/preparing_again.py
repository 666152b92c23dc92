"""`postil add --again`: a stored article as today's preparation makes it, without losing what others do meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from tui.model.article import Article
from tui.model.clock import now
from tui.model.repaired import repaired
from tui.store.changes import change
from tui.store.folder import FolderStore
from tui.store.protocol import Changed
from tui.workspace import Workspace

_TRIES = 5
"""How often preparation is repeated because the article changed meanwhile."""


def prepare_again(
    place: Workspace,
    known: Article,
    fresh: Article,
    prepare: Callable[[Article], Article],
    *,
    force: bool,
    tell: Callable[[str], None],
) -> Article:
    """Store the `known` article as it was read today, `fresh`, and as `prepare` adds names and hints to it.

    Id, source, number of the segmentation and published repairs stay. Where the sentences would change under
    annotations they stay too, unless `force`; `tell` shows which. What takes long is done without the lock: if
    the article, or the annotations on its sentences, have changed by the end, it begins again.
    Raises StoreError, PreparationError.
    """
    for _ in range(_TRIES):
        kept, message = _resegmented(place, known, fresh, force=force)
        whole = prepare(kept)
        with change(place.library, known.id, who=place.annotator, doing="preparing it again") as held:
            stored = held.load()
            if stored.version == known.version and (force or not _in_the_way(place, known, whole)):
                whole = held.save(whole)
                if message:
                    tell(message)
                return whole
        known = stored
    raise Changed(f"{known.id} is changed all the time: try again later")


def _resegmented(place: Workspace, known: Article, fresh: Article, *, force: bool) -> tuple[Article, str]:
    """The article with its sentences cut as today where that is possible, without names, and what to say of it."""
    for publication in known.publications:
        fresh = replace(repaired(fresh, publication.repairs), entity_block_starts=[])
    kept = replace(
        fresh,
        id=known.id,
        title=known.title,
        source=known.source,
        source_language=fresh.source_language or known.source_language,
        added_at=known.added_at,
        segmentation=known.segmentation,
        publications=known.publications,
        version=known.version,
    )
    if (known.starts, known.ends) == (fresh.starts, fresh.ends):
        return kept, ""
    moved = _in_the_way(place, known, fresh)
    if moved and not force:
        kept.starts, kept.ends, kept.paragraphs = known.starts, known.ends, known.paragraphs
        kept.headings = known.headings
        kept.prepared_by = {**kept.prepared_by, "sentences": known.prepared_by.get("sentences", "unknown")}
        return kept, (
            f"{known.id}: the sentences stay as they are because of {moved}: "
            "--force changes them, and keeps annotations that no longer fit"
        )
    kept.segmentation = known.segmentation + 1
    return kept, (
        f"{known.id}: the sentences have changed, this is segmentation {kept.segmentation} ({now()[:10]})"
        + (f"; what no longer fits one is kept: {moved}" if moved else "")
    )


def _in_the_way(place: Workspace, known: Article, fresh: Article) -> str:
    """What would be on no sentence: `annotations (2 of ana, 1 of ben)`, `ana, who has it open`, or nothing."""
    remaining = set(zip(fresh.starts, fresh.ends, strict=True))
    if remaining == set(zip(known.starts, known.ends, strict=True)):
        return ""
    counts: list[str] = []
    stores: dict[str, FolderStore] = {
        "": place.store,
        "'s second pass": place.seconds,
        "'s review": place.reviews,
    }
    for what, store in stores.items():
        for annotator in store.annotators(known.id):
            annotations = store.load(known.id, annotator, known.text_sha256).annotations.values()
            lost = sum((one.start, one.end) not in remaining for one in annotations)
            if lost:
                counts.append(f"{lost} of {annotator}{what}")
    if counts:
        return f"annotations ({', '.join(counts)})"
    at_work = sorted({name for store in stores.values() for name in store.at_work(known.id)})
    return f"{', '.join(at_work)}, who may have it open" if at_work else ""

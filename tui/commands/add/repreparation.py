"""`postil add --again`: prepare a stored article again, without losing what others change meanwhile."""

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
"""How often preparation is repeated because the article has changed meanwhile."""


def prepare_again(
    workspace: Workspace,
    known: Article,
    fresh: Article,
    prepare: Callable[[Article], Article],
    *,
    force: bool,
    tell: Callable[[str], None],
) -> Article:
    """Replace the `known` article by the same text read today, `fresh`, with the names and hints that `prepare` adds.

    Id, source, segmentation number and published repairs are kept. So are sentences that carry annotations, unless
    `force` is given; `tell` gets a message about them. Preparation takes long and runs without the lock: if the
    article or annotations on its sentences have changed by the end, it starts again.
    Raises StoreError, PreparationError.
    """
    for _ in range(_TRIES):
        kept, message = _resegmented(workspace, known, fresh, force=force)
        whole = prepare(kept)
        with change(workspace.library, known.id, who=workspace.annotator, doing="preparing it again") as held:
            stored = held.load()
            if stored.version == known.version and (force or not _in_the_way(workspace, known, whole)):
                whole = held.save(whole)
                if message:
                    tell(message)
                return whole
        known = stored
    raise Changed(f"{known.id} keeps changing: try again later")


def _resegmented(workspace: Workspace, known: Article, fresh: Article, *, force: bool) -> tuple[Article, str]:
    """The article without names, with today's sentences if possible, and a message about them."""
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
    moved = _in_the_way(workspace, known, fresh)
    if moved and not force:
        kept.starts, kept.ends, kept.paragraphs = known.starts, known.ends, known.paragraphs
        kept.headings = known.headings
        kept.prepared_by = {**kept.prepared_by, "sentences": known.prepared_by.get("sentences", "unknown")}
        return kept, (
            f"{known.id}: the sentences are kept because of {moved}: "
            "--force changes them and keeps annotations that no longer fit"
        )
    kept.segmentation = known.segmentation + 1
    return kept, (
        f"{known.id}: the sentences have changed, this is segmentation {kept.segmentation} ({now()[:10]})"
        + (f"; annotations that no longer fit are kept: {moved}" if moved else "")
    )


def _in_the_way(workspace: Workspace, known: Article, fresh: Article) -> str:
    """The work that would lose its sentence: `annotations (2 of ana, 1 of ben)`, `ana, who may have it open`, or nothing."""
    remaining = set(zip(fresh.starts, fresh.ends, strict=True))
    if remaining == set(zip(known.starts, known.ends, strict=True)):
        return ""
    counts: list[str] = []
    stores: dict[str, FolderStore] = {
        "": workspace.store,
        "'s second pass": workspace.second_passes,
        "'s review": workspace.reviews,
    }
    for what, store in stores.items():
        for annotator in store.annotators(known.id):
            annotations = store.load(known.id, annotator, known.text_sha256).annotations.values()
            lost = sum((annotation.start, annotation.end) not in remaining for annotation in annotations)
            if lost:
                counts.append(f"{lost} of {annotator}{what}")
    if counts:
        return f"annotations ({', '.join(counts)})"
    at_work = sorted({name for store in stores.values() for name in store.at_work(known.id)})
    return f"{', '.join(at_work)}, who may have it open" if at_work else ""

"""Names, hints and quotations that were found in an article, added to a newer version of it."""

from __future__ import annotations

from msgspec import Raw
from msgspec.structs import replace

from tui.model.article import Article, EntityIndex, entity_blocks, longest_part


def with_findings(article: Article, found: Article) -> Article:
    """The article with the names and the hints of `found` where it has none; the very article where it has all.

    Both have the same text. The sentences may differ: a name that the end of a sentence cuts is kept as its
    longest part, as everywhere. Raises ValueError for another text.
    """
    if article.text_sha256 != found.text_sha256:
        raise ValueError(f"{found.id} has another text than {article.id}")
    added: dict[str, object] = {}
    prepared_by = dict(article.prepared_by)
    if found.has_entities and not article.has_entities:
        added |= {"entity_blocks": _blocks(article, found), "entity_counts": found.entity_counts}
        prepared_by["entities"] = found.prepared_by["entities"]
        added["warnings"] = list(dict.fromkeys([*article.warnings, *found.warnings]))
    if "hints" in found.prepared_by and found.prepared_by["hints"] != prepared_by.get("hints"):
        added |= {"hint_blocks": found.hint_blocks, "quotation_blocks": found.quotation_blocks}
        prepared_by["hints"] = found.prepared_by["hints"]
    return replace(article, prepared_by=prepared_by, **added) if added else article


def _blocks(article: Article, found: Article) -> list[Raw]:
    if (article.starts, article.ends) == (found.starts, found.ends) and not found.entity_block_starts:
        return found.entity_blocks
    return entity_blocks(article, [longest_part(article, entity) for entity in EntityIndex(found)])

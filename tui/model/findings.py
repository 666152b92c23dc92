"""Adding names, hints and quotations to a newer version of the article they were found in."""

from __future__ import annotations

from msgspec import Raw
from msgspec.structs import replace

from tui.model.article import Article, EntityIndex, entity_blocks, longest_part


def with_findings(article: Article, prepared: Article) -> Article:
    """The article with the names and hints of `prepared` that it lacks; the same object if it lacks nothing.

    Both must have the same text, else ValueError is raised. Their sentences may differ: of a name that a
    sentence end cuts, the longest part is kept.
    """
    if article.text_sha256 != prepared.text_sha256:
        raise ValueError(f"{prepared.id} and {article.id} have different texts")
    added: dict[str, object] = {}
    prepared_by = dict(article.prepared_by)
    if prepared.has_entities and not article.has_entities:
        added |= {"entity_blocks": _blocks(article, prepared), "entity_counts": prepared.entity_counts}
        prepared_by["entities"] = prepared.prepared_by["entities"]
        added["warnings"] = list(dict.fromkeys([*article.warnings, *prepared.warnings]))
    if "hints" in prepared.prepared_by and prepared.prepared_by["hints"] != prepared_by.get("hints"):
        added |= {"hint_blocks": prepared.hint_blocks, "quotation_blocks": prepared.quotation_blocks}
        prepared_by["hints"] = prepared.prepared_by["hints"]
    return replace(article, prepared_by=prepared_by, **added) if added else article


def _blocks(article: Article, prepared: Article) -> list[Raw]:
    if (article.starts, article.ends) == (
        prepared.starts,
        prepared.ends,
    ) and not prepared.entity_block_starts:
        return prepared.entity_blocks
    return entity_blocks(article, [longest_part(article, entity) for entity in EntityIndex(prepared)])

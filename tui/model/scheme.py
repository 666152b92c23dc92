"""The annotation scheme: its tags, error categories and severities."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

OMISSION = "omission"
"""The category of a mark between two words, if the scheme has it."""


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    letter: str
    """One cell wide; shown in the ledger."""
    color: str
    """Hex, for a dark background."""
    color_light: str
    """Hex, for a light background."""
    definition: str
    edge_cases: tuple[str, ...] = ()


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """An error category and its name in MQM core (https://themqm.org)."""

    id: str
    name: str
    key: str
    mqm: str
    weight: float = 1.0
    """Error type weight: a factor on the severity multiplier of errors in this category."""


class Severity(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    key: str
    multiplier: float
    """MQM severity multiplier, https://themqm.org/error-types-2/the-mqm-scoring-models/"""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question of the decision path; the answer yes means the tag applies."""

    asks: str
    tag: str
    """The id of a tag."""


class Renamed(msgspec.Struct, frozen=True, kw_only=True):
    """Removed ids and their replacements, with which `postil scheme migrate` converts annotations."""

    tags: dict[str, str] = {}
    categories: dict[str, str] = {}
    severities: dict[str, str] = {}


class Scheme(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    version: int
    name: str
    tags: tuple[Tag, ...]
    categories: tuple[Category, ...]
    severities: tuple[Severity, ...]
    error_tag: str
    """The id of the tag that a marked error span implies."""
    decision_path: tuple[Question, ...] = ()
    """The questions to ask about a sentence, in order; shown only in the help."""
    renamed: Renamed = Renamed()

    @property
    def label(self) -> str:
        """Stored in databases and records, e.g. `news/1`."""
        return f"{self.id}/{self.version}"

    @property
    def omission(self) -> str | None:
        """The id of the category given automatically to a mark between two words; None if the scheme has none."""
        return OMISSION if any(category.id == OMISSION for category in self.categories) else None

    def tag(self, tag_id: str) -> Tag:
        """Raises KeyError for an id that is not in the scheme."""
        for tag in self.tags:
            if tag.id == tag_id:
                return tag
        raise KeyError(tag_id)

    def in_order(self, tag_ids: Iterable[str]) -> tuple[str, ...]:
        """The given tags, each once, in the scheme's order; unknown ids come last, in their given order."""
        unique = list(dict.fromkeys(tag_ids))
        known = [tag.id for tag in self.tags if tag.id in unique]
        return (*known, *(t for t in unique if t not in known))

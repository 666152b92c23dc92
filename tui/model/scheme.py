"""The tag and category scheme: which tags, error categories and severities there are."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

OMISSION = "omission"
"""The category of a mark between two words, in a scheme that has it."""


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    letter: str
    """One cell, shown in the ledger."""
    color: str
    """Hex, for a dark ground."""
    color_light: str
    """Hex, for a light ground."""
    definition: str
    edge_cases: tuple[str, ...] = ()


class Category(msgspec.Struct, frozen=True, kw_only=True):
    """An error category and its name in MQM core (https://themqm.org)."""

    id: str
    name: str
    key: str
    mqm: str
    weight: float = 1.0
    """Error type weight: what the multiplier of an error of this category is multiplied by."""


class Severity(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    name: str
    key: str
    multiplier: float
    """MQM severity multiplier, https://themqm.org/error-types-2/the-mqm-scoring-models/"""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A step of the decision path: a yes adds the tag."""

    asks: str
    tag: str
    """The id of a tag."""


class Renamed(msgspec.Struct, frozen=True, kw_only=True):
    """Ids that there are no more, and what they became: `postil scheme migrate` carries annotations over."""

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
    """What to ask of a sentence, in this order; only the help shows it."""
    renamed: Renamed = Renamed()

    @property
    def label(self) -> str:
        """What databases and records store, e.g. `news/1`."""
        return f"{self.id}/{self.version}"

    @property
    def omission(self) -> str | None:
        """The id of the category that a mark between two words has by itself; None where there is none."""
        return OMISSION if any(category.id == OMISSION for category in self.categories) else None

    def tag(self, tag_id: str) -> Tag:
        """Raises KeyError for an id that is not in the scheme."""
        for tag in self.tags:
            if tag.id == tag_id:
                return tag
        raise KeyError(tag_id)

    def in_order(self, tag_ids: Iterable[str]) -> tuple[str, ...]:
        """The given tags, each once, in the scheme's order; unknown ids last, kept as they came."""
        wanted = list(dict.fromkeys(tag_ids))
        known = [tag.id for tag in self.tags if tag.id in wanted]
        return (*known, *(t for t in wanted if t not in known))

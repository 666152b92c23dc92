"""Names on the page: those of the scheme, or ids that the scheme does not have."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.annotation import Quote
from tui.model.scheme import Scheme
from tui.report.people import View
from tui.settings.theme import ENTITY_LABELS

ENTITIES = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "MISC": "other name",
    **dict.fromkeys(ENTITY_LABELS[4:], "value"),
}
RANKS = 3
"""How many severities look different; further ones look like the last."""


class Names:
    """Names of tags, categories and severities by id, and of people by number."""

    def __init__(self, scheme: Scheme, people: Sequence[str]) -> None:
        self.tags = {tag.id: tag.name for tag in scheme.tags}
        self.letters = {tag.id: tag.letter for tag in scheme.tags}
        self.categories = {category.id: category.name for category in scheme.categories}
        self.severities = {severity.id: severity.name for severity in scheme.severities}
        self._ranks = {severity.id: rank for rank, severity in enumerate(scheme.severities)}
        self.people = people

    def tag(self, tag_id: str) -> str:
        return self.tags.get(tag_id, tag_id)

    def severity(self, severity_id: str) -> str:
        return self.severities.get(severity_id, severity_id)

    def category(self, category_id: str | None) -> str:
        return "no category" if category_id is None else self.categories.get(category_id, category_id)

    def rank(self, severity_id: str) -> int:
        """From 0, the mildest, to 2."""
        return min(self._ranks.get(severity_id, 0), RANKS - 1)

    def who(self, places: Sequence[int]) -> str:
        """The people's names; empty if there is only one annotator."""
        return ", ".join(self.people[person] for person in places) if len(self.people) > 1 else ""

    def in_short(self, view: View) -> str:
        """A view in one line of text."""
        who = self.who(view.by)
        end = f" ({who})" if who else ""
        mark = view.mark
        if isinstance(mark, Quote):
            return f"quotation, speaker: {mark.speaker or 'none'}{end}"
        description = f"{self.severity(mark.severity)}, {self.category(mark.category)}{end}"
        if mark.correction is None:
            return description
        return f"→ {mark.correction} · {description}" if mark.correction else f"→ delete · {description}"

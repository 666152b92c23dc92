"""The legend: one line above the article, and in full below it."""

from __future__ import annotations

from collections.abc import Iterator

from tui.model.scheme import Scheme
from tui.report.markup import Html, aside, element, words
from tui.report.names import ENTITIES, RANKS
from tui.text.plurals import counted

_MEANINGS = {
    "PER": "a person's name",
    "ORG": "a company, party, newspaper or authority",
    "LOC": "a place",
    "MISC": "a product, event or work",
    "MONEY": "an amount, date, time, percentage or number",
}


def short_legend(scheme: Scheme) -> Html:
    """The signs with their names."""
    tags = " ".join(element("span", sign) for sign in _tags(scheme))
    severities = " ".join(element("span", sign) for sign in _severities(scheme))
    entities = " ".join(element("span", _entity(label)) for label in _MEANINGS)
    return (
        f'<p class="key">{aside("Tags: ")}<span>{tags}</span> {aside("; errors: ")}<span>{severities}</span> '
        f"{aside('; names: ')}<span>{entities}</span></p>\n"
    )


def legend(scheme: Scheme, *, several: bool) -> Html:
    """The signs with their meanings."""
    entries = [*zip(_tags(scheme), (words(tag.definition) for tag in scheme.tags), strict=True)]
    entries.append(("<b>–</b> none", "decided: no tag applies"))
    entries.append(("<b>?</b> unsure", "the annotator is not sure"))
    points = (
        words(f"an error; {counted(severity.multiplier, 'MQM penalty point')}")
        for severity in scheme.severities
    )
    entries += zip(_severities(scheme), points, strict=True)
    entries.append(('<mark class="e r0 gap"></mark>', "something is missing here"))
    entries.append(
        ('<mark class="q begins ends">quotation</mark>', "words of a source, with the speaker in the margin")
    )
    entries += ((_entity(label), words(meaning)) for label, meaning in _MEANINGS.items())
    if several:
        entries.append(("<b>≠</b>", "the annotators who decided this sentence differ"))
    return f'<dl class="legend">{"".join(f"<dt>{term}</dt><dd>{meaning}</dd>" for term, meaning in entries)}</dl>'


def _tags(scheme: Scheme) -> Iterator[Html]:
    for index, tag in enumerate(scheme.tags):
        yield f"{element('b', words(tag.letter), class_=f't{index}')} {words(tag.name)}"


def _severities(scheme: Scheme) -> Iterator[Html]:
    for index, severity in enumerate(scheme.severities):
        yield element("mark", words(severity.name), class_=f"e r{min(index, RANKS - 1)}")


def _entity(label: str) -> Html:
    return element("span", words(ENTITIES[label]), class_=f"entity {label}")

"""A sentence with everything that is said about it: marked in place, and told below in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from tui.model.annotation import Annotation, Quote, Span
from tui.model.article import Entity
from tui.model.scheme import Scheme
from tui.report.markup import element, words

ENTITIES = {
    "PER": "person",
    "ORG": "organisation",
    "LOC": "place",
    "MISC": "other name",
}
"""Those that are marked; values such as dates are not."""


class Mark(NamedTuple):
    """An error or a quotation of somebody's, with its number in the sentence."""

    number: int
    annotator: str
    span: Span | Quote


class Names:
    """What the scheme calls its ids; an id that it does not know stays as it is."""

    def __init__(self, scheme: Scheme) -> None:
        self.tags = {tag.id: tag.name for tag in scheme.tags}
        self.letters = {tag.id: tag.letter for tag in scheme.tags}
        self.categories = {category.id: category.name for category in scheme.categories}
        self.severities = {severity.id: severity.name for severity in scheme.severities}
        self.ranks = {severity.id: place for place, severity in enumerate(scheme.severities)}


def sentence(
    text: str,
    bounds: tuple[int, int],
    number: int,
    said_by: Mapping[str, Annotation],
    entities: Iterable[Entity],
    names: Names,
) -> Iterator[str]:
    """The parts of a sentence's element. Raises ValueError where a mark is not what the text has there."""
    start, end = bounds
    marks = _numbered(said_by)
    for mark in marks:
        _check(text, mark.span)
    anchor = f"s{number}"
    yield f'<div class="sentence" id="{anchor}">'
    yield element("a", str(number), class_="number", href=f"#{anchor}", aria_label=f"Sentence {number}")
    yield '<div class="said">'
    yield element("p", "".join(_marked(text, start, end, marks, list(entities), names, anchor)), dir="auto")
    yield from _tags(said_by, names)
    if marks:
        items = "".join(
            element("li", _told(mark, names), id=f"{anchor}m{mark.number}", value=str(mark.number))
            for mark in marks
        )
        yield element("ol", items, class_="marks")
    for annotator, said in said_by.items():
        for label, note in (("note", said.note), ("review", said.review_note)):
            if note:
                yield element(
                    "p", f"{element('b', words(f'{annotator}, {label}:'))} {words(note)}", class_="note"
                )
    yield "</div></div>\n"


def _numbered(said_by: Mapping[str, Annotation]) -> list[Mark]:
    found: list[tuple[int, int, str, Span | Quote]] = []
    for annotator, said in said_by.items():
        found += [(span.start, span.end, annotator, span) for span in said.spans]
        found += [(quote.start, quote.end, annotator, quote) for quote in said.quotes]
    found.sort(key=lambda one: one[:3])
    return [Mark(number, annotator, span) for number, (_, _, annotator, span) in enumerate(found, 1)]


def _check(text: str, span: Span | Quote) -> None:
    if text[span.start : span.end] != span.text:
        raise ValueError(f"the mark at {span.start} is not what the article says there")


def _marked(
    text: str,
    start: int,
    end: int,
    marks: Sequence[Mark],
    entities: Sequence[Entity],
    names: Names,
    anchor: str,
) -> Iterator[str]:
    """The sentence's words, cut wherever something begins or ends."""
    cuts = {start, end}
    for first, last in [*((m.span.start, m.span.end) for m in marks), *((e.start, e.end) for e in entities)]:
        cuts |= {min(max(first, start), end), min(max(last, start), end)}
    places = sorted(cuts)
    for place, following in zip(places, [*places[1:], end], strict=True):
        for mark in marks:
            if mark.span.start == mark.span.end == place:
                yield element("span", "‸", class_="gap", title=_told_plainly(mark, names), aria_hidden="true")
        if following > place:
            yield _piece(text[place:following], place, following, marks, entities, names)
        for mark in marks:
            last = min(mark.span.end, end)
            if last == (following if mark.span.start < mark.span.end else place) and (
                following > place or last == end
            ):
                yield _reference(mark, anchor)


def _reference(mark: Mark, anchor: str) -> str:
    link = element("a", str(mark.number), href=f"#{anchor}m{mark.number}", aria_label=f"mark {mark.number}")
    return element("sup", link)


def _piece(
    piece: str,
    start: int,
    end: int,
    marks: Sequence[Mark],
    entities: Sequence[Entity],
    names: Names,
) -> str:
    covering = [mark for mark in marks if mark.span.start <= start and end <= mark.span.end]
    entity = next((one for one in entities if one.start <= start and end <= one.end), None)
    classes: list[str] = []
    titles = [_told_plainly(mark, names) for mark in covering]
    if entity is not None and entity.label in ENTITIES:
        classes.append(f"entity {entity.label.lower()}")
        titles.append(ENTITIES[entity.label])
    errors = [mark.span for mark in covering if isinstance(mark.span, Span)]
    if errors:
        worst = max(names.ranks.get(error.severity, 0) for error in errors)
        classes.append(f"error rank{min(worst, 2)}")
    if len(errors) < len(covering):
        classes.append("quote")
    if not classes:
        return words(piece)
    return element(
        "mark" if covering else "span", words(piece), class_=" ".join(classes), title="; ".join(titles)
    )


def _told_plainly(mark: Mark, names: Names) -> str:
    """In one line of text."""
    span = mark.span
    if isinstance(span, Quote):
        told = f"quotation, {span.speaker or 'nobody named'}"
        told += "" if span.closed else ", never closed"
        return f"{mark.annotator}: {told}" + (f", opinion of the {span.holder}" if span.holder else "")
    severity = names.severities.get(span.severity, span.severity)
    category = "no category" if span.category is None else names.categories.get(span.category, span.category)
    told = f"{mark.annotator}: {severity}, {category}"
    if span.correction is not None:
        told += f": should be “{span.correction}”" if span.correction else ": should go"
    return told + (f" ({span.note})" if span.note else "")


def _told(mark: Mark, names: Names) -> str:
    """For the list below the sentence."""
    span = mark.span
    if isinstance(span, Quote):
        who = words(span.speaker) if span.speaker else "nobody named"
        closed = "" if span.closed else ", never closed"
        holder = f", opinion of the {words(span.holder)}" if span.holder else ""
        return f"{words(mark.annotator)}: <q>{words(span.text)}</q> quotation, <b>{who}</b>{closed}{holder}"
    severity = words(names.severities.get(span.severity, span.severity))
    category = "no category" if span.category is None else names.categories.get(span.category, span.category)
    was = f"<del>{words(span.text)}</del>" if span.text else "something is missing here"
    if span.correction:
        now = f" → <ins>{words(span.correction)}</ins>"
    else:
        now = "" if span.correction is None else " → nothing"
    was = was if span.correction is not None or not span.text else f"<q>{words(span.text)}</q>"
    note = f" <i>{words(span.note)}</i>" if span.note else ""
    return f"{words(mark.annotator)}: {was}{now} <b>{severity}</b>, {words(category)}{note}"


def _tags(said_by: Mapping[str, Annotation], names: Names) -> Iterator[str]:
    lines: list[str] = []
    for annotator, said in said_by.items():
        if not (said.tags or said.decided or said.unsure):
            continue
        tags = [
            element("span", words(names.tags.get(tag, tag)), class_=f"tag tag{list(names.tags).index(tag)}")
            if tag in names.tags
            else element("span", words(tag), class_="tag")
            for tag in said.tags
        ]
        more = [*tags, *([] if tags or not said.decided else ["none"]), *(["unsure"] if said.unsure else [])]
        status = "" if said.status == "unreviewed" else f", {words(said.status)}"
        by = f" by {words(said.reviewer)}" if said.reviewer else ""
        lines.append(f"{element('b', words(annotator))} {' '.join(more)}{status}{by}")
    if lines:
        yield element("p", " · ".join(lines), class_="tags")

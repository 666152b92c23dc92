"""A sentence: its words with their marks, a ledger of its tags, and the details in the margin."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.agreement.disagreements import Disagreement
from tui.model.annotation import Annotation, EntityCorrection, Quote, Span
from tui.model.article import Article, Entity
from tui.report.markup import Html, aside, element, lines_in_attribute, words
from tui.report.names import ENTITIES, Names
from tui.report.people import Remark, SentenceWork, View, sentence_of
from tui.report.pieces import Piece, pieces

_IN_A_TIP = 6
"""How many marks of the same words are shown on hovering; the margin has all."""
_EXCERPT = 60
"""At most so many characters of a quotation does the margin repeat."""
_CARET = "‸"


class Sentences:
    """Every sentence of an article as HTML."""

    def __init__(self, article: Article, names: Names, *, headings: frozenset[int]) -> None:
        self._article = article
        self._names = names
        self._headings = headings
        self._language = language_of(article)
        self._several = len(names.people) > 1

    def sentence(
        self, index: int, work: SentenceWork, entities: Sequence[Entity], differing: Disagreement | None
    ) -> Html:
        number = index + 1
        anchor = f"s{number}"
        remarks = [*work.continued, *work.remarks]
        classes = ["s", *(["marked"] if work.remarks else []), *(["differ"] if differing else [])]
        name = element("a", str(number), class_="no", href=f"#{anchor}", aria_label=f"Sentence {number}")
        text = "".join(self._words(index, remarks, entities))
        is_heading = index in self._headings
        spoken = element("h3" if is_heading else "p", text, class_="words", lang=self._language, dir="auto")
        inside = f"{name}{spoken}{self._ledger(work)}{self._margin(index, work, differing)}"
        return f"{element('div', inside, class_=' '.join(classes), id=anchor)}\n"

    # -- the words ---------------------------------------------------------

    def _words(self, index: int, remarks: Sequence[Remark], entities: Sequence[Entity]) -> Iterator[Html]:
        start, end = self._article.starts[index], self._article.ends[index]
        for piece in pieces(start, end, remarks, entities):
            yield self._piece(piece, index)

    def _piece(self, piece: Piece, index: int) -> Html:
        content = words(self._article.text[piece.start : piece.end])
        if piece.entity is not None and piece.entity.label in ENTITIES:
            label = piece.entity.label
            content = element("span", content, class_=f"entity {label}", title=ENTITIES[label])
        if not piece.covering:
            return content
        links = "".join(self._link(remark, index) for remark in piece.ending)
        lines = [
            f"{remark.number}  {self._names.in_short(view)}"
            for remark in piece.covering[:_IN_A_TIP]
            for view in remark.views[:_IN_A_TIP]
        ]
        if len(piece.covering) > _IN_A_TIP:
            lines.append(f"and {len(piece.covering) - _IN_A_TIP} more")
        classes = " ".join(self._classes(piece))
        tip = lines_in_attribute(lines)
        return f'<mark class="{classes}" data-tip="{tip}">{content}{links}</mark>'

    def _classes(self, piece: Piece) -> Iterator[str]:
        """The classes for everyone's marks, and for each person's."""
        ranks: dict[int, int] = {}
        quoting: set[int] = set()
        for view in (view for remark in piece.covering for view in remark.views):
            if isinstance(view.mark, Quote):
                quoting |= set(view.by)
                continue
            rank = self._names.rank(view.mark.severity)
            ranks |= {person: max(rank, ranks.get(person, 0)) for person in view.by}
        if piece.start == piece.end:
            yield "gap"
        if ranks:
            yield f"e r{max(ranks.values())}"
        if quoting:
            yield "q"
            quotations = [remark for remark in piece.covering if remark.is_quotation]
            yield from ["begins"] * any(remark.start == piece.start for remark in quotations)
            yield from ["ends"] * any(remark.end == piece.end for remark in quotations)
        if self._several:
            yield from (f"e{person} e{person}r{rank}" for person, rank in sorted(ranks.items()))
            yield from (f"q{person}" for person in sorted(quoting))

    def _link(self, remark: Remark, index: int) -> Html:
        """A link from the words to the margin, if this sentence has the details there."""
        if sentence_of(self._article, remark.start, remark.end) != index:
            return ""
        kind = "quotation" if remark.is_quotation else "error"
        anchor = f"{index + 1}-{remark.number}"
        link = element(
            "a", str(remark.number), id=f"w{anchor}", href=f"#n{anchor}", aria_label=f"{kind} {remark.number}"
        )
        return element("sup", link, class_=self._of("ref", remark.by))

    # -- the ledger --------------------------------------------------------

    def _ledger(self, work: SentenceWork) -> Html:
        """One line for each person, with one letter for each tag."""
        lines = "".join(
            element("li", self._ledger_line(person, annotation), class_=self._of("line", (person,)))
            for person, annotation in work.annotations
        )
        if not lines and not self._several:
            lines = element("li", element("span", self._letters(None), class_="cells", aria_hidden="true"))
        return element("ul", lines, class_="ledger", role="list", aria_label="Tags") if lines else ""

    def _ledger_line(self, person: int, annotation: Annotation) -> Html:
        labels = [self._names.tag(tag) for tag in annotation.tags]
        if not labels:
            labels = ["no tag applies" if annotation.decided else "not decided"]
        if annotation.unsure:
            labels.append("unsure")
        who = element("span", words(self._names.people[person]), class_="who") if self._several else ""
        cells = element("span", self._letters(annotation), class_="cells", aria_hidden="true")
        others = [tag for tag in annotation.tags if tag not in self._names.tags]
        unknown = f" {element('span', words(' '.join(others)), aria_hidden='true')}" if others else ""
        return f"{who} {cells}{unknown}{aside(', '.join(labels))}"

    def _letters(self, annotation: Annotation | None) -> Html:
        cells: list[Html] = []
        nothing = annotation is not None and annotation.decided and not annotation.tags
        for column, (tag, letter) in enumerate(self._names.letters.items()):
            if annotation is not None and tag in annotation.tags:
                cells.append(element("b", words(letter), class_=f"t{column}"))
            else:
                cells.append("–" if nothing else "·")
        return "".join(cells) + ("<b>?</b>" if annotation is not None and annotation.unsure else "")

    # -- the margin --------------------------------------------------------

    def _margin(self, index: int, work: SentenceWork, differing: Disagreement | None) -> Html:
        items: list[Html] = []
        if differing is not None:
            line = f"{aside('They differ in ')}≠ {words(', '.join(differing.aspects))}"
            items.append(element("li", line, class_="differing"))
        items += (self._remark(index, remark) for remark in work.remarks)
        for person, annotation in work.annotations:
            items += self._notes(index, person, annotation)
        items += (self._correction(person, entity) for person, entity in work.entities)
        if not items:
            return ""
        return element(
            "ul", "".join(items), class_="margin", role="list", aria_label=f"On sentence {index + 1}"
        )

    def _remark(self, index: int, remark: Remark) -> Html:
        anchor = f"{index + 1}-{remark.number}"
        back = element(
            "a",
            str(remark.number),
            href=f"#w{anchor}",
            class_="back",
            aria_label=f"{remark.number}, to the words",
        )
        content = self._quotation(index, remark) if remark.is_quotation else self._error(remark)
        return element("li", f"{back} {content}", id=f"n{anchor}", class_=self._of("remark", remark.by))

    def _error(self, remark: Remark) -> Html:
        """The words once, each correction once, and below it severity and category with the annotators."""
        by_correction: dict[str | None, list[tuple[Span, View]]] = {}
        for view in remark.views:
            if isinstance(view.mark, Span):
                by_correction.setdefault(view.mark.correction, []).append((view.mark, view))
        is_mended = any(correction is not None for correction in by_correction)
        parts = [self._in_language("del" if is_mended else "q", remark.text) if remark.text else _CARET]
        for correction, views in by_correction.items():
            if correction is not None:
                parts.append(f"→ {self._in_language('ins', correction) if correction else 'delete'}")
            elif not remark.text:
                parts.append("something is missing")
            parts.append(aside("; ").join(self._kind(span, view) for span, view in views))
        return " ".join(parts)

    def _kind(self, span: Span, view: View) -> Html:
        rank = self._names.rank(span.severity)
        severity = element("b", words(self._names.severity(span.severity)), class_=f"e r{rank}")
        description = (
            f"{severity} {words(self._names.category(span.category))}{_note(span.note)}{self._by(view.by)}"
        )
        return element("span", description, class_=self._of("kind", view.by))

    def _quotation(self, index: int, remark: Remark) -> Html:
        views = [self._spoken(view.mark, view) for view in remark.views if isinstance(view.mark, Quote)]
        facts = ["quotation"]
        last = self._article.sentence_at(max(remark.start, remark.end - 1))
        if last > index:
            facts.append(f"to sentence {last + 1}")
        kind = element("span", words(", ".join(facts)), class_="fact")
        return f"{self._in_language('q', _excerpt(remark.text))} {kind}: {aside('; ').join(views)}"

    def _spoken(self, quote: Quote, view: View) -> Html:
        speaker = self._in_language("b", quote.speaker) if quote.speaker else "no speaker"
        facts = [*([f"opinion of the {quote.holder}"] if quote.holder else [])]
        facts += [] if quote.closed else ["never closed"]
        details = (
            element("span", words("".join(f", {fact}" for fact in facts)), class_="fact") if facts else ""
        )
        return element("span", f"{speaker}{details}{self._by(view.by)}", class_=self._of("view", view.by))

    def _notes(self, index: int, person: int, annotation: Annotation) -> Iterator[Html]:
        by = self._by((person,))
        class_ = self._of("note", (person,))
        if (annotation.start, annotation.end) != (self._article.starts[index], self._article.ends[index]):
            cut = f"annotated with other bounds: {self._in_language('q', _excerpt(annotation.text))}"
            yield element("li", f"{cut}{by}", class_=class_)
        if annotation.note:
            yield element("li", f"{element('span', words(annotation.note), lang='')}{by}", class_=class_)
        if annotation.status != "unreviewed":
            reviewer = f" by {words(annotation.reviewer)}" if annotation.reviewer else ""
            yield element(
                "li",
                f"{words(annotation.status)}{reviewer}{_note(annotation.review_note)}{by}",
                class_=class_,
            )

    def _correction(self, person: int, correction: EntityCorrection) -> Html:
        kind = "no name" if correction.label is None else ENTITIES.get(correction.label, correction.label)
        content = f"{self._in_language('q', correction.text)} is {element('b', words(kind))}"
        return element("li", f"{content}{self._by((person,))}", class_=self._of("note", (person,)))

    def _by(self, places: Sequence[int]) -> Html:
        who = self._names.who(places)
        return f" {element('span', words(who), class_='by')}" if who else ""

    def _of(self, class_: str, places: Sequence[int]) -> str:
        """The class, and those for showing one person's work alone."""
        return " ".join([class_, *(f"p{person}" for person in places)]) if self._several else class_

    def _in_language(self, name: str, text: str) -> Html:
        return element(name, words(text), lang=self._language)


def language_of(article: Article) -> str:
    """The article's language for HTML: empty if unknown."""
    return "" if article.language == "und" else article.language


def _excerpt(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    whole_words, space, _ = text[:_EXCERPT].rpartition(" ")
    return f"{whole_words if space else text[:_EXCERPT]} …"


def _note(note: str) -> Html:
    return f" {element('span', words(note), class_='aside', lang='')}" if note else ""

"""A sentence: its words with what is marked in them, a ledger of its tags, and beside it what is said, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.agreement.disagreements import Disagreement
from tui.model.annotation import Annotation, EntityCorrection, Quote, Span
from tui.model.article import Article, Entity
from tui.report.markup import Html, aside, element, lines_in_attribute, words
from tui.report.names import ENTITIES, Names
from tui.report.people import Remark, Said, View, sentence_of
from tui.report.pieces import Piece, pieces

_IN_A_TIP = 6
"""Marks over the same words that are told on hovering; the margin has all."""
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
        self, index: int, said: Said, entities: Sequence[Entity], differing: Disagreement | None
    ) -> Html:
        number = index + 1
        anchor = f"s{number}"
        remarks = [*said.continued, *said.remarks]
        classes = ["s", *(["marked"] if said.remarks else []), *(["differ"] if differing else [])]
        name = element("a", str(number), class_="no", href=f"#{anchor}", aria_label=f"Sentence {number}")
        text = "".join(self._words(index, remarks, entities))
        is_heading = index in self._headings
        spoken = element("h3" if is_heading else "p", text, class_="words", lang=self._language, dir="auto")
        inside = f"{name}{spoken}{self._ledger(said)}{self._margin(index, said, differing)}"
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
        told = [
            f"{remark.number}  {self._names.in_short(view)}"
            for remark in piece.covering[:_IN_A_TIP]
            for view in remark.views[:_IN_A_TIP]
        ]
        if len(piece.covering) > _IN_A_TIP:
            told.append(f"and {len(piece.covering) - _IN_A_TIP} more")
        classes = " ".join(self._classes(piece))
        tip = lines_in_attribute(told)
        return f'<mark class="{classes}" data-tip="{tip}">{content}{links}</mark>'

    def _classes(self, piece: Piece) -> Iterator[str]:
        """What it is for everybody, and for each person apart."""
        ranks: dict[int, int] = {}
        quoting: set[int] = set()
        for view in (view for remark in piece.covering for view in remark.views):
            if isinstance(view.mark, Quote):
                quoting |= set(view.by)
                continue
            rank = self._names.rank(view.mark.severity)
            ranks |= {place: max(rank, ranks.get(place, 0)) for place in view.by}
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
            yield from (f"e{place} e{place}r{rank}" for place, rank in sorted(ranks.items()))
            yield from (f"q{place}" for place in sorted(quoting))

    def _link(self, remark: Remark, index: int) -> Html:
        """From the words to what is told of them, where that is beside them."""
        if sentence_of(self._article, remark.start, remark.end) != index:
            return ""
        kind = "quotation" if remark.is_quotation else "error"
        anchor = f"{index + 1}-{remark.number}"
        link = element(
            "a", str(remark.number), id=f"w{anchor}", href=f"#n{anchor}", aria_label=f"{kind} {remark.number}"
        )
        return element("sup", link, class_=self._of("ref", remark.by))

    # -- the ledger --------------------------------------------------------

    def _ledger(self, said: Said) -> Html:
        """A line a person, with a letter a tag."""
        lines = "".join(
            element("li", self._ledger_line(place, annotation), class_=self._of("line", (place,)))
            for place, annotation in said.annotations
        )
        if not lines and not self._several:
            lines = element("li", element("span", self._letters(None), class_="cells", aria_hidden="true"))
        return element("ul", lines, class_="ledger", role="list", aria_label="Tags") if lines else ""

    def _ledger_line(self, place: int, said: Annotation) -> Html:
        told = [self._names.tag(tag) for tag in said.tags]
        if not told:
            told = ["no tag applies" if said.decided else "not decided"]
        if said.unsure:
            told.append("unsure")
        who = element("span", words(self._names.people[place]), class_="who") if self._several else ""
        cells = element("span", self._letters(said), class_="cells", aria_hidden="true")
        others = [tag for tag in said.tags if tag not in self._names.tags]
        unknown = f" {element('span', words(' '.join(others)), aria_hidden='true')}" if others else ""
        return f"{who} {cells}{unknown}{aside(', '.join(told))}"

    def _letters(self, said: Annotation | None) -> Html:
        cells: list[Html] = []
        nothing = said is not None and said.decided and not said.tags
        for place, (tag, letter) in enumerate(self._names.letters.items()):
            if said is not None and tag in said.tags:
                cells.append(element("b", words(letter), class_=f"t{place}"))
            else:
                cells.append("–" if nothing else "·")
        return "".join(cells) + ("<b>?</b>" if said is not None and said.unsure else "")

    # -- the margin --------------------------------------------------------

    def _margin(self, index: int, said: Said, differing: Disagreement | None) -> Html:
        items: list[Html] = []
        if differing is not None:
            told = f"{aside('They differ in ')}≠ {words(', '.join(differing.aspects))}"
            items.append(element("li", told, class_="differing"))
        items += (self._remark(index, remark) for remark in said.remarks)
        for place, annotation in said.annotations:
            items += self._notes(index, place, annotation)
        items += (self._correction(place, entity) for place, entity in said.entities)
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
        told = self._quotation(index, remark) if remark.is_quotation else self._error(remark)
        return element("li", f"{back} {told}", id=f"n{anchor}", class_=self._of("remark", remark.by))

    def _error(self, remark: Remark) -> Html:
        """The words once, each correction once, and under it who says how bad it is and of what kind."""
        by_correction: dict[str | None, list[tuple[Span, View]]] = {}
        for view in remark.views:
            if isinstance(view.mark, Span):
                by_correction.setdefault(view.mark.correction, []).append((view.mark, view))
        is_mended = any(correction is not None for correction in by_correction)
        told = [self._in_language("del" if is_mended else "q", remark.text) if remark.text else _CARET]
        for correction, views in by_correction.items():
            if correction is not None:
                told.append(f"→ {self._in_language('ins', correction) if correction else 'delete'}")
            elif not remark.text:
                told.append("something is missing")
            told.append(aside("; ").join(self._kind(span, view) for span, view in views))
        return " ".join(told)

    def _kind(self, span: Span, view: View) -> Html:
        rank = self._names.rank(span.severity)
        severity = element("b", words(self._names.severity(span.severity)), class_=f"e r{rank}")
        told = f"{severity} {words(self._names.category(span.category))}{_note(span.note)}{self._by(view.by)}"
        return element("span", told, class_=self._of("kind", view.by))

    def _quotation(self, index: int, remark: Remark) -> Html:
        views = [self._spoken(view.mark, view) for view in remark.views if isinstance(view.mark, Quote)]
        facts = ["quotation"]
        last = self._article.sentence_at(max(remark.start, remark.end - 1))
        if last > index:
            facts.append(f"to sentence {last + 1}")
        kind = element("span", words(", ".join(facts)), class_="fact")
        return f"{self._in_language('q', _excerpt(remark.text))} {kind}: {aside('; ').join(views)}"

    def _spoken(self, quote: Quote, view: View) -> Html:
        speaker = self._in_language("b", quote.speaker) if quote.speaker else "nobody named"
        facts = [*([f"opinion of the {quote.holder}"] if quote.holder else [])]
        facts += [] if quote.closed else ["never closed"]
        told = element("span", words("".join(f", {fact}" for fact in facts)), class_="fact") if facts else ""
        return element("span", f"{speaker}{told}{self._by(view.by)}", class_=self._of("view", view.by))

    def _notes(self, index: int, place: int, said: Annotation) -> Iterator[Html]:
        by = self._by((place,))
        class_ = self._of("note", (place,))
        if (said.start, said.end) != (self._article.starts[index], self._article.ends[index]):
            cut = f"said of other bounds: {self._in_language('q', _excerpt(said.text))}"
            yield element("li", f"{cut}{by}", class_=class_)
        if said.note:
            yield element("li", f"{element('span', words(said.note), lang='')}{by}", class_=class_)
        if said.status != "unreviewed":
            reviewer = f" by {words(said.reviewer)}" if said.reviewer else ""
            yield element("li", f"{words(said.status)}{reviewer}{_note(said.review_note)}{by}", class_=class_)

    def _correction(self, place: int, said: EntityCorrection) -> Html:
        kind = "no name" if said.label is None else ENTITIES.get(said.label, said.label)
        told = f"{self._in_language('q', said.text)} is {element('b', words(kind))}"
        return element("li", f"{told}{self._by((place,))}", class_=self._of("note", (place,)))

    def _by(self, places: Sequence[int]) -> Html:
        who = self._names.who(places)
        return f" {element('span', words(who), class_='by')}" if who else ""

    def _of(self, class_: str, places: Sequence[int]) -> str:
        """The class, and those that let one person's be shown alone."""
        return " ".join([class_, *(f"p{place}" for place in places)]) if self._several else class_

    def _in_language(self, name: str, text: str) -> Html:
        return element(name, words(text), lang=self._language)


def language_of(article: Article) -> str:
    """As HTML wants it: empty for unknown."""
    return "" if article.language == "und" else article.language


def _excerpt(text: str) -> str:
    if len(text) <= _EXCERPT:
        return text
    whole_words, space, _ = text[:_EXCERPT].rpartition(" ")
    return f"{whole_words if space else text[:_EXCERPT]} …"


def _note(note: str) -> Html:
    return f" {element('span', words(note), class_='aside', lang='')}" if note else ""

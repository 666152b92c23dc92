"""How much each annotator said: a table with a column a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from tui.model.annotation import Annotation, Span
from tui.model.article import Article
from tui.model.repaired import repaired
from tui.model.scheme import Scheme
from tui.report.markup import Html, aside, element, row, rows_headed, table, words
from tui.report.names import Names
from tui.report.people import Person
from tui.session.score import Score, score
from tui.text.counting import word_count

_NOTHING = "–"


class Totals:
    """One person's."""

    def __init__(self, article: Article, person: Person, scheme: Scheme, words_in_all: int) -> None:
        self.name = person.name
        self.said: Sequence[Annotation] = list(person.annotations.values())
        self.spans: Sequence[Span] = [span for said in self.said for span in said.spans]
        self.sentences = len(repaired(article, person.repairs))
        self.decided = sum(said.decided for said in self.said)
        self.tags: Counter[str | None] = Counter(tag for said in self.said for tag in said.tags)
        self.severities: Counter[str | None] = Counter(span.severity for span in self.spans)
        self.categories: Counter[str | None] = Counter(span.category for span in self.spans)
        self.quotes = len({(quote.start, quote.end, quote.id) for said in self.said for quote in said.quotes})
        self.entities = len(person.entities)
        self.active_ms = sum(said.active_ms for said in self.said)
        self.score: Score | None = None
        if person.scheme == scheme.label:
            self.score = score(self.said, words_in_all, scheme)
        self.scheme = person.scheme


def of_all(article: Article, people: Sequence[Person], scheme: Scheme) -> list[Totals]:
    counted = word_count(article.text)
    return [Totals(article, person, scheme, counted) for person in people]


def summary(all_of_them: Sequence[Totals], scheme: Scheme) -> Html:
    """A line a person: as much as fits a glance."""
    severities = [severity.id for severity in scheme.severities]
    heads = ["annotator", "decided", "errors", *(severity.name for severity in scheme.severities)]
    heads += ["MQM / 1000 words", "at work"]
    rows = [
        row(
            words(one.name),
            [
                f"{one.decided}/{one.sentences}",
                str(len(one.spans)),
                *(str(one.severities[severity]) for severity in severities),
                _per_1000(one),
                duration(one.active_ms),
            ],
        )
        for one in all_of_them
    ]
    return table(
        [words(head) for head in heads],
        [f"<tbody>{''.join(rows)}</tbody>"],
        caption=aside("What each annotator decided and marked"),
        labelled_by="summary",
        class_="summary",
    )


def totals(all_of_them: Sequence[Totals], names: Names) -> Html:
    """All that is counted, with a column a person."""
    columns = len(all_of_them) + 1

    def line(label: str, figure: Callable[[Totals], str]) -> Html:
        return row(words(label), [words(figure(one)) for one in all_of_them])

    sentences = [
        line("decided", lambda one: f"{one.decided}/{one.sentences}"),
        *_counted([one.tags for one in all_of_them], names.tags),
        line("no tag applies", lambda one: str(sum(said.decided and not said.tags for said in one.said))),
        line("unsure", lambda one: str(sum(said.unsure for said in one.said))),
        line("with a note", lambda one: str(sum(bool(said.note) for said in one.said))),
    ]
    marked = [
        line("marked", lambda one: str(len(one.spans))),
        *_counted([one.severities for one in all_of_them], names.severities),
        line("with a correction", lambda one: str(sum(span.correction is not None for span in one.spans))),
        line("MQM penalty points", lambda one: f"{one.score.points:g}" if one.score else _NOTHING),
        line(
            "points in 1000 words", lambda one: f"{one.score.per_1000_words:.1f}" if one.score else _NOTHING
        ),
    ]
    categories = list(_counted([one.categories for one in all_of_them], names.categories, zeros=False))
    rest = [
        line("quotations", lambda one: str(one.quotes)),
        line("names corrected", lambda one: str(one.entities)),
        line("time at work", lambda one: duration(one.active_ms)),
    ]
    if any(one.score is None for one in all_of_them):
        rest.append(line("scheme", lambda one: one.scheme))
    return table(
        [element("span", "what", class_="unseen"), *(words(one.name) for one in all_of_them)],
        [
            rows_headed("Sentences", columns, sentences),
            rows_headed("Errors", columns, marked),
            rows_headed("Errors by category", columns, categories),
            rows_headed("Also", columns, rest),
        ],
        caption=aside("What each annotator said, counted"),
        labelled_by="totals",
        class_="totals",
    )


def _counted(
    counts: Sequence[Counter[str | None]], known: Mapping[str, str], *, zeros: bool = True
) -> Iterator[Html]:
    """A row an id: the scheme's in its order, with `zeros` also those that nobody gave, then any others."""
    seen = {one for of_one in counts for one in of_one}
    ids: list[str | None] = [one for one in known if zeros or one in seen]
    ids += sorted(one for one in seen if one is not None and one not in known)
    if None in seen:
        ids.append(None)
    for one in ids:
        label = "no category" if one is None else known.get(one, one)
        yield row(words(label), [str(of_one[one]) for of_one in counts])


def _per_1000(one: Totals) -> str:
    return f"{one.score.per_1000_words:.1f}" if one.score else _NOTHING


def duration(milliseconds: int) -> str:
    """In the two largest units that there is anything of."""
    seconds = round(milliseconds / 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"

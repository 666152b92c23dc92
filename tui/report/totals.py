"""Totals by annotator: a table with one column for each person."""

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
    """One person's totals."""

    def __init__(self, article: Article, person: Person, scheme: Scheme, words_in_all: int) -> None:
        self.name = person.name
        self.annotations: Sequence[Annotation] = list(person.annotations.values())
        self.spans: Sequence[Span] = [span for annotation in self.annotations for span in annotation.spans]
        self.sentences = len(repaired(article, person.repairs))
        self.decided = sum(annotation.decided for annotation in self.annotations)
        self.tags: Counter[str | None] = Counter(
            tag for annotation in self.annotations for tag in annotation.tags
        )
        self.severities: Counter[str | None] = Counter(span.severity for span in self.spans)
        self.categories: Counter[str | None] = Counter(span.category for span in self.spans)
        self.quotes = len(
            {
                (quote.start, quote.end, quote.id)
                for annotation in self.annotations
                for quote in annotation.quotes
            }
        )
        self.entities = len(person.entities)
        self.active_ms = sum(annotation.active_ms for annotation in self.annotations)
        self.score: Score | None = None
        if person.scheme == scheme.label:
            self.score = score(self.annotations, words_in_all, scheme)
        self.scheme = person.scheme


def of_all(article: Article, people: Sequence[Person], scheme: Scheme) -> list[Totals]:
    counted = word_count(article.text)
    return [Totals(article, person, scheme, counted) for person in people]


def summary(all_of_them: Sequence[Totals], scheme: Scheme) -> Html:
    """One line for each person, with the most important figures."""
    severities = [severity.id for severity in scheme.severities]
    heads = ["annotator", "decided", "errors", *(severity.name for severity in scheme.severities)]
    heads += ["MQM / 1000 words", "time"]
    rows = [
        row(
            words(person.name),
            [
                f"{person.decided}/{person.sentences}",
                str(len(person.spans)),
                *(str(person.severities[severity]) for severity in severities),
                _per_1000(person),
                duration(person.active_ms),
            ],
        )
        for person in all_of_them
    ]
    return table(
        [words(head) for head in heads],
        [f"<tbody>{''.join(rows)}</tbody>"],
        caption=aside("Sentences decided and errors marked by each annotator"),
        labelled_by="summary",
        class_="summary",
    )


def totals(all_of_them: Sequence[Totals], names: Names) -> Html:
    """All totals, with one column for each person."""
    columns = len(all_of_them) + 1

    def line(label: str, figure: Callable[[Totals], str]) -> Html:
        return row(words(label), [words(figure(person)) for person in all_of_them])

    sentences = [
        line("decided", lambda person: f"{person.decided}/{person.sentences}"),
        *_counted([person.tags for person in all_of_them], names.tags),
        line(
            "no tag applies",
            lambda person: str(
                sum(annotation.decided and not annotation.tags for annotation in person.annotations)
            ),
        ),
        line("unsure", lambda person: str(sum(annotation.unsure for annotation in person.annotations))),
        line(
            "with a note", lambda person: str(sum(bool(annotation.note) for annotation in person.annotations))
        ),
    ]
    marked = [
        line("marked", lambda person: str(len(person.spans))),
        *_counted([person.severities for person in all_of_them], names.severities),
        line(
            "with a correction", lambda person: str(sum(span.correction is not None for span in person.spans))
        ),
        line("MQM penalty points", lambda person: f"{person.score.points:g}" if person.score else _NOTHING),
        line(
            "penalty points in 1000 words",
            lambda person: f"{person.score.per_1000_words:.1f}" if person.score else _NOTHING,
        ),
    ]
    categories = list(_counted([person.categories for person in all_of_them], names.categories, zeros=False))
    rest = [
        line("quotations", lambda person: str(person.quotes)),
        line("names corrected", lambda person: str(person.entities)),
        line("time spent", lambda person: duration(person.active_ms)),
    ]
    if any(person.score is None for person in all_of_them):
        rest.append(line("scheme", lambda person: person.scheme))
    return table(
        [element("span", "what", class_="unseen"), *(words(person.name) for person in all_of_them)],
        [
            rows_headed("Sentences", columns, sentences),
            rows_headed("Errors", columns, marked),
            rows_headed("Errors by category", columns, categories),
            rows_headed("Also", columns, rest),
        ],
        caption=aside("Totals by annotator"),
        labelled_by="totals",
        class_="totals",
    )


def _counted(
    counts: Sequence[Counter[str | None]], known: Mapping[str, str], *, zeros: bool = True
) -> Iterator[Html]:
    """One row for each id: those of the scheme in its order, with `zeros` also unused ones, then any others."""
    seen = {label_id for of_person in counts for label_id in of_person}
    ids: list[str | None] = [label_id for label_id in known if zeros or label_id in seen]
    ids += sorted(label_id for label_id in seen if label_id is not None and label_id not in known)
    if None in seen:
        ids.append(None)
    for label_id in ids:
        label = "no category" if label_id is None else known.get(label_id, label_id)
        yield row(words(label), [str(of_person[label_id]) for of_person in counts])


def _per_1000(person: Totals) -> str:
    return f"{person.score.per_1000_words:.1f}" if person.score else _NOTHING


def duration(milliseconds: int) -> str:
    """The time in its two largest units."""
    seconds = round(milliseconds / 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"

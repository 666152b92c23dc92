"""The whole page, part by part, so that a book needs no more memory than its article and annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui import __version__
from tui.agreement.disagreements import Disagreement
from tui.agreement.figures import Agreement
from tui.model.article import Article, EntityIndex
from tui.model.corrections import CorrectedEntities, Corrections
from tui.model.scheme import Scheme
from tui.report.agreed import agreed
from tui.report.legend import legend, short_legend
from tui.report.markup import Html, element, words
from tui.report.names import Names
from tui.report.people import Person, SentenceWork, as_shown, work_by_sentence
from tui.report.sentences import Sentences, language_of
from tui.report.style import policy, style_sheet
from tui.report.totals import of_all, summary, totals
from tui.text.plurals import counted


def page(
    article: Article,
    people: Sequence[Person],
    scheme: Scheme,
    agreement: Agreement | None = None,
    disagreements: Sequence[Disagreement] = (),
) -> Iterator[Html]:
    """The parts of the page, with the work of `people`. `disagreements` are about published sentences.

    The texts of all annotations and marks must match the article's text at their offsets.
    """
    names = Names(scheme, [person.name for person in people])
    shown = as_shown(article, people)
    yield _head(article, style_sheet(scheme, names.people))
    yield '<a class="skip" href="#article">To the article</a>\n'
    counted = of_all(article, people, scheme)
    compared = agreement if agreement is not None and agreement.sentences else None
    yield _title(article, shown)
    yield _contents(counted=bool(people), compared=compared is not None)
    yield "<main>\n"
    if people:
        yield _section("summary", "Summary", summary(counted, scheme))
    yield '<section id="article" aria-labelledby="text">\n<h2 id="text">The article</h2>\n'
    yield short_legend(scheme)
    yield _choices(names, differing=bool(disagreements))
    yield '<div class="text">\n'
    yield from _paragraphs(article, shown, people, names, disagreements)
    yield "</div>\n</section>\n"
    if people:
        yield _section("totals", "Totals by annotator", totals(counted, names))
    if compared is not None:
        yield _section("agreement", "How much they agree", agreed(compared, names))
    yield _section("legend", "What the marks mean", legend(scheme, several=len(people) > 1))
    yield "</main>\n"
    yield _foot(article, scheme)
    yield "</body>\n</html>\n"


def _head(article: Article, style: str) -> Html:
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy(style)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"{element('title', f'{words(article.title)} – annotated')}\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
    )


def _title(article: Article, shown: Article) -> Html:
    languages = f"{article.source_language} → " if article.source_language else ""
    facts = [article.source, f"{languages}{article.language}", counted(len(shown), "sentence")]
    heading = element("h1", words(article.title), lang=language_of(article), dir="auto")
    return f"<header>\n{heading}\n{element('p', words(' · '.join(facts)), class_='facts')}\n</header>\n"


def _section(name: str, heading: str, content: Html) -> Html:
    inside = f"\n{element('h2', words(heading), id=name)}\n{content}"
    return f"{element('section', inside, class_='about', aria_labelledby=name)}\n"


def _contents(*, counted: bool, compared: bool) -> Html:
    links = {"article": "The article"}
    links |= {"totals": "Totals by annotator"} if counted else {}
    links |= {"agreement": "How much they agree"} if compared else {}
    links["legend"] = "What the marks mean"
    inside = "".join(f"<li>{element('a', words(name), href=f'#{to}')}</li>" for to, name in links.items())
    return f'<nav aria-label="On this page"><ul role="list">{inside}</ul></nav>\n'


def _choices(names: Names, *, differing: bool) -> Html:
    """Chooses what is shown. The style sheet needs the boxes as siblings of the text."""
    shown = ""
    if len(names.people) > 1:
        shown = '<span class="choices">Marks of</span> '
        shown += _choice("radio", "everybody", "everyone", spoken_label="Marks of everyone", checked=True)
        for number, name in enumerate(names.people):
            shown += _choice("radio", f"only{number}", name, spoken_label=f"Marks of {name}")
        shown += "<br>\n"
    shown += '<span class="choices">Show</span> '
    shown += _choice("checkbox", "marked", "only sentences with marks")
    if differing:
        shown += _choice("checkbox", "differ", "only sentences where they differ")
    return f"{shown}{_choice('checkbox', 'plain', 'without highlighted names')}\n"


def _choice(
    kind: str, name: str, label: str, *, spoken_label: str | None = None, checked: bool = False
) -> Html:
    """`spoken_label` is for screen readers, if the label alone is not enough."""
    group = "people" if kind == "radio" else None
    box = element(
        "input", "", type=kind, id=name, name=group, aria_label=spoken_label, checked="" if checked else None
    )
    return f"{box}{element('label', words(label), for_=name)} "


def _paragraphs(
    article: Article,
    shown: Article,
    people: Sequence[Person],
    names: Names,
    disagreements: Sequence[Disagreement],
) -> Iterator[Html]:
    corrections = Corrections(people[0].entities if len(people) == 1 else {})
    entities = CorrectedEntities(shown, corrections, EntityIndex(shown))
    work = work_by_sentence(shown, people)
    differing = (
        {disagreement.sentence: disagreement for disagreement in disagreements} if shown is article else {}
    )
    sentences = Sentences(shown, names, headings=frozenset(shown.headings))
    for number in range(len(shown.paragraphs)):
        yield '<div class="paragraph">\n'
        for index in shown.paragraph_sentences(number):
            yield sentences.sentence(
                index, work.get(index, SentenceWork()), entities.of_sentence(index), differing.get(index)
            )
        yield "</div>\n"


def _foot(article: Article, scheme: Scheme) -> Html:
    facts = f"{article.id} · SHA-256 of the text {article.text_sha256} · scheme {scheme.label} · Postil {__version__}"
    return f"<footer>{element('p', words(facts))}</footer>\n"

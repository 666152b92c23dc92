"""The whole page, part by part, so that a book needs no more memory than its text."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from tui import __version__
from tui.agreement.figures import Agreement
from tui.agreement.resampling import Estimate
from tui.model.annotation import Annotation, Span
from tui.model.article import Article, EntityIndex
from tui.model.scheme import Scheme
from tui.report.markup import element, row, words
from tui.report.sentences import ENTITIES, Names, sentence
from tui.session.score import score
from tui.text.counting import word_count

Works = Mapping[str, Mapping[int, Annotation]]
"""What each annotator said, by the start of the sentence."""


def page(article: Article, works: Works, scheme: Scheme, agreement: Agreement | None) -> Iterator[str]:
    """The parts of the page. Raises ValueError where an annotation is not what the text has there."""
    names = Names(scheme)
    yield from _head(article)
    yield '<a class="skip" href="#article">To the article</a>\n<header>\n'
    yield element("h1", words(article.title), lang=_language(article), dir="auto")
    yield element("p", words(_facts(article)), class_="facts")
    yield "</header>\n<main>\n"
    yield from _legend(scheme)
    if works:
        yield from _totals(article, works, scheme, names)
    if agreement is not None and agreement.sentences:
        yield from _agreement(agreement, names)
    yield '<section id="article" aria-labelledby="text">\n'
    yield element("h2", "The article", id="text")
    yield f'<div lang="{words(_language(article))}">\n'
    yield from _article(article, works, names)
    yield "</div>\n</section>\n</main>\n"
    yield element("footer", f"Made by Postil {words(__version__)}. Scheme {words(scheme.label)}.")
    yield "\n</body>\n</html>\n"


def style() -> str:
    """The page's style sheet."""
    return files("tui.report").joinpath("style.css").read_text(encoding="utf-8")


def policy() -> str:
    """What the page may do: nothing but be painted with its own style sheet (Content Security Policy, level 3)."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _head(article: Article) -> Iterator[str]:
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{policy()}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield element("title", f"{words(article.title)} – annotated")
    yield f"\n<style>{style()}</style>\n</head>\n<body>\n"


def _language(article: Article) -> str:
    return "" if article.language == "und" else article.language


def _facts(article: Article) -> str:
    source = f"{article.source_language} → " if article.source_language else ""
    return f"{article.source} · {source}{article.language} · {len(article)} sentences · {article.id}"


def _legend(scheme: Scheme) -> Iterator[str]:
    def told(term: str, meaning: str) -> str:
        return f"<div><dt>{term}</dt> <dd>{meaning}</dd></div>"

    yield '<section aria-labelledby="legend">\n<h2 id="legend">What the marks mean</h2>\n<dl class="legend">\n'
    for tag in scheme.tags:
        yield told(element("span", words(tag.name), class_="tag"), words(tag.definition))
    for place, severity in enumerate(scheme.severities):
        sample = element("mark", words(severity.name), class_=f"error rank{min(place, 2)}")
        yield told(sample, f"an error that costs {severity.multiplier:g} points")
    yield told('<mark class="quote">quotation</mark>', "words of a source; the list below says whose")
    for label, name in ENTITIES.items():
        yield told(element("span", words(name), class_=f"entity {label.lower()}"), words(label))
    yield "</dl>\n</section>\n"


def _totals(article: Article, works: Works, scheme: Scheme, names: Names) -> Iterator[str]:
    counted = word_count(article.text)
    heads = ["annotator", "decided", *(words(tag.name) for tag in scheme.tags), "unsure"]
    heads += [
        *(words(severity.name) for severity in scheme.severities),
        "MQM points",
        "per 1000 words",
        "minutes",
    ]
    yield '<section aria-labelledby="totals">\n<h2 id="totals">Who said how much</h2>\n'
    yield '<div class="table" tabindex="0" role="region" aria-labelledby="totals"><table>\n'
    yield f"<thead>{row(heads, 'th')}</thead>\n<tbody>\n"
    for annotator, said in works.items():
        all_of_it = list(said.values())
        spans = [span for one in all_of_it for span in one.spans]
        points = score(all_of_it, counted, scheme)
        cells = [words(annotator), f"{sum(one.decided for one in all_of_it)}/{len(article)}"]
        cells += [str(sum(tag in one.tags for one in all_of_it)) for tag in names.tags]
        cells.append(str(sum(one.unsure for one in all_of_it)))
        cells += [str(_count(spans, severity)) for severity in names.severities]
        cells += [f"{points.points:g}", f"{points.per_1000_words:.1f}"]
        cells.append(f"{sum(one.active_ms for one in all_of_it) / 60_000:.1f}")
        yield row(cells)
    yield "</tbody></table></div>\n</section>\n"


def _count(spans: list[Span], severity: str) -> int:
    return sum(span.severity == severity for span in spans)


def _agreement(found: Agreement, names: Names) -> Iterator[str]:
    yield '<section aria-labelledby="agreement">\n<h2 id="agreement">How far they agree</h2>\n'
    yield '<div class="table" tabindex="0" role="region" aria-labelledby="agreement"><table>\n'
    told = f"{found.sentences} sentences that at least two decided; in brackets 95 % intervals"
    yield element("caption", words(told))
    yield f"<thead>{row(['tag', 'agree', 'Krippendorff’s α', 'Fleiss’ κ', 'Cohen’s κ'], 'th')}</thead>\n<tbody>\n"
    for tag in found.tags:
        figures = [tag.raw, tag.alpha, tag.fleiss_kappa, tag.cohen_kappa]
        yield row([words(names.tags.get(tag.tag, tag.tag)), *map(_estimate, figures)])
    yield row(["all tags (MASI)", _estimate(found.tag_sets.raw), _estimate(found.tag_sets.alpha), "", ""])
    yield "</tbody></table></div>\n</section>\n"


def _estimate(found: Estimate | None) -> str:
    if found is None:
        return ""
    if found.value is None:
        return "–"
    if found.low is None or found.high is None:
        return f"{found.value:.2f}"
    return f"{found.value:.2f} [{found.low:.2f}, {found.high:.2f}]"


def _article(article: Article, works: Works, names: Names) -> Iterator[str]:
    entities = EntityIndex(article)
    paragraphs = set(article.paragraphs)
    for index in range(len(article)):
        if index in paragraphs:
            yield '</div>\n<div class="paragraph">\n' if index else '<div class="paragraph">\n'
        bounds = (article.starts[index], article.ends[index])
        said_by = {
            name: found
            for name, said in works.items()
            if (found := said.get(bounds[0])) and found.end == bounds[1]
        }
        yield from sentence(article.text, bounds, index + 1, said_by, entities.of_sentence(index), names)
    yield "</div>\n" if len(article) else ""

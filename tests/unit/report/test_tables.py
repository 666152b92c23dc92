"""The tables: totals a person, and how far people agree."""

from __future__ import annotations

import re

from tests.report_page import article_of, error, person, quotation, say
from tui.agreement.figures import agreement
from tui.agreement.sentences import compared
from tui.model.article import Article
from tui.report.agreed import agreed
from tui.report.names import Names
from tui.report.people import Person
from tui.report.totals import duration, of_all, summary, totals
from tui.settings import scheme_file as scheme


def cells(table: str) -> dict[str, list[str]]:
    """The rows of a table, by their heading."""
    rows = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', table, re.DOTALL)
    return {head: re.findall(r"<td>(.*?)</td>", row, re.DOTALL) for head, row in rows}


def two_people() -> tuple[Article, list[Person]]:
    article = article_of("Il a dites cela lui même.", "Fin de tout.", "Et voilà.")
    quote = quotation(article, "cela lui même. Fin")
    spans = [error(article, "dites", "dit", severity="major"), error(article, "même", category="style")]
    ana = person(
        "ana",
        say(article, 0, "fact", "quote", spans=spans, quotes=[quote], note="n"),
        say(article, 1, "quote", quotes=[quote]),
        say(article, 2),
    )
    return article, [ana, person("ben", say(article, 0, "fact"), say(article, 1), scheme="old/3")]


def test_everything_is_counted_once() -> None:
    article, people = two_people()
    news = scheme.load()
    counted = of_all(article, people, news)
    found = cells(totals(counted, Names(news, ["ana", "ben"])))
    assert found["decided"] == ["3/3", "2/3"]
    assert found["fact"] == ["1", "1"]
    assert found["quote"] == ["2", "0"]
    assert found["no tag applies"] == ["1", "1"]
    assert found["marked"] == ["2", "0"]
    assert (found["minor"], found["major"], found["critical"]) == (["1", "0"], ["1", "0"], ["0", "0"])
    assert (found["spelling"], found["style"], "grammar" in found) == (["1", "0"], ["1", "0"], False)
    assert found["with a correction"] == ["1", "0"]
    assert found["quotations"] == ["1", "0"]
    assert found["time spent"] == ["3 min 3 s", "2 min 2 s"]
    # 6 points in the 11 words; what is said by another scheme has no score.
    assert found["MQM penalty points"] == ["6", "–"]
    assert found["penalty points in 1000 words"] == ["545.5", "–"]
    assert found["scheme"] == ["news/1", "old/3"]
    assert cells(summary(counted, news))["ana"] == ["3/3", "2", "1", "1", "0", "545.5", "3 min 3 s"]


def test_durations() -> None:
    assert [duration(ms) for ms in (0, 499, 59_400, 60_000, 3_600_000)] == [
        "0 s",
        "0 s",
        "59 s",
        "1 min 0 s",
        "1 h 0 min",
    ]


def test_figures_of_agreement_with_their_intervals() -> None:
    article = article_of(*(f"Phrase numéro {number}." for number in range(12)))
    ana = person("ana", *(say(article, index, "fact") for index in range(12)))
    ben = person("ben", *(say(article, index, *(["fact"] if index else [])) for index in range(12)))
    said = {one.name: one.annotations for one in (ana, ben)}
    table = agreed(agreement(compared(article, said), ["fact"]), Names(scheme.load(), ["ana", "ben"]))
    found = cells(table)
    value, interval, n, plot = found["raw agreement"]
    assert (value, n) == ("0.92", "12")
    assert re.fullmatch(r"0\.\d\d to 1\.00", interval)
    assert 'cx="95.7"' in plot
    assert "fact (ana 12, ben 11)" in table
    assert "ana, ben: 12 sentences that both decided." in table


def test_a_figure_that_is_undefined_or_has_no_interval() -> None:
    article = article_of("Un.", "Deux.")
    people = [person(name, say(article, 0), say(article, 1)) for name in ("ana", "ben")]
    said = {one.name: one.annotations for one in people}
    table = agreed(agreement(compared(article, said), ["fact"]), Names(scheme.load(), ["ana", "ben"]))
    assert cells(table)["Krippendorff’s alpha"][:2] == ["–", "–"]
    assert cells(table)["Krippendorff’s alpha"][3] == ""

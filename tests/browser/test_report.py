"""The page in a real browser: nothing in it runs, asks or opens anything, and it needs no pointer to be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.chromium import PROGRAM, seen
from tests.report_page import HOSTILE, article_of, error, hostile_page, person, say, whole_page

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="there is no Chromium here")

OWNED = "document.documentElement.dataset.owned || document.querySelectorAll('script,img,iframe,form,base').length"


@pytest.mark.parametrize("alone", [True, False])
def test_hostile_text_in_every_field_runs_nothing(tmp_path: Path, alone: bool) -> None:
    path = tmp_path / "page.html"
    path.write_text(hostile_page(alone), encoding="utf-8")
    found = seen(path, tmp_path / "profile", OWNED)
    assert found.dialogs == []
    assert found.requests == []
    assert found.violations == []
    assert found.value == 0


def test_what_would_run_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(f"<!DOCTYPE html><title>x</title>{HOSTILE[0]}{HOSTILE[2]}", encoding="utf-8")
    found = seen(path, tmp_path / "profile", OWNED)
    assert "owned" in found.dialogs
    assert found.requests == ["http://127.0.0.1:9/x"]
    assert found.value == "1"


def test_what_got_in_all_the_same_is_held_back(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    got_in = f"<main>{HOSTILE[0]}{HOSTILE[2]}{HOSTILE[5]}<p id=p style='color: red' onclick=alert(1)>"
    page = hostile_page().replace("<main>", got_in, 1)
    path.write_text(page, encoding="utf-8")
    found = seen(path, tmp_path / "profile", "document.getElementById('p').click()")
    assert found.dialogs == []
    assert found.requests == []
    assert len(found.violations) >= 6


def test_all_is_seen_without_a_pointer_and_one_person_alone_by_a_box(tmp_path: Path) -> None:
    article = article_of("Il a dites cela.", "Puis rien.")
    ana = person("ana", say(article, 0, "fact", spans=[error(article, "dites", "dit")]))
    ben = person("ben", say(article, 0, "opinion", spans=[error(article, "cela", "tout", severity="major")]))
    path = tmp_path / "page.html"
    path.write_text(whole_page(article, ana, ben), encoding="utf-8")
    # What is painted of the first sentence, for everybody and for ana; and whether the page is too wide.
    asked = """(() => {
        const painted = () => document.getElementById('s1').innerText;
        const lined = word => [...document.querySelectorAll('#s1 mark')].filter(
            mark => getComputedStyle(mark).textDecorationLine == 'underline').length;
        const everybody = [painted(), lined()];
        document.getElementById('only0').click();
        return [...everybody, painted(), lined(), document.documentElement.scrollWidth <= innerWidth];
    })()"""
    everybody, lines, alone, lines_alone, fits = seen(path, tmp_path / "profile", asked).value  # type: ignore[misc]
    assert all(word in everybody for word in ("→ dit", "→ tout", "major"))
    assert [word in alone for word in ("→ dit", "→ tout", "major", "cela")] == [True, False, False, True]
    assert (lines, lines_alone, fits) == (2, 1, True)

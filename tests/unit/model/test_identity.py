from __future__ import annotations

import hashlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.identity import annotator_name, article_id, text_sha256

ENCODABLE = st.text(st.characters(codec="utf-8"))


def slug(title: str) -> str:
    return article_id(title, "x").rpartition("-")[0]


def test_an_id_is_a_slug_and_the_beginning_of_the_hash() -> None:
    text = "Où ?"
    digest = hashlib.sha256(text.encode()).hexdigest()
    assert text_sha256(text) == digest
    assert article_id("Où ?", text) == f"ou-{digest[:8]}"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        (
            "Sous les yeux de Trump La querelle entre Elon Musk et Sam Altman continue.",
            "sous-les-yeux-de-trump-la-querelle",
        ),
        ("L’Œuvre & Straße: été!", "l-oeuvre-strasse-ete"),
        ("Łódź, ÆØÅ, İstanbul, Kırklı ﬁn ²", "lodz-aeoa-istanbul-kirkli-fin-2"),
        ("中文标题：第七章", "zhong-wen-biao-ti-di-qi-zhang"),
        ("Привет, мир: новости 2026 года", "privet-mir-novosti-2026-goda"),
        ("Ποιος θα πληρώσει;", "poios-tha-plirosei"),
        ("한국어 제목", "hangugeo-jemog"),
        ("さくらの日", "sakurano-ri"),
        ("हिन्दी शीर्षक", "hindi-sirsk"),
        ("คำถาม", "khamtham"),
        ("ראש העיר", "rs-hyr"),
        ("NATO и Россия", "nato-i-rossiya"),
        ("NATO: Россия", "nato-rossiya"),
        ("NATO and 俄", "nato-and"),
        ("北京 2026", "bei-jing-2026"),
        ("😀 🎉", "article"),
        ("Щ" * 60, "shch" * 10),
        (" -- ", "article"),
        ("", "article"),
        ("a" * 60, "a" * 40),
        ("a" * 39 + " bc", "a" * 39),
        ("a" * 40, "a" * 40),
    ],
)
def test_slugs(title: str, expected: str) -> None:
    assert slug(title) == expected


@given(ENCODABLE, ENCODABLE)
def test_ids_are_safe_as_file_names(title: str, text: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*-[0-9a-f]{8}", article_id(title, text))
    assert len(article_id(title, text)) <= 40 + 1 + 8


def test_annotator_names_are_folded() -> None:
    assert annotator_name("Ana.B_2-c") == "ana.b_2-c"
    assert annotator_name("x" * 64) == "x" * 64


@pytest.mark.parametrize(
    "raw", ["", ".hidden", "..", "a/b", "a b", "é", "ana\n", "x" * 65, "\x1b[31m", "a\x00"]
)
def test_other_annotator_names_are_refused_in_one_harmless_line(raw: str) -> None:
    with pytest.raises(ValueError, match="is not a valid annotator name: use") as caught:
        annotator_name(raw)
    assert str(caught.value).isprintable()
    assert str(caught.value).isascii()


@given(st.text())
def test_a_name_that_is_taken_is_stable(raw: str) -> None:
    try:
        name = annotator_name(raw)
    except ValueError:
        return
    assert annotator_name(name) == name
    assert "/" not in name

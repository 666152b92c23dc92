"""Superscripts and subscripts become plain text that means the same."""

from __future__ import annotations

import pytest

from tui.documents.html.page import parsed
from tui.documents.html.page_blocks import page_blocks
from tui.documents.html.rendering import render
from tui.documents.html.selection import choose_block
from tui.documents.html.superscripts import rewrite


def shown(markup: str) -> str:
    tree = parsed(f"<p>{markup}</p>")
    assert tree is not None
    rewrite(tree)
    blocks = page_blocks(tree)
    for block in blocks:
        choose_block(block)
    return "\n".join(block.text for block in render(blocks))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("10<sup>6</sup> tonnes", "10⁶ tonnes"),
        ("1,5 · 10<sup>-3</sup> mol", "1,5 · 10⁻³ mol"),
        ("120 m<sup>2</sup> und 3 m<sup>3</sup>", "120 m² und 3 m³"),
        ("35 µg/m<sup>3</sup> d’air", "35 µg/m³ d’air"),
        ("450 km<sup>2</sup> di bosco", "450 km² di bosco"),
        ("9,8 m/s<sup>2</sup>", "9,8 m/s²"),
        ("5 м<sup>2</sup>", "5 м²"),
        ("E = mc<sup>2</sup>.", "E = mc²."),
        ("(a + b)<sup>2</sup>", "(a + b)²"),
        ("2<sup>n</sup> Fälle, x<sup>n+1</sup>", "2ⁿ Fälle, xⁿ⁺¹"),
        ("e<sup>x</sup> y 10<sup>6,5</sup>", "e^x y 10^6,5"),
        ("<sup>14</sup>C et <sup>235</sup>U", "¹⁴C et ²³⁵U"),
        ("<sup>1</sup>/<sub>2</sub> cup", "¹/₂ cup"),
        ("Ca<sup>2+</sup>", "Ca²⁺"),
        ("H<sub>2</sub>O, CO<sub>2</sub>", "H₂O, CO₂"),
        ("C<sub>6</sub>H<sub>12</sub>O<sub>6</sub>", "C₆H₁₂O₆"),
        ("PM<sub>2.5</sub>", "PM2.5"),
        ("x<sub>i</sub>, V<sub>max</sub>", "xᵢ, V_max"),
        ("log<sub>10</sub> 5", "log₁₀ 5"),
        ('5 km<span style="vertical-align: super">2</span>', "5 km²"),
    ],
)
def test_powers_and_indices(markup: str, expected: str) -> None:
    assert shown(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("le 1<sup>er</sup> mai", "le 1er mai"),
        ("au XX<sup>e</sup> siècle", "au XXe siècle"),
        ("la 2<sup>ème</sup> fois", "la 2ème fois"),
        ("M<sup>me</sup> Petit et M<sup>lle</sup> Roy", "Mme Petit et Mlle Roy"),
        ("les n<sup>os</sup> 4 et 5", "les nos 4 et 5"),
        ("le n<sup>o</sup> 4", "le nº 4"),
        ("the 2<sup>nd</sup> of May, the 4<sup>th</sup>", "the 2nd of May, the 4th"),
        ("el 1<sup>o</sup> y la 2<sup>a</sup> parte", "el 1º y la 2ª parte"),
        ("n.<sup>o</sup> 3, M.<sup>a</sup> Luz", "n.º 3, M.ª Luz"),
        ("Mag.<sup>a</sup> Huber", "Mag.ª Huber"),
        ("il 3<sup>o</sup> posto", "il 3º posto"),
        ("de 19<sup>e</sup> eeuw", "de 19e eeuw"),
        ("Linux<sup>TM</sup> and Foo<sup>®</sup>", "Linux™ and Foo®"),
        ("The shop<sup>now open</sup> sells", "The shop now open sells"),
    ],
)
def test_ordinals_stay_one_word(markup: str, expected: str) -> None:
    assert shown(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("It ended.<sup>1</sup> Nobody spoke.", "It ended.[1] Nobody spoke."),
        ("It ended. <sup>1</sup> Nobody spoke.", "It ended.[1] Nobody spoke."),
        ("La ville<sup>2</sup> a grandi.", "La ville[2] a grandi."),
        ("Er kam nicht.<sup>3, 4</sup> Sie schon.", "Er kam nicht.[3, 4] Sie schon."),
        ("disse »no«.<sup>5</sup> Poi uscì.", "disse »no«.[5] Poi uscì."),
        ("¿Qué?<sup>6</sup> Nada.", "¿Qué?[6] Nada."),
        ("彼は言った。<sup>7</sup> 終わり。", "彼は言った。[7] 終わり。"),
        ('fast.<sup class="reference"><a href="#cite_note-12">[12]</a></sup> It', "fast.[12] It"),
        ('m<sup id="fnref1"><a href="#fn1">1</a></sup> long', "m[1] long"),
        ('Das Haus<a href="#_ftn2"><sup>2</sup></a> steht.', "Das Haus[2] steht."),
        ('Das Haus<a class="footnote-ref" href="#fn:2">2</a> steht.', "Das Haus[2] steht."),
        ('en 1990<sup><a href="#n1">1</a></sup>, on', "en 1990[1], on"),
        ("One.<sup>1</sup><sup>2</sup> Two.", "One.[1][2] Two."),
        ("It ended.<sup>b</sup> Then", "It ended.[b] Then"),
        ("Wort<sup>*</sup> und <sup>†</sup>", "Wort* und †"),
        ("gone.<sup>[<i>citation needed</i>]</sup> He", "gone.[citation needed] He"),
        ("<sup>1</sup> The report of 1990.", "The report of 1990."),
        ("<sup>12</sup>Sometimes it works.", "Sometimes it works."),
        ('so [<a href="#n1"><sup>1</sup></a>] it', "so [1] it"),
        ('see note <a class="note" href="#note12">12</a> below', "see note 12 below"),
    ],
)
def test_the_number_of_a_note_begins_no_sentence_and_joins_no_word(markup: str, expected: str) -> None:
    assert shown(markup) == expected

"""What is close to German, or only looks English."""

from __future__ import annotations

import pytest

from tui.text.language import detect

LUXEMBOURGISH = [
    "D'Fähr op d'Insel fiert ab Mäerz net méi, sot d'Firma en Dënschdeg no sechs Joer mat Verloschter. Keen huet eis eppes gesot.",
    "De Buergermeeschter huet um Méindeg mat de Leit geschwat. Keen huet him geäntwert, an d'Versammlung war séier eriwwer.",
    "Déi meescht Geschäfter sinn zou bliwwen, well et de ganzen Dag gereent huet. Och d'Schoul ass eréischt muer nees op.",
]
ALEMANNIC = [
    "D Fähri uf d Insle fahrt ab em März nümm, het d Firma am Zischtig gseit. Öppe 400 Lüt wohne dört s ganze Jahr.",
    "De Gmeindspräsident hät am Mäntig mit de Lüüt gredt. Niemert hät em gantwortet und d Versammlig isch schnäll verby gsi.",
    "Di meischte Läde sy zue blybe, wil s dr ganz Tag gregnet het. O d Schuel isch ersch morn wider offe.",
]
GERMAN = [
    "Die Fähre zur Insel wird im März eingestellt. Uns hat niemand etwas gesagt, klagt die Frau, die den einzigen Laden führt.",
    "Das ist mir egal, sagte er, und ging. Vor dem Haus war es dunkel, und der Hund lief ihm bis zum Tor nach.",
    "Die Minister d. J. kamen, s. o., im Mai in die Stadt und sprachen mit vielen Leuten über den neuen Hafen.",
]
CODE = [
    "def main(argv):\n    parser = argparse.ArgumentParser()\n    for path in sorted(root.glob('*.txt')):\n        print(path.name)\n",
    "for (int i = 0; i < count; i++) {\n  if (values[i] > max) {\n    max = values[i];\n  }\n}\nreturn max;\n",
    '#include <stdio.h>\nint main(void) {\n    printf("Hello\\n");\n    return 0;\n}\n',
    "const add = (left, right) => left + right;\nexport default function reduce(list) {\n  return list.reduce(add, 0);\n}\n",
    "<div class='a'><p>Hello</p><p>world</p></div>\n<div id='b'><a href='x'>y</a></div>\n",
]
ENGLISH = [
    "The company (founded in 1990) said (again) that nothing had changed; the council (of nine) disagreed.",
    "Write to ann@example.org or see https://example.org/a_b?c=d&e=f#g for the times of the ferry.",
]


@pytest.mark.parametrize("text", [*LUXEMBOURGISH, *ALEMANNIC])
def test_luxembourgish_and_swiss_german_are_not_german(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize("text", GERMAN)
def test_german_is_german(text: str) -> None:
    assert detect(text) == "de"


@pytest.mark.parametrize("text", CODE)
def test_program_code_has_no_language(text: str) -> None:
    assert detect(text) == "und"


@pytest.mark.parametrize("text", ENGLISH)
def test_brackets_and_addresses_are_not_code(text: str) -> None:
    assert detect(text) == "en"

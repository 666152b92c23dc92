from __future__ import annotations

import builtins
from collections.abc import Mapping, Sequence

import pytest

from tests.unit.documents.samples import pdf, pdf_lines
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document, ExtraMissingError
from tui.documents.reading import documents


def one(data: bytes, suffix: str = ".pdf") -> Document:
    (document,) = documents(data, suffix)
    return document


PARAGRAPHS = (
    "La mairie a signé un accord avec le port, où 1 200 personnes travaillent depuis des années, et le conseil a "
    "voté le budget de l’année prochaine sans débat.",
    "« Pourquoi partir ? », demande le maire (de gauche). Personne ne répond, pas même les conseillers du parti "
    "qui avait promis une réponse avant l’été.",
)


def wrapped(text: str, width: int = 70) -> list[str]:
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


@pytest.mark.parametrize("suffix", ["", ".txt", ".pdf"])
def test_lines_become_the_paragraphs_they_were_wrapped_from(suffix: str) -> None:
    first, second = map(wrapped, PARAGRAPHS)
    title = pdf_lines(["Un accord à Gênes"], size=20, top=790)
    body = pdf_lines(first) + pdf_lines(second, top=760 - 14 * len(first) - 20)
    document = one(pdf([title + body]), suffix)
    assert document.text.split("\n\n") == ["Un accord à Gênes", *PARAGRAPHS]
    assert document.title == "Un accord à Gênes"
    assert document.heading_starts == (0,)
    assert document.layout == "paragraphs"


def test_an_indented_line_begins_a_paragraph_without_a_gap() -> None:
    first, second = map(wrapped, PARAGRAPHS)
    height = 760 - 14.3 * len(first)
    page = (
        pdf_lines(first)
        + pdf_lines(second[:1], top=round(height), left=90)
        + pdf_lines(second[1:], top=round(height - 14.3))
    )
    assert one(pdf([page])).text.split("\n\n") == list(PARAGRAPHS)


def test_a_paragraph_goes_on_on_the_next_page_and_what_repeats_is_left_out() -> None:
    lines = wrapped(PARAGRAPHS[0], 50)
    pages = [
        pdf_lines(["The Daily Post"], top=810)
        + pdf_lines([line])
        + pdf_lines([f"Page {number} of {len(lines)}"], top=30)
        for number, line in enumerate(lines, 1)
    ]
    assert one(pdf(pages)).text == PARAGRAPHS[0]


def test_lines_that_do_not_repeat_stay_at_the_edges_of_pages() -> None:
    pages = [
        pdf_lines(["The mayor spoke.", "Year 1995 was good."]),
        pdf_lines(["Nobody answered.", "It was 7 degrees."]),
    ]
    text = one(pdf(pages)).text
    for line in ("The mayor spoke.", "Year 1995 was good.", "Nobody answered.", "It was 7 degrees."):
        assert line in text


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The govern-", "ment fell."], "The government fell."),
        (["Die Regie-", "rung fiel."], "Die Regierung fiel."),
        (["Le gouverne-", "ment est tombé."], "Le gouvernement est tombé."),
        (["El gobier-", "no cayó."], "El gobierno cayó."),
        (["La ministra è arri-", "vata."], "La ministra è arrivata."),
        (["A well-known and well-", "known town."], "A well-known and well-known town."),
        (["In Seine-", "Saint-Denis they met."], "In Seine-Saint-Denis they met."),
        (["From 1995-", "1998 they met."], "From 1995-1998 they met."),
        (["They met -", "and left."], "They met - and left."),
        (["The COVID-", "19 year."], "The COVID-19 year."),
    ],
)
def test_hyphens_at_line_ends_are_mended(lines: list[str], text: str) -> None:
    assert one(pdf([pdf_lines(lines)])).text == text


def test_a_scan_is_refused_with_what_to_do() -> None:
    with pytest.raises(UnreadableFileError, match=r"^has no text layer .*ocrmypdf$"):
        one(pdf([b"0 0 100 100 re f", b""]))


def test_pages_without_text_are_named() -> None:
    document = one(
        pdf([pdf_lines(wrapped(PARAGRAPHS[0])), b"0 0 9 9 re f", pdf_lines(wrapped(PARAGRAPHS[1]))])
    )
    assert document.warnings == (
        "page 2 has hardly any text: if they are pictures, recognise their text, e.g. with ocrmypdf",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
        pdf([pdf_lines(["Text"])])[:200],
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 1 0 R /Kids [1 0 R] >>\nendobj\ntrailer << /Root 1 0 R >>",
    ],
)
def test_a_damaged_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError):
        one(data)


def test_a_file_with_a_password_is_refused() -> None:
    encryption = (
        b"/ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /Length 40 /P -4 /O <"
        + b"11" * 32
        + b"> /U <"
        + b"22" * 32
        + b"> >>"
    )
    with pytest.raises(UnreadableFileError, match=r"^is locked with a password"):
        one(pdf([pdf_lines(["Text"])], encryption))


def test_a_bold_line_is_a_heading_and_a_list_stays_one() -> None:
    page = (
        pdf_lines(["What was decided"], font="F2")
        + pdf_lines(["1. The port stays open.", "2. The mayor goes."], top=735)
        + pdf_lines(wrapped(PARAGRAPHS[0]), top=690)
    )
    document = one(pdf([page]))
    assert document.text.split("\n\n") == [
        "What was decided",
        "1. The port stays open.",
        "2. The mayor goes.",
        PARAGRAPHS[0],
    ]
    assert document.heading_starts == (0,)


def test_without_the_extra_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(
        name: str,
        globals: Mapping[str, object] | None = None,
        locals: Mapping[str, object] | None = None,
        fromlist: Sequence[str] | None = (),
        level: int = 0,
    ) -> object:
        if name.startswith("pypdfium2"):
            raise ModuleNotFoundError(name)
        return real(name, globals, locals, fromlist, level)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExtraMissingError, match=r"^reading PDF needs .*: pip install 'postil\[docs\]'$"):
        one(pdf([pdf_lines(["Text"])]))


@pytest.mark.parametrize("rise", [3, 4, 5, 6, 8])
@pytest.mark.parametrize(
    ("before", "mark", "after", "text"),
    [
        ("The yield is 10", "6", " tonnes.", "The yield is 10⁶ tonnes."),
        ("The town has 12 km", "2", " of parks.", "The town has 12 km² of parks."),
        ("Nobody answered", "1", " on Monday.", "Nobody answered[1] on Monday."),
        ("Nobody answered.", "12", " The mayor left.", "Nobody answered.[12] The mayor left."),
        ("Le maire est parti", "3", ".", "Le maire est parti[3]."),
        ("Niemand antwortete.", "4", "", "Niemand antwortete.[4]"),
    ],
)
def test_raised_numbers_never_become_part_of_a_word(
    rise: int, before: str, mark: str, after: str, text: str
) -> None:
    content = (
        f"BT /F1 11 Tf 72 700 Td ({before}) Tj {rise} Ts /F1 7 Tf ({mark}) Tj 0 Ts /F1 11 Tf ({after}) Tj ET"
    )
    assert one(pdf([content.encode("ascii")])).text == text


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\n\n", b"X-Printer: hall\r\nCopies: 2\r\n"])
def test_what_was_added_before_the_file_does_not_matter(before: bytes) -> None:
    assert one(before + pdf([pdf_lines(["The mayor spoke."])])).text == "The mayor spoke."

from __future__ import annotations

import pytest
from msgspec.structs import replace

from tui.documents.document import Document
from tui.model.article import Article
from tui.prepare.pipeline import prepare_text
from tui.text.flowing import flowing_text


def article(text: str, sentences: list[str], paragraphs: list[int], layout: str = "wrapped") -> Article:
    starts: list[int] = []
    for sentence in sentences:
        starts.append(text.index(sentence, starts[-1] if starts else 0))
    return replace(
        prepare_text(Document(text=text), source="-"),
        layout=layout,
        starts=starts,
        ends=[start + len(sentence) for start, sentence in zip(starts, sentences, strict=True)],
        paragraphs=paragraphs,
    )


@pytest.mark.parametrize(
    ("text", "sentences", "paragraphs", "flowing"),
    [
        ("One\ntwo.\n\nThree\nfour.\n", ["One\ntwo.", "Three\nfour."], [0, 1], "One two.\n\nThree four.\n"),
        ("Un. Deux\ntrois.", ["Un.", "Deux\ntrois."], [0], "Un. Deux trois."),
        ("Один.\nДва.\n \nТри", ["Один.", "Два.", "Три"], [0, 2], "Один. Два.\n \nТри"),
        ("  A\n  b.\n\n\n  C.\n\n", ["A\n  b.", "C."], [0, 1], "  A   b.\n\n\n  C.\n\n"),
        ("一\n二。\u2028三", ["一\n二。", "三"], [0], "一 二。 三"),
    ],
)
def test_line_ends_in_paragraphs_become_blanks(
    text: str, sentences: list[str], paragraphs: list[int], flowing: str
) -> None:
    assert flowing_text(article(text, sentences, paragraphs)) == flowing
    for layout in ("paragraphs", "lines"):
        assert flowing_text(article(text, sentences, paragraphs, layout)) == text

from __future__ import annotations

import pytest

from tui.documents.footnotes import without_marks


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("No notes [1] here.", "No notes [1] here."),
        ("A mark without a note[^1].", "A mark without a note[^1]."),
        ("Text.[^1] More.\n\n[^1]: Note.", "Text. More.\n\n\nNote."),
        ("Text.[^a][^b]\n\n[^a]: One.\n[^b]: Two.", "Text.\n\n\nOne.\n\nTwo."),
        ("Text.[^A]\n\n[^a]: One.", "Text.\n\n\nOne."),
        ("Un mot[^note-1] ici.\n\n  [^note-1]:\tLa source.", "Un mot ici.\n\n\nLa source."),
        ("Wort[^1].\n\n[^1]: Quelle\n    und mehr.", "Wort.\n\n\nQuelle\n    und mehr."),
        ("A word [^1], another.\n\n[^1]: Note.", "A word, another.\n\n\nNote."),
        (r"Escaped \[^1].[^1]" + "\n\n[^1]: Note.", r"Escaped \[^1]." + "\n\n\nNote."),
        ("A link [^1](x).\n\n[^1]: Note.", "A link [^1](x).\n\n\nNote."),
        ("Inline: [^1]: no note.", "Inline: [^1]: no note."),
        ("[^1 2]: no label[^1 2]", "[^1 2]: no label[^1 2]"),
    ],
)
def test_notes_become_paragraphs_and_their_marks_go(markdown: str, expected: str) -> None:
    assert without_marks(markdown) == expected

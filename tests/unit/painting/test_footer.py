"""The keys at the bottom are those of what has the focus."""

from __future__ import annotations

import msgspec

from tui.model.annotation import Work
from tui.model.article import Article
from tui.model.hint import Hint, hint_blocks
from tui.painting.footer import Footer
from tui.session.focus import focus_of, focus_of_hint
from tui.session.marks import add_span
from tui.session.session import Session
from tui.settings.actions import actions
from tui.settings.keymap import load
from tui.settings.scheme_file import load as load_scheme

NEWS = load_scheme()
KEYMAP = load("default", actions(NEWS))


def names(footer: Footer, focus: str | None = None) -> list[str]:
    return [name for _, name in footer.of(focus)]


def test_a_sentence_offers_its_tags_first(session: Session) -> None:
    footer = Footer(session, KEYMAP, NEWS)
    assert [key for key, _ in footer.of()][:5] == ["f", "o", "q", "t", "s"]
    assert "hint: yes, no" in names(footer)
    session.asked.mode = "off"
    assert "hint: yes, no" not in names(footer)


def test_a_review_offers_its_own_keys(session: Session) -> None:
    footer = Footer(session, KEYMAP, NEWS, lambda: [("1", "ana")])
    assert footer.of() == [("1", "ana")]


def test_a_name_a_hint_and_a_mark_have_keys_of_their_own(sample_article: Article) -> None:
    sentence = 1
    start = sample_article.starts[sentence]
    hint = Hint(
        id="h",
        start=start,
        end=start + 2,
        detector="glued",
        category="spelling",
        severity="minor",
        reason="",
        confidence=1.0,
    )
    article = msgspec.structs.replace(sample_article, hint_blocks=hint_blocks([hint]))
    session = Session(article, NEWS, Work(), "ana")
    session.cursor = sentence
    footer = Footer(session, KEYMAP, NEWS)
    add_span(session, sentence, start + 9, start + 12, "minor", "spelling")
    annotation = session.annotation(sentence)
    assert annotation is not None
    focused = [
        None,
        focus_of(session.entities(sentence)[0]),
        focus_of_hint(hint),
        annotation.spans[0].id,
    ]
    assert len({tuple(names(footer, focus)) for focus in focused}) == len(focused)
    assert "hint: yes, no" not in names(footer, focused[2])
    assert "accept all" in names(footer, focused[2])

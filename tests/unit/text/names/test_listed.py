"""Names in scripts without capitals, by lists and titles."""

from __future__ import annotations

import pytest

from tui.text.names import listed

CASES = [
    ("ja", "日本の岸田文雄首相は東京で話した。", [("日本", "LOC"), ("岸田文雄", "PER"), ("東京", "LOC")]),
    (
        "ja",
        "ウラジーミル・プーチン大統領はモスクワにいる。",
        [("ウラジーミル・プーチン", "PER"), ("モスクワ", "LOC")],
    ),
    ("ja", "田中さんはフランスへ。", [("田中", "PER"), ("フランス", "LOC")]),
    ("ja", "コンピュータとテレビを見る。", []),
    ("zh", "美国总统乔·拜登访问上海。", [("美国", "LOC"), ("乔·拜登", "PER"), ("上海", "LOC")]),
    ("zh", "王毅外长在北京表示。", [("王毅", "PER"), ("北京", "LOC")]),
    ("zh", "今天天气很好。", []),
    ("ko", "윤석열 대통령은 서울에서 말했다.", [("윤석열", "PER"), ("서울", "LOC")]),
    ("ko", "일본의 도쿄에 갔다.", [("일본", "LOC"), ("도쿄", "LOC")]),
    ("ar", "قال الرئيس محمد بن سلمان في الرياض", [("محمد بن سلمان", "PER"), ("الرياض", "LOC")]),
    ("ar", "وفي القاهرة ومصر", [("القاهرة", "LOC"), ("مصر", "LOC")]),
    ("he", "דוד כהן נסע לגרמניה ומצרפת", [("דוד כהן", "PER"), ("גרמניה", "LOC"), ("צרפת", "LOC")]),
    ("hi", "श्री अमित शाह ने भारत में कहा", [("अमित शाह", "PER"), ("भारत", "LOC")]),
    ("th", "นายสมชาย ใจดี เดินทางไปกรุงเทพมหานคร", [("สมชาย ใจดี", "PER"), ("กรุงเทพมหานคร", "LOC")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), CASES)
def test_what_is_on_the_lists_or_beside_a_title(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    found = listed.find(text, language, listed.shipped())
    assert [(text[m.start : m.end], m.label) for m in found] == expected


@pytest.mark.parametrize("language", sorted(listed.LANGUAGES))
@pytest.mark.parametrize(
    "text", ["北" * 3000, "ア・" * 2000, "ا " * 3000, "김" * 3000, "นาย" * 1500, "", "\n\n", "·"]
)
def test_nothing_runs_long(language: str, text: str) -> None:
    for mention in listed.find(text, language, listed.shipped()):
        assert "\n" not in text[mention.start : mention.end]

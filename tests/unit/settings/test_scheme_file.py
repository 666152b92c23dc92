"""The built-in scheme is the contract's, and a faulty file is told where and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.model.scheme import Scheme
from tui.settings.scheme_file import BUILT_IN, SchemeError, load

PAPER = "#f6f2ea"
NIGHT = "#12151b"


@pytest.fixture(scope="module")
def news() -> Scheme:
    return load()


def test_its_tags_are_the_contracts(news: Scheme) -> None:
    assert news.label == "news/1"
    assert [tag.id for tag in news.tags] == ["fact", "opinion", "quote", "translation_error"]
    assert [tag.letter for tag in news.tags] == ["F", "O", "Q", "T"]
    assert [tag.color for tag in news.tags] == ["#5fb3a1", "#e8a04a", "#8aa9ff", "#ef6f6c"]
    assert news.error_tag == "translation_error"
    assert all(tag.definition and tag.edge_cases for tag in news.tags)


def test_its_categories_and_severities_are_the_contracts(news: Scheme) -> None:
    wanted = (
        "grammar g, spelling s, punctuation p, addition d, omission v, untranslated u, mistranslation m, "
        "terminology n, style w, locale l, markup x, other o"
    )
    assert ", ".join(f"{category.id} {category.key}" for category in news.categories) == wanted
    assert all(category.mqm for category in news.categories)
    assert [(s.id, s.key, s.multiplier) for s in news.severities] == [
        ("minor", "m", 1),
        ("major", "M", 5),
        ("critical", "c", 25),
    ]


def test_its_decision_path_asks_for_each_tag_that_is_not_an_error_once(news: Scheme) -> None:
    assert [question.tag for question in news.decision_path] == ["quote", "opinion", "fact"]


def test_a_scheme_needs_no_decision_path(tmp_path: Path) -> None:
    source = BUILT_IN.read_text("utf-8")
    start, end = source.index("[[decision_path]]"), source.index("# Names after")
    path = tmp_path / "mine.toml"
    path.write_text(source[:start] + source[end:], "utf-8")
    assert load(path).decision_path == ()


def luminance(color: str) -> float:
    """Relative luminance, https://www.w3.org/TR/WCAG21/#dfn-relative-luminance"""
    parts = (int(color[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_its_colours_can_be_read_on_both_grounds(news: Scheme) -> None:
    for tag in news.tags:
        assert contrast(tag.color_light, PAPER) >= 4.5
        assert contrast(tag.color, NIGHT) >= 4.5
        assert contrast(tag.color, NIGHT) > contrast(tag.color_light, NIGHT)


def test_a_file_of_ones_own_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(BUILT_IN.read_text("utf-8").replace('id = "news"', 'id = "mine"', 1), "utf-8")
    assert load(path).label == "mine/1"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("version = 1", "version = 0", "version"),
        ("version = 1", 'version = "1"', "version"),
        ("version = 1", "version = ", "TOML"),
        ('id = "news"', 'id = "../news"', "id is"),
        ('name = "News"', 'name = "\\u001b[2J"', "name is"),
        ('name = "News"', "", "name"),
        ('id = "opinion"', 'id = "fact"', "tags.id 'fact' is repeated"),
        ('id = "opinion"', 'id = "none"', "which Postil uses itself"),
        ('letter = "O"', 'letter = "F"', "tags.letter 'F' is repeated"),
        ('letter = "O"', 'letter = "OO"', "tags[1].letter"),
        ('letter = "O"', 'letter = "見"', "tags[1].letter"),
        ('letter = "O"', "", "tags[1]"),
        ('color = "#e8a04a"', 'color = "orange"', "tags[1].color"),
        ('color_light = "#8a4f00"', 'colour_light = "#8a4f00"', "color_light"),
        ("edge_cases = [", "edge_case = [", "edge_case"),
        ('key = "s"', 'key = "g"', "categories.key 'g' is repeated"),
        ('key = "s"', 'key = "enter"', "categories[1].key"),
        ("multiplier = 5", "multiplier = -5", "severities[1].multiplier"),
        ("multiplier = 5", "multiplier = nan", "severities[1].multiplier"),
        ('key = "g"', 'key = "g"\nweight = -1', "categories[0].weight"),
        ('key = "g"', 'key = "g"\nweight = inf', "categories[0].weight"),
        ('id = "major"', 'id = "undecided"', "severities[1].id is 'undecided', which Postil uses itself"),
        ('id = "major"', 'id = "style"', "id 'style' is repeated"),
        ("[[tags]]", '[renamed.tags]\nclaim = "fakt"\n[[tags]]', "renamed.tags.'claim' is 'fakt'"),
        (
            "[[tags]]",
            '[renamed.tags]\nquote = "fact"\n[[tags]]',
            "renamed.tags.'quote' is still one of the tags",
        ),
        ("[[tags]]", '[renamed.severity]\nsmall = "minor"\n[[tags]]', "renamed.'severity' is unknown"),
        ("[[tags]]", "renamed = 3\n[[tags]]", "$.renamed"),
        ("[[tags]]", "x = " + "[" * 5000 + "\n[[tags]]", "nested too deeply"),
        ('error_tag = "translation_error"', 'error_tag = "mistake"', "error_tag"),
        ('tag = "quote"', 'tag = "quotation"', "decision_path[0].tag"),
        ('asks = "Is', 'question = "Is', "decision_path[1]"),
        ('asks = "Is', 'asks = "\\u001b', "decision_path[1].asks"),
    ],
)
def test_a_fault_is_told_with_its_file_key_and_fix(tmp_path: Path, old: str, new: str, told: str) -> None:
    source = BUILT_IN.read_text("utf-8")
    assert old in source
    path = tmp_path / "mine.toml"
    path.write_text(source.replace(old, new, 1), "utf-8")
    with pytest.raises(SchemeError) as refused:
        load(path)
    message = str(refused.value)
    assert message.startswith(f"{path}: ")
    assert told in message
    assert message.isprintable()
    assert message.count(": ") >= 2


@pytest.mark.parametrize("table", ["tags", "categories", "severities"])
def test_an_empty_table_is_a_fault(tmp_path: Path, table: str) -> None:
    source = BUILT_IN.read_text("utf-8")
    lines = [f"{table} = []"]
    keep = True
    for line in source.splitlines():
        if line.startswith("[["):
            keep = line != f"[[{table}]]"
        if keep:
            lines.append(line)
    path = tmp_path / "mine.toml"
    path.write_text("\n".join(lines), "utf-8")
    with pytest.raises(SchemeError, match=f"{table} is empty"):
        load(path)


def test_more_tags_than_the_screen_has_room_for(tmp_path: Path) -> None:
    tag = '[[tags]]\nid = "t{0}"\nname = "t"\nletter = "{1}"\ncolor = "#000000"\ncolor_light = "#000000"\n'
    more = [tag.format(n, chr(ord("a") + n)) + 'definition = "x"\n' for n in range(9)]
    path = tmp_path / "mine.toml"
    path.write_text(BUILT_IN.read_text("utf-8") + "".join(more), "utf-8")
    with pytest.raises(SchemeError, match="there are 13 tags: write at most 12"):
        load(path)


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(SchemeError, match="No such file"):
        load(tmp_path / "none.toml")
    (tmp_path / "odd.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(SchemeError, match="UTF-8"):
        load(tmp_path / "odd.toml")

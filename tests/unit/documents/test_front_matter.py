from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.documents.front_matter import MOST_CHARACTERS, FrontMatter, split

BODY = "The mayor spoke.\n"


def title(fields: str) -> str | None:
    matter = split(f"---\n{fields}\n---\n{BODY}")
    assert matter.body == BODY
    assert matter.warnings == ()
    return matter.title


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ("title: Plain words", "Plain words"),
        ("title: 'It''s quoted: yes'", "It's quoted: yes"),
        (r'title: "L\u2019eau \"claire\""', 'L’eau "claire"'),
        ("title: >\n  Der Titel\n  geht weiter\n", "Der Titel geht weiter"),
        ("title: >-\n  Один\n  два", "Один два"),
        ("title: |\n  One\n  two\n", "One two"),
        ("title: |+2\n    One\n\n  two\n", "One two"),
        ("title: The first line\n  and the second", "The first line and the second"),
        ('title: "A title\n  on two lines"', "A title on two lines"),
        ("title: 市长讲话  # a comment", "市长讲话"),
        ("title: C# is it", "C# is it"),
        ("Title: In capitals", "In capitals"),
        ('"title": Quoted key', "Quoted key"),
        ("title: 2024", "2024"),
        ("title: yes", "yes"),
        ("title: 2024-05-01", "2024-05-01"),
        ("title: !!str Tagged", "Tagged"),
        ("x: &a Anchored\ntitle: *a", "Anchored"),
        ("title: ~", None),
        ("title:", None),
        ("title: ''", None),
        ("tags: [a, {b: c}]\ntitle: After a list", "After a list"),
        ("params:\n  title: inner\ntitle: outer", "outer"),
        ("# comment\n\ntitle: After a comment", "After a comment"),
        ("title: First\ntitle: Second", "Second"),
    ],
)
def test_titles_of_yaml(fields: str, expected: str | None) -> None:
    assert title(fields) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ('title = "Mayor speaks"\ndraft = false', "Mayor speaks"),
        ("title = 'L''été'".replace("''", "’"), "L’été"),
        ('title = """\nOn two\nlines"""', "On two lines"),
        ('title = "a\\u00e9"', "aé"),
        ("title = 2024", "2024"),
        ("title = 2024-05-01", "2024-05-01"),
        ('[params]\ntitle = "inner"', None),
        ('title = "T"\n[params]\ntitle = "inner"', "T"),
        ("# comment\ntitle = 'After'", "After"),
        ("tags = [\n  'a',\n  'b',\n]\ntitle = 'After a list'", "After a list"),
        ("title = ''", None),
    ],
)
def test_titles_of_toml(fields: str, expected: str | None) -> None:
    matter = split(f"+++\n{fields}\n+++\n\n{BODY}")
    assert (matter.title, matter.body, matter.warnings) == (expected, "\n" + BODY, ())


def test_json_is_front_matter_too() -> None:
    text = '{\n  "title": "T",\n  "tags": ["a"],\n  "language": "it"\n}\n' + BODY
    assert split(text) == FrontMatter(BODY, title="T", language="it")
    for other in (
        '{"title": "T"} and more\n',
        "{{< figure >}}\n",
        '{"title": \n',
        "{}\nText",
        '{"a": "[' * 99,
    ):
        assert split(other) == FrontMatter(other)


@pytest.mark.parametrize(
    ("fields", "language", "source"),
    [
        ("title: t\nlanguage: fr", "fr", None),
        ("title: t\nlang: pt-BR", "pt-BR", None),
        ("title: t\nlocale: de_DE", "de_DE", None),
        ("title: t\nlang: it\nlanguage: fr", "fr", None),
        ("title: t\nsource: Le Monde", None, "Le Monde"),
        ("title: t\nurl: https://a.example/x", None, "https://a.example/x"),
        ("title: t\nurl: /2024/a-path/", None, None),
        ("title: t\ncanonical_url: https://a.example", None, "https://a.example"),
    ],
)
def test_language_and_source_have_several_names(
    fields: str, language: str | None, source: str | None
) -> None:
    matter = split(f"---\n{fields}\n---\n{BODY}")
    assert (matter.language, matter.source) == (language, source)


@pytest.mark.parametrize(
    "text",
    [
        "---\nNo fields here\n---\nText",
        "---\n\nHe said: no one came.\n\n---\nText",
        "---\ntitle: never closed\n\nText",
        "---\n- Bonjour, dit-il.\n- Bonsoir.\n---\nText",
        "----\ntitle: x\n----\nText",
        "--- \nText",
        "+++\nNo fields\n+++\nText",
        "+++\ntitle = 'never closed'\n",
        "Text\n---\ntitle: x\n---\n",
        "***\ntitle: x\n***\n",
        "",
    ],
)
def test_rules_and_text_stay(text: str) -> None:
    assert split(text) == FrontMatter(text)


@pytest.mark.parametrize(
    "text", ["---\n---\nText", "+++\n\n+++\nText", "\n \n---\n# only a comment\n...\nText"]
)
def test_an_empty_block_goes(text: str) -> None:
    assert split(text) == FrontMatter("Text")


@pytest.mark.parametrize(
    ("text", "found", "what"),
    [
        (
            "---\ntitle: One: two\nlang: fr\n---\nText",
            "One: two",
            "line 2: mapping values are not allowed",
        ),
        ("---\ntitle: T\ntags: [a\n---\nText", "T", "line 4: "),
        ("---\ntitle: T\n\tx: y\n---\nText", "T", "line 3: "),
        ("---\ntitle: 'T\nlang: fr\n---\nText", "'T", "line 4: "),
        ("+++\ntitle = 'T'\nx = \n+++\nText", "T", "line 3: Invalid value"),
        ("+++\ntitle = T\n+++\nText", "T", "line 2: Invalid value"),
        ("+++\ntitle = 'T'\ntitle = 'U'\n+++\nText", "U", "line 3: Cannot overwrite a value"),
        ("+++\ntitle = 'T'\n" + "a." * 20 + "a = 1\n+++\nText", "T", "parts"),
        ("---\ntitle: T\nx: " + "[" * 600 + "\n---\nText", "T", "brackets"),
    ],
)
def test_a_broken_block_is_left_out_with_a_warning(text: str, found: str, what: str) -> None:
    matter = split(text)
    assert matter.body == "Text"
    assert matter.title == found
    (warning,) = matter.warnings
    assert warning.startswith("the front matter is not valid (")
    assert what in warning


def test_text_that_only_begins_like_front_matter_stays_with_a_warning() -> None:
    text = "---\nNote: the mayor spoke.\n\nNobody answered.\n---\nText"
    matter = split(text)
    assert matter.body == text
    (warning,) = matter.warnings
    assert warning.startswith("the lines at the top are not front matter (line ")
    assert warning.endswith("so they stay in the text")


def test_unusual_fields_are_named() -> None:
    matter = split("---\nwarning: The mayor spoke\n---\nText")
    assert matter == FrontMatter(
        "Text", warnings=("the block at the top was left out as front matter, its fields are warning",)
    )


@pytest.mark.parametrize("value", ["[a, b]", "{a: b}", "\n  - a"])
def test_a_title_that_is_no_text_is_left_out_with_a_warning(value: str) -> None:
    matter = split(f"---\ntitle: {value}\n---\nText")
    assert (matter.title, matter.warnings) == (
        None,
        ("the field title of the front matter is not text, so it was left out",),
    )


def test_a_long_block_is_text() -> None:
    text = "---\n" + "a: b\n" * (MOST_CHARACTERS // 5 + 1) + "---\nText"
    assert split(text) == FrontMatter(text)


def test_aliases_cannot_grow() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{new}: &{new} [*{old}, *{old}, *{old}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert split(f"---\n{bomb}title: T\n---\nText").title == "T"


@given(st.text(st.sampled_from("-+=:#&*!|>{}[]'\"\\ \n\tabé~?%@`,.0")))
def test_any_block_is_read_or_stays(fields: str) -> None:
    for fence in ("---", "+++"):
        text = f"{fence}\n{fields}\n{fence}\nThe end"
        assert split(text).body.endswith("The end")
    split("{" + fields)

from __future__ import annotations

from pathlib import Path

import pytest

from tui.model.article import Entity
from tui.text import aliases
from tui.text.aliases import AliasFileError

LIST = """
[[entity]]
label = "ORG"
name = "OpenAI"
also = ["Open AI"]

[[entity]]
label = "PER"
name = "Elon Musk"
also = ["Musk"]
"""


def written(folder: Path, content: str | bytes, name: str = "entities.toml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def applied(text: str, entities: list[Entity], paths: list[Path]) -> list[tuple[str, str, str]]:
    listed = aliases.load(paths)
    return [(text[e.start : e.end], e.label, e.origin) for e in aliases.apply(text, entities, listed)]


def test_a_listed_name_replaces_what_overlaps_it(tmp_path: Path) -> None:
    text = "le patron d'Open AI et Lyon"
    entities = [
        Entity(start=3, end=16, label="MISC", origin="model"),
        Entity(start=23, end=27, label="LOC", origin="model"),
    ]
    assert applied(text, entities, [written(tmp_path, LIST)]) == [
        ("Open AI", "ORG", "alias"),
        ("Lyon", "LOC", "model"),
    ]


def test_variants_know_the_first_form(tmp_path: Path) -> None:
    assert aliases.load([written(tmp_path, LIST)]).known["Musk"] == ("PER", "Elon Musk")


def test_the_earlier_file_decides(tmp_path: Path) -> None:
    near = written(tmp_path, '[[entity]]\nlabel = "MISC"\nname = "Musk"\n', "near.toml")
    far = written(tmp_path, LIST)
    assert aliases.load([near, far]).known["Musk"].label == "MISC"
    assert aliases.load([far, near]).known["Musk"].label == "PER"


def test_the_digest_tells_contents_apart(tmp_path: Path) -> None:
    first = aliases.load([written(tmp_path, LIST)])
    second = aliases.load([written(tmp_path, LIST + "\n")])
    assert len(first.digest) == 8
    assert first.digest != second.digest
    assert aliases.load([]).digest == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('[[entity]]\nlabel = "ORG\n', "line 2"),
        (
            '[[entity]]\nlabel = "ORG"\nname = "B"\n[[entity]]\nlabel = "FIRM"\nname = "A"\n',
            "line 4: label 'FIRM' is unknown: use one of PER",
        ),
        ('[[entity]]\nlabel = "ORG"\n', "line 1: a name is missing: write name"),
        ('[[entity]]\nlabel = "ORG"\nname = "..."\n', "a name is missing"),
        ('[[entity]]\nlabel = "ORG"\nname = "A\\u001b[31m"\n', "unprintable"),
        (f'[[entity]]\nlabel = "ORG"\nname = "{"A" * 201}"\n', "over 200 characters"),
        ('[[entity]]\nlabel = "ORG"\nname = "A"\nalso = "B"\n', 'write also = ["..."]'),
        ('[[entity]]\nlable = "ORG"\nname = "A"\n', "unknown key 'lable': use label, name and also"),
        ('[entity]\nlabel = "ORG"\nname = "A"\n', "write [[entity]] with two brackets"),
        ('entity = ["A"]\n', "not a table"),
        ('name = "A"\n', "unknown key 'name'"),
        (b'[[entity]]\nname = "\xe9"\n', "line 2: not UTF-8: save the file as UTF-8"),
        ("a = " + "[" * 100_000, "nested too deeply"),
        (b"#" * (4 * 2**20 + 1), "larger than 4 MB"),
    ],
)
def test_a_wrong_list_is_refused_in_one_line(tmp_path: Path, content: str | bytes, said: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(AliasFileError) as refused:
        aliases.load([path])
    message = str(refused.value)
    assert said in message
    assert str(path) in message
    assert message.isprintable()


def test_a_list_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AliasFileError, match="cannot be read"):
        aliases.load([tmp_path / "entities.toml"])


def test_a_folder_in_its_place_is_refused(tmp_path: Path) -> None:
    (tmp_path / "entities.toml").mkdir()
    with pytest.raises(AliasFileError, match="cannot be read"):
        aliases.load([tmp_path / "entities.toml"])

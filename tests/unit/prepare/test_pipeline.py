from __future__ import annotations

import contextlib
import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.documents.decoding import UnreadableFileError
from tui.documents.document import Document, ReadingOptions
from tui.model.article import Article, EntityIndex
from tui.prepare import PreparationError, pipeline
from tui.prepare.pipeline import add_entities, alias_files_for, read_articles
from tui.text import spacy_french

SEEDS = Path(__file__).resolve().parents[3] / "seeds"
SAMPLE = SEEDS / "musk-altman.fr.txt"

needs_model = pytest.mark.skipif(not spacy_french.available(), reason="no French model is installed")


def one(source: Path | bytes, language: str | None = None) -> Article:
    [article] = read_articles(source, options=ReadingOptions(language=language))
    return article


def names(article: Article) -> list[tuple[str, str, str]]:
    return [(article.text[e.start : e.end], e.label, e.origin) for e in EntityIndex(article)]


def test_the_sample_is_read_without_entities() -> None:
    article = one(SAMPLE)
    assert article.language == "fr"
    assert article.source == SAMPLE.name
    assert article.text == SAMPLE.read_text(encoding="utf-8")
    assert len(article) == 41
    assert article.title.startswith("Sous les yeux de Trump")
    assert article.id.startswith("sous-les-yeux-de-trump")
    assert not article.has_entities
    assert set(article.prepared_by) == {"text", "sentences"}


def test_bytes_are_standard_input() -> None:
    assert one(b"One thing. Another thing.").source == "-"


def test_the_language_can_be_told() -> None:
    [article] = read_articles(SAMPLE, options=ReadingOptions(language="it", source_language="en"))
    assert (article.language, article.source_language) == ("it", "en")


def test_many_articles_of_one_file() -> None:
    lines = b'{"text": "One thing.", "source": "a"}\n{"text": "Two things.", "language": "en"}\n'
    found = list(read_articles(lines, name="all.jsonl", suffix=".jsonl"))
    assert [(article.text, article.source) for article in found] == [
        ("One thing.", "a"),
        ("Two things.", "all.jsonl"),
    ]


def test_entities_come_with_counts_and_versions() -> None:
    article = one(SAMPLE)
    prepared = add_entities(article, alias_files_for(SAMPLE, None), None)
    assert prepared.has_entities
    assert not article.has_entities
    assert re.match(r"names [0-9a-f]{8} \+ repair 1 \+ aliases ", prepared.prepared_by["entities"])
    assert prepared.entity_counts[0].text == "Elon Musk"
    assert ("OpenAI", "ORG", "alias") in names(prepared)
    assert ("lundi", "DATE", "rule") in names(prepared)


@needs_model
def test_the_model_is_used_for_french_only() -> None:
    assert add_entities(one(SAMPLE), []).prepared_by["entities"].startswith("fr_core_news_")
    english = add_entities(one(b"He met Anna Costa there.", "en"), [])
    assert english.prepared_by["entities"].startswith("names ")
    assert english.warnings == []


@needs_model
def test_a_model_that_does_not_load_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "fr_damaged.py").write_text("raise ImportError('no weights')", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    article = add_entities(one(SAMPLE), [], "fr_damaged")
    assert article.prepared_by["entities"].startswith("names ")
    [warning] = article.warnings
    assert "names were found in a simpler way" in warning
    assert "no weights" in warning
    assert add_entities(article, [], None).warnings == []


def test_a_wrong_alias_list_is_one_line(tmp_path: Path) -> None:
    wrong = tmp_path / "entities.toml"
    wrong.write_text("[[entity]]\n", encoding="utf-8")
    with pytest.raises(PreparationError, match=r"entities\.toml: line 1: label None is unknown: use one of"):
        add_entities(one(SAMPLE), [wrong], None)


def test_alias_lists_lie_beside_the_article_and_in_the_annotations_folder(tmp_path: Path) -> None:
    for folder in ("articles", "annotations"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "entities.toml").touch()
    beside, shared = tmp_path / "articles" / "entities.toml", tmp_path / "annotations" / "entities.toml"
    article = tmp_path / "articles" / "a.txt"
    assert alias_files_for(article, tmp_path / "annotations") == [beside, shared]
    assert alias_files_for(None, tmp_path / "annotations") == [shared]
    assert alias_files_for(article, tmp_path / "articles") == [beside]
    assert alias_files_for(tmp_path / "a.txt", None) == []


def test_an_entity_that_a_sentence_cuts_keeps_its_longest_part(tmp_path: Path) -> None:
    listed = tmp_path / "entities.toml"
    listed.write_text('[[entity]]\nlabel = "PER"\nname = "Dr Ana Costa"\n', encoding="utf-8")
    text = "He saw Dr Ana Costa there."
    article = one(text.encode(), "en")
    cut = msgspec.structs.replace(article, starts=[0, 10], ends=[9, len(text)], paragraphs=[0])
    assert names(add_entities(cut, [listed], None)) == [("Ana Costa", "PER", "alias")]


def unreadable(source: Path) -> str:
    with pytest.raises(PreparationError) as refused:
        list(read_articles(source))
    message = str(refused.value)
    assert message.isprintable()
    assert ": " in message
    return message


def test_what_is_no_file_gets_a_clear_line(tmp_path: Path) -> None:
    missing = tmp_path / "a.txt"
    assert unreadable(missing).startswith(f"{missing} does not exist: check the path")
    assert unreadable(SAMPLE / "a.txt").startswith(f"{SAMPLE}/a.txt does not exist")
    assert "is a folder" in unreadable(tmp_path)
    assert "is not a regular file" in unreadable(Path(os.devnull))


def test_the_file_is_named_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "below").mkdir()
    for path in (Path("a.txt"), Path("below/a.txt"), Path("../a.txt"), Path("below/../a.txt")):
        assert unreadable(path) == f"{path} does not exist: check the path"
    (tmp_path / "below" / "a.txt").write_text("Un. Deux.", encoding="utf-8")
    [article] = read_articles(Path("below/a.txt"))
    assert article.source == "a.txt"


@pytest.mark.parametrize(
    ("problems", "last"),
    [
        (0, None),
        (1, "a.jsonl line 1 is wrong"),
        (20, "a.jsonl line 20 is wrong"),
        (21, "a.jsonl: 1 more article could not be read"),
        (10_000, "a.jsonl: 9,980 more articles could not be read"),
    ],
)
@pytest.mark.parametrize("ends_well", [True, False])
def test_many_problems_in_one_file_are_counted(
    monkeypatch: pytest.MonkeyPatch, problems: int, last: str | None, *, ends_well: bool
) -> None:
    def documents(_: bytes, __: str, ___: object, report: Callable[[str], None]) -> Iterator[Document]:
        for number in range(1, problems + 1):
            report(f"line {number} is wrong")
        yield Document(text="Le reste va bien.")
        if not ends_well:
            raise UnreadableFileError("is cut off: save it again")

    monkeypatch.setattr(pipeline, "documents", documents)
    reported: list[str] = []
    articles = read_articles(b"{}", name="a.jsonl", suffix=".jsonl", report=reported.append)
    assert next(articles).source == "a.jsonl"
    with (
        contextlib.nullcontext()
        if ends_well
        else pytest.raises(PreparationError, match="is cut off: save it again")
    ):
        list(articles)
    assert (reported[-1] if reported else None) == last
    assert len(reported) == min(problems, 21)
    assert reported[:20] == [f"a.jsonl line {number} is wrong" for number in range(1, min(problems, 20) + 1)]


def test_hostile_names_are_shown_safely(tmp_path: Path) -> None:
    assert "does not exist" in unreadable(tmp_path / "a\x1b[31m\n\u202e.txt")
    assert "cannot be read" in unreadable(Path("a\0b"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert "pipe.txt is not a regular file" in unreadable(tmp_path / "pipe.txt")


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="no sockets in folders here")
def test_a_socket_is_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        assert "s.txt is not a regular file" in unreadable(tmp_path / "s.txt")


@pytest.fixture
def another_user(tmp_path: Path) -> Iterator[None]:
    """Go on as an unprivileged user, if we are root."""
    if not hasattr(os, "geteuid"):
        pytest.skip("no file permissions here")
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_no_permission_gets_a_clear_line(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret.", encoding="utf-8")
    secret.chmod(0)
    for folder in (tmp_path, *list(tmp_path.parents)[:2]):
        folder.chmod(0o755)
    request.getfixturevalue("another_user")
    assert "no permission to read" in unreadable(secret)


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(65 * 2**20)
    assert "large.txt is 65 MB" in unreadable(large)


def test_an_empty_file_and_a_binary_one_are_refused(tmp_path: Path) -> None:
    for content in (b"", b" \n", b"\x7fELF\x00\x01\x02\x00\x00"):
        path = tmp_path / "a.txt"
        path.write_bytes(content)
        assert unreadable(path).startswith(f"{path} ")


pieces = st.sampled_from(
    ["Elon Musk", "M. Costa", "3 millions d'euros", "« Oui »", ".", "?", "\n", "\n\n", "\u2028", "et", "2015"]
)


@settings(max_examples=100)
@given(st.lists(pieces, min_size=1, max_size=40).map(" ".join), st.sampled_from(["fr", "en", "de"]))
def test_entities_lie_in_sentences(text: str, language: str) -> None:
    if not text.strip():
        return
    article = add_entities(one(text.encode(), language), [SEEDS / "entities.toml"], None)
    end = 0
    for entity in EntityIndex(article):
        assert end <= entity.start < entity.end
        sentence = article.sentence_at(entity.start)
        assert article.starts[sentence] <= entity.start
        assert entity.end <= article.ends[sentence]
        assert article.text[entity.start : entity.end].strip()
        end = entity.end

"""What `postil add` and `postil show` say: the file as it was given, what was wrong, what to do."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from tests.unit.commands.conftest import Postil

pytestmark = pytest.mark.usefixtures("in_process")

FRENCH = "Un titre\n\nParis est une ville. Elle est belle.\n"
GERMAN = "Eine Stadt\n\nBerlin ist eine Stadt. Sie ist groß.\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with texts of the same name in two folders below it."""
    folder = tmp_path / "here"
    for name, text in (("press/a.txt", FRENCH), ("radio/a.txt", GERMAN), ("radio/b.md", "# Титул\n\nТекст.")):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def said(error: str) -> list[str]:
    return [line.removeprefix("postil: ") for line in error.splitlines()]


@pytest.mark.parametrize(
    ("given", "begins"),
    [
        (["press/a.txt", "radio/a.txt"], ["press/a.txt: added as ", "radio/a.txt: added as "]),
        (["radio"], ["radio/a.txt: added as ", "radio/b.md: added as "]),
        (["./radio/b.md"], ["radio/b.md: added as "]),
        (["*/a.txt"], ["press/a.txt: added as ", "radio/a.txt: added as "]),
        (["../here/press/a.txt"], ["../here/press/a.txt: added as "]),
        (
            ["press/none.txt", "radio/none.txt"],
            ["press/none.txt does not exist", "radio/none.txt does not exist"],
        ),
        (["none/"], ["none does not exist"]),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_file_is_named_as_it_was_given(postil: Postil, given: list[str], begins: list[str]) -> None:
    lines = said(postil("add", *given)[2])
    assert len(lines) == len(begins)
    for line, begin in zip(lines, begins, strict=True):
        assert line.startswith(begin)


def test_a_folder_without_articles_is_mentioned(postil: Postil, here: Path) -> None:
    (here / "pictures").mkdir()
    (here / "pictures" / "a.png").write_bytes(b"\x89PNG")
    code, out, error = postil("add", "pictures/", "press")
    assert (code, len(out.splitlines())) == (1, 1)
    assert said(error)[0] == "pictures has no files that Postil reads: name the files themselves"


@pytest.mark.parametrize(
    ("address", "message"),
    [
        (address, f"{address}: URLs are not fetched: save the page and add the file")
        for address in (
            "https://example.org/news/1.html",
            "http://example.org",
            "HTTPS://EXAMPLE.ORG/",
            "ftp://example.org/a.txt",
            "sftp://ana@example.org/a.txt",
            "www.example.org",
            "WWW.example.org/a?b=c#d",
            "view-source://example.org",
            "https://пример.рф/новости",
            "http://",
        )
    ]
    + [
        ("file:///tmp/a%20b.txt", "file:///tmp/a%20b.txt is the URL of a file: give its path, /tmp/a b.txt"),
        ("file://", "file:// is the URL of a file: give its path"),
        ("https://a/\x1b[31m", "https://a/␛[31m: URLs are not fetched: save the page and add the file"),
    ],
)
@pytest.mark.usefixtures("here")
def test_a_url_is_not_fetched(postil: Postil, address: str, message: str) -> None:
    for command in ("add", "show", "open", "hints"):
        code, out, error = postil(command, address)
        assert (code, out, said(error)) == (2, "", [message])
    code, out, error = postil("add", address, "press/a.txt")
    assert code == 2
    assert len(out.splitlines()) == 1
    assert said(error)[0] == message


@pytest.mark.parametrize(
    "name", ["www.txt", "www", "http:a.txt", "https.txt", "a://b.txt".replace("//", "_")]
)
def test_a_file_may_look_like_a_url(postil: Postil, here: Path, name: str) -> None:
    (here / name).write_text(FRENCH, encoding="utf-8")
    assert postil("add", name)[0] == 0


def test_a_file_that_is_there_is_no_url(postil: Postil, here: Path) -> None:
    (here / "www.example.txt").write_text(FRENCH, encoding="utf-8")
    assert postil("add", "www.example.txt")[0] == 0
    assert postil("show", "www.example.txt")[0] == 0


@pytest.mark.parametrize(
    ("options", "note"),
    [
        ([], ""),
        (["--language", "fr"], ""),
        (["--language", "de"], "--language de has no effect without --again"),
        (["--source-language", "it"], "--source-language it has no effect without --again"),
        (["--layout", "paragraphs"], ""),
        (["--layout", "lines"], "--layout lines has no effect without --again"),
        (["--wrapped"], "--layout wrapped has no effect without --again"),
        (["--encoding", "UTF8"], ""),
        (["--encoding", "ascii"], "--encoding ascii has no effect without --again"),
        (
            ["--language", "de", "--layout", "lines"],
            "--language de, --layout lines have no effect without --again",
        ),
    ],
)
def test_an_option_without_effect_on_a_known_article_is_mentioned(
    postil: Postil, here: Path, options: list[str], note: str
) -> None:
    article = postil("add", "press/a.txt")[1].strip()
    code, out, error = postil("add", "press/a.txt", *options)
    assert (code, out.strip()) == (0, article)
    more = f": {note}" if note else ""
    assert said(error) == [f"press/a.txt: already in the library as {article} (fr, 3 sentences){more}"]
    _, out, error = postil("add", "--dry-run", "press/a.txt", *options)
    assert ([f"  note: {note}"] if note else []) == [line for line in out.splitlines() if "note:" in line]
    if options:
        code, out, error = postil("add", "--again", "press/a.txt", *options)
        assert (code, out.strip()) == (0, article)
        assert "no effect" not in error


@pytest.mark.usefixtures("here")
def test_again_prepares_with_the_options(postil: Postil) -> None:
    article = postil("add", "press/a.txt")[1].strip()
    options = ["--language", "it", "--source-language", "en", "--layout", "lines", "--encoding", "ascii"]
    assert said(postil("add", "--again", "press/a.txt", *options)[2])[-1].startswith(
        f"press/a.txt: prepared again as {article} (it, "
    )
    shown = postil("show", article, "--json")[1]
    for field in ('"language":"it"', '"source_language":"en"', '"layout":"lines"', '"encoding":"ascii"'):
        assert field in shown


@pytest.mark.usefixtures("here")
def test_another_encoding_gives_another_article(postil: Postil) -> None:
    german = postil("add", "radio/a.txt")[1].strip()
    code, out, error = postil("add", "--again", "--encoding", "cp1252", "radio/a.txt")
    assert (code, out.strip() != german) == (0, True)
    assert said(error)[-1].endswith(": its text is not in the library, so it is new")


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (
            ["--force", "press/a.txt"],
            "--force has no effect without --again: add --again to prepare articles again",
        ),
        (
            ["--text-field", "body", "press/a.txt"],
            "--text-field has no effect: press/a.txt is not a JSON file",
        ),
        (
            ["--title-field", "t", "radio"],
            "--title-field has no effect: 2 files, such as radio/a.txt, are not JSON files",
        ),
        (
            ["--title-field", "t", "--text-field", "b", "radio/b.md"],
            "--text-field and --title-field have no effect: radio/b.md is not a JSON file",
        ),
    ],
)
@pytest.mark.usefixtures("here")
def test_an_option_without_any_effect_is_mentioned_once(postil: Postil, words: list[str], line: str) -> None:
    for more in ([], ["--dry-run"]):
        code, _, error = postil("add", *words, *more)
        assert code == 0
        assert said(error)[0] == line
        assert error.count("no effect") == 1


@pytest.mark.parametrize("name", ["zip", "hex", "latin-99", "utf-9", " ", "", "\u00e9", "x" * 9000])
@pytest.mark.usefixtures("here")
def test_an_encoding_that_does_not_exist_is_refused(postil: Postil, name: str) -> None:
    code, out, error = postil("add", "--encoding", name, "press/a.txt")
    assert (code, out, error.count("\n")) == (2, "", 1)
    assert "is not an encoding that Python knows: give one such as cp1252" in error


@pytest.mark.parametrize("option", ["--text-field", "--title-field"])
@pytest.mark.usefixtures("here")
def test_an_empty_field_is_refused(postil: Postil, option: str) -> None:
    code, _, error = postil("add", option, "", "press/a.txt")
    assert (code, said(error)) == (2, [f"the value of {option} is empty: give one, or leave out {option}"])


def test_warnings_name_the_file(postil: Postil, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "radio" / "bell.txt").write_bytes(b"Un titre\n\nUne phrase avec\x07 sonnette.\n")
    for command in ("add", "show"):
        error = postil(command, "radio/bell.txt")[2]
        assert said(error)[0].startswith("radio/bell.txt: 1 control character made visible")
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Un titre.\n\nUne\x07 phrase.\n")))
    assert said(postil("add", "-")[2])[0].startswith("-: 1 control character made visible")

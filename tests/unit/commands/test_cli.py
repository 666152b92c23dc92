"""The command line: what it prints, and the exit codes that scripts rely on."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tui import __version__
from tui.cli import build_parser, main, with_command
from tui.commands import schema
from tui.commands.errors import explained
from tui.commands.open import keys_from_terminal
from tui.commands.registry import COMMANDS
from tui.commands.usage import UsageError
from tui.prepare import PreparationError, pipeline
from tui.resources import sample

Postil = Callable[..., tuple[int, str, str]]


def test_an_article_is_what_is_no_command() -> None:
    assert with_command(["x.txt"]) == ["open", "x.txt"]
    assert with_command(["--theme", "dark", "x.txt"]) == ["--theme", "dark", "open", "x.txt"]
    assert with_command(["-"]) == ["open", "-"]
    assert with_command(["--theme", "dark"]) == ["open", "--theme", "dark"]
    assert with_command(["--theme", "dark", "list"]) == ["--theme", "dark", "list"]
    assert with_command(["--help"]) == ["--help"]


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)])
def test_help_has_examples(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*words, "--help"]) == 0
    assert "examples:\n  " in capsys.readouterr().out


def test_tags_from_a_script_come_out_as_records(postil: Postil, article: str) -> None:
    assert postil("tag", article[:10], "2", "quote", "fact")[0] == 0
    assert postil("tag", article, "3", "none")[0] == 0
    code, out, _ = postil("export")
    records = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [(record["sentence"], record["tags"], record["decided"]) for record in records] == [
        (2, ["fact", "quote"], True),
        (3, [], True),
    ]
    schema = json.loads(postil("schema")[1])
    for record in records:
        Draft202012Validator(schema).validate(record)
        assert record["annotator"] == "ana"


def test_remove_takes_a_tag_away(postil: Postil, article: str) -> None:
    postil("tag", article, "2", "quote", "fact")
    postil("tag", article, "2", "quote", "--remove")
    assert json.loads(postil("export")[1])["tags"] == ["fact"]


def test_several_annotators_are_merged_by_sentence_and_filtered_by_name(postil: Postil, article: str) -> None:
    for annotator, sentence in (("ben", "2"), ("ana", "3"), ("ana", "2")):
        postil("tag", article, sentence, "fact", annotator=annotator)
    seen = [(r["sentence"], r["annotator"]) for r in map(json.loads, postil("export")[1].splitlines())]
    assert seen == [(2, "ana"), (2, "ben"), (3, "ana")]
    assert len(postil("export", "--annotator", "ben")[1].splitlines()) == 1
    assert len(postil("export", "--annotator", "ben", "--annotator", "ana")[1].splitlines()) == 3


def test_untagged_adds_the_other_sentences(postil: Postil, article: str) -> None:
    postil("tag", article, "2", "fact")
    assert [json.loads(line)["decided"] for line in postil("export", "--untagged")[1].splitlines()] == [
        False,
        True,
        False,
        False,
    ]


def test_out_is_written_whole_or_not_at_all(postil: Postil, article: str, tmp_path: Path) -> None:
    postil("tag", article, "2", "fact")
    target = tmp_path / "out.jsonl"
    assert postil("export", "--out", str(target))[0] == 0
    assert target.read_text(encoding="utf-8") == postil("export")[1]
    code, _, error = postil("export", "--out", str(tmp_path / "missing" / "out.jsonl"))
    assert code == 4
    assert "missing" in error
    assert postil("export", "--out", str(tmp_path / "annotations" / "people" / "x"))[0] == 2
    assert not list(tmp_path.glob(".*.part"))


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (["exprot"], 2, "did you mean postil export?"),
        (["show", "nothing-like-it"], 2, "there is no article"),
        (["show", "missing.txt"], 1, "does not exist"),
        (["tag", "ARTICLE", "99", "fact"], 2, "the article has sentences 1 to 4"),
        (["tag", "ARTICLE", "0", "fact"], 2, "the article has sentences 1 to 4"),
        (["tag", "ARTICLE", "1", "fcat"], 2, "use fact, opinion, quote, translation_error or none"),
        (["tag", "ARTICLE", "1", "fact", "none"], 2, "give it alone"),
        (["tag", "ARTICLE", "one", "fact"], 2, "is not the number of a sentence"),
        (["tag", "ARTICLE", "1", "fact", "--read-only"], 3, "--read-only forbids"),
        (["add", "x.txt", "--restricted"], 3, "--restricted"),
        (["export", "--format", "xml"], 2, "use one of jsonl"),
        (["export", "--status", "good"], 2, "use one of unreviewed"),
        (["keys", "--keymap", "nano"], 2, "use one of arrows, azerty, default, emacs, vim"),
        (["keys", "--theme", "pink"], 2, "use one of auto"),
        (["export", "--theme", "pink"], 2, "use one of auto"),
        (["export", "--out", "."], 2, "name a file in it"),
        (["list", "--foo"], 2, "see postil"),
        (["list", "--read"], 2, "unrecognized arguments: --read"),
        (["tga", "ARTICLE", "3", "fact"], 2, "there is no command 'tga': did you mean postil tag?"),
        (["exprot", "--out", "x"], 2, "did you mean postil export?"),
        (["open", "ARTICLE", "extra"], 2, "unrecognized arguments: extra"),
        (["a" * 300], 2, "there is no article"),
        (["add", "x.txt", "--language", "f!"], 2, "give two letters"),
        (["add", "x.txt", "--source-language", "italian"], 2, "give two letters"),
        (["add", "~nobody-by-that-name/x.txt"], 1, "does not exist"),
    ],
)
def test_wrong_use_gets_one_helpful_line_and_its_code(
    postil: Postil, article: str, words: list[str], code: int, says: str
) -> None:
    got, out, error = postil(*(article if word == "ARTICLE" else word for word in words))
    assert (got, out) == (code, "")
    assert says in error
    assert error.startswith("postil: ")
    assert error.count("\n") == 1


def test_version_is_told_before_a_command_and_after_it(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--version"], ["list", "--version"], ["--version", "list"], ["open", "x", "--version"]):
        assert main(words) == 0
        assert capsys.readouterr().out == f"postil {__version__}\n"


VALUES = st.text("abcxyz./~ é", min_size=1, max_size=8)
COMMON = st.fixed_dictionaries(
    {},
    optional={
        "--annotations": VALUES,
        "--annotator": VALUES,
        "--keymap": VALUES,
        "--theme": VALUES,
        "--read-only": st.none(),
        "--restricted": st.none(),
    },
)


@settings(deadline=None)
@given(before=COMMON, after=COMMON)
def test_common_options_mean_the_same_on_either_side(before: dict[str, str], after: dict[str, str]) -> None:
    def parsed(left: dict[str, str], right: dict[str, str]) -> dict[str, object]:
        words = [*_words(left), "list", *_words(right)]
        assert with_command(words) == words
        return vars(build_parser(words).parse_args(words))

    # What is given on both sides counts as it is given last.
    assert parsed(before, after) == parsed({}, before | after) == parsed(before | after, {})


def _words(options: dict[str, str]) -> list[str]:
    return [word for name, value in options.items() for word in (name, value) if word is not None]


def test_an_article_named_like_a_command_is_reached_by_open_or_its_path(
    postil: Postil, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "list").write_text("Le fichier nommé list.", encoding="utf-8")
    for words in (["./list"], ["open", "list"]):
        code, out, _ = postil(*words)
        assert code == 0
        assert "1 ····  Le fichier nommé list." in out


def test_a_stored_text_is_shown_without_preparing_it_again(
    postil: Postil, article: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> NoReturn:
        raise AssertionError("prepared again")

    monkeypatch.setattr(pipeline, "prepare_text", never)
    path = tmp_path / "small.txt"
    assert "Elle est belle." in postil("show", str(path))[1]
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert "Elle est belle." in postil("show", str(path))[1]
    path.write_text("Un autre texte.", encoding="utf-8")
    assert postil("show", str(path))[0] == 1


@pytest.mark.parametrize("command", ["show", "add"])
def test_what_was_replaced_in_a_file_is_said(postil: Postil, tmp_path: Path, command: str) -> None:
    path = tmp_path / "bell.txt"
    path.write_bytes(b"Un titre\nUne phrase avec\x07 sonnette.\n")
    code, _, error = postil(command, str(path))
    assert code == 0
    assert error.splitlines()[0].startswith(f"postil: {path}: 1 control character")


def test_interrupted_gives_130(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(schema, "run", interrupted)
    assert main(["schema"]) == 130
    assert capsys.readouterr().err == "postil: stopped: nothing was changed\n"


def test_what_the_system_does_not_permit_gives_3() -> None:
    told = PreparationError("x may not be read")
    told.__cause__ = PermissionError(13, "Permission denied")
    assert explained(told) == ("x may not be read", 3)
    line, code = explained(PermissionError(13, "Permission denied", "/etc/shadow"))
    assert code == 3
    assert line == "you have no permission for /etc/shadow: ask its owner for access"


@pytest.mark.parametrize(
    ("redirection", "words", "code", "says"),
    [
        (">&-", ["schema"], 4, "standard output is closed"),
        ("<&-", ["show", "-"], 1, "- is empty"),
        ("2>&-", ["show", "nothing-like-it"], 2, ""),
    ],
)
def test_closed_streams_are_no_bug(
    redirection: str, words: list[str], code: int, says: str, tmp_path: Path
) -> None:
    command = f'exec "$@" {redirection}'
    done = subprocess.run(
        ["sh", "-c", command, "sh", sys.executable, "-m", "tui", *words],
        env={**os.environ, "POSTIL_ANNOTATIONS": str(tmp_path / "a")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (code, "")
    assert says in done.stderr
    assert "Error" not in done.stderr


def test_reading_needs_no_name_of_an_annotator(
    postil: Postil,
    article: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    postil("tag", article, "2", "fact")
    monkeypatch.setenv("POSTIL_ANNOTATOR", "someone@example.org")
    monkeypatch.setenv("POSTIL_ANNOTATIONS", str(tmp_path / "annotations"))
    for words in (["export"], ["export", "--annotator", "ana"], ["keys"]):
        assert main(words) == 0
        assert capsys.readouterr().err == ""
    assert main(["list"]) == 2
    assert "choose a name" in capsys.readouterr().err


def test_annotations_in_a_file_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").touch()
    for words in (["list"], ["export"], ["add", str(sample())]):
        assert main([*words, "--annotations", str(tmp_path / "file")]) == 2
        assert "is not a folder" in capsys.readouterr().err


def test_without_a_terminal_for_the_keys_there_is_a_way_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_terminal(*_: object) -> NoReturn:
        raise OSError(6, "No such device or address")

    monkeypatch.setattr(os, "open", no_terminal)
    with pytest.raises(UsageError, match="use postil show"):
        keys_from_terminal()


@pytest.mark.parametrize("name", ["", "../x", ".hidden", "a b", "x" * 65, "ü"])
def test_an_annotator_name_that_is_none_is_refused(postil: Postil, name: str) -> None:
    assert postil("list", annotator=name or " ")[0] == 2


def test_one_writer_at_a_time(postil: Postil, article: str, tmp_path: Path, workspace_in) -> None:
    writer = workspace_in(tmp_path / "annotations").store.open(article, "ana")
    code, _, error = postil("tag", article, "1", "fact")
    writer.close()
    assert code == 3
    assert "ana" in error
    assert postil("tag", article, "1", "fact")[0] == 0


def test_the_same_text_twice_is_one_article(postil: Postil, article: str, tmp_path: Path) -> None:
    same = tmp_path / "again.txt"
    same.write_bytes((tmp_path / "small.txt").read_bytes())
    code, out, error = postil("add", str(same))
    assert (code, out.strip()) == (0, article)
    assert "already in the library" in error


def test_a_bad_file_does_not_stop_the_others(postil: Postil, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "good.txt").write_text("Une phrase. Une autre.", encoding="utf-8")
    code, out, error = postil(
        "add", str(tmp_path / "empty.txt"), str(tmp_path / "good.txt"), str(tmp_path / "no")
    )
    assert code == 1
    assert len(out.splitlines()) == 1
    assert "empty.txt" in error
    assert "no does not exist" in error


def test_a_folder_a_pattern_and_many_in_one_file(postil: Postil, tmp_path: Path) -> None:
    folder = tmp_path / "texts"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.txt").write_text("Texte numéro un.", encoding="utf-8")
    (folder / "deep" / "two.md").write_text("# Deux\n\nTexte numéro deux.", encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG")
    lines = [{"text": f"Ligne {n}.", "title": f"T{n}", "source": "wire", "language": "fr"} for n in range(3)]
    (tmp_path / "many.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    assert len(postil("add", str(folder))[1].splitlines()) == 2
    assert len(postil("add", str(folder / "*.txt"))[1].splitlines()) == 1
    assert len(postil("add", str(tmp_path / "many.jsonl"))[1].splitlines()) == 3
    listed = [json.loads(line) for line in postil("list", "--json")[1].splitlines()]
    assert {"T0", "T1", "T2", "Deux"} <= {entry["title"] for entry in listed}
    assert {entry["source"] for entry in listed} >= {"wire", "one.txt"}


def test_preparing_again_moves_no_annotated_sentence_without_a_word(
    postil: Postil, article: str, tmp_path: Path, workspace_in
) -> None:
    library = workspace_in(tmp_path / "annotations").library
    stored = library.load(article)
    # As an older splitter might have cut it: sentences 2 and 3 as one.
    before = (stored.starts[:2] + stored.starts[3:], stored.ends[:1] + stored.ends[2:])
    stored.starts, stored.ends = before
    stored.paragraphs = [0, 1, 2]
    library.save(stored)
    postil("tag", article, "2", "fact")

    code, _, error = postil("add", "--again", str(tmp_path / "small.txt"))
    assert code == 0
    assert "1 of ana" in error
    assert (library.load(article).starts, library.load(article).ends) == before

    code, _, error = postil("add", "--again", "--force", str(tmp_path / "small.txt"))
    assert "segmentation 2" in error
    assert len(library.load(article)) == 4
    assert library.load(article).segmentation == 2


def test_show_prints_a_line_a_sentence(postil: Postil, article: str) -> None:
    postil("tag", article, "3", "opinion")
    _, out, _ = postil("show", article)
    assert "\n3 ·O··  Elle est belle." in out
    prepared = json.loads(postil("show", article, "--json")[1])
    assert prepared["schema"] == "postil.article/1"
    assert [prepared["text"][a:b] for a, b in prepared["sentences"]][2] == "Elle est belle."
    Draft202012Validator(json.loads(postil("schema", "article")[1])).validate(prepared)


def test_without_a_terminal_opening_shows(postil: Postil, article: str) -> None:
    code, out, error = postil("open", article)
    assert code == 0
    assert "Elle est belle." in out
    assert "postil show" in error


def test_options_go_before_the_command_or_after_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--annotations", str(tmp_path / "here"), "list"]) == 0
    assert "here is empty" in capsys.readouterr().err


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m tui show "{sample()}" --annotations "{tmp_path}" --json | head -c 10; echo ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    assert done.stdout.endswith("0\n")


def test_a_bug_is_one_line_and_a_traceback_only_when_debugging(tmp_path: Path) -> None:
    code = (
        "import sys, tui.commands.list as c; c.run = None; from tui.cli import main; sys.exit(main(['list']))"
    )
    for debug, lines in (("0", 1), ("1", 5)):
        environment = {**os.environ, "POSTIL_DEBUG": debug}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 1
        assert (len(done.stderr.splitlines()) == 1) is (lines == 1)


def test_completion_prints_a_script(postil: Postil) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "postil" in postil("completion", shell)[1]

"""Whatever encoding standard output has, no command fails over a letter, and JSON stays JSON."""

from __future__ import annotations

import io
import json
import os
import pty
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from tui.cli import main
from tui.commands.registry import COMMANDS

TITLE = "日本語 – “Élève” 🙂 Łódź"
TEXT = f"{TITLE}\nC’est l’été à Łódź, dit-il. Он сказал: «нет» – ça va 🙂.\n"
SCHEME = """\
id = "mien"
version = 1
name = "Schéma – 漢字"
"""

ENCODINGS = ["latin-1", "ascii", "cp1252", "utf-16", "utf-7", "cp037", "shift_jis", "utf-8"]
IN_ALL = {"cp1252", "utf-7", "shift_jis"}
"""Those that only `make test-all` tries with every command: each is of the kind of another."""
EACH = [pytest.param(name, marks=[pytest.mark.long] if name in IN_ALL else []) for name in ENCODINGS]
ASCII_COMPATIBLE = {"latin-1", "ascii", "cp1252", "utf-8"}


class Printed(NamedTuple):
    code: int
    out: bytes
    err: bytes


Run = Callable[..., Printed]


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an article, tags of two annotators, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("encodings")
    (folder / "été.txt").write_text(TEXT, encoding="utf-8")
    (folder / "schéma.toml").write_text(SCHEME, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "utf-8"))
        annotations = ["--annotations", str(folder / "annotations")]
        assert main(["add", str(folder / "été.txt"), *annotations]) == 0
        sys.stdout.seek(0)
        article = sys.stdout.read().strip()
        for name, tag in (("ana", "fact"), ("ben", "opinion")):
            assert main(["tag", article, "1", tag, *annotations, "--annotator", name]) == 0
    (folder / "article").write_text(article, encoding="utf-8")
    return folder


@pytest.fixture
def article(library: Path) -> str:
    return (library / "article").read_text(encoding="utf-8")


@pytest.fixture
def piped(library: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command whose output goes to pipes of an encoding that refuses what it cannot write."""

    def run(encoding: str, *words: str) -> Printed:
        out, err = io.BytesIO(), io.BytesIO()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", io.TextIOWrapper(out, encoding, "strict"))
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding, "strict", write_through=True))
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding))
            code = main([*words, *common(words, library)])
            sys.stdout.flush()
            return Printed(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def on_terminal(library: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a terminal of an encoding that refuses what it cannot write."""

    def run(encoding: str, *words: str) -> Printed:
        ours, theirs = pty.openpty()
        came = bytearray()

        def drain() -> None:
            while True:
                try:
                    came.extend(os.read(ours, 1 << 16))
                except OSError:
                    return

        reader = threading.Thread(target=drain)
        reader.start()
        err = io.BytesIO()
        with (
            os.fdopen(theirs, "w", encoding=encoding, errors="strict") as terminal,
            monkeypatch.context() as patch,
        ):
            patch.setattr(sys, "stdout", terminal)
            patch.setattr(sys, "stderr", io.TextIOWrapper(err, encoding, "strict", write_through=True))
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe\n"), encoding))
            patch.setenv("TERM", "xterm-256color")
            code = main([*words, *common(words, library)])
            said = err.getvalue()
        reader.join()
        os.close(ours)
        return Printed(code, bytes(came), said)

    return run


def common(words: tuple[str, ...], library: Path) -> list[str]:
    filters = words[0] in {"export", "history", "agreement", "report"}
    return ["--annotations", str(library / "annotations"), *([] if filters else ["--annotator", "ana"])]


def words_of(command: str, article: str, library: Path) -> list[list[str]]:
    """What is tried of each command: with every kind of output that it has."""
    file = str(library / "été.txt")
    tried: dict[str, list[list[str]]] = {
        "open": [[article], []],
        "show": [[article], [article, "--json"], ["日本"]],
        "add": [[file], ["manqué 漢.txt"], [str(library)]],
        "list": [[], ["--json"]],
        "tag": [[article, "2", "fact"], [article, "1", "漢"]],
        "export": [[], [article, "--format", "corrected", "--annotator", "ana"], ["--format", "漢"]],
        "hints": [[article], [article, "--json"], ["--stats"], ["--stats", "--json"]],
        "history": [[article], [article, "--json"]],
        "review": [[article]],
        "agreement": [[], ["--json"], ["--redo", "--annotator", "ana"]],
        "publish": [[article]],
        "scheme": [["check", str(library / "schéma.toml"), "漢.toml"], ["migrate"]],
        "verify": [[]],
        "keys": [[], ["--json"]],
        "config": [[], ["--json"], ["--path"]],
        "schema": [[], ["article"]],
        "doctor": [[], ["--json"]],
        "report": [[article, "--out", "-"]],
        "serve-setup": [[]],
        "completion": [["bash"]],
    }
    return [[command, *words] for words in tried[command]]


def is_json(words: list[str]) -> bool:
    return "--json" in words or words in (["export"], ["schema"], ["schema", "article"])


def check(words: list[str], encoding: str, printed: Printed) -> None:
    assert printed.code in {0, 1, 2}, printed
    told = printed.err.decode(encoding, "replace")
    assert "unexpected" not in told, told
    assert "Traceback" not in told, told
    if is_json(words) and printed.code == 0:
        # JSON is UTF-8 (RFC 8259, section 8.1); schemas and articles are one document, the others one a line.
        document = printed.out.decode("utf-8")
        if words[0] == "schema":
            json.loads(document)
        else:
            assert all(isinstance(json.loads(line), (dict, list)) for line in document.splitlines())


@pytest.mark.parametrize("encoding", EACH)
@pytest.mark.parametrize("command", COMMANDS)
def test_in_a_pipe_every_command_ends_well(
    piped: Run, library: Path, article: str, command: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(library)
    for words in words_of(command, article, library):
        check(words, encoding, piped(encoding, *words))


@pytest.mark.parametrize("encoding", EACH)
@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in {"open", "review"}])
def test_on_a_terminal_every_command_ends_well(
    on_terminal: Run,
    library: Path,
    article: str,
    command: str,
    encoding: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(library)
    for words in words_of(command, article, library):
        check(words, encoding, on_terminal(encoding, *words))


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "cp1252", "utf-16", "utf-8"])
def test_json_means_the_same_in_every_encoding(
    piped: Run, on_terminal: Run, article: str, encoding: str
) -> None:
    for run in (piped, on_terminal):
        [listed] = run(encoding, "list", "--json").out.decode("utf-8").splitlines()
        assert json.loads(listed)["title"] == TITLE
        [shown] = run(encoding, "show", article, "--json").out.decode("utf-8").splitlines()
        assert json.loads(shown)["text"] == TEXT
        exported = run(encoding, "export").out.decode("utf-8").splitlines()
        assert {json.loads(line)["title"] for line in exported} == {TITLE}


def test_what_a_pipe_cannot_take_is_escaped_and_what_it_can_is_written(piped: Run, article: str) -> None:
    shown = piped("latin-1", "show", article).out.decode("latin-1")
    assert shown.startswith(r"\u65e5\u672c\u8a9e \u2013 \u201cÉlève\u201d \ud83d\ude42 \u0141ód\u017a")
    assert piped("ascii", "show", article).out.startswith(rb"\u65e5\u672c\u8a9e \u2013 \u201c\u00c9l")


def test_what_a_terminal_cannot_show_is_a_question_mark(on_terminal: Run, article: str) -> None:
    shown = on_terminal("latin-1", "show", article).out.decode("latin-1")
    assert "??? ? ?Élève? ? ?ód?" in shown


def test_messages_are_escaped_in_the_same_way(piped: Run) -> None:
    printed = piped("ascii", "show", "manqué–x")
    assert printed.code == 2
    assert rb"there is no article 'manqu\u00e9\u2013x'" in printed.err


@pytest.mark.parametrize(
    "words", [["export"], ["report", "ARTICLE"], ["export", "--format", "corrected", "--annotator", "ana"]]
)
def test_files_are_utf8_always(piped: Run, article: str, tmp_path: Path, words: list[str]) -> None:
    words = [article if word == "ARTICLE" else word for word in words]
    paths = [tmp_path / encoding for encoding in ("ascii", "utf-16", "utf-8")]
    for path in paths:
        assert piped(path.name, *words, "--out", str(path)).code == 0
    first, *others = [path.read_bytes() for path in paths]
    assert "Łódź" in first.decode("utf-8")
    assert all(other == first for other in others)


def test_doctor_says_what_the_output_cannot_show_and_how_to_mend_it(
    piped: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTHONIOENCODING", raising=False)
    printed = piped("latin-1", "doctor")
    assert printed.code == 1
    line = next(line for line in printed.out.decode("latin-1").splitlines() if " encoding " in line)
    assert line.startswith("x encoding")
    assert r"set to latin-1, which cannot show \u2013" in line
    assert line.endswith("-> export LC_ALL=C.UTF-8")
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    checks = [json.loads(line) for line in piped("latin-1", "doctor", "--json").out.splitlines()]
    [found] = [check for check in checks if check["what"] == "encoding"]
    assert (found["state"], found["fix"]) == ("bad", "unset PYTHONIOENCODING")
    assert "latin-1, which cannot show –" in found["found"]


def test_a_surrogate_is_no_error_in_utf8(piped: Run, article: str) -> None:
    assert piped("utf-8", "show", "\udcff\udc80").code == 2
    assert piped("utf-8", "tag", article, "1", "\udcff").code == 2


def test_an_answer_that_is_not_in_the_encoding_of_the_input_is_asked_for_again(
    piped: Run, library: Path
) -> None:
    printed = piped("utf-8", "agreement", "--redo", "--annotator", "ana")
    assert printed.code == 0
    assert b"unexpected" not in printed.err


# -- the real program ------------------------------------------------------

C_LOCALE = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
LATIN_1 = "en_US.ISO-8859-1"


def has_locale(name: str) -> bool:
    asked = [sys.executable, "-c", f"import locale; locale.setlocale(locale.LC_ALL, {name!r})"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


def started(library: Path, environment: dict[str, str], *words: str) -> Printed:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "PYTHONIO"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "tui", *words, *common(words, library)],
        env=kept | environment,
        capture_output=True,
        check=False,
    )
    return Printed(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "latin-1"},
        {"PYTHONIOENCODING": "ascii:strict"},
        {"PYTHONIOENCODING": "utf-16"},
        C_LOCALE,
        pytest.param(
            {"LC_ALL": LATIN_1},
            marks=pytest.mark.skipif(not has_locale(LATIN_1), reason=f"there is no locale {LATIN_1}"),
        ),
    ],
    ids=lambda environment: " ".join(f"{name}={value}" for name, value in environment.items()),
)
def test_the_real_program_ends_well(library: Path, article: str, environment: dict[str, str]) -> None:
    for words in (["list"], ["show", article], ["keys"], ["verify"], ["doctor"]):
        printed = started(library, environment, *words)
        assert printed.code == (1 if words == ["doctor"] else 0)
        assert b"Traceback" not in printed.err
        assert not printed.err
    [listed] = started(library, environment, "list", "--json").out.splitlines()
    assert json.loads(listed)["title"] == TITLE


def test_the_source_of_an_article_is_its_files_name_in_any_locale(library: Path, tmp_path: Path) -> None:
    words = ["add", str(library / "été.txt"), "--annotations", str(tmp_path), "--annotator", "ana"]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    subprocess.run(
        [sys.executable, "-m", "tui", *words], env=kept | C_LOCALE, check=True, capture_output=True
    )
    [stored] = (tmp_path / "articles").glob("*.json")
    assert json.loads(stored.read_bytes())["source"] == "été.txt"

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import punkt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.sentences import PUNKT_MODELS, Sentences, proposals, split, splitter_name

ROOT = Path(__file__).parents[3]
GOLD = ROOT / "tests" / "gold"


def load_bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_sentences", ROOT / "bench" / "sentences.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = loaded
    spec.loader.exec_module(loaded)
    return loaded


bench = load_bench()


def parts(text: str, language: str) -> list[str]:
    found = split(text, language)
    return [text[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


# Gold


@pytest.mark.parametrize("name", bench.GOALS)
def test_f1_reaches_its_goal(name: str) -> None:
    result = bench.score(bench.read_gold(GOLD / f"{name}.sent.jsonl"))
    assert result.f1 >= bench.GOALS[name]


def test_the_seed_has_exactly_its_gold_sentences() -> None:
    text = (ROOT / "seeds" / "musk-altman.fr.txt").read_text(encoding="utf-8")
    gold = json.loads((GOLD / "sample.sent.jsonl").read_text(encoding="utf-8"))
    found = split(text, "fr")
    assert gold["text"] == text
    assert [[a, b] for a, b in zip(found.starts, found.ends, strict=True)] == gold["sentences"]
    assert len(found) == 41
    assert len(found.paragraphs) == 19


def test_a_missed_goal_is_told_from_a_met_one(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    record = {"lang": "en", "text": "One. Two.", "sentences": [[0, 9]]}
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "odd.sent.jsonl").write_text(json.dumps(record) + "\n", encoding="utf-8")
    bench.GOALS["odd"] = 50.0
    try:
        assert bench.main(["--data", str(tmp_path)]) == 0
    finally:
        del bench.GOALS["odd"]
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[-2:]] == ["sample", "odd"]
    assert re.search(r"sample +41 +41 +100\.00 +100\.0 +met", lines[-2])
    assert re.search(r"odd +1 +2 +0\.00 +50\.0 +missed", lines[-1])
    (tmp_path / "bad.sent.jsonl").write_text("{", encoding="utf-8")
    assert bench.main(["--data", str(tmp_path)]) == 1


# Rules, each with what it must not do


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        # Guillemets apart from the words: the opening one goes to the next sentence, the closing one back.
        ("fr", "Il dit : « Je pars. | Tu restes ? » | Elle partit."),
        ("fr", "Fin de la mission. | « Il est temps. » | « Oui. »"),
        ("fr", "« Non ! » cria-t-il. | Puis rien."),
        # Words in lower case, where the line begins with a capital.
        ("fr", "Il en frappa un. des pires affaires. | Puis rien."),
        ("fr", "il dort. | elle aussi. | et toi ?"),
        ("en", "Is it true?' she asked. | No."),
        ("it", "Dorme. | e poi basta."),
        ("it", "Nel 44 a.C. questo accadde. | Poi nulla."),
        ("it", 'Notate questa cosa?" afferma Pall. | Fine.'),
        ("it", "L'on. Bianchi disse: «Va bene. | Andiamo.» | Poi uscì."),
        # Closing marks, also the ones that open elsewhere.
        ("de", "Er sagte: „Das ist gut.“ | Dann ging er."),
        ("de", "»Nein.« | Dann kam er."),
        ("de", "Am 3. Oktober traf Dr. Müller die z. B. genannte Nr. 5. | Er kam um 14.30 Uhr an."),
        ("de", "Er wird den 45. Präsidenten treffen. | Es waren 45. | Alle kamen."),
        ("en", "“Go.” | He went. | (See below.) | Done."),
        ("en", '"Stop!" he said. | "Why?" | She left.'),
        # Abbreviations.
        ("en", "He works at Apple Inc. in the U.S. | The U.S. Senate met at 5 p.m. | It was late."),
        ("fr", "Selon M. Macron et Mme. Royal, c'est non. | Au IXe siècle av. J.-C., oui."),
        ("es", "Los EE. UU. ganaron. | Vive en EE. UU. | La gente lo sabe."),
        # No sentence begins with a comma, or without a space after the one before.
        ("es", "¡Nada! , dijo ella. | Fin."),
        ("en", "It was Yahoo!*Messenger then. | Next."),
        # Nothing of punctuation alone, nothing that only numbers the line.
        ("en", "What?! | Yes!!! | Really? | Fine . . . !"),
        ("fr", "1. Introduction générale. | Suite."),
        ("fr", "Nous allons y parvenir., a-t-il dit. | Bien."),
        # Other languages and scripts.
        ("pt", "O Sr. Silva chegou. | Ele disse: «Sim.» | Saiu."),
        ("ru", "Он пришёл. | Она ушла! | «Да». | Нет."),
        ("ca", "La fi de tot. | « És hora. » | I prou. | Adéu."),
        ("ar", "مرحبا. | كيف حالك؟ | أنا بخير."),
        ("und", "Hello there. | This is e.g. it."),
        ("qqq", "Hello there. | Bye."),
        ("fr", "L’IA 🤖 arrive. | Non 🎉 ! | Oui."),
    ],
)
def test_sentences_of_a_line(language: str, expected: str) -> None:
    assert parts(expected.replace(" | ", " "), language) == expected.split(" | ")


def test_a_guillemet_glued_to_the_sentence_before_opens_in_french_and_closes_elsewhere() -> None:
    assert parts("Rien à vendre.« Et alors ?", "fr") == ["Rien à vendre.", "« Et alors ?"]
    assert parts("»Nichts da.« Und dann?", "de") == ["»Nichts da.«", "Und dann?"]


@pytest.mark.parametrize("language", ["zh", "ja", "und"])
def test_scripts_without_spaces(language: str) -> None:
    assert parts("你好。我是谁？真的！", language) == ["你好。", "我是谁？", "真的！"]


def test_a_line_is_a_paragraph_and_blank_lines_are_none() -> None:
    text = "\n  One. Two. \n\n \u00a0\nno end\u2028Three\u2029Four\n"
    found = split(text, "en")
    assert parts(text, "en") == ["One.", "Two.", "no end", "Three", "Four"]
    assert found.paragraphs == [0, 2, 3, 4]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u2029\u00a0"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert split(text, "fr") == Sentences([], [], [])


def test_the_splitter_is_named_with_its_version() -> None:
    assert re.fullmatch(r"punkt \d+\.\d+\.\d+ \+ rules \d+", splitter_name("fr"))
    assert re.fullmatch(r"sentencex \d+\.\d+\.\d+ \+ rules \d+", splitter_name("zh"))
    assert splitter_name("und") == splitter_name("zh")


def test_every_named_model_exists() -> None:
    assert set(PUNKT_MODELS.values()) <= set(punkt.available_languages())


# Properties

PIECES = st.sampled_from(
    [*" \n\t\r.!?…,;:«»“”„\"'()[]-\u00a0\u2028\x1c", ". ", "? ", "Il", "un", "M.", "3", "é", "。", "🤖"]
)
TEXTS = st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join))
LANGUAGES = st.one_of(
    st.sampled_from(["fr", "en", "it", "de", "es", "pt", "zh", "ar", "und", ""]), st.text(max_size=4)
)


def check(text: str, found: Sentences) -> None:
    assert len(found.starts) == len(found.ends)
    position = 0
    for start, end in zip(found.starts, found.ends, strict=True):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        assert text[start:end] == text[start:end].strip()
        assert not set(text[start:end]) & set("\n\u2028\u2029")
        position = end
    assert not text[position:].strip()
    lines = [line for line in re.split("[\n\u2028\u2029]", text) if line.strip()]
    assert len(found.paragraphs) == len(lines)
    assert found.paragraphs == sorted(set(found.paragraphs))
    assert found.paragraphs[:1] == [0][: len(lines)]


@given(TEXTS, LANGUAGES)
def test_spans_are_stripped_in_order_and_leave_nothing_out(text: str, language: str) -> None:
    check(text, split(text, language))


@given(st.lists(PIECES, max_size=80).map("".join), st.sampled_from(["fr", "zh"]))
def test_the_same_holds_when_a_line_is_seen_in_windows(text: str, language: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(proposals, "WINDOW", 12)
        check(text, split(text, language))


@pytest.mark.parametrize("language", ["fr", "zh"])
def test_windows_change_nothing_in_ordinary_prose(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "seeds" / "musk-altman.fr.txt").read_text(encoding="utf-8").replace("\n", " ")
    whole = split(text, language)
    monkeypatch.setattr(proposals, "WINDOW", 1200)
    assert split(text, language) == whole


def test_a_window_that_ends_with_a_sentence_loses_no_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    def propose(piece: str) -> list[int]:
        return [found.end() for found in re.finditer(r"\. (?=A)", piece)]

    line = "Aaa. " * 50
    for window in range(10, 30):
        monkeypatch.setattr(proposals, "WINDOW", window)
        assert proposals.proposed_cuts(line, propose) == propose(line)


def test_a_splitter_never_sees_more_than_a_window(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def propose(piece: str) -> list[int]:
        seen.append(len(piece))
        return []

    for line in ("« " * 30_000 + ".", "x" * 60_000 + "."):
        seen.clear()
        assert proposals.proposed_cuts(line, propose) == []
        assert max(seen) <= proposals.WINDOW <= 10_000
        assert sum(seen) <= 2 * len(line)


ODD = {
    "blank lines": "\n" * 10_000 + "x",
    "one-letter lines": "x\n" * 10_000,
    "one long line": "Aa bb. " * 10_000,
    "quotes apart": ' ". ' * 2000,
    "exclamation": "!" * 50_000,
    "full stops": "." * 100_000 + " z",
    "quotation marks": "Ab." + '"' * 100_000 + " z",
    "notes": "Ab." + "[1]" * 30_000 + " Z",
    "ellipses": "Ab" + "… " * 50_000 + "Z",
    "brackets": "Ab. " + "(" * 100_000 + "Z",
}


@pytest.mark.parametrize("name", ODD)
def test_odd_texts_of_some_size(name: str) -> None:
    check(ODD[name], split(ODD[name], "fr"))


@pytest.mark.parametrize("long", [0, 10**9])
def test_a_long_text_in_pieces_has_the_sentences_of_its_whole(
    monkeypatch: pytest.MonkeyPatch, long: int
) -> None:
    text = (ROOT / "seeds" / "musk-altman.fr.txt").read_text(encoding="utf-8")
    whole = split(text, "fr")
    monkeypatch.setattr("tui.text.cores._PIECE", 100)
    monkeypatch.setattr("tui.text.cores.LONG", long)
    told: list[float] = []
    assert split(text, "fr", told.append) == whole
    assert told == sorted(told)
    assert (len(told) > 10, told[-1]) == (True, 1)

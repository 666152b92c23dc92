"""Articles come back as they were stored, lists tell the truth, and damage is told, never passed over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from tui.model.article import Article, EntityIndex
from tui.store import index as index_module
from tui.store import library as library_module
from tui.store.disk import Disk
from tui.store.index import entry_of, index_of
from tui.store.library import Ambiguous, Library
from tui.store.protocol import Damaged, NoSuchArticle, NotPermitted, NotSaved, StoreError, TooNew, UnsafeName

MakeArticle = Callable[..., Article]


def one_line(error: pytest.ExceptionInfo[StoreError]) -> str:
    message = str(error.value)
    assert message.isprintable()
    assert ": " in message
    return message


def file_of(folder: Path, article: Article) -> Path:
    return folder / "articles" / f"{article.id}.json"


def test_an_article_comes_back_as_it_was(folder: Path, article: Article) -> None:
    loaded = Library(folder).load(article.id)
    assert loaded.version
    assert msgspec.structs.replace(loaded, version="") == article
    assert [loaded.text[e.start : e.end] for e in EntityIndex(loaded)] == ["Musk"]
    assert Library(folder).passage(article.id).text == article.text


def test_the_file_says_its_schema_first(folder: Path, article: Article) -> None:
    data = file_of(folder, article).read_bytes()
    assert data.startswith(b'{"schema":"postil.stored-article/1",')
    assert msgspec.json.decode(data)["id"] == article.id


def test_a_file_that_another_program_formatted_is_read(folder: Path, article: Article) -> None:
    path = file_of(folder, article)
    tree = msgspec.json.decode(path.read_bytes())
    tree["later"] = tree.pop("schema")
    path.write_bytes(
        msgspec.json.format(msgspec.json.encode({**tree, "schema": "postil.stored-article/1"}), indent=2)
    )
    loaded = Library(folder).load(article.id)
    assert (loaded.text, loaded.starts, loaded.has_entities) == (article.text, article.starts, True)
    assert list(EntityIndex(loaded)) == list(EntityIndex(article))


def test_saving_again_replaces_it(folder: Path, article: Article) -> None:
    library = Library(folder)
    library.save(msgspec.structs.replace(library.load(article.id), title="Autre"))
    assert Library(folder).load(article.id).title == "Autre"


def test_a_newer_schema_is_refused_and_left_alone(folder: Path, article: Article) -> None:
    path = file_of(folder, article)
    tree = msgspec.json.decode(path.read_bytes())
    newer = msgspec.json.encode(tree | {"schema": "postil.stored-article/2", "crc32": {"of": "another kind"}})
    path.write_bytes(newer)
    library = Library(folder)
    with pytest.raises(TooNew) as refused:
        library.load(article.id)
    assert "newer Postil" in one_line(refused)
    assert library.entries() == []
    assert path.read_bytes() == newer


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"{}",
        b"[" * 100_000,
        b'{"schema":"postil.stored-article/1","id":3}',
        b'{"schema":"\x1b[2Jother/1"}',
        b'{"schema":"other/1"}',
    ],
)
def test_damage_is_told_in_one_line(folder: Path, article: Article, content: bytes) -> None:
    file_of(folder, article).write_bytes(content)
    library = Library(folder)
    with pytest.raises(Damaged) as refused:
        library.load(article.id)
    assert article.id in one_line(refused)
    assert library.entries() == []
    assert len(library.problems) == 1


def test_every_cut_of_a_file_is_noticed(folder: Path, article: Article) -> None:
    path = file_of(folder, article)
    whole = path.read_bytes()
    for length in range(0, len(whole), 7):
        path.write_bytes(whole[:length])
        with pytest.raises(Damaged):
            Library(folder).load(article.id)


def test_sentences_that_do_not_fit_are_damage(folder: Path, article: Article) -> None:
    for ends in (article.ends[:-1], [*article.ends[:-1], len(article.text) + 1]):
        file_of(folder, article).unlink()
        Library(folder).save(msgspec.structs.replace(article, ends=ends))
        with pytest.raises(Damaged):
            Library(folder).load(article.id)


def test_a_file_under_another_articles_name_is_damage(folder: Path, article: Article) -> None:
    file_of(folder, article).rename(folder / "articles" / "other-00000000.json")
    library = Library(folder)
    with pytest.raises(Damaged):
        library.load("other-00000000")
    assert library.entries() == []
    assert len(library.problems) == 1


@pytest.mark.parametrize("name", ["..", "../x", "a/b", ".hidden", "", "a\n", "a" * 101, "\x1b[31m", "é"])
def test_names_that_are_no_file_names_are_refused(folder: Path, article: Article, name: str) -> None:
    library = Library(folder)
    with pytest.raises(UnsafeName) as refused:
        library.load(name)
    one_line(refused)
    with pytest.raises(UnsafeName):
        library.save(msgspec.structs.replace(article, id=name))


def test_find_takes_ids_and_unique_prefixes(tmp_path: Path, make_article: MakeArticle) -> None:
    library = Library(tmp_path)
    for article_id in ("sous-les-yeux-11111111", "sous-la-mer-22222222", "sous", "amis-33333333"):
        library.save(make_article(article_id))
    assert library.find("sous") == "sous"
    assert library.find("sous-le") == "sous-les-yeux-11111111"
    assert library.find("AMIS") == "amis-33333333"
    with pytest.raises(Ambiguous) as ambiguous:
        library.find("sous-")
    assert "sous-la-mer-22222222 or sous-les-yeux-11111111" in one_line(ambiguous)
    with pytest.raises(NoSuchArticle) as unknown:
        library.find("les-yeux")
    assert "sous-les-yeux-11111111" in one_line(unknown)
    for odd in ("", "zzz", "../sous", "\x1b[2J"):
        with pytest.raises(NoSuchArticle) as unknown:
            library.find(odd)
        one_line(unknown)


def test_the_id_of_a_text_that_is_away_is_not_the_beginning_of_anothers(
    tmp_path: Path, make_article: MakeArticle
) -> None:
    library = Library(tmp_path)
    library.save(make_article("budget-vote-6bcca903c3b9"))
    for name in ("budget-vote-6bcca903", "BUDGET-vote-6bcca903"):
        with pytest.raises(NoSuchArticle) as away:
            library.find(name)
        assert "type all of budget-vote-6bcca903c3b9" in one_line(away)
    assert library.find("budget-vote-6bcca9") == "budget-vote-6bcca903c3b9"
    assert library.find("budget") == "budget-vote-6bcca903c3b9"
    library.save(make_article("budget-vote-6bcca903"))
    assert library.find("budget-vote-6bcca903") == "budget-vote-6bcca903"


def test_an_empty_library_says_how_to_fill_it(tmp_path: Path) -> None:
    library = Library(tmp_path / "nothing")
    assert library.entries() == []
    for call in (library.find, library.load):
        with pytest.raises(NoSuchArticle) as unknown:
            call("x")
        assert "postil add" in one_line(unknown)


def test_entries_are_what_the_articles_say(folder: Path, make_article: MakeArticle) -> None:
    library = Library(folder)
    library.save(make_article("other-00000000", ("Une seule phrase.",)))
    first, second = library.entries()
    assert (first.id, first.sentences, first.has_entities) == ("other-00000000", 1, True)
    assert (second.title, second.language, second.source_language) == ("Un été", "fr", "it")
    assert (second.source, second.sentences) == ("ete.txt", 5)


def count_reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    reads: list[str] = []
    original = index_module.read_if_there

    def counted(path: Path, disk: Disk) -> bytes | None:
        if not path.name.startswith("."):
            reads.append(path.stem)
        return original(path, disk)

    for module in (library_module, index_module):
        monkeypatch.setattr(module, "read_if_there", counted)
    return reads


def test_only_what_changed_is_read_again(
    folder: Path, article: Article, make_article: MakeArticle, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Library(folder).save(make_article("other-00000000"))
    reads = count_reads(monkeypatch)
    before = Library(folder).entries()
    assert sorted(reads) == sorted([article.id, other.id])
    reads.clear()
    assert Library(folder).entries() == before
    assert reads == []
    other.title = "Nouveau titre"
    Library(folder).save(other)
    reads.remove(other.id)
    assert [entry.title for entry in Library(folder).entries()] == ["Nouveau titre", "Un été"]
    assert reads == [other.id]
    file_of(folder, other).unlink()
    assert [entry.id for entry in Library(folder).entries()] == [article.id]


@pytest.mark.parametrize("content", [b"", b"{", b'{"schema":"postil.index/9"}\n', b"[" * 100_000])
def test_a_broken_index_is_rebuilt(folder: Path, article: Article, content: bytes) -> None:
    index = folder / "articles" / ".index.jsonl"
    Library(folder).entries()
    whole = index.read_bytes()
    index.write_bytes(content)
    assert [entry.id for entry in Library(folder).entries()] == [article.id]
    assert index.read_bytes() == whole


def test_a_row_of_an_earlier_postil_is_read_again(folder: Path, article: Article) -> None:
    saved = Library(folder).save(
        replace(Library(folder).load(article.id), encoding="cp1252", encoding_guess=True, layout="lines")
    )
    Library(folder).entries()
    index = index_of(folder / "articles")
    [(name, row)] = index.rows().items()
    earlier = replace(row, entry=replace(row.entry, layout="", encoding="", encoding_guess=False))
    index.update({name: earlier})
    [entry] = Library(folder).entries()
    assert entry == entry_of(saved)
    assert (entry.layout, entry.encoding, entry.encoding_guess) == ("lines", "cp1252", True)
    assert index.rows()[name].entry == entry


def test_without_the_right_to_write_the_index_stays_in_memory(
    folder: Path, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tui.store.index_file.replace_file", forbidden)
    reads = count_reads(monkeypatch)
    library = Library(folder)
    for _ in range(2):
        assert [entry.id for entry in library.entries()] == [article.id]
    assert reads == [article.id]
    assert not (folder / "articles" / ".index.jsonl").exists()


def test_only_articles_are_taken_for_articles(folder: Path, article: Article) -> None:
    articles = folder / "articles"
    whole = file_of(folder, article).read_bytes()
    for name in (f".{article.id}.json.00ff.tmp", ".index.jsonl", "notes.txt", f"{article.id}.json.bak"):
        (articles / name).write_bytes(whole)
    library = Library(folder)
    assert library.ids() == [article.id]
    assert [entry.id for entry in library.entries()] == [article.id]
    assert library.problems == ()
    (articles / "\x1b[31mred.json").write_bytes(whole)
    (articles / "link-00000000.json").symlink_to(file_of(folder, article))
    assert [entry.id for entry in library.entries()] == [article.id]
    assert len(library.problems) == 2
    assert all(problem.isprintable() for problem in library.problems)


def test_a_full_disk_leaves_the_old_article(
    folder: Path, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    stored = Library(folder).load(article.id)
    monkeypatch.setattr(os, "pwrite", full)
    with pytest.raises(NotSaved) as failed:
        Library(folder).save(msgspec.structs.replace(stored, title="Autre"))
    monkeypatch.undo()
    assert "free some space" in one_line(failed)
    assert Library(folder).load(article.id) == stored


def test_a_forbidden_folder_is_told(folder: Path, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", forbidden)
    with pytest.raises(NotPermitted) as refused:
        Library(folder).save(article)
    one_line(refused)
    with pytest.raises(NotPermitted) as refused:
        Library(folder).load(article.id)
    one_line(refused)

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.article import Article
from tui.prepare.messages import (
    ArticleAssembler,
    ArticleEnd,
    EntityBlock,
    PrepareFile,
    TextPart,
    article_parts,
    decode_reply,
    decode_request,
    encode,
)


def an_article(text: str, starts: list[int]) -> Article:
    return Article(
        id="a-1",
        title="A",
        source="a.txt",
        language="fr",
        text_sha256="0" * 64,
        added_at="2026-01-01T00:00:00.000Z",
        warnings=["one"],
        text=text,
        starts=starts,
        ends=[start + 1 for start in starts],
        paragraphs=list(range(len(starts))),
        headings=[0] if starts else [],
    )


def there_and_back(article: Article) -> Article | None:
    assembler = ArticleAssembler()
    arrived = [assembler.add(decode_request(encode(part))) for part in article_parts(article)]  # type: ignore[arg-type]
    assert arrived[:-1] == [None] * (len(arrived) - 1)
    return arrived[-1]


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.lists(st.integers(0, 2**40)))
def test_an_article_arrives_as_it_left(text: str, starts: list[int]) -> None:
    article = an_article(text, starts)
    assert there_and_back(article) == article


def test_no_message_of_a_large_article_is_large() -> None:
    article = an_article("é\x1b\n" * 300_000, list(range(0, 600_000, 3)))
    sizes = [len(encode(part)) for part in article_parts(article)]
    assert max(sizes) < 300_000
    assert there_and_back(article) == article


def test_two_articles_do_not_mix() -> None:
    assembler = ArticleAssembler()
    whole = [assembler.add(part) for text in ("one", "two") for part in article_parts(an_article(text, [0]))]
    assert [article.text for article in whole if article] == ["one", "two"]


@pytest.mark.parametrize("part", [TextPart("x"), ArticleEnd()])
def test_a_part_without_a_head_is_refused(part: TextPart | ArticleEnd) -> None:
    with pytest.raises(ValueError, match="before its head"):
        ArticleAssembler().add(part)


def test_every_message_is_one_line() -> None:
    for message in (TextPart("a\nb\r\u2028"), EntityBlock(msgspec.Raw(b'[{"start":1}]'))):
        line = encode(message)
        assert line.endswith(b"\n")
        assert line.count(b"\n") == 1
        assert decode_reply(line) == message


def test_a_path_need_not_be_unicode() -> None:
    assert decode_request(encode(PrepareFile(b"/a/\xff.txt"))) == PrepareFile(b"/a/\xff.txt")


def test_something_else_is_no_request() -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_request(b'{"type":"shell"}')

from __future__ import annotations

from tui.documents.html.simplification import MOST_ATTRIBUTES, simplified


def attributes(count: int) -> str:
    return " ".join(f'a{number}="x > y"' for number in range(count))


def test_an_ordinary_page_stays_as_it_is() -> None:
    page = (
        f'<html><!-- <a "> --><script>if (a<b && "c) x</script><p {attributes(50)} class=x>Words < more.</p>'
    )
    assert simplified(page) == page


def test_attributes_beyond_the_limit_go() -> None:
    page = simplified(f"<p {attributes(40_000)}>Words.</p>")
    assert page == f"<p {attributes(MOST_ATTRIBUTES)}>Words.</p>"


def test_a_mark_that_hides_the_end_of_a_tag_does_not_help() -> None:
    page = simplified(f'<p x="<" {attributes(40_000)}>Words.</p>')
    assert len(page) < 5_000
    assert page.endswith(">Words.</p>")


def test_data_that_is_large_and_wrong_or_deep_goes() -> None:
    tag = '<script type="application/ld+json">'
    for data in ('"author":' * 5_000, "[" * 200 + "]" * 200, '{"a":' * 200):
        assert simplified(f"{tag}{data}</script><p>Words.") == f"{tag}</script><p>Words."
    for data in ('{"author": "Ana"}', '{"wrong": ', '{"body": "' + "[" * 500 + "x" * 20_000 + '"}'):
        assert simplified(f"{tag}{data}</script><p>Words.") == f"{tag}{data}</script><p>Words."


def test_a_power_stays_one_where_inline_tags_go() -> None:
    page = simplified("<p>10<sup>6</sup> and H<sub>2</sub>O" + "<b>a</b> " * 12_000)
    assert page.startswith("<p>10^6 and H_2Oa a a ")

from __future__ import annotations

from pathlib import Path

import pytest

from tui.prepare.shown_path import shown_path
from tui.prepare.web_address import refusal


@pytest.mark.parametrize(
    "name",
    [
        *("a.txt", "./a.txt", "/a//b.txt", "C://a.txt", "c:\\a.txt", "http", "https:", "www", "wwww.a"),
        *("a/http://b", "presse/www.lemonde.fr.html", "http:a.txt", "://", "*.html", "-", "", " ", "日本://"),
    ],
)
def test_a_path_is_no_address(name: str) -> None:
    assert refusal(name) == ""


@pytest.mark.parametrize(
    "name",
    [
        *(
            "https://a",
            "http://b.org/?q=1&r=2#s",
            "HTTP://C",
            "www.d.org",
            "Www.e",
            " https://f",
            "gemini://g",
        ),
        *(
            "view-source:https://h",
            "ftp://i",
            "s3://j/k",
            "https://例え.jp/記事",
            "chrome-extension://l/m.html",
        ),
    ],
)
def test_an_address_is_not_fetched(name: str) -> None:
    message = refusal(name)
    assert message == f"{name.strip()}: URLs are not fetched: save the page and add the file"


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("file:///tmp/a.txt", "/tmp/a.txt"),
        ("FILE:///tmp/a%20b%C3%A9.txt", "/tmp/a bé.txt"),
        ("file://localhost/tmp/a", "/tmp/a"),
        ("file:///tmp/%1b%0a", "/tmp/␛ "),
    ],
)
def test_the_url_of_a_file_has_its_path(name: str, path: str) -> None:
    assert refusal(name) == f"{name} is the URL of a file: give its path, {path}"


def test_a_hostile_address_takes_no_longer_than_its_length() -> None:
    for name in (
        "a" * 1_000_000,
        "a+" * 500_000 + ":/",
        "file://[" + "]" * 100_000,
        "www." + "\x1b" * 100_000,
    ):
        assert refusal(name).isprintable()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a.txt", "a.txt"),
        ("press/a.txt", "press/a.txt"),
        ("../a\x1b.txt", "../a␛.txt"),
        ("é/日本.txt", "é/日本.txt"),
        ("a\udcff.txt", "a\ufffd.txt"),
        ("a\nb", "a b"),
    ],
)
def test_a_path_is_shown_as_it_was_typed(name: str, shown: str) -> None:
    assert shown_path(Path(name)) == shown

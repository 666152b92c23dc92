from __future__ import annotations

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.documents import mhtml
from tui.documents.decoding import UnreadableFileError
from tui.documents.document import DEFAULTS

TEXT = "Le maire a déclaré que le budget était prêt, devant la foule réunie lundi matin sur la place."
PAGE = f"<html><head><title>Le maire</title></head><body><p>{TEXT}</p><p>10<sup>6</sup> €.</p></body></html>"


def message(page: bytes, encoding: str = "binary", kind: str = "text/html", head: str = "") -> bytes:
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/maire\r\n"
        b"Subject: Le maire\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html";\r\n\tboundary="----B"\r\n\r\n\r\n------B\r\n'
        + head.encode()
        + f"Content-Type: {kind}\r\nContent-Transfer-Encoding: {encoding}\r\n".encode()
        + b"Content-Location: https://example.org/maire\r\n\r\n"
        + page
        + b"\r\n------B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n------B--\r\n"
    )


@pytest.mark.parametrize(
    "data",
    [
        message(quopri.encodestring(PAGE.encode()), "quoted-printable", "text/html; charset=utf-8"),
        message(quopri.encodestring(PAGE.encode()), "quoted-printable"),
        message(base64.encodebytes(PAGE.encode()), "base64", 'text/html; charset="utf-8"'),
        message(PAGE.encode("cp1252"), "8bit", "text/html; charset=windows-1252"),
        message(
            quopri.encodestring(PAGE.encode("iso8859-15")),
            "quoted-printable",
            "text/html; charset=iso-8859-15",
        ),
        message(PAGE.encode(), "binary", "application/xhtml+xml; charset=utf-8"),
    ],
)
def test_the_page_in_it_is_the_article(data: bytes) -> None:
    document = mhtml.read(data, DEFAULTS)
    assert document.text == f"{TEXT}\n\n10⁶ €."
    assert document.title == "Le maire"
    assert document.source == "https://example.org/maire"


def test_a_message_that_is_only_a_page() -> None:
    data = b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + PAGE.encode()
    assert mhtml.read(data, DEFAULTS).text.startswith(TEXT)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"Hello",
        b"MIME-Version: 1.0\nContent-Type: text/plain\n\nWords.",
        b'Content-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: image/png\n\nabc\n--x--',
        message(b"", "quoted-printable"),
    ],
)
def test_without_a_page_it_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFileError, match=r"has no web page in it: save the page again as \.html"):
        mhtml.read(data, DEFAULTS)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_damaged_files_are_read_or_refused(noise: bytes, cut: int) -> None:
    data = message(quopri.encodestring(PAGE.encode()), "quoted-printable", "text/html; charset=utf-8")
    try:
        document = mhtml.read(data[:cut] + noise + data[cut + 3 :], DEFAULTS)
    except UnreadableFileError:
        return
    assert document.text


def test_a_header_without_end_is_refused() -> None:
    header = b"MIME-Version: 1.0\nContent-Type: text/html;\n" + b" a=b;\n" * 60_000
    with pytest.raises(UnreadableFileError, match="has no web page"):
        mhtml.read(header + b"\n<p>Text</p>", DEFAULTS)

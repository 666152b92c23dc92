"""Documents of each kind, made of the same paragraphs, by hand: as little of each format as it needs."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

TITLE = "L’été à Gênes"
PARAGRAPHS = (
    "La mairie a signé un accord avec le port, où 1 200 personnes travaillent depuis des années.",
    "« Pourquoi partir ? », demande le maire. Personne ne répond — pas même Łukasz Žižka.",
    "Ήρθε το καλοκαίρι. Пришло лето. The summer has come & gone <again>.",
)
ITEMS = ("un port", "une mairie")
ROWS = (("Ville", "Habitants"), ("Gênes", "580 000"))
TEXT = "\n\n".join((TITLE, *PARAGRAPHS, "\n".join(ITEMS), "\n".join(map(" | ".join, ROWS))))
"""What the reader of each kind is to give."""


def zipped(parts: Mapping[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in parts.items():
            # With a fixed date, the same content is the same bytes in every process.
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return file.getvalue()


# Word

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)
_STYLES = (
    f'<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault>'
    '</w:docDefaults><w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="Titre1"/></w:style>'
    "</w:styles>"
)


def word(body: str, **parts: str) -> bytes:
    """A Word document with this body; `core` is its core properties."""
    content = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": _RELATIONS,
        "word/document.xml": f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": _STYLES,
    }
    if "core" in parts:
        content["docProps/core.xml"] = parts["core"]
    return zipped(content)


def word_paragraph(text: str, properties: str = "") -> str:
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def word_sample() -> bytes:
    rows = "".join(
        "<w:tr>" + "".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in ROWS
    )
    return word(
        word_paragraph(TITLE, '<w:pStyle w:val="Titre1"/>')
        + "".join(map(word_paragraph, PARAGRAPHS))
        + "".join(word_paragraph(item, '<w:numPr><w:numId w:val="1"/></w:numPr>') for item in ITEMS)
        + f"<w:tbl>{rows}</w:tbl>"
    )


# OpenDocument

_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("fo", "xsl-fo-compatible"),
        ("manifest", "manifest"),
        ("draw", "drawing"),
    )
)


def opendocument(body: str, styles: str = "", **parts: str) -> bytes:
    """An OpenDocument text; `styles` are its automatic styles, `meta` its metadata, `manifest` what it lists."""
    content: dict[str, str] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "META-INF/manifest.xml": f"<manifest:manifest {_ODF}>{parts.get('manifest', '')}</manifest:manifest>",
    }
    if "meta" in parts:
        dublin_core = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
        content["meta.xml"] = (
            f"<office:document-meta {_ODF} {dublin_core}>{parts['meta']}</office:document-meta>"
        )
    return zipped(content)


def opendocument_sample() -> bytes:
    cells = (
        "".join(f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in row)
        for row in ROWS
    )
    return opendocument(
        f'<text:h text:outline-level="1">{escape(TITLE)}</text:h>'
        + "".join(f"<text:p>{escape(text)}</text:p>" for text in PARAGRAPHS)
        + "<text:list>"
        + "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in ITEMS)
        + "</text:list><table:table>"
        + "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
        + "</table:table>"
    )


# EPUB

_CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def epub(chapters: Sequence[str], extra: Mapping[str, str] = {}, metadata: str = "") -> bytes:
    """A book whose chapters have these bodies; `extra` are more parts."""
    items = "".join(
        f'<item id="c{number}" href="text/c%20{number}.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    spine = "".join(f'<itemref idref="c{number}"/>' for number in range(len(chapters)))
    parts = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER,
        "OPS/book.opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f'<metadata>{metadata}</metadata><manifest><item id="nav" href="nav.xhtml" properties="nav" '
        f'media-type="application/xhtml+xml"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>',
        "OPS/nav.xhtml": "<html><body><nav><ol><li>Contents</li></ol></nav></body></html>",
        **extra,
    }
    for number, body in enumerate(chapters):
        parts[f"OPS/text/c {number}.xhtml"] = (
            '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" '
            '"http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd"><html xmlns="http://www.w3.org/1999/xhtml" '
            f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>No</title></head><body>{body}</body></html>'
        )
    return zipped(parts)


def epub_sample() -> bytes:
    rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in ROWS)
    first = f"<h1>{escape(TITLE)}</h1><p>{escape(PARAGRAPHS[0])}</p>"
    second = "".join(f"<p>{escape(text)}</p>" for text in PARAGRAPHS[1:])
    third = "<ul>" + "".join(f"<li>{item}</li>" for item in ITEMS) + f"</ul><table>{rows}</table>"
    return epub([first, second, third])


# RTF


def rtf_text(text: str) -> str:
    """The text with what RTF has no ASCII for as `\\u`, with a fallback of one character."""
    pieces: list[str] = []
    for character in text:
        if character in "\\{}":
            pieces.append("\\" + character)
        elif character.isascii():
            pieces.append(character)
        else:
            code = ord(character)
            pieces.append(f"\\u{code if code < 0x8000 else code - 0x10000}?")
    return "".join(pieces)


def rtf_sample() -> bytes:
    rows = "".join(
        "\\trowd\\cellx2000\\cellx4000\\pard\\intbl "
        + "".join(f"{rtf_text(cell)}\\cell " for cell in row)
        + "\\row\n"
        for row in ROWS
    )
    items = "".join(f"{{\\listtext\\bullet\\tab}}\\ls1 {rtf_text(item)}\\par\n" for item in ITEMS)
    return (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0\\deflang1036{\\fonttbl{\\f0\\fcharset0 Arial;}}"
        "{\\stylesheet{\\s0 Normal;}{\\s1\\outlinelevel0 heading 1;}}{\\header Page 1\\par}"
        f"\\pard\\s1 {rtf_text(TITLE)}\\par\n\\pard\\plain "
        + "".join(f"{rtf_text(text)}\\par\n" for text in PARAGRAPHS)
        + f"\\pard {items}\\pard {rows}\\pard}}"
    ).encode("ascii")


# PDF


def pdf(pages: Sequence[bytes], extra: bytes = b"") -> bytes:
    """A PDF file whose pages have these content streams; /F1 is Helvetica and /F2 is Helvetica Bold, both in cp1252."""
    first = 5
    kids = " ".join(f"{first + 2 * number} 0 R" for number in range(len(pages)))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    for number, content in enumerate(pages):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources "
            b"<< /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents %d 0 R >>" % (first + 2 * number + 1)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    out = bytearray(b"%PDF-1.4\n")
    offsets: list[int] = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, table)
    return bytes(out)


def pdf_lines(
    lines: Sequence[str], size: int = 11, top: int = 760, left: int = 72, font: str = "F1"
) -> bytes:
    """The content of a page: lines below each other, from `top` on, in points."""
    shown = b"".join(
        b"("
        + line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
        + b") Tj T* "
        for line in lines
    )
    return f"BT /{font} {size} Tf {left} {top} Td {size * 1.3:.1f} TL ".encode() + shown + b"ET "

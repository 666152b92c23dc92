from __future__ import annotations

import json

import pytest

from tests.unit.documents.samples import pdf, pdf_lines, word_sample, zipped
from tui.documents.decoding import UnreadableFileError
from tui.documents.file_kinds import kind_of
from tui.documents.reading import documents

PAGE = (
    "<!DOCTYPE html>\n<html lang='fr'><head><title>T</title></head><body><p>Le maire parle.</p></body></html>"
)
XHTML = f'<?xml version="1.0" encoding="utf-8"?>\n<!-- saved -->\n{PAGE}'
ARCHIVE = (
    "From: <Saved by Blink>\r\nSubject: T\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
    f'\ttype="text/html";\r\n\tboundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n{PAGE}\r\n--b--\r\n'
)
LINES = '{"text": "Le maire parle."}\n{"text": "Nobody answers."}\n'
LIST = json.dumps([{"text": "Le maire parle."}, {"text": "Nobody answers."}], indent=1)


@pytest.mark.parametrize(
    ("content", "suffix", "kind"),
    [
        *(
            (PAGE, suffix, "html")
            for suffix in ("", ".txt", ".html", ".htm", ".xhtml", ".md", ".json", ".csv", ".xml")
        ),
        *((XHTML, suffix, "html") for suffix in ("", ".txt", ".xhtml", ".xml", ".mhtml")),
        (PAGE.upper(), "", "html"),
        ("\n\n  " + PAGE, ".txt", "html"),
        ("<html><body><p>Text</p></body></html>", "", "html"),
        ("<p>Le maire parle.</p>\n<p>Nobody answers.</p>\n", "", "html"),
        ("<article class='a'><h1>T</h1><p>Text</p></article>", ".txt", "html"),
        ("<p>Le maire parle.</p>", ".html", "html"),
        ("Le maire parle. <br> Nobody answers.", ".html", "html"),
        ("Le maire parle &amp; rit.", ".htm", "html"),
        *((ARCHIVE, suffix, "mhtml") for suffix in ("", ".txt", ".html", ".mht", ".mhtml")),
        ("Le maire parle.\n\nIl rit : a < b et c > d.", ".html", "text"),
        ("<html> is a tag. It ends with </html>.", ".txt", "text"),
        ("<html> and <body> are tags.", "", "text"),
        ("<!doctype html> begins a page, and </html> ends it.", ".txt", "text"),
        ("<p> begins a paragraph.", ".txt", "text"),
        ("<p> beginnt einen Absatz, </p> beendet ihn.", "", "text"),
        ('<?xml version="1.0"?> is how XML begins.', ".txt", "text"),
        ("<Applaus> Der Bürgermeister sprach.", ".txt", "text"),
        ("<div align=center>\n\n# Title\n\n</div>", ".md", "markdown"),
        *((LINES, suffix, "json") for suffix in ("", ".txt", ".json", ".jsonl", ".ndjson", ".html")),
        *((LIST, suffix, "json") for suffix in ("", ".txt", ".json", ".jsonl")),
        ('{\n "text": "One."\n}', ".txt", "json"),
        ('{\n "text": "One."\n}\n{\n "text": "Two."\n}', "", "json"),
        ("{Applause} The mayor spoke.", ".txt", "text"),
        ('{"Nobody answered"} was all.', ".txt", "text"),
        ("[1] The mayor spoke.", ".txt", "text"),
        ('["one", "two"] is a list.', "", "text"),
        ('{\n"title": "T"\n}\n\n# Heading\n\nText.', ".md", "markdown"),
        ("{\\rtf1\\ansi Le maire}", "", "rtf"),
        ("{\\rtf1 Le maire}", ".rtf", "rtf"),
        ("{\\rtf1{\\fonttbl}Le maire}", ".doc", "rtf"),
        ("{\\rtf1 is how RTF begins.", ".txt", "text"),
        ("Le maire parle.", ".rtf", "text"),
        ("%PDF-1.4 is how a PDF begins.", ".txt", "text"),
        ("From: Ana\nSubject: Port\n\nThe mayor spoke.", ".txt", "text"),
        ("RIFF is a word. PK too.", ".txt", "text"),
        ("Roma, lunedì\n\nIl sindaco, che parla, ride.\n\nNessuno, però, risponde.", ".txt", "text"),
        ("-DOCSTART- is a line of CoNLL.", ".txt", "text"),
        ("# text = a heading\n\nText.", ".md", "markdown"),
        ("Le maire parle.", ".log", "text"),
    ],
)
def test_content_and_suffix_decide_the_kind(content: str, suffix: str, kind: str) -> None:
    assert kind_of(content.encode(), suffix) == kind
    if kind != "markdown":
        assert kind_of(b"\xef\xbb\xbf" + content.encode(), suffix) == kind
    if kind in ("html", "json"):
        assert kind_of(content.encode("utf-16"), suffix) == kind


@pytest.mark.parametrize("suffix", ["", ".txt", ".md", ".html", ".json", ".csv", ".docx", ".odt", ".pdf"])
def test_packed_documents_are_known_by_content_alone(suffix: str) -> None:
    assert kind_of(word_sample(), suffix) == "docx"
    assert kind_of(pdf([pdf_lines(["Text"])]), suffix) == "pdf"


@pytest.mark.parametrize(
    ("content", "articles"),
    [(LINES, 2), (LIST, 2), ('{\n "text": "One."\n}', 1), ('{"text": "One."}\n\n{"text": "Two."}', 2)],
)
@pytest.mark.parametrize("suffix", ["", ".txt", ".json", ".ndjson"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json_gives_its_articles_in_any_layout(
    content: str, articles: int, suffix: str, encoding: str
) -> None:
    texts = [document.text for document in documents(content.encode(encoding), suffix)]
    assert len(texts) == articles
    assert "{" not in "".join(texts)


OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MIXED_MAIL = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n"
TOOL = "has annotations ({}), not an article: add the text that was annotated"


@pytest.mark.parametrize(
    ("content", "suffix", "message"),
    [
        ("a,b\n1,2\n", ".csv", "is a table (.csv)"),
        ("a\tb\n", ".tsv", "is a table (.tsv)"),
        ('id,text\n1,"Rome, Monday"\n2,Two\n', ".txt", "is a table (CSV)"),
        ("nom;texte\nAna;Un\nTom;Deux\n", "", "is a table (CSV)"),
        ("id\ttext\n1\tOne\n2\tTwo\n", "", "is a table (TSV)"),
        ("<a/>", ".xml", "is XML"),
        ("Text", ".xml", "is XML"),
        ('<?xml version="1.0"?>\n<doc><p>Text</p></doc>', ".txt", "is XML"),
        ("<DOC>\n<TEXT>Le maire</TEXT>\n</DOC>", ".txt", "is XML"),
        ('<rss version="2.0"><channel></channel></rss>', "", "is a news feed"),
        ('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', ".html", "is a news feed"),
        ("1\n00:00:01,000 --> 00:00:02,000\nBonjour\n", ".srt", "has subtitles (.srt)"),
        ("1\r\n00:00:01,000 --> 00:00:02,000\r\nBonjour\r\n", ".txt", "has subtitles (SubRip)"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\nHola\n", "", "has subtitles (WebVTT)"),
        ("Hola", ".vtt", "has subtitles (.vtt)"),
        ('{"text": "Le mai', ".txt", "begins like JSON but is not valid"),
        ('{\n"text": "a",\n"x": ,\n}', ".json", "is not valid JSON (Expecting value in its line 3)"),
        ("Le maire", ".docx", "is not a .docx file, or is damaged"),
        ("Le maire", ".pdf", "is not a .pdf file, or is damaged"),
        ("", ".epub", "is not a .epub file, or is damaged"),
        (MIXED_MAIL, ".txt", "is an e-mail with several parts"),
        ("Le maire", ".mht", "is not a web archive"),
        (zipped({"a.txt": "Text"}), ".zip", "is a ZIP archive, not a document: unpack it"),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), ".xlsx", "is a spreadsheet (.xlsx)"),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "", "has slides (.pptx)"),
        (zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), ".ods", "is an OpenDocument spreadsheet"),
        (word_sample()[:-40], ".docx", "is damaged or incomplete"),
        (b"PK\x03\x04" + bytes(99), ".txt", "is damaged or incomplete"),
        (OLD_OFFICE + "WordDocument".encode("utf-16-le"), ".doc", "is an old Word document (.doc): save it as .docx"),
        (OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), ".docx", "is encrypted with a password"),
        (OLD_OFFICE + "Workbook".encode("utf-16-le"), "", "is a spreadsheet (.xls)"),
        (b"\x89PNG\r\n\x1a\n", ".txt", "is a picture, not text"),
        (b"Rar!\x1a\x07\x00", "", "is a RAR archive, not text: unpack it"),
        (b"\x1f\x8b\x08", ".txt", "is compressed with gzip"),
        ("T1\tPER 0 4\tMusk\nT2\tORG 9 12\tIBM\nR1\tof Arg1:T1 Arg2:T2\n", ".txt", TOOL.format("brat")),
        ("T1\tPER 0 4\tMusk\n", ".ann", TOOL.format("brat")),
        ("-DOCSTART- -X- O O\n\nLe -X- _ O\n", ".txt", TOOL.format("CoNLL")),
        ("Le O\nmaire O\nde O\nGênes B-LOC\n", "", TOOL.format("CoNLL")),
        ("# sent_id = 1\n# text = Le maire\n1\tLe\tle\tDET\n", ".txt", TOOL.format("CoNLL-U")),
        ("#FORMAT=WebAnno TSV 3.3\n\n1-1\t0-2\tLe\n", ".tsv", TOOL.format("WebAnno TSV")),
        ("system\tdoc\tseg_id\trater\tsource\ttarget\tcategory\tseverity\nA\td\t1\tr\ts\tt\tc\tMinor\n", ".tsv", TOOL.format("MQM errors")),
        (b"x\x9c\x00\x01" * 20, ".spacy", TOOL.format("spaCy DocBin")),
    ],
)  # fmt: skip
def test_what_is_not_read_is_refused_with_what_to_do(content: str | bytes, suffix: str, message: str) -> None:
    data = content.encode() if isinstance(content, str) else content
    with pytest.raises(UnreadableFileError) as caught:
        list(documents(data, suffix))
    assert str(caught.value).startswith(message)
    assert ": " in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "postil " not in str(caught.value)


OFFSETS = {"start": 0, "end": 4, "label": "PER"}


@pytest.mark.parametrize(
    ("record", "tool"),
    [
        ({"text": "Musk", "_input_hash": 1, "answer": "accept"}, "Prodigy"),
        ({"text": "Musk", "spans": [OFFSETS]}, "Prodigy"),
        ({"id": 1, "text": "Musk", "label": [[0, 4, "PER"]]}, "doccano"),
        ({"id": 1, "data": "Musk", "labels": [[0, 4, "PER"]]}, "doccano"),
        ({"text": "Musk", "label": ["fact"], "Comments": []}, "doccano"),
        ({"text": "Musk", "entities": [{"start_offset": 0, "end_offset": 4}], "relations": []}, "doccano"),
        ({"id": 1, "data": {"text": "Musk"}, "annotations": []}, "Label Studio"),
        ({"data": {"text": "Musk"}, "completions": [{}]}, "Label Studio"),
        ({"text": "Musk", "annotation_id": 3, "lead_time": 1.5}, "Label Studio"),
        ({"text": "Musk", "entities": [[0, 4, "PER"]]}, "spaCy"),
        ({"text": "Musk", "ents": [OFFSETS], "tokens": []}, "spaCy"),
        ({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "Annotation"}, "Web Annotation"),
        ({"type": "Annotation", "body": [], "target": {"source": "x"}}, "Web Annotation"),
        ({"total": 1, "rows": [{"uri": "https://example.org", "target": []}]}, "Hypothesis"),
        ({"user": "acct:ana@hypothes.is", "uri": "x", "target": [], "text": "note"}, "Hypothesis"),
        ({"%TYPES": {}, "%FEATURE_STRUCTURES": []}, "UIMA CAS JSON"),
        ({"_context": {}, "_views": {}, "_referenced_fss": {}}, "UIMA CAS JSON"),
        ({"item_i": 1, "annotation": {"A": {"error_spans": []}}}, "translation errors, as Pearmut or Appraise have them"),
        ({"fields": {"text": "Musk"}, "responses": []}, "Argilla"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".json", ".jsonl", ".txt", ""])
def test_annotations_of_other_tools_are_recognised(record: dict[str, object], tool: str, suffix: str) -> None:
    for data in (json.dumps(record), json.dumps([record], indent=2)):
        with pytest.raises(UnreadableFileError) as caught:
            list(documents(data.encode(), suffix))
        assert str(caught.value).startswith(TOOL.format(tool))


@pytest.mark.parametrize(
    "record",
    [
        {"schema": "postil.annotation/1", "article": "a", "text": "One.", "tags": []},
        {"schema": "postil.article/1", "id": "a", "text": "One."},
        {"_meta": {"1": {}}, "annotations": {}, "state": {}},
    ],
)
def test_files_of_postil_are_recognised(record: dict[str, object]) -> None:
    for suffix in (".json", ".jsonl", ""):
        with pytest.raises(
            UnreadableFileError, match="not an article: add the file that the article came from"
        ):
            list(documents(json.dumps(record).encode(), suffix))


@pytest.mark.parametrize(
    "fields",
    [
        {"meta": {"source": "news"}, "tags": ["a"]},
        {"label": "politics"},
        {"labels": ["politics", "sport"]},
        {"entities": ["Rome", "Gênes"]},
        {"spans": []},
        {"annotations": 3},
        {"data": "2020-01-01"},
        {"type": "Article", "target": "all"},
        {"schema": "https://schema.org/NewsArticle"},
        {"cats": ["a"]},
        {"fields": ["a"], "suggestion": "b"},
        {"rows": 12, "user": "ana", "uri": "https://example.org"},
    ],
)
def test_articles_with_more_fields_stay_articles(fields: dict[str, object]) -> None:
    (document,) = documents(json.dumps({"text": "Le maire parle.", **fields}).encode(), ".jsonl")
    assert document.text == "Le maire parle."


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize(
    "text", ["The mayor spoke on Monday.", "Мэр выступил в понедельник.", "市長は月曜日に話した。"]
)
def test_wide_text_without_a_mark_is_text(text: str, encoding: str) -> None:
    [document] = documents(text.encode(encoding), ".txt")
    assert (document.text, document.encoding) == (text, encoding)

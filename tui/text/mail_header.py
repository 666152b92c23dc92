"""The header of a mail that was saved as plain text: which lines belong to it, and its subject.

Names of fields: RFC 5322, and the names that mail programs show in other languages.
"""

from __future__ import annotations

import re

_SUBJECTS = (
    "Subject|Betreff|Objet|Oggetto|Asunto|Assunto|Onderwerp|Temat|Тема|Předmět|Ämne|Emne|Konu|件名|主题|主旨"
)
_OTHERS = (
    "From|To|Cc|CC|Bcc|Date|Sent|Reply-To|Sender|Message-I[Dd]|In-Reply-To|References|Organi[sz]ation|Newsgroups|"
    "Lines|Path|Return-Path|Received|Delivered-To|User-Agent|MIME-Version|Content-[A-Z][A-Za-z-]{1,30}|List-[A-Z][a-z]{1,20}|"
    "X-[A-Za-z-]{1,30}|Von|An|Datum|Gesendet|De|À|Envoyé|Da|A|Inviato|Fecha|Enviado|Para|Data|Van|Aan|Verzonden|"
    "Od|Do|Wysłano|От|Кому|Дата|Від|Från|Till|Skickat|Komu|Fra|Til|Kimden|Kime|差出人|宛先|日付|发件人|收件人|日期"
)
FIELD = re.compile(rf"[>\s]{{0,8}}(?:(?P<subject>{_SUBJECTS})|{_OTHERS})[ \u00a0]?(?::(?=\s|$)|：)")
"""The beginning of a line of a header."""

_LONGEST = 8000
"""Code points of a header."""


def header_end(text: str) -> int:
    """The offset after a header at the start of the text; 0 if there is none, or only one field."""
    end = fields = 0
    for line in text[:_LONGEST].split("\n"):
        is_field = FIELD.match(line) is not None
        if not is_field and not (fields and line[:1] in " \t" and line.strip()):
            break
        fields += is_field
        end += len(line) + 1
    return min(end, len(text)) if fields > 1 else 0


def subject(text: str) -> str | None:
    """The subject in a header at the start of the text, decoded; None if there is none."""
    for line in text[: header_end(text)].split("\n"):
        field = FIELD.match(line)
        if field and field["subject"]:
            return _decoded(line[field.end() :].strip()) or None
    return None


def _decoded(value: str) -> str:
    """`=?utf-8?Q?Caf=C3=A9?=` is how a mail writes `Café`."""
    if "=?" not in value:
        return value
    from email.errors import HeaderParseError
    from email.header import decode_header, make_header

    try:
        return str(make_header(decode_header(value)))
    except (HeaderParseError, LookupError, ValueError):
        return value

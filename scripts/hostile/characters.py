"""Characters that hide, turn the direction of text, pile up or are no characters."""

from __future__ import annotations

import unicodedata

from scripts.hostile.case import Case


def directions() -> dict[str, Case]:
    marks = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u206a\u206b\u206c\u206d\u206e\u206f"
    cases: dict[str, Case] = {unicodedata.name(mark).lower(): f"a{mark}OWNED" for mark in marks}
    cases |= {
        "override never ended": "access = \u202e\u2066// OWNED\u2069 \u2066user",
        "early return": "'''\u2067 ;return OWNED'''",
        "file type": "facture\u202etxt.exe",
        "nested beyond the limit": "\u202b" * 130 + "OWNED" + "\u202c" * 130,
        "isolates beyond the limit": "\u2067" * 130 + "OWNED",
        "ends without a start": "\u2069\u202c" * 66 + "OWNED",
        "letters that run the other way": "\u05d0\u05d1\u05d2 OWNED 66 \u0627\u0628",
    }
    return cases


def hidden() -> dict[str, Case]:
    marks = {
        "soft hyphen": "\u00ad",
        "grapheme joiner": "\u034f",
        "Hangul filler": "\u115f\u1160\u3164\uffa0",
        "Khmer vowels without a look": "\u17b4\u17b5",
        "Mongolian separators": "\u180b\u180c\u180d\u180e",
        "zero-width space": "\u200b",
        "zero-width non-joiner": "\u200c",
        "zero-width joiner": "\u200d",
        "word joiner": "\u2060",
        "invisible mathematics": "\u2061\u2062\u2063\u2064",
        "byte order mark": "\ufeff",
        "annotation": "\ufff9a\ufffab\ufffb",
        "object": "\ufffc",
        "variation selectors": "".join(map(chr, range(0xFE00, 0xFE10))),
        "supplementary variation selectors": "".join(map(chr, range(0xE0100, 0xE01F0))),
        "tags": "".join(chr(0xE0000 + ord(char)) for char in "OWNED") + "\U000e007f",
        "language tag": "\U000e0001\U000e0066\U000e0072",
        "unassigned and ignorable": "\U000e0080\U000e0fff\u2065\ufff0",
        "musical formats": "".join(map(chr, range(0x1D173, 0x1D17B))),
        "shorthand formats": "\U0001bca0\U0001bca3",
        "hieroglyph formats": "\U00013430\U0001343f",
        "blank braille": "\u2800",
        "words in variation selectors": "".join(chr(0xE0100 + byte) for byte in b"OWNED"),
    }
    return {name: f"a{mark}OWNED" for name, mark in marks.items()}


def floods() -> dict[str, Case]:
    return {
        "marks above": "e" + "\u0301" * 5000 + " fin",
        "marks of every kind": "Z" + "".join(map(chr, range(0x300, 0x370))) * 20 + " fin",
        "enclosing marks": "a" + "\u20dd" * 500,
        "marks without a letter": "\u0301" * 500,
        "marks on a blank": " \u0301" * 200,
        "joiners": "a" + "\u200d" * 2000,
        "joined emoji": "\U0001f468\u200d" * 700 + "\U0001f469",
        "skin tones": "\U0001f44d" + "\U0001f3fd" * 500,
        "flags": "\U0001f1e6" * 501,
        "variations": "\u2764" + "\ufe0f" * 500,
        "Hangul parts": "\u1100" * 300 + "\u1161" * 300 + "\u11a8" * 300,
        "Thai vowels": "\u0e01" + "\u0e49" * 500,
        "Tibetan stack": "\u0f40" + "\u0f90" * 500,
        "Devanagari joins": "\u0915\u094d" * 500,
        "widest letter": "\ufdfd" * 200,
        "dunes of cuneiform": "\U0001242b" * 200,
        "no blank": "a" * 5000,
        "no blank, wide": "\u6f22" * 5000,
        "only no-break spaces": "\u00a0" * 500 + "a",
        "every kind of space": "a\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000b",
    }


def odd_characters() -> dict[str, Case]:
    cases: dict[str, Case] = {
        "lone high surrogate": "a\ud800OWNED",
        "lone low surrogate": "a\udfffOWNED",
        "surrogates the wrong way round": "a\udc00\ud800OWNED",
        "bytes as surrogates": "a\udc1b\udc9b31m\udc80\udcffOWNED",
        "noncharacters": "a\ufffe\uffff\ufdd0\ufdefOWNED",
        "private use": "a\ue000\uf8ff\U000f0000\U0010fffdOWNED",
        "unassigned": "a\u0378\U0001ffffOWNED",
        "replacement": "a\ufffdOWNED",
        "control pictures": "a\u241b[31mOWNED\u2421",
        "homoglyphs": "\u0430\u0440\u0440\u04cf\u0435 \u0399\u1d0f \uff2f\uff37\uff2e\uff25\uff24",
        "ligatures": "\ufb03 \ufb06 \u01c4",
        "compatibility": "\u2126 \u212b \uf900",
        "not normal": "e\u0301 \u00e9 \u1e9b\u0323",
        "grows in capitals": "\u0130\u00df\ufb03\u0149",
        "other digits": "\u0663\u0966\uff16\U0001d7d4",
        "wide punctuation": "\u3001\u3002\uff01\u300c\u300d",
        "ambiguous width": "\u00a7\u2460\u25cb\u2605",
        "emoji by selector": "\u2764\ufe0f\u2122\ufe0f1\ufe0f\u20e3",
        "last": "a\U0010ffff\U0010fffe",
    }
    for plane in (0x1FFFE, 0x8FFFF, 0xFFFFE):
        cases[f"noncharacter U+{plane:X}"] = f"a{chr(plane)}OWNED"
    return cases

"""Make the corpus of hostile text: `tests/hostile/*.json`, in ASCII, so that reading it harms nobody.

Each file is a family: an object from the name of a case to what it holds. Text is JSON text, with lone surrogates
where it has them; what is no text stands as `{"hex": "..."}`. Every sequence that a terminal would obey carries
OWNED or the number 66, which nothing of Postil's own does.
"""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

CORPUS = Path(__file__).parent.parent / "tests" / "hostile"

Case = str | bytes

ESC, BEL, ST = "\x1b", "\x07", "\x1b\\"
CSI, OSC, DCS, APC, PM, SOS = (ESC + char for char in "[]P_^X")


def corpus() -> dict[str, dict[str, Case]]:
    """The cases by family and name."""
    return {
        "controls": controls(),
        "csi": csi(),
        "osc": osc(),
        "strings": strings(),
        "escapes": escapes(),
        "split": split(),
        "eight-bit": eight_bit(),
        "directions": directions(),
        "hidden": hidden(),
        "floods": floods(),
        "odd-characters": odd_characters(),
        "markup": markup(),
        "line-ends": line_ends(),
        "formats": formats(),
        "encodings": encodings(),
        "names": names(),
    }


def controls() -> dict[str, Case]:
    """Every C0 and C1 control and DEL, alone between words."""
    return {f"U+{code:04X}": f"a{chr(code)}OWNED" for code in (*range(0x20), *range(0x7F, 0xA0))}


def csi() -> dict[str, Case]:
    told = {
        "colour": "31;5;53mOWNED",
        "colour never ended": "66mOWNED",
        "true colour by colons": "38:2::6:6:6mOWNED",
        "conceal": "8mOWNED",
        "blink": "5mOWNED",
        "cursor to": "66;66H",
        "cursor up": "66A",
        "cursor down": "66B",
        "cursor right": "66C",
        "cursor left": "66D",
        "column": "66G",
        "row": "66d",
        "tab back": "66Z",
        "clear screen": "2J",
        "clear scrollback": "3J",
        "clear line": "2K",
        "insert lines": "66L",
        "delete lines": "66M",
        "delete characters": "66P",
        "erase characters": "66X",
        "insert characters": "66@",
        "scroll up": "66S",
        "scroll down": "66T",
        "repeat": "66666b",
        "repeat without end": "99999999999b",
        "scroll region": "6;66r",
        "left and right margins": "?69h" + CSI + "6;66s",
        "save cursor": "s",
        "restore cursor": "u",
        "insert mode": "4h",
        "line feed mode": "20h",
        "keyboard locked": "2h",
        "alternate screen": "?1049h",
        "alternate screen left": "?1049l",
        "old alternate screen": "?47h",
        "cursor hidden": "?25l",
        "reverse video": "?5h",
        "origin mode": "?6h",
        "no wrap": "?7l",
        "132 columns": "?3h",
        "application keys": "?1h",
        "mouse": "?1003h",
        "bracketed paste off": "?2004l",
        "synchronised output begun": "?2026h",
        "in-band resize": "?2048h",
        "mode saved": "?66s",
        "mode restored": "?66r",
        "device attributes": "c",
        "secondary device attributes": ">c",
        "tertiary device attributes": "=c",
        "version report": ">q",
        "cursor report": "6n",
        "extended cursor report": "?6n",
        "mode report": "?66$p",
        "terminal parameters": "1x",
        "checksum of a rectangle": "6;1;1;1;66;66*y",
        "title report": "21t",
        "icon report": "20t",
        "size report": "18t",
        "resize": "8;66;66t",
        "iconify": "2t",
        "title pushed": "22;66t",
        "print screen": "5i",
        "print what follows": "4i",
        "cursor shape": "6 q",
        "soft reset": "!p",
        "protection": '1"q',
        "conformance level": '61"p',
        "kitty keyboard": ">66u",
        "modify other keys": ">4;2m",
        "fill rectangle": "66;1;1;66;66$x",
        "erase rectangle": "1;1;66;66$z",
        "locator": "1'z",
        "linux console palette": "]R",
        "very long": "6;" * 4000 + "6m",
        "a number without end": "6" * 4000 + "m",
        "broken off": "66;66",
        "a control inside": "6\x0a6\x08m",
        "an escape inside": "6" + ESC + "[66m",
        "cancelled": "66\x18mOWNED",
        "substituted": "66\x1amOWNED",
    }
    return {name: f"a{CSI}{rest}b" for name, rest in told.items()}


def osc() -> dict[str, Case]:
    told = {
        "icon and title": "0;OWNED",
        "icon": "1;OWNED",
        "title": "2;OWNED",
        "X property": "3;OWNED=66",
        "palette": "4;66;rgb:66/66/66",
        "palette asked": "4;66;?",
        "special colour": "5;0;rgb:66/66/66",
        "folder": "7;file://host/OWNED",
        "folder of ConEmu": "9;9;OWNED",
        "link": "8;;http://OWNED.example/",
        "link with an id": "8;id=66;file:///etc/passwd",
        "link left open": "8;;javascript:OWNED",
        "notification": "9;OWNED",
        "progress": "9;4;1;66",
        "notification of kitty": "99;i=66;OWNED",
        "notification of rxvt": "777;notify;OWNED;OWNED",
        "foreground": "10;#666666",
        "foreground asked": "10;?",
        "background": "11;#666666",
        "background asked": "11;?",
        "cursor colour": "12;#666666",
        "pointer shape": "22;OWNED",
        "log file": "46;OWNED",
        "font": "50;OWNED",
        "clipboard": "52;c;T1dORUQ=",
        "clipboard asked": "52;c;?",
        "primary selection": "52;p;T1dORUQ=",
        "every selection": "52;cpqs01234567;T1dORUQ=",
        "palette reset": "104;66",
        "foreground reset": "110",
        "prompt": "133;A;OWNED",
        "prompt of VS Code": "633;E;OWNED",
        "file of iTerm": "1337;File=name=T1dORUQ=;inline=1:T1dORUQ=",
        "copy of iTerm": "1337;Copy=:T1dORUQ=",
        "badge of iTerm": "1337;SetBadgeFormat=T1dORUQ=",
        "button of iTerm": "1337;Custom=id=OWNED:OWNED",
        "linux palette": "P6666666",
        "no number": "lOWNED",
        "number without end": "9" * 400 + ";OWNED",
    }
    cases: dict[str, Case] = {name: f"a{OSC}{rest}{BEL}b" for name, rest in told.items()}
    for name in ("title", "clipboard", "link", "notification of rxvt"):
        cases[f"{name}, ended by ST"] = f"a{OSC}{told[name]}{ST}b"
        cases[f"{name}, ended by C1"] = f"a{OSC}{told[name]}\x9cb"
        cases[f"{name}, never ended"] = f"a{OSC}{told[name]}"
    return cases


def strings() -> dict[str, Case]:
    told = {
        "settings asked": DCS + "$qm",
        "margins asked": DCS + "$qr",
        "settings restored": DCS + "1$t66",
        "termcap asked": DCS + "+q544e",
        "termcap set": DCS + "+p544e=66",
        "user keys": DCS + "0;1|17/4f574e4544",
        "soft font": DCS + "1;1;1{ @OWNED",
        "sixel": DCS + "0;0;0q#0;2;66;66;66#0!66~-",
        "sixel of great width": DCS + 'q"1;1;99999;99999#0!99999~',
        "ReGIS": DCS + "0pP[66,66]",
        "tmux passthrough": DCS + "tmux;" + ESC * 2 + "]0;OWNED" + BEL,
        "screen passthrough": DCS + ESC + "]0;OWNED" + BEL,
        "synchronised output": DCS + "=1s",
        "kitty graphics": APC + "Ga=T,f=24,s=1,v=1,i=66;T1dO",
        "kitty graphics of a file": APC + "Ga=T,t=f,i=66;L2V0Yy9wYXNzd2Q=",
        "kitty graphics asked": APC + "Gi=66,a=q;T1dO",
        "kitty graphics removed": APC + "Ga=d,d=A,i=66",
        "application command": APC + "OWNED",
        "privacy message": PM + "OWNED",
        "start of string": SOS + "OWNED",
        "title of screen": ESC + "kOWNED",
    }
    cases: dict[str, Case] = {name: f"a{rest}{ST}b" for name, rest in told.items()}
    for name in ("sixel", "kitty graphics", "privacy message", "title of screen"):
        cases[f"{name}, never ended"] = f"a{told[name]}"
    return cases


def escapes() -> dict[str, Case]:
    told = {
        "reset": "c",
        "save cursor": "7",
        "restore cursor": "8",
        "alignment test": "#8",
        "double height": "#3",
        "double width": "#6",
        "index": "D",
        "next line": "E",
        "reverse index": "M",
        "tab set": "H",
        "line drawing": "(0lqqk",
        "line drawing in G1": ")0\x0elqqk",
        "British": "(A#",
        "other character set": "%@",
        "UTF-8 for good": "%/G",
        "single shift 2": "N6",
        "single shift 3": "O6",
        "locking shift": "n6",
        "application keypad": "=",
        "ordinary keypad": ">",
        "8-bit controls": " G",
        "identify": "Z",
        "memory lock": "l",
        "guarded area": "V",
        "escape twice": ESC + "[66m",
        "escape at the end": "",
    }
    return {name: f"a{ESC}{rest}" for name, rest in told.items()}


def split() -> dict[str, Case]:
    """Sequences cut in two by what may part two pieces of output: a blank, a line's end, a sentence's end."""
    whole = {
        "title": (f"a{ESC}", f"]0;OWNED{BEL}b"),
        "title later": (f"a{OSC}0;OW", f"NED{BEL}b"),
        "colour": (f"a{ESC}", "[66mOWNED"),
        "colour later": (f"a{CSI}6", "6mOWNED"),
        "clipboard": (f"a{OSC}52;c;T1d", f"ORUQ={ST}b"),
        "string's end": (f"a{DCS}$qm{ESC}", "\\b"),
    }
    between = {"a sentence": ". Une", "a line": "\n", "a blank": " ", "a tab": "\t", "a return": "\r"}
    return {
        f"{name}, by {parting}": first + by + rest
        for name, (first, rest) in whole.items()
        for parting, by in between.items()
    }


def eight_bit() -> dict[str, Case]:
    """With the C1 forms of the introducers, as code points and, in Latin-1, as bytes."""
    told = {
        "colour": "\x9b31;66mOWNED",
        "clear": "\x9b2J",
        "alternate screen": "\x9b?1049h",
        "report": "\x9b6n",
        "title": "\x9d0;OWNED\x9c",
        "clipboard": "\x9d52;c;T1dORUQ=\x9c",
        "link": "\x9d8;;http://OWNED.example/\x9c",
        "settings asked": "\x90$qm\x9c",
        "sixel": "\x90q#0;2;66;66;66!66~\x9c",
        "graphics": "\x9fGa=T,i=66;T1dO\x9c",
        "privacy message": "\x9eOWNED\x9c",
        "start of string": "\x98OWNED\x9c",
        "next line": "\x85OWNED",
        "reverse index": "\x8dOWNED",
        "single shift": "\x8e6\x8f6",
    }
    cases: dict[str, Case] = {name: f"a{rest}b" for name, rest in told.items()}
    for name in ("colour", "title", "clipboard", "graphics"):
        cases[f"{name}, as bytes"] = f"a{told[name]}b".encode("latin-1")
    return cases


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


def markup() -> dict[str, Case]:
    return {
        "bold": "[bold red]OWNED[/]",
        "closed too often": "OWNED[/][/bold][/nope]",
        "never closed": "[bold OWNED",
        "action": "[@click=app.quit]OWNED[/]",
        "action with words": "[@click=\"app.open_url('http://OWNED')\"]x[/]",
        "link": "[link=http://OWNED.example]x[/link]",
        "emoji": ":warning: :OWNED:",
        "variable": "[$error]OWNED[/] $text-muted",
        "style": "[on rgb(6,6,6) #666666 not-a-style]OWNED[/]",
        "escaped": "\\[bold]OWNED\\[/bold] \\\\[red]x",
        "nested": "[" * 500 + "OWNED" + "]" * 500,
        "empty": "[] [ ] [/] [@] [=] [#]",
        "Markdown": "# OWNED\n![x](http://OWNED)[y](javascript:OWNED) <script>OWNED</script>",
        "HTML": "<b onclick='OWNED'>x</b>&#27;[66m&#x9b;66m&lrm;&rlm;<!-- OWNED -->",
        "TOML": '"""\n[keys]\n"quit" = ["f"]\n#OWNED',
        "JSON": '","tags":["OWNED"],"x":"',
        "formula": '=HYPERLINK("http://OWNED","x")',
        "formula with a sign": "@SUM(66)+cmd|' /C OWNED'!A0",
    }


def line_ends() -> dict[str, Case]:
    return {
        "return": "harmless\rOWNED",
        "return and line feed": "a\r\nOWNED",
        "returns before a line feed": "a\r\r\r\nOWNED",
        "line feed and return": "a\n\rOWNED",
        "next line": "a\x85OWNED",
        "line separator": "a\u2028OWNED",
        "paragraph separator": "a\u2029OWNED",
        "vertical tab": "a\x0bOWNED",
        "form feed": "a\x0cOWNED",
        "file, group, record and unit": "a\x1cb\x1dc\x1ed\x1fOWNED",
        "backspaces": "good" + "\x08" * 4 + "OWNED",
        "struck over": "O\x08OW\x08WN\x08NE\x08ED\x08D",
        "underlined": "_\x08O_\x08W_\x08N",
        "deletes": "good" + "\x7f" * 4 + "OWNED",
        "tabs": "\t" * 66 + "OWNED",
        "bells": "\x07" * 66 + "OWNED",
        "nulls": "\x00" * 66 + "OWNED",
        "end of file": "a\x04\x1aOWNED",
        "flow control": "a\x13\x11OWNED",
    }


def formats() -> dict[str, Case]:
    return {
        "percent": "%s%n%d%x%(OWNED)s%",
        "braces": "{0} {OWNED} {0.__class__.__mro__} {{}} }{",
        "shell": "$(touch OWNED) `touch OWNED` ; touch OWNED | tee OWNED && x",
        "variables": "$HOME ${PATH} ~root %USERPROFILE% !!",
        "option": "--help -rf --annotations=/OWNED",
        "number": "9" * 5000,
        "signed": "-0 +0 1e999 -1e999 nan inf 0x66 6_6",
        "date": "9999-99-99T99:99:99Z 0000-00-00",
        "path": "../../../../etc/passwd /dev/tcp/OWNED/66 \\\\OWNED\\share C:\\OWNED",
        "template": "{{7*7}} <%= 66 %> #{66} ${{66}}",
        "SQL": "'; DROP TABLE annotations; -- OWNED",
        "regular expression": "(a+)+$ [^ (?P<OWNED> \\1 .*.*.*.*",
        "quotation marks": "'\"`´‘’‚‛“”„‟«»‹›",
    }


def encodings() -> dict[str, Case]:
    told: dict[str, bytes] = {
        "overlong slash": b"a\xc0\xafOWNED",
        "overlong escape": b"a\xc0\x9b[66mOWNED",
        "overlong escape of three": b"a\xe0\x80\x9b[66mOWNED",
        "overlong escape of four": b"a\xf0\x80\x80\x9b[66mOWNED",
        "overlong NUL": b"a\xc0\x80OWNED",
        "surrogate in UTF-8": b"a\xed\xa0\x80OWNED",
        "surrogates in UTF-8": b"a\xed\xa0\xbd\xed\xb8\x80OWNED",
        "beyond Unicode": b"a\xf4\x90\x80\x80OWNED",
        "five bytes": b"a\xf8\x88\x80\x80\x80OWNED",
        "six bytes": b"a\xfc\x84\x80\x80\x80\x80OWNED",
        "never a byte": b"a\xfe\xffOWNED",
        "continuations alone": b"a" + b"\x80" * 9 + b"\x9b66mOWNED",
        "cut off": b"a\xe2\x82",
        "cut off before an escape": b"a\xe2\x82\x1b[66mOWNED",
        "cut off before a C1": b"a\xe2\x9b66mOWNED",
        "C1 in UTF-8": b"a\xc2\x9b66mOWNED\xc2\x9d0;OWNED\xc2\x9c",
        "mark within": b"a\xef\xbb\xbfOWNED",
        "two marks": b"\xef\xbb\xbf\xef\xbb\xbfOWNED",
        "UTF-16": "a\x1b[66mOWNED\u202e".encode("utf-16"),
        "UTF-16 the other way": b"\xfe\xff" + "a\x9b66mOWNED".encode("utf-16-be"),
        "UTF-16 cut off": "aOWNED".encode("utf-16")[:-1],
        "UTF-16 with a lone surrogate": b"\xff\xfea\x00\x00\xd8O\x00W\x00",
        "UTF-32": "a\x1b]0;OWNED\x07".encode("utf-32"),
        "UTF-32 beyond Unicode": b"\xff\xfe\x00\x00\xff\xff\xff\x7f",
        "UTF-7": b"+ABs-[66mOWNED",
        "ISO-2022-JP": "a\u6f22OWNED".encode("iso2022_jp"),
        "HZ": "a\u6c49OWNED".encode("hz"),
        "windows-1252": "\u00e9t\u00e9 \u201cOWNED\u201d \u20ac".encode("cp1252"),
        "windows-1252, undefined": b"\xe9t\xe9 \x81\x8d\x8f\x90\x9d OWNED",
        "Shift-JIS, escape as the second byte": b"a\x83\x1b[66mOWNED",
        "EBCDIC": "OWNED".encode("cp500"),
        "every byte": bytes(range(256)),
    }
    return dict(told)


def names() -> dict[str, Case]:
    """File names; a slash in one is a folder, and what no file system takes is for the options and the messages."""
    told: dict[str, Case] = {
        "title": f"a{OSC}0;OWNED{BEL}b.txt",
        "colour": f"a{CSI}66mb.txt",
        "C1": "a\x9b66mb.txt",
        "line feed": "a\nOWNED.txt",
        "return": "harmless.txt\rOWNED.txt",
        "backspace": "a\x08\x08OWNED.txt",
        "tab": "a\tOWNED.txt",
        "override": "OWNED\u202etxt.exe.txt",
        "isolate": "a\u2067OWNED.txt",
        "separator": "a\u2028OWNED.txt",
        "zero width": "a\u200b\u200d\ufeffOWNED.txt",
        "tags": "a\U000e004f\U000e0057.txt",
        "marks": "e" + "\u0301" * 60 + ".txt",
        "markup": "[red]a[@click=app.quit]OWNED.txt",
        "markup closed too often": "a[ bold][ nope].txt",
        "quotes": "a'b\"c`OWNED`.txt",
        "shell": "$(OWNED);OWNED&|<>.txt",
        "pattern": "*?[a-z]{OWNED}.txt",
        "option": "--help",
        "option with a value": "-rf=OWNED.txt",
        "hidden": ".OWNED.txt",
        "only a suffix": ".txt",
        "no suffix": "OWNED",
        "blanks": "  OWNED  .txt",
        "only a blank": " .txt",
        "dots": "...txt",
        "home": "~OWNED.txt",
        "device": "CON.txt",
        "stream": "a.txt:OWNED",
        "wide": "\u6f22\u5b57OWNED.txt",
        "not normal": "cafe\u0301.txt",
        "longest": "O" * 251 + ".txt",
        "format": "%s%n{0.__class__}.txt",
        "path upwards": "../../OWNED.txt",
        "absolute": "/OWNED/66.txt",
        "no UTF-8": b"a\xff\xfeOWNED.txt",
        "Latin-1": "\u00e9t\u00e9OWNED.txt".encode("latin-1"),
        "raw C1": b"a\x9b66mb\x9d0;OWNED\x9c.txt",
        "surrogate in UTF-8": b"a\xed\xa0\x80OWNED.txt",
        "overlong": b"a\xc0\x9b66m.txt",
    }
    return told


def as_json(cases: dict[str, Case]) -> str:
    told = {name: case if isinstance(case, str) else {"hex": case.hex()} for name, case in cases.items()}
    return json.dumps(told, indent=1, ensure_ascii=True) + "\n"


def main() -> None:
    CORPUS.mkdir(exist_ok=True)
    for old in CORPUS.glob("*.json"):
        old.unlink()
    families = corpus()
    for family, cases in families.items():
        (CORPUS / f"{family}.json").write_text(as_json(cases), encoding="ascii")
    print(f"{sum(map(len, families.values()))} cases in {CORPUS}")


if __name__ == "__main__":
    main()

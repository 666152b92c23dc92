"""What files and their names can do: markup, line ends, formats, encodings and file names."""

from __future__ import annotations

from scripts.hostile.case import BEL, CSI, OSC, Case


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

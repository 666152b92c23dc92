"""Control strings: OSC, DCS, APC, PM and SOS; and sequences that are cut in two or begin with a C1 control."""

from __future__ import annotations

from scripts.hostile.case import APC, BEL, CSI, DCS, ESC, OSC, PM, SOS, ST, Case


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

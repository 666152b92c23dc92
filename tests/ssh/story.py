"""Three people and one article, over real SSH lines: from the first decision until everything is settled.

Ana and Ben annotate the sample, Ben over a line that is cut; Rita settles what they differ on, while Ana goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from tests.ssh.conftest import Server
from tests.ssh.test_serving import added
from tests.terminal import Terminal

Start = Callable[[str, str], Terminal]
"""Who, and with what command."""

# -- what they type --------------------------------------------------------

ALIKE = "foqtsfqosf"
"""The keys for sentences 1 to 10, 11 to 20 and so on, where nothing else is said below."""

ANA = {
    2: "f",
    3: "f",
    4: "f",
    5: "wf",
    8: "ej\rMst",
    9: "p\r/Sam Altman\rq",
    10: "ej\rMst",
    14: "f",
    16: "f",
    20: "f",
    22: "nune remarque d'Ana\rf",
    26: "ed\rmw=offre\rt",
}
"""Where Ana has more to say than one tag, or she and Ben differ."""

BEN = {
    2: "o",
    3: "nune remarque de Ben\rq",
    4: "o",
    5: "f",
    8: "ej\rmgt",
    9: "p\r0q",
    10: "f",
    14: "o",
    16: "q",
    20: "f",
    22: "f",
    26: "ed\rmwt",
}


def keys(own: Mapping[int, str], first: int, last: int) -> str:
    """For the sentences from one to another; each ends with the key that goes on to the next."""
    return "".join(own.get(number, ALIKE[(number - 1) % 10]) for number in range(first, last + 1))


def piecemeal(terminal: Terminal, typed: str) -> None:
    """Send keys as a poor line does, which tears them apart at every byte."""
    for byte in typed.encode():
        terminal.send_bytes(bytes([byte]))


def at(terminal: Terminal, words: str) -> None:
    """Wait until the cursor is on the sentence that begins so."""
    shown(terminal, "▌", words)


def shown(terminal: Terminal, *words: str) -> None:
    """Wait for a row that holds all of these."""
    terminal.wait_for(lambda screen: any(all(word in row for word in words) for row in screen.split("\n")))


def leave(terminal: Terminal) -> None:
    terminal.send("\x11")
    assert terminal.wait_for_end() == 0


# -- the story -------------------------------------------------------------


class Told(NamedTuple):
    """What is there in the end."""

    article: str
    seen: Mapping[str, bytes]
    """All that came over each person's lines."""


@contextmanager
def whole_story(server: Server) -> Generator[Told]:
    """Until everything is settled and everybody has left; afterwards nobody has done anything."""
    forget(server)
    article = added(server)
    lines: dict[str, list[Terminal]] = {name: [] for name in server.names}

    def start(who: str, verb: str) -> Terminal:
        lines[who].append(server.terminal(who, verb, article))
        return lines[who][-1]

    try:
        ana = annotate(server, start)
        second_pass(server)
        review(server, start, ana)
        yield Told(article, {who: b"".join(bytes(line.raw) for line in of) for who, of in lines.items()})
    finally:
        for line in (line for of in lines.values() for line in of):
            line.close()
        forget(server)


def forget(server: Server) -> None:
    """Take everybody's work away."""
    server.wait_until_gone()
    for own in server.people.iterdir():
        shutil.rmtree(own)


def annotate(server: Server, start: Start) -> Terminal:
    """Ana decides all but the last sentence, and stays; Ben all but the last two, and Rita one."""
    ana, ben = start("ana", "open"), start("ben", "open")
    ana.wait_for("0/41 decided")
    ben.wait_for("0/41 decided")
    ana.send(keys(ANA, 1, 40))
    # Ben's line drops while he points at a word.
    piecemeal(ben, keys(BEN, 1, 20) + "e")
    ben.wait_for("20/41 decided")
    ben.wait_for("start word")
    ben.close()
    # Before a person has called again, what ran over the cut line has ended.
    server.wait_until_gone("ben")
    again = start("ben", "open")
    again.wait_for("20/41 decided")
    at(again, "Après plusieurs tour")
    piecemeal(again, keys(BEN, 21, 39))
    again.wait_for("39/41 decided")
    leave(again)
    rita = start("rita", "open")
    rita.wait_for("0/41 decided")
    piecemeal(rita, "\x1b[B\x1b[B\x1b[B")
    at(rita, "La proposition")
    rita.send("o")
    rita.wait_for("1/41 decided")
    leave(rita)
    ana.wait_for("40/41 decided")
    ana.wait_for("saved ✓")
    return ana


def second_pass(server: Server) -> None:
    """Ana decides two sentences once more, on the host itself: over a line there is no such command."""
    done = server.postil_here("ana", "agreement", "--redo", typed=b"o\no\n")
    assert done.returncode == 0, done.stderr
    assert list((server.people / server.names["ana"]).glob("*.second.json"))


def review(server: Server, start: Start, ana: Terminal) -> None:
    """Rita settles all, by every kind of decision, while Ana goes on."""
    rita = start("rita", "review")
    rita.wait_for("0/8 settled")
    for number, who in enumerate(("ana", "ben", "rita"), start=1):
        rita.wait_for(f"{number} {server.names[who]}")
    assert "second" not in rita.screen

    # A digit.
    rita.send("\t")
    at(rita, "Le patron")
    rita.send("1")
    rita.wait_for("1/8 settled")
    at(rita, "Déterminé")
    rita.wait_for("une remarque de Ben")
    rita.send("2")
    rita.wait_for("2/8 settled")
    # What two of three say.
    at(rita, "La proposition")
    rita.send("m")
    rita.wait_for("3/8 settled")
    # A tie, then the highlighted column.
    at(rita, "La réponse")
    rita.send("m")
    rita.wait_for("choose one version")
    rita.send("C\r")
    rita.wait_for("4/8 settled")
    at(rita, "Avec une ironie")
    rita.send("1")
    rita.wait_for("5/8 settled")
    # A rejection, which asks why.
    at(rita, "Une fente")
    piecemeal(rita, "Rbien écrit\r")
    rita.wait_for("6/8 settled")
    # The reviewer's own, and why.
    at(rita, "Et dire")
    rita.send("ea\rms")
    rita.wait_for("marked “gourous”")
    rita.send("f")
    rita.wait_for("7/8 settled")
    rita.send("kn")
    rita.wait_for("reason")
    piecemeal(rita, "déjà vu\r")
    # A decision that is taken back.
    rita.send("\t")
    at(rita, "Mais dans le 2018")
    rita.send("1")
    rita.wait_for("everything is settled")
    rita.send("u")
    rita.wait_for("7/8 settled")
    at(rita, "Mais dans le 2018")
    rita.send("2")
    rita.wait_for("8/8 settled")

    # Ana says more about what is settled, and something else about what was agreed on.
    # What ssh prints has to be read, or it takes no more keys.
    ana.send("gjq")
    ana.wait_for("Sentence 3 of 41")
    rita.wait_for("7/8 settled")
    at(rita, "Mais dans le 2018")
    ana.send("#20\ro")
    ana.wait_for("Sentence 21 of 41")
    shown(rita, "FO··", "≠", "Altman a commencé")
    rita.wait_for("7/9 settled")
    at(rita, "Mais dans le 2018")
    leave(ana)
    piecemeal(rita, "\x1b[Z")
    at(rita, "Le patron")
    shown(rita, "F·Q·", "≠", "Le patron")
    rita.send("1")
    rita.wait_for("8/9 settled")
    at(rita, "Altman a commencé")
    rita.send("2")
    rita.wait_for("9/9 settled")
    leave(rita)

"""The features of the tokens near capitals. The same code trains the recogniser and recognises.

A feature is a short text that says one thing of a token: its letters, its shape, its neighbours, its run of capitals.
"""

from __future__ import annotations

from collections.abc import Iterator

from tui.text.names.languages import CLASS_OF, TRAINED, group
from tui.text.names.line import Line
from tui.text.names.word_lists import Kind

HIDDEN = "?"
"""The language of texts in languages without training data; half of the training is done as if it were so."""


def segments(line: Line, language: str, is_hidden: bool = False) -> Iterator[tuple[int, list[list[str]]]]:
    """Each stretch of tokens that may contain names: the index of its first token, and the features of each token.

    With `is_hidden` the language is treated as one without training data.
    """
    known = language if language in TRAINED and not is_hidden else HIDDEN
    related = group(language)
    i, length = 0, len(line.words)
    while i < length:
        if not line.is_active[i]:
            i += 1
            continue
        first = i
        tokens: list[list[str]] = []
        while i < length and line.is_active[i]:
            features = _of_word(line, i, known, related)
            _add_neighbours(features, line, i)
            _add_run(features, line, i)
            tokens.append(features)
            i += 1
        yield first, tokens


def _of_word(line: Line, i: int, language: str, related: str) -> list[str]:
    lower, shape, letters, kinds = line.lower[i], line.shapes[i], line.letters[i], line.kinds[i]
    opens = "^" if line.is_start[i] else ""
    end = lower[-3:]
    features = [
        "b",
        f"w={lower}",
        f"s={shape}{opens}",
        f"g={letters}",
        f"lg={language}{shape}{letters}{opens}",
        f"gg={related}{shape}{letters}{opens}",
        f"u2={lower[-2:]}",
        f"u3={end}",
        f"p4={lower[:4]}",
    ]
    if line.has_capital[i]:
        features += [
            f"W={line.words[i]}",
            f"cu3={end}{related}",
            f"u4={lower[-4:]}{shape}",
            f"p3={lower[:3]}",
        ]
    if kinds & _WORD_OF_NAME:
        if kinds & Kind.TITLE:
            features.append(f"t={shape}")
        if kinds & Kind.INSTITUTION:
            features.append(f"o={shape}")
        if kinds & Kind.GEOGRAPHY:
            features.append(f"l={shape}")
    return features


_WORD_OF_NAME = int(Kind.TITLE | Kind.INSTITUTION | Kind.GEOGRAPHY)


def _add_neighbours(features: list[str], line: Line, i: int) -> None:
    lower, shapes, letters, last = line.lower, line.shapes, line.letters, len(line.words) - 1
    shape, own = shapes[i], letters[i]
    after = shapes[i + 1] if i < last else "_"
    if i < last:
        word = lower[i + 1]
        features += [f"+w={word}", f"+s={after}{letters[i + 1]}{shape}", f"+u={word[-3:]}{shape}"]
        kind = CLASS_OF.get(word)
        if kind:
            features.append(f"+c={kind}{shape}{own}")
        if i + 1 < last:
            features += [f"++w={lower[i + 2]}{shape[0]}", f"++s={shapes[i + 2]}{letters[i + 2]}"]
    else:
        features.append(f"+_{shape}")
    if i:
        word, before = lower[i - 1], shapes[i - 1]
        kind = CLASS_OF.get(word)
        if kind:
            features += [f"-c={kind}{shape}{own}", f"-c3={kind}{shape}{after}"]
        features += [
            f"-w={word}{shape}",
            f"-s={before}{letters[i - 1]}{shape}{own}",
            f"-u={word[-3:]}{shape}",
            f"3s={before}{shape}{after}",
        ]
        if i > 1:
            features += [f"--w={lower[i - 2]}{shape[0]}", f"--s={shapes[i - 2]}{letters[i - 2]}"]
        if line.kinds[i - 1] & Kind.TITLE:
            features.append(f"T1{shape}")
        elif i > 1 and line.kinds[i - 2] & Kind.TITLE:
            features.append(f"T2{shape}")
    else:
        features.append(f"-_{shape}")


def _add_run(features: list[str], line: Line, i: int) -> None:
    run = line.runs[i]
    if run is None:
        return
    start, end, contains = run
    lower, letters = line.lower, line.letters
    length = min(end - start, 5)
    at = (
        "1"
        if length == 1
        else "s"
        if i == start
        else "e"
        if i == end - 1
        else "m"
        if start < i < end
        else "o"
    )
    first, final = letters[start] if start < end else "", letters[end - 1]
    before = lower[start - 1] if start else "_"
    after = lower[end] if end < len(lower) else "_"
    features += [
        f"rk={contains}{at}{length}",
        f"rf={first}{at}",
        f"rl={final}{at}",
        f"rfl={first}{final}{length}",
        f"rb={before}{at}",
        f"ra={after}{at}",
        f"rF={lower[min(start, end - 1)]}{at}",
        f"rL={lower[end - 1]}{at}",
        f"rc={CLASS_OF.get(before, '-') if start else '^'}{at}{first}",
        f"rd={CLASS_OF.get(after, '-')}{at}{final}",
    ]
    if start > 1:
        features.append(f"r2={lower[start - 2]} {before}")
    if end + 1 < len(lower):
        features.append(f"ra2={after} {lower[end + 1]}")

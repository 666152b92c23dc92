"""A hard-wrapped article as it reads: with blanks for the line ends within its paragraphs."""

from __future__ import annotations

from tui.model.article import Article

_LINE_ENDS = str.maketrans(dict.fromkeys("\n\u2028\u2029", " "))


def flowing_text(article: Article) -> str:
    """The text with its offsets unchanged: in hard-wrapped paragraphs each line end is a blank.

    Rules that look at a line at a time then see whole paragraphs. Any other article's text is returned as it is.
    """
    if article.layout != "wrapped":
        return article.text
    text = article.text
    pieces: list[str] = []
    position = 0
    for paragraph in range(len(article.paragraphs)):
        sentences = article.paragraph_sentences(paragraph)
        if not sentences:
            continue
        start, end = article.starts[sentences[0]], article.ends[sentences[-1]]
        pieces += (text[position:start], text[start:end].translate(_LINE_ENDS))
        position = end
    return "".join([*pieces, text[position:]])

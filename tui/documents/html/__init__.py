"""Reading HTML: the article of a web page, as the page shows it.

An extractor chooses the parts of the page that make up the article; the text itself is taken from the page, so
that no word is joined to another or cut in two.
"""

from tui.documents.html.reading import read as read

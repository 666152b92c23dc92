"""Make the corpus of hostile text: `tests/hostile/*.json`, in ASCII, so that reading it harms nobody.

Each file is a family: an object from the name of a case to what it holds. Text is JSON text, with lone surrogates
where it has them; what is no text stands as `{"hex": "..."}`. Every sequence that a terminal would obey carries
OWNED or the number 66, which nothing of Postil's own does.
"""

"""How well names are found, as it was measured: F1 of exact names with their kinds, in per cent (docs/names.md)."""

from __future__ import annotations

F1 = {
    "de": 79,
    "hr": 80,
    "es": 75,
    "fr": 73,
    "ro": 73,
    "it": 72,
    "en": 67,
    "sk": 67,
}
"""Of Postil's own recogniser, by language: encyclopedia, news and, in Slovak, fiction."""
FRENCH_MODEL = 80
"""Of fr_core_news_sm."""

SPACY = tuple(
    str.split(
        "ca_core_news da_core_news de_core_news el_core_news en_core_web es_core_news fi_core_news hr_core_news "
        "it_core_news ja_core_news ko_core_news lt_core_news mk_core_news nb_core_news nl_core_news pl_core_news "
        "pt_core_news ro_core_news ru_core_news sl_core_news sv_core_news uk_core_news zh_core_web"
    )
)
"""The beginnings of the names of spaCy's models, a language each."""

"""The names and values of a text, from all recognisers, without overlaps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from tui.model.article import Entity, EntityCount
from tui.text import aliases as alias_list
from tui.text import repair, spacy_french, spacy_models, values
from tui.text.aliases import Aliases
from tui.text.mentions import Mention, plain
from tui.text.spacy_french import FrenchModel

MOST_COUNTS = 40
_NAMES = frozenset({"PER", "ORG", "LOC", "MISC"})


class Recognised(NamedTuple):
    entities: list[Entity]
    """Sorted and without overlaps; none crosses a line end."""
    counts: list[EntityCount]
    """Names, most frequent first, at most `MOST_COUNTS`."""
    recogniser: str
    """What found the names, for display: `fr_core_news_sm 3.8.0` or `names 1a2b3c4d`."""
    version: str
    """The recogniser and all later steps, for `Article.prepared_by`."""
    problem: str | None = None
    """Why the recogniser that comes with Postil was not used, in one line."""


def recognise(
    text: str,
    language: str,
    aliases: Aliases,
    model: FrenchModel | None,
    progress: Callable[[float], None] = lambda _: None,
) -> Recognised:
    """Find names with the model, if it is one of this language, or the recogniser of Postil, values by rules, and the listed names.

    If a name and a value overlap, the longer one counts, or the value if they are the same words. A listed name
    takes precedence over both. `progress` receives the share that is done, 0 to 1. Raises ProcessKilled.
    """
    if model is not None and spacy_french.reads(model, language):
        recogniser, origin, problem, names_take = str(model), "model", None, 0.95
        labels = spacy_french.LABELS if language == "fr" else spacy_models.LABELS
        mentions = spacy_french.recognise(model.nlp, text, lambda share: progress(names_take * share), labels)
        repaired = repair.repair(text, mentions, language)
    else:
        # Imported here, since opening a stored article needs none of it.
        from tui.text.names import finder

        repaired, recogniser, origin, problem = finder.find(text, language)
        names_take = 0.5
    names = [_entity(mention, origin) for mention in repaired]
    found_values = values.find(text, language, lambda share: progress(names_take + (1 - names_take) * share))
    entities = alias_list.apply(text, _merged(names, found_values), aliases)
    version = f"{recogniser} + repair {repair.VERSION}"
    if aliases.digest:
        version += f" + aliases {aliases.digest}"
    return Recognised(entities, count(text, entities, aliases), recogniser, version, problem)


def count(text: str, entities: Iterable[Entity], aliases: Aliases) -> list[EntityCount]:
    """How often each name occurs.

    Variants of a listed name count under its first form. A surname counts under the full name if exactly one
    person in the text bears it, else by itself.
    """
    tally: Counter[tuple[str, str]] = Counter()
    for entity in entities:
        if entity.label in _NAMES:
            written = plain(text[entity.start : entity.end])
            known = aliases.known.get(written) if entity.origin == "alias" else None
            tally[known.name if known else written, entity.label] += 1
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for name, label in tally:
        surname = repair.surname_of(name) if label == "PER" else None
        if surname:
            bearers[surname].add(name)
    folded: Counter[tuple[str, str]] = Counter()
    for (name, label), times in tally.items():
        full = bearers.get(name, set[str]()) if label == "PER" else set[str]()
        folded[next(iter(full)) if len(full) == 1 else name, label] += times
    return [
        EntityCount(text=name, label=label, count=times)
        for (name, label), times in folded.most_common(MOST_COUNTS)
    ]


def _entity(mention: Mention, origin: str) -> Entity:
    return Entity(start=mention.start, end=mention.end, label=mention.label, origin=origin)


def _merged(names: Sequence[Entity], found_values: Sequence[Entity]) -> list[Entity]:
    """Names and values, sorted; of two that overlap only the longer is kept."""
    kept: list[Entity] = []
    for entity in sorted((*names, *found_values), key=lambda e: (e.start, e.label in _NAMES)):
        if not kept or kept[-1].end <= entity.start:
            kept.append(entity)
        elif _length(entity) > _length(kept[-1]):
            kept[-1] = entity
    return kept


def _length(entity: Entity) -> int:
    return entity.end - entity.start

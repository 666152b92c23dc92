"""The block of fields at the top of a Markdown file: YAML between `---`, TOML between `+++`, or a JSON object.

YAML is read as a stream of events: nothing is built, so aliases cannot grow, and every value is the text it is
written as. A block that is no valid YAML or TOML is still left out if all its lines look like fields, and those fields
that stand on a line of their own are read.
"""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec

from tui.text import bounded_toml

if TYPE_CHECKING:
    import yaml

MOST_CHARACTERS = 32 * 1024
"""Maximum length of front matter, in code points."""
_MOST_BRACKETS = 500
"""The YAML parser takes time quadratic in the number of nested brackets."""

_TITLE = ("title",)
_LANGUAGE = ("language", "lang", "locale")
_SOURCE = ("source", "url", "canonical_url", "canonicalurl", "link")
_USUAL = frozenset(
    [
        *(
            *_TITLE,
            *_LANGUAGE,
            *_SOURCE,
            "aliases",
            "author",
            "authors",
            "bibliography",
            "byline",
            "categories",
        ),
        *(
            "category",
            "cover",
            "created",
            "date",
            "description",
            "draft",
            "excerpt",
            "id",
            "image",
            "keywords",
        ),
        *(
            "lastmod",
            "layout",
            "menu",
            "modified",
            "params",
            "permalink",
            "publishdate",
            "published",
            "series",
        ),
        *(
            "sidebar",
            "slug",
            "status",
            "subtitle",
            "summary",
            "tag",
            "tags",
            "taxonomies",
            "template",
            "type",
        ),
        *("updated", "version", "weight"),
    ]
)
"""Names in lower case. A block without any of them may be text, so leaving it out is said."""


class FrontMatter(msgspec.Struct, frozen=True):
    """The fields, each on one line or None, and the text after the block."""

    body: str
    title: str | None = None
    language: str | None = None
    source: str | None = None
    warnings: tuple[str, ...] = ()


class _Block(NamedTuple):
    kind: str
    """`---` or `+++`."""
    content: str
    line: int
    """The number of its first line, from 1."""
    end: int
    """Offset after its last line."""


class _NotReadError(Exception):
    """A block that cannot be read; `str()` says what is wrong and where."""


_FENCE = re.compile(r"\s*^(---|\+\+\+)[ \t]*\n", re.MULTILINE)
_CLOSING = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE),
}
_FIRST = {
    "---": re.compile(r"""(?:[\w.-]+|"[^"\n]+"|'[^'\n]+')[ \t]*:(?:\s|\Z)"""),
    "+++": re.compile(r"[\w.\"'-]+[ \t]*=|\["),
}
_FIELD_LINE = {
    "---": re.compile(r"[\w.-]+[ \t]*:|[\s#}\]-]"),
    "+++": re.compile(r"[\w.\"'-]+[ \t]*=|[\s#[\]}{\"',]"),
}
_SIMPLE = {
    "---": re.compile(r"^([\w.-]+)[ \t]*:[ \t]+(.+)$", re.MULTILINE),
    "+++": re.compile(r"^([\w.-]+)[ \t]*=[ \t]*(.+)$", re.MULTILINE),
}


def split(text: str) -> FrontMatter:
    """The front matter of a text and the rest, which is the whole text if there is none."""
    block = _block(text)
    if block is None:
        return _json(text)
    lines = [line for line in block.content.split("\n") if line.strip() and not line.startswith("#")]
    if not lines:
        return FrontMatter(text[block.end :])
    if not _FIRST[block.kind].match(lines[0]):
        return FrontMatter(text)
    try:
        fields = _toml(block) if block.kind == "+++" else dict(_yaml(block))
    except _NotReadError as error:
        if not all(_FIELD_LINE[block.kind].match(line) for line in lines):
            warning = f"the lines at the top are not front matter ({error}), so they stay in the text"
            return FrontMatter(text, warnings=(warning,))
        simple = {
            name: _unquoted(value.strip()) for name, value in _SIMPLE[block.kind].findall(block.content)
        }
        warning = f"the front matter is not valid ({error}): only its simple fields were read"
        return _with_fields(text[block.end :], simple, (warning,))
    return _with_fields(text[block.end :], fields)


def _block(text: str) -> _Block | None:
    fence = _FENCE.match(text)
    if fence is None:
        return None
    kind = fence.group(1)
    closing = _CLOSING[kind].search(text, fence.end(), fence.end() + MOST_CHARACTERS)
    if closing is None:
        return None
    return _Block(
        kind, text[fence.end() : closing.start()], text.count("\n", 0, fence.end()) + 1, closing.end()
    )


def _with_fields(body: str, fields: Mapping[str, object], warnings: tuple[str, ...] = ()) -> FrontMatter:
    known = {name.lower(): value for name, value in fields.items()}
    problems: list[str] = []
    if not _USUAL & known.keys():
        names = " ".join(", ".join(list(fields)[:5]).split())
        problems.append(f"the block at the top was left out as front matter, its fields are {names[:80]}")
    source = _first(known, _SOURCE, problems)
    return FrontMatter(
        body,
        title=_first(known, _TITLE, problems),
        language=_first(known, _LANGUAGE, problems),
        # Site generators also give paths of their own here.
        source=source if source and (known.get("source") or "://" in source) else None,
        warnings=(*warnings, *problems),
    )


def _first(fields: dict[str, object], names: tuple[str, ...], problems: list[str]) -> str | None:
    for name in names:
        value = fields.get(name)
        if isinstance(value, bool | list | dict):
            problems.append(f"the field {name} of the front matter is not text, so it was left out")
        elif value is not None and (one_line := " ".join(str(value).split())):
            return one_line
    return None


def _unquoted(value: str) -> str:
    return value[1:-1].strip() if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" else value


# YAML


def _yaml(block: _Block) -> Iterator[tuple[str, object]]:
    """The fields of the outermost mapping; lists and mappings in it are empty. Raises _NotReadError."""
    import yaml

    if block.content.count("[") + block.content.count("{") > _MOST_BRACKETS:
        raise _NotReadError(f"it has more than {_MOST_BRACKETS} brackets")
    parse = cast("Callable[..., Iterator[yaml.Event]]", yaml.parse)  # pyright: ignore[reportUnknownMemberType]
    try:
        yield from _top_fields(parse(block.content, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader)))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = block.line + (mark.line if mark is not None else 0)
        raise _NotReadError(f"line {line}: {error.problem or 'not valid YAML'}") from error
    except yaml.YAMLError as error:
        raise _NotReadError(f"from line {block.line} on: a character that YAML forbids") from error
    except RecursionError as error:
        raise _NotReadError(f"from line {block.line} on: nested too deeply") from error


def _top_fields(events: Iterator[yaml.Event]) -> Iterator[tuple[str, object]]:
    import yaml

    depth = 0
    key: str | None = None
    scalars: dict[str, str | None] = {}
    """Values that have an anchor."""
    for event in events:
        value: object
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth == 1 and not isinstance(event, yaml.MappingStartEvent):
                raise _NotReadError("it has no fields")
            value = [] if isinstance(event, yaml.SequenceStartEvent) else {}
            is_value = depth == 2
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
            continue
        elif isinstance(event, yaml.ScalarEvent):
            value = _scalar(event)
            if event.anchor:
                scalars[event.anchor] = value
            is_value = depth == 1
        elif isinstance(event, yaml.AliasEvent):
            value = scalars.get(event.anchor)
            is_value = depth == 1
        else:
            continue
        if depth == 0:
            raise _NotReadError("it has no fields")
        if is_value and key is None:
            key = value if isinstance(value, str) else ""
        elif is_value and key is not None:
            yield key, value
            key = None


def _scalar(event: yaml.ScalarEvent) -> str | None:
    is_plain = event.implicit[0]
    return None if is_plain and event.value in ("", "~", "null", "Null", "NULL") else event.value


# TOML and JSON


def _toml(block: _Block) -> dict[str, object]:
    """The fields. Raises _NotReadError."""
    try:
        table = bounded_toml.loads(block.content)
    except tomllib.TOMLDecodeError as error:
        located = re.search(r"\(at line (\d+), column \d+\)$", str(error))
        line = block.line + int(located.group(1)) - 1 if located else block.line
        problem = re.sub(r" \(at [^()]*\)$", "", str(error))
        raise _NotReadError(f"line {line}: {problem}") from error
    except bounded_toml.BeyondLimitError as error:
        raise _NotReadError(f"from line {block.line} on: it {error}") from error
    return {
        name: value.isoformat() if isinstance(value, datetime.date | datetime.time) else value
        for name, value in table.items()
    }


_JSON = re.compile(r"\s*\{\s*(?:\"|\})")
_AFTER_JSON = re.compile(r"[ \t]*(?:\n|\Z)")
_DECODER = json.JSONDecoder(parse_int=str)


def _json(text: str) -> FrontMatter:
    beginning = _JSON.match(text)
    if beginning is None:
        return FrontMatter(text)
    start = text.index("{", beginning.start())
    source = text[start : start + MOST_CHARACTERS]
    try:
        fields, length = _DECODER.raw_decode(source)
    except (ValueError, RecursionError):
        return FrontMatter(text)
    after = _AFTER_JSON.match(text, start + length)
    if after is None:
        return FrontMatter(text)
    return _with_fields(text[after.end() :], cast(dict[str, object], fields)) if fields else FrontMatter(text)

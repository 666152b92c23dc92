"""All cases by family, and the JSON that holds a family."""

from __future__ import annotations

import json

from scripts.hostile import characters, control_sequences, files, strings
from scripts.hostile.case import Case


def corpus() -> dict[str, dict[str, Case]]:
    """The cases by family and name."""
    return {
        "controls": control_sequences.controls(),
        "csi": control_sequences.csi(),
        "osc": strings.osc(),
        "strings": strings.strings(),
        "escapes": control_sequences.escapes(),
        "split": strings.split(),
        "eight-bit": strings.eight_bit(),
        "directions": characters.directions(),
        "hidden": characters.hidden(),
        "floods": characters.floods(),
        "odd-characters": characters.odd_characters(),
        "markup": files.markup(),
        "line-ends": files.line_ends(),
        "formats": files.formats(),
        "encodings": files.encodings(),
        "names": files.names(),
    }


def as_json(cases: dict[str, Case]) -> str:
    told = {name: case if isinstance(case, str) else {"hex": case.hex()} for name, case in cases.items()}
    return json.dumps(told, indent=1, ensure_ascii=True) + "\n"

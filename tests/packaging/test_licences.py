"""NOTICE says under which licence each pinned distribution is, as its own metadata does."""

from __future__ import annotations

import re
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import NormalizedName, canonicalize_name

CHECKOUT = Path(__file__).parent.parent.parent

PINS = {
    canonicalize_name(name): version
    for file in ("constraints.txt", "requirements-fr.txt")
    for name, version in re.findall(
        r"^([\w.-]+)==([\w.]+)", (CHECKOUT / file).read_text(encoding="utf-8"), re.MULTILINE
    )
}

OF_CLASSIFIERS = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "GNU Lesser General Public License v3 (LGPLv3)": "LGPL-3.0",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
"""What the classifiers and the old field of the metadata call an SPDX identifier."""

OF_FIELDS = {"BSD-3-Clause": "BSD", "BSD-2-Clause": "BSD"}

IN_WORDS = {"BSD-3-Clause, Apache-2.0, dependency licenses": "Apache-2.0 AND BSD"}
"""Fields that are not SPDX. The dependencies of PDFium are under permissive licences too: its wheel has them all."""

MAY_BE_NEEDED = {
    "0BSD",
    "Apache-2.0",
    "BSD",
    "CC0-1.0",
    "CNRI-Python",
    "ISC",
    "LGPL-LR",
    "MIT",
    "MPL-1.1",
    "MPL-2.0",
    "PSF-2.0",
    "Zlib",
}
"""Licences that put no condition on what is not their own code, nor on what it is used for."""


def licence(installed: Distribution) -> str:
    """As an SPDX expression; `BSD` for any of the short ones."""
    metadata = installed.metadata
    given = "".join(metadata.get_all("License-Expression") or [])
    if not given:
        classifiers = [
            name.rpartition(" :: ")[2]
            for name in metadata.get_all("Classifier") or []
            if name.startswith("License :: ")
        ]
        field = "".join(metadata.get_all("License") or [])
        given = " AND ".join(OF_CLASSIFIERS[name] for name in classifiers) or field
    given = IN_WORDS.get(given, given)
    return re.sub(r"BSD-[23]-Clause", "BSD", given)


def named() -> dict[str, str]:
    """What NOTICE says: the licence of each distribution. A line is `    LICENCE: name, name`, and may go on."""
    notice = (CHECKOUT / "NOTICE").read_text(encoding="utf-8")
    told = notice.partition("\nInstalled with Postil")[2]
    found: dict[str, str] = {}
    for expression, names in re.findall(r"^    (\S[^:\n]*): ((?:[^:\n]|\n {8})+)$", told, re.MULTILINE):
        for name in re.split(r",\s+", names.strip()):
            assert name not in found, f"{name} is named twice"
            found[canonicalize_name(name)] = expression
    return found


def needed() -> set[str]:
    """The distributions that Postil and its extras `fr`, `html` and `docs` need, with all that these need in turn."""
    found: set[tuple[str, frozenset[str]]] = set()
    waiting = [("postil", frozenset({"fr", "html", "docs"}))]
    while waiting:
        name, extras = waiting.pop()
        if (name, extras) in found:
            continue
        found.add((name, extras))
        try:
            required = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        for one in map(Requirement, required):
            if one.marker is None or any(one.marker.evaluate({"extra": extra}) for extra in {"", *extras}):
                waiting.append((canonicalize_name(one.name), frozenset(one.extras)))
    return {name for name, _ in found} - {"postil"}


def test_every_pin_and_nothing_else_is_named() -> None:
    assert set(named()) == set(PINS)


@pytest.mark.parametrize("name", PINS)
def test_notice_says_what_the_metadata_say(name: NormalizedName) -> None:
    try:
        installed = distribution(name)
    except PackageNotFoundError:
        pytest.skip(f"{name} is not installed")
    if installed.version != PINS[name]:
        pytest.skip(f"{name} is installed in another version, {installed.version}")
    assert named()[name] == licence(installed)


def test_what_the_product_needs_is_free_to_use_for_anything() -> None:
    told = named()
    for name in needed() & set(told):
        # Of alternatives one is chosen; of several parts each counts.
        chosen = [part.strip("() ") for part in re.split(r" AND ", told[name])]
        assert all(any(one in MAY_BE_NEEDED for one in re.split(r" OR ", part)) for part in chosen), name


def test_all_that_the_product_needs_is_pinned() -> None:
    # spaCy asks for setuptools, which pip leaves out of what it finds installed.
    assert needed() - set(PINS) <= {"setuptools"}

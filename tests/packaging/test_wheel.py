"""The wheel carries what it needs and runs where no checkout is."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tui.resources import sample

CHECKOUT = Path(__file__).parent.parent.parent


NAMES = ("tui/text/names/data/names.bin", "tui/text/names/data/without_capitals.txt")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=CHECKOUT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


def test_it_carries_keymaps_seeds_scheme_and_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        assert archive.read("tui/_data/seeds/musk-altman.fr.txt") == sample().read_bytes()
        assert {
            "tui/_data/keymaps/default.toml",
            "tui/_data/seeds/entities.toml",
            "tui/settings/schemes/news.toml",
            "tui/hints/data/fr.words.gz",
            "tui/hints/data/usual.gz",
            *NAMES,
        } <= set(names)
        assert sum(archive.getinfo(name).compress_size for name in NAMES) <= 6_000_000
        licences = {Path(name).name: name for name in names if ".dist-info/licenses/" in name}
        for name in ("LICENSE", "NOTICE"):
            assert archive.read(licences[name]) == (CHECKOUT / name).read_bytes()
        assert not [name for name in names if name.startswith(("tests", "bench"))]


def test_installed_elsewhere_it_opens_the_sample(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "site"
    install = [
        sys.executable,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(target),
    ]
    subprocess.run([*install, str(wheel)], check=True, capture_output=True)
    # Ahead of the checkout, which is installed in this environment too.
    environment = {**os.environ, "PYTHONPATH": str(target)}

    def run(*words: str) -> str:
        done = subprocess.run(
            words,
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    find_sample = "import tui.resources; print(tui.resources.sample())"
    where = run(sys.executable, "-P", "-c", find_sample).strip()
    assert Path(where).is_relative_to(target)
    command = str(target / "bin" / "postil")
    assert "41 sentences" in run(command, "show", where, "--annotations", str(tmp_path / "annotations"))
    assert " glued " in run(command, "hints", where, "--annotations", str(tmp_path / "annotations"))


def test_one_process_runs_all_that_need_the_wheel(request: pytest.FixtureRequest) -> None:
    """The groups of `tests/order.py` are made before xdist looks for them."""
    if not getattr(request.config.option, "loadgroup", False):
        pytest.skip("this run has one process, or no groups")
    assert request.node.nodeid.endswith("@packaging/test_wheel.py")

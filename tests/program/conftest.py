"""The program over a folder of the test's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.program.program import Program


@pytest.fixture
def program(tmp_path: Path) -> Program:
    return Program(tmp_path)

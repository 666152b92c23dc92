"""Whose words are quoted, and by whom: the gold passages one by one, and what they leave out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quotations import Passage, found_in, gold_files, read_gold
from tests.unit.hints.known_misses import KNOWN_MISSES
from tui.hints.quotations import Quotation, find, find_quotations
from tui.hints.sayings import LANGUAGES, sayings
from tui.prepare.pipeline import read_articles

"""Splitting text into sentences."""

from tui.text.sentences.proposals import PUNKT_MODELS
from tui.text.sentences.splitter import RULES_VERSION, Sentences, split, splitter_name

__all__ = ["PUNKT_MODELS", "RULES_VERSION", "Sentences", "split", "splitter_name"]

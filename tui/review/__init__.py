"""Reviewing: one reviewer settles what several annotators disagree on."""

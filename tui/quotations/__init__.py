"""Quotations in a text: where they begin and end, and who speaks."""

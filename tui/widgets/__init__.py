"""Widgets that several screens share: bars, lists, the line editor."""

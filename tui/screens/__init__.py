"""Screens: composition, keys and messages only."""

"""Reviewing: what several annotators said about an article is settled, by one reviewer. Pure."""

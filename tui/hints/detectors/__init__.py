"""A module a family of rules. Each has a `DETECTOR`."""

"""The detectors: one module for each family of rules, each with its `DETECTOR`."""

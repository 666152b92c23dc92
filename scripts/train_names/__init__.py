"""Training of the recogniser of names: `python -m scripts.train_names --help`."""

"""Finding names with a small trained recogniser that needs no installed model.

It is a linear-chain conditional random field (Lafferty, McCallum and Pereira, "Conditional Random Fields", ICML 2001)
over hashed features and word lists, in one data file. `scripts/train_names` trains it.
"""

"""Between Textual and the terminal: keys however slowly they arrive, and no byte that a slow line need not carry."""

"""The user's settings: the config file, keymaps, actions, themes and scheme files."""

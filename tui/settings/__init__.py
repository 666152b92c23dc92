"""The user's settings: the config file, keymaps, themes, and files of tags and categories."""

"""Between Textual and the terminal: reading keys over slow lines, and writing as few bytes as possible."""

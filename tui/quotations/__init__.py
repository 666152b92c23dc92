"""Finding quotations in a text: their bounds and their speakers."""

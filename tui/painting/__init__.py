"""What is painted, as rich segments: the page, the ledger, the panel, the rows above and below, the library. Without Textual."""

"""How much annotators agree, and on what they disagree. Plain data in, figures out; nothing is read or written."""

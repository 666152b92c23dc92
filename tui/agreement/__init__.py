"""How far annotators agree, and on what they do not. Plain data in, figures out; nothing is read or written."""

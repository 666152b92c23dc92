"""The dialects that annotations are written in, one module each."""

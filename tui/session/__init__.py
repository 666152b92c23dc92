"""One annotator at work on one article: commands, undo, progress. No screen, no files."""

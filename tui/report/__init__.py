"""The HTML report: an annotated article as one self-contained page, without a script."""
